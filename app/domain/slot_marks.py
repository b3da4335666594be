"""What a person notes beside an answer: working marks of their own, never part of a score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.errors import InvalidInput
from app.domain.ids import fingerprint

LONGEST_NOTE = 1_000  # characters


class Confidence(StrEnum):
    """How sure a person was; empty when they did not say."""

    UNSAID = ""
    GUESS = "guess"
    FAIRLY = "fairly"
    SURE = "sure"


@dataclass(frozen=True, slots=True)
class SlotMarks:
    """The marks at one place of a form. Shape: `struck` holds option ids."""

    position: int
    is_flagged: bool = False
    struck: tuple[str, ...] = ()
    confidence: Confidence = Confidence.UNSAID
    note: str = ""


def marks_stamp(marks: SlotMarks) -> str:
    """Names what is noted, so that it can be told later what was changed on a page.

    Shape: a name each for flag, struck options, confidence and note, in this order.
    """
    return "_".join(_names(marks))


def merge_marks(kept: SlotMarks, sent: SlotMarks, *, seen: str) -> SlotMarks:
    """Gives what stands once a page has sent its marks: it changes only what changed on it.

    A page that is behind takes no note away: what both say stands one below the other.
    Shape: `seen` is the stamp the page was made with; without one, nothing was noted then.
    """
    was = seen.split("_")
    if len(was) != len(_names(kept)):
        was = marks_stamp(SlotMarks(kept.position)).split("_")
    changed = [now != then for now, then in zip(_names(sent), was, strict=True)]
    is_behind = _names(kept)[-1] != was[-1]
    both = _both_notes(kept.note, _tidy_note(sent.note)) if is_behind else sent.note
    return SlotMarks(
        position=kept.position,
        is_flagged=sent.is_flagged if changed[0] else kept.is_flagged,
        struck=sent.struck if changed[1] else kept.struck,
        confidence=sent.confidence if changed[2] else kept.confidence,
        note=both if changed[3] else kept.note,
    )


def tidy_marks(marks: SlotMarks, options: Sequence[str]) -> SlotMarks:
    """Keeps what fits the question: its own options, a note without space around it.

    Raises: InvalidInput when the note is too long: cut, it would be called saved and is not.
    """
    note = _tidy_note(marks.note)
    if len(note) > LONGEST_NOTE:
        raise InvalidInput(
            "note-too-long",
            f"Your note, with what was noted here before, has more than {LONGEST_NOTE:,}"
            " characters, so nothing was saved.",
            "Shorten it, then go on.",
        )
    struck = tuple(option for option in options if option in marks.struck)
    return replace(marks, struck=struck, note=note)


def _tidy_note(note: str) -> str:
    """A form ends lines in two characters where the page that counts them has one."""
    return note.replace("\r\n", "\n").replace("\r", "\n").strip()


def _names(marks: SlotMarks) -> tuple[str, ...]:
    told = (
        str(marks.is_flagged),
        ",".join(sorted(marks.struck)),
        marks.confidence,
        _tidy_note(marks.note),
    )
    return tuple(fingerprint(one) for one in told)


def _both_notes(kept: str, sent: str) -> str:
    """Loses neither; what the one holds of the other already is not said twice."""
    if sent.startswith(kept):
        return sent
    if not sent or f"\n{sent}\n" in f"\n{kept}\n":
        return kept
    return f"{kept}\n\n{sent}"
