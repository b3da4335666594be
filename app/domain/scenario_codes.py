"""Every code a case's problems can carry: how much it matters, what it means, how to mend it.

Codes are stable; help, tests and people refer to them. Parser and checker both take their
severity and standard advice from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.problem import Problem, Severity
from app.domain.scenario_vocabulary import Place


@dataclass(frozen=True, slots=True)
class CodeMeaning:
    """What one code says, in general, and how to mend what it tells of."""

    severity: Severity
    title: str
    cure: str


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

CODES: Mapping[str, CodeMeaning] = {
    "SC100": CodeMeaning(_E, "Not in the form of a case", "Compare with a finished case."),
    "SC101": CodeMeaning(_E, "Unknown format", "Write “format: 1”."),
    "SC102": CodeMeaning(_E, "Id and folder differ", "Make them the same."),
    "SC103": CodeMeaning(_E, "Something every case tells is missing", "Add the line."),
    "SC104": CodeMeaning(_E, "Id used twice", "Give one of them another id."),
    "SC105": CodeMeaning(_W, "Choice without an id", "Add {#a-short-id} at the end of the line."),
    "SC106": CodeMeaning(_E, "Unknown reference", "Add it to refs, or correct it."),
    "SC107": CodeMeaning(_I, "Reference never used", "Cite it in a text, or delete it."),
    "SC108": CodeMeaning(_E, "HTML in the text", "Use Markdown instead."),
    "SC109": CodeMeaning(_E, "Picture from the web", "Put the file into the folder media/."),
    "SC110": CodeMeaning(_E, "Unknown key", "Correct the key, or leave a blank line before text."),
    "SC111": CodeMeaning(_E, "Value that does not fit its key", "Compare with a finished case."),
    "SC112": CodeMeaning(_E, "Condition or effect that means nothing", "Correct it."),
    "SC113": CodeMeaning(_W, "Unknown speaker", "Add the person to cast, or correct the name."),
    "SC114": CodeMeaning(_E, "Text after the choices", "Move it above the choices."),
    "SC115": CodeMeaning(_E, "Part missing", "Add the file, or take it out of parts."),
    "SC116": CodeMeaning(_E, "Too large", "Split the case into two."),
    "SC117": CodeMeaning(_E, "Too many faults to tell", "Mend those that are told first."),
    "SC121": CodeMeaning(_E, "Walk that cannot be read", "Compare with a finished walk."),
    "SC122": CodeMeaning(_E, "Walk that goes otherwise", "Correct the walk or the case."),
    "SC123": CodeMeaning(_W, "Ending without a walk", "Add a walk that ends here."),
    "SC201": CodeMeaning(_E, "Way to a scene that is not there", "Create it, or correct the id."),
    "SC202": CodeMeaning(_E, "No way on", "Add choices, a line “-> scene”, or “ending:”."),
    "SC203": CodeMeaning(_E, "More than one way out", "Keep choices, “-> scene” or an ending."),
    "SC204": CodeMeaning(_E, "Scene nobody reaches", "Lead a choice to it, or delete it."),
    "SC205": CodeMeaning(_W, "Ending nobody reaches", "Ease the conditions on the way to it."),
    "SC206": CodeMeaning(_E, "No ending from here", "Open a way out of this loop."),
    "SC207": CodeMeaning(_W, "Loop that changes nothing", "Add an effect, “once” or “again”."),
    "SC208": CodeMeaning(_I, "Choices that leave no trace", "Let something later depend on them."),
    "SC209": CodeMeaning(_W, "Choices that do the same", "Let them differ, or keep one."),
    "SC301": CodeMeaning(_E, "Value outside its range", "Widen the range, or correct the value."),
    "SC302": CodeMeaning(_E, "Choice never open", "Ease its condition, or delete it."),
    "SC303": CodeMeaning(_I, "Condition always true", "Leave it out, or tighten it."),
    "SC304": CodeMeaning(_E, "Assumption broken", "Close this way in, or ease “assumes”."),
    "SC305": CodeMeaning(_W, "Rule that never fires", "Ease its condition, or delete it."),
    "SC306": CodeMeaning(_W, "Rules that disagree", "Tighten one, or put the stronger one first."),
    "SC307": CodeMeaning(_I, "Effect always lost", "Widen the range, or delete the effect."),
    "SC308": CodeMeaning(_W, "Thin feedback", "Say in a full sentence what followed and why."),
    "SC309": CodeMeaning(_I, "Minutes that do not fit", "Correct “minutes”."),
    "SC310": CodeMeaning(_E, "Every choice locked", "Leave one choice without a condition."),
    "SC311": CodeMeaning(_I, "Long choice", "Shorten it; move the reasons to “feedback”."),
    "SC312": CodeMeaning(_W, "Value nothing depends on", "Use it, show it, or delete it."),
    "SC313": CodeMeaning(_W, "Text never or always shown", "Correct its condition."),
    "SC314": CodeMeaning(_W, "Very short play", "Add decisions on the way to this ending."),
    "SC390": CodeMeaning(
        _E, "Not proven: too many combinations", "Use smaller ranges or fewer flags."
    ),
    "SC401": CodeMeaning(_E, "Unknown competency", "Use a code of content/competencies."),
    "SC402": CodeMeaning(_W, "Competency with few decisions", "Add decisions that show it."),
    "SC403": CodeMeaning(_E, "Decision without an expert choice", "Rate one choice 3."),
    "SC404": CodeMeaning(_W, "Decision with equal ratings", "Rate them apart, or write “rate: -”."),
    "SC405": CodeMeaning(_E, "Competency missing or undeclared", "Name it in “shows”."),
    "SC406": CodeMeaning(_E, "Critical error not rated 0", "Write “rate: 0”, or drop “critical”."),
    "SC407": CodeMeaning(_E, "Critical error without feedback", "Say what was harmed, and how."),
    "SC408": CodeMeaning(_E, "Scored choice in a loop", "Add “once: true” or “again: true”."),
    "SC409": CodeMeaning(_W, "Ending without evidence", "Let a decision on the way show it."),
    "SC410": CodeMeaning(_E, "Pass mark out of reach", "Ask for fewer, or add decisions."),
    "SC411": CodeMeaning(_W, "Pass mark that every play meets", "Ask for more, or delete “pass”."),
    "SC450": CodeMeaning(_E, "Unknown person, kind or step", "Use ids of this activity."),
    "SC451": CodeMeaning(_E, "Nothing expected", "Say which answer would be right."),
    "SC452": CodeMeaning(_W, "Small panel", "Ask at least ten clinicians."),
    "SC453": CodeMeaning(_W, "Middle answers", "Write news that moves the hypothesis."),
    "SC501": CodeMeaning(_E, "Unknown person", "Add the person to cast, or correct the id."),
    "SC502": CodeMeaning(_E, "Unknown topic", "Add it to facts, or correct it."),
    "SC503": CodeMeaning(_E, "Topic both covered and kept", "Keep it in one of the two lists."),
    "SC504": CodeMeaning(_I, "Topic nobody uses", "Cover, protect or disclose it, or delete it."),
    "SC505": CodeMeaning(_E, "Consent given after it was revoked", "Ask again before."),
    "SC510": CodeMeaning(
        _E,
        "Disclosure no release covers",
        "Get a release first, tighten “if”, or write “breach:” or a lawful “under:”.",
    ),
    "SC511": CodeMeaning(_W, "Breach that is none", "Delete “breach:”, or check the release."),
    "SC512": CodeMeaning(_W, "Nothing said to be off limits", "Ask, or fill “never”."),
    "SC513": CodeMeaning(_E, "Unknown ground for telling", "Use one of the grounds listed."),
    "SC514": CodeMeaning(_I, "Ground that is not needed", "Delete “under:”: a release covers it."),
    "SC515": CodeMeaning(
        _E, "Emergency told to somebody else", "Tell medical personnel, or say “why:”."
    ),
    "SC516": CodeMeaning(_E, "Ground that does not fit", "Keep “under:” or “breach:”, not both."),
    "SC601": CodeMeaning(_E, "Picture without words", "Describe it in “alt:”."),
    "SC602": CodeMeaning(_E, "Film without captions", "Add “captions:” with a file."),
    "SC603": CodeMeaning(_E, "Sound without a transcript", "Add “transcript:” with a file."),
    "SC604": CodeMeaning(
        _E, "Picture that a short text cannot tell", "Write all that it tells in “describe:”."
    ),
    "SC801": CodeMeaning(_E, "Version cannot be raised", "Write “version: 1” in the front matter."),
    "SC802": CodeMeaning(
        _W, "Review older than the text", "Ask for another review, or take the change back."
    ),
    "SC803": CodeMeaning(
        _W, "Open runs that stay in the old text", "Nothing has to be done: nobody is sent back."
    ),
    "SC804": CodeMeaning(
        _W, "Folder changed since publishing", "Publish the folder's text, or export the studio's."
    ),
    "SC901": CodeMeaning(_W, "The expert choice gives itself away", "Vary length and place."),
    "SC902": CodeMeaning(_I, "Hard to read", "Use shorter sentences and plainer words."),
    "SC903": CodeMeaning(_W, "A simple habit does well", "Make the other choices as tempting."),
}


def case_problem(
    code: str,
    message: str,
    *,
    path: str,
    place: Place,
    advice: str = "",
    subject: str = "",
) -> Problem:
    """Tells one fault of a case. Shape: `path` is the folder of the case."""
    meaning = CODES[code]
    return Problem(
        code,
        meaning.severity,
        f"{path}/{place.file}" if path else place.file,
        message,
        advice or meaning.cure,
        line=place.line,
        subject=subject,
    )
