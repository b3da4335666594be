"""What a person notes beside an answer: working marks of their own, never part of a score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

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
    """Names what is noted, so that a page can tell whether anything was changed on it."""
    struck = ",".join(sorted(marks.struck))
    told = f"{marks.is_flagged} {struck} {marks.confidence} {' '.join(marks.note.split())}"
    return fingerprint(told)


def tidy_marks(marks: SlotMarks, options: Sequence[str]) -> SlotMarks:
    """Keeps what fits the question: its own options, a note of sensible length."""
    return SlotMarks(
        position=marks.position,
        is_flagged=marks.is_flagged,
        struck=tuple(option for option in options if option in marks.struck),
        confidence=marks.confidence,
        note=_tidy_note(marks.note)[:LONGEST_NOTE],
    )


def _tidy_note(note: str) -> str:
    """A form ends lines in two characters where the page that counts them has one."""
    return note.replace("\r\n", "\n").replace("\r", "\n").strip()
