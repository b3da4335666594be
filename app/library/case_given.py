"""What somebody wrote for a part of a case: brought in shape, or refused with the next step.

Faults that the check tells are let through, since a draft may have them. What is refused here
would change another part than the one that was meant.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.errors import InvalidInput
from app.library.case_keys import flowing
from app.library.case_lines import (
    CaseLine,
    Faults,
    body_lines,
    cut_sections,
    split_front_matter,
    split_headings,
)
from app.library.case_scenes import leads_on, read_heading
from app.library.case_values import NAME, nearest
from app.library.text_file import clean_text
from app.library.text_lines import is_blank, plain_ends

_PROBE = ("read", "<!-- not read -->", "## [probe]")  # how a case goes on behind a part


def given_name(text: str, told: str) -> str:
    """An id. Shape: `told` says whose it is, for example “the scene”."""
    name = text.strip()
    if not NAME.fullmatch(name):
        raise InvalidInput(
            "case-name",
            f"“{name[:40]}” cannot be the id of {told}.",
            "Use up to 80 letters, digits and hyphens, beginning with a letter.",
        )
    return name


def given_line(text: str, told: str) -> str:
    """Text that stands on one line; line ends become spaces."""
    line = " ".join(_clean(text, told).split())
    _refuse_comment(line, told)
    return line


def given_label(text: str) -> str:
    """What a learner does or says in a choice."""
    label = given_line(text, "the choice")
    if not label:
        raise InvalidInput(
            "case-label", "A choice needs a text.", "Write what the learner does or says."
        )
    if "] ->" in label:
        message = "The text of a choice cannot have “] ->” in it: its target begins there."
        raise InvalidInput("case-label", message, "Write it in another way.")
    return label


def given_key(name: str, known: Sequence[str]) -> str:
    """The name of a key."""
    if name not in known:
        raise InvalidInput("case-key", f"“{name}” is not a key here.", nearest(name, known))
    return name


def given_value(text: str, key: str, *, one_paragraph: bool) -> list[str]:
    """The lines of a value. Shape: none for an empty one; blank lines part paragraphs."""
    value = _clean(text, f"“{key}”").strip()
    _refuse_comment(value, f"“{key}”")
    if one_paragraph and "\n\n" in flowing(value.split("\n")):
        message = f"“{key}” of a scene is one paragraph; there is a blank line in it."
        raise InvalidInput("case-value", message, "Take the blank line out.")
    return [line.strip() for line in value.split("\n")] if value else []


def given_text(text: str) -> list[str]:
    """What is read aloud in a scene: prose, speech and conditions."""
    lines = _block(text, "the text")
    for line in _read(lines):
        if line.text.startswith(("# ", "## ")):
            raise _escapes("A heading ends the scene.", "Add a scene instead.")
        if line.text.startswith("```"):
            raise _escapes("An activity has a field of its own.", "Write it there.")
        if leads_on(line):
            raise _escapes(
                "A line that begins with “- [” is a choice, one with “->” the way on.",
                "Add it as a choice, or begin the line with another sign.",
            )
    return lines


def given_activity(text: str) -> list[str]:
    """A fenced activity with both its fences."""
    lines = _block(text, "the activity")
    if not lines:
        return []
    fences = [n for n, line in enumerate(_read(lines)) if line.text.startswith("```")]
    if fences != [0, len(lines) - 1] or len(lines) < 2:
        raise _escapes(
            "An activity begins with one line of ``` and its kind, and ends with a line of ```.",
            "Write, for example, “```pick”, then its lines, then “```”.",
        )
    return lines


def given_source(text: str) -> list[str]:
    """The source of a scene, or of several, each with its heading."""
    lines = _block(text, "the scene")
    if not lines or read_heading(_read(lines)[0].text) is None:
        raise _escapes(
            "The first line is not the heading of a scene.", "Write “## [scene-id] Title”."
        )
    _refuse_sections(lines)
    return lines


def given_section(text: str) -> list[str]:
    """The brief, the debrief or the trainer notes, without their heading."""
    lines = _block(text, "this part")
    _refuse_sections(lines)
    return lines


def given_front(text: str) -> list[str]:
    """The front matter; its two lines of “---” are put around it when they are missing."""
    lines = _trimmed(_clean(text, "the front matter"))
    if not lines or lines[0].rstrip() != "---":
        lines = ["---", *lines, "---"]
    head, first = split_front_matter("\n".join(lines))
    if head is None or first != len(lines) + 1:
        raise InvalidInput(
            "case-front",
            "The front matter stands between two lines of “---”, with no other such line in it.",
            "Add the line that is missing, or take the other one out.",
        )
    return lines


def given_file(text: str) -> list[str]:
    """A whole file, line by line. Shape: the last line is empty if the text ends with one."""
    return _clean(text, "the file").split("\n")


def _block(text: str, told: str) -> list[str]:
    """Lines without blank ones around them, after which the case reads on as before."""
    lines = _trimmed(_clean(text, told))
    read = _read([*lines, *_PROBE])
    shown = [line.text for line in read[-len(_PROBE) :]]
    if shown != ["read", "", _PROBE[-1]] or split_headings(read)[-1][0] != read[-1]:
        raise _escapes(
            f"Something is opened in {told} and never closed.",
            "Close the comment with “-->”, or the activity with a line of “```”.",
        )
    return lines


def _trimmed(text: str) -> list[str]:
    lines = text.split("\n")
    while lines and is_blank(lines[0]):
        lines.pop(0)
    while lines and is_blank(lines[-1]):
        lines.pop()
    return lines


def _read(lines: Sequence[str]) -> list[CaseLine]:
    return body_lines("", "\n".join(lines), first=1, faults=Faults(""))


def _refuse_sections(lines: Sequence[str]) -> None:
    if len(cut_sections(_read(lines))) > 1:
        raise _escapes(
            "A line that begins with “# ” starts another part of the case.",
            "Write “## ” for a heading, or put the text into the part it belongs to.",
        )


def _refuse_comment(text: str, told: str) -> None:
    if "<!--" in text:
        message = f"Comments cannot be written into {told} here."
        raise InvalidInput("case-comment", message, "Write it in the source of the scene.")


def _clean(text: str, told: str) -> str:
    clean, problems = clean_text(plain_ends(text), path="")
    if clean is None:
        message = f"There is an invisible control character in {told}."
        raise InvalidInput("case-control", message, problems[0].advice)
    return clean


def _escapes(message: str, advice: str) -> InvalidInput:
    return InvalidInput("case-outside", message, advice)
