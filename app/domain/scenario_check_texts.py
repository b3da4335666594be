"""Checks of words: references, lengths, cues that give the expert choice away, reading ease."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.domain.scenario import HIGHEST_RATING, Block, Choice, Conditional, Media, Scenario, Scene
from app.domain.scenario_findings import Findings
from app.domain.scenario_vocabulary import Place

LONGEST_LABEL = 240  # characters
CUE_SHARE = 0.6  # of decisions; above it the cue is worth following
FEWEST_FOR_A_CUE = 3  # decisions before a share says anything
FEWEST_ABSOLUTES = 3  # wrong choices with an absolute word before it is a pattern
LONGEST_ALT = 160  # characters; more than one hears in one breath
HARDEST_GRADE = 12.0  # school years a reader needs

_FILMS = frozenset({"mp4", "webm", "ogv"})
_SOUNDS = frozenset({"mp3", "ogg", "wav", "m4a"})
_REFERENCE = re.compile(r"\[([A-Za-z0-9][A-Za-z0-9._-]{0,79})\](?![(\[:])")
_BARE_PICTURE = re.compile(r"!\[\s{0,9}\]\(")
_ABSOLUTES = re.compile(r"\b(?:always|never|only|all|must|every|none|completely)\b", re.IGNORECASE)
_DRAWN = re.compile(
    r"\b(?:chart|diagram|ecomap|genogram|graph|infographic|sociogram|timeline)\b", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?…]+")
_WORD = re.compile(r"[A-Za-z’']+")
_VOWELS = re.compile(r"[aeiouy]+")


def check_texts(scenario: Scenario, findings: Findings) -> None:
    """Looks at what is read: by the learner, and by a test-wise guesser."""
    _check_references(scenario, findings)
    _check_pictures(scenario, findings)
    for scene in scenario.scenes:
        for choice in scene.choices:
            if len(choice.label) > LONGEST_LABEL:
                message = f"“{choice.id}” has {len(choice.label)} characters."
                findings.add("SC311", message, choice.place)
    _check_cues(scenario, findings)
    _check_reading_ease(scenario, findings)


def texts_of(scenario: Scenario) -> Iterator[tuple[str, Place]]:
    """Every text of a case with its place; the learner's first, then the trainer's."""
    yield from _block_texts(scenario.brief)
    for scene in scenario.scenes:
        yield from _block_texts(scene.blocks)
        for choice in scene.choices:
            for text in (choice.feedback, choice.why, choice.breach, choice.critical):
                yield text, choice.place
        if scene.activity is not None:
            yield scene.activity.feedback, scene.activity.place
    for part in scenario.debrief:
        yield from _block_texts(part.blocks)
    yield scenario.trainer_notes, scenario.front_matter


def _block_texts(blocks: tuple[Block, ...]) -> Iterator[tuple[str, Place]]:
    for block in blocks:
        if isinstance(block, Conditional):
            for branch in block.branches:
                yield from ((inner.text, inner.place) for inner in branch.blocks)
        else:
            yield block.text, block.place


def _check_references(scenario: Scenario, findings: Findings) -> None:
    known = {reference.id for reference in scenario.references}
    used: set[str] = set()
    for text, place in texts_of(scenario):
        for reference in dict.fromkeys(_REFERENCE.findall(text)):
            used.add(reference)
            if reference not in known:
                message = f"The reference [{reference}] is not in refs."
                findings.add("SC106", message, place)
    for source in scenario.references:
        if source.id not in used:
            findings.add("SC107", f"The reference “{source.id}” is never cited.", source.place)


def _check_pictures(scenario: Scenario, findings: Findings) -> None:
    for member in scenario.cast:
        if member.picture and not member.alt:
            findings.add("SC601", f"The picture of “{member.id}” has no “alt”.", member.place)
    for text, place in texts_of(scenario):
        if _BARE_PICTURE.search(text):
            message = "A picture here has no words in its brackets."
            findings.add("SC601", message, place, advice="Write ![what it shows](media/file.png).")
    for scene in scenario.scenes:
        if scene.media is not None:
            _check_media(scene, scene.media, findings)


def _check_media(scene: Scene, media: Media, findings: Findings) -> None:
    ending = media.file.lower().rpartition(".")[2]
    if ending in _FILMS:
        if not media.captions:
            findings.add("SC602", f"The film in “{scene.id}” has no captions.", scene.place)
    elif ending in _SOUNDS:
        if not media.transcript:
            findings.add("SC603", f"The sound in “{scene.id}” has no transcript.", scene.place)
    elif not media.alt:
        findings.add("SC601", f"The picture in “{scene.id}” has no “alt:”.", scene.place)
    elif not media.describe and (len(media.alt) > LONGEST_ALT or _DRAWN.search(media.alt)):
        message = f"“alt:” cannot tell all that the picture in “{scene.id}” shows."
        findings.add("SC604", message, scene.place)
    if "//" in media.file or media.file.startswith("/") or ".." in media.file:
        findings.add("SC109", f"“{media.file}” is not beside the case.", scene.place)


def expert_decisions(scenario: Scenario) -> list[Scene]:
    """The scenes that ask to tell an expert choice from others."""
    return [
        scene
        for scene in scenario.scenes
        if len(scene.scored_choices) > 1 and any(map(_is_expert, scene.scored_choices))
    ]


def expert_is_longest(scene: Scene) -> bool:
    """Says whether the longest scored choice of a scene is an expert's."""
    return _is_expert(max(scene.scored_choices, key=lambda choice: len(choice.label)))


def _check_cues(scenario: Scenario, findings: Findings) -> None:
    decisions = expert_decisions(scenario)
    longest = [scene for scene in decisions if expert_is_longest(scene)]
    _tell_cue(longest, decisions, "is the longest", scenario, findings)
    fixed = [scene for scene in decisions if not scene.is_shuffled]
    first = [scene for scene in fixed if _is_expert(scene.scored_choices[0])]
    last = [scene for scene in fixed if _is_expert(scene.scored_choices[-1])]
    _tell_cue(first, fixed, "stands first, unshuffled,", scenario, findings)
    _tell_cue(last, fixed, "stands last, unshuffled,", scenario, findings)
    absolute = [
        choice
        for scene in decisions
        for choice in scene.scored_choices
        if _ABSOLUTES.search(choice.label)
    ]
    if len(absolute) >= FEWEST_ABSOLUTES and not any(_is_expert(choice) for choice in absolute):
        message = f"Words such as “never” or “only” stand in {len(absolute)} choices, all weaker."
        findings.add("SC901", message, absolute[0].place)


def _is_expert(choice: Choice) -> bool:
    return choice.rate == HIGHEST_RATING


def _tell_cue(
    found: list[Scene], of: list[Scene], what: str, scenario: Scenario, findings: Findings
) -> None:
    if len(of) >= FEWEST_FOR_A_CUE and len(found) > CUE_SHARE * len(of):
        message = f"The expert choice {what} in {len(found)} of {len(of)} decisions."
        findings.add("SC901", message, scenario.front_matter)


def _check_reading_ease(scenario: Scenario, findings: Findings) -> None:
    texts = [text for scene in scenario.scenes for text, _ in _block_texts(scene.blocks)]
    grade = reading_grade(" ".join(texts))
    if grade > HARDEST_GRADE:
        message = f"Reading the scenes asks for about {grade:.0f} years of school."
        findings.add("SC902", message, scenario.front_matter)


def reading_grade(text: str) -> float:
    """Estimates how many years of school an English text asks for; 0 for a very short one.

    Source: Kincaid and others (1975), grade level formula; syllables are counted by vowels.
    """
    words = _WORD.findall(text)
    if len(words) < 100:
        return 0.0
    sentences = max(1, len(_SENTENCE_END.findall(text)))
    syllables = sum(max(1, len(_VOWELS.findall(word.lower().removesuffix("e")))) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59
