"""One reading unit: its sections, what it aims at, and what counts as read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.ids import fingerprint
from app.domain.review_mark import ReviewMark

OPENING = "opening"  # id of what stands before the first heading


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field with its meaning, as a lesson explains it."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a lesson whose reading is saved.

    Shape: `source` is Markdown; `checks` are ids of the questions asked inside it, in order.
    """

    id: str
    title: str  # empty for the opening
    source: str
    line: int
    checks: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Lesson:
    """One Markdown reading unit. Units: `minutes` of reading, as the author estimates."""

    id: str  # area/slug
    title: str
    area: str
    slug: str
    order: int
    summary: str
    objectives: tuple[str, ...]
    competencies: tuple[str, ...]
    domain: str
    minutes: int
    refs: tuple[str, ...]
    reviewed: ReviewMark
    sections: tuple[Section, ...]
    path: str = field(default="", compare=False)

    @property
    def version(self) -> str:
        """Names this exact text; any edit to a section gives another version."""
        return fingerprint("\0".join([self.title, *(f"{s.id}\0{s.source}" for s in self.sections)]))

    def section(self, section_id: str) -> Section | None:
        """Finds a section by its id. None: the lesson has no such section."""
        return next((section for section in self.sections if section.id == section_id), None)


@dataclass(frozen=True, slots=True)
class ReadingState:
    """How far a person is with a lesson: counts of sections, and where to go on."""

    sections_read: int
    sections_total: int
    next_section: str | None  # None when all is read

    @property
    def is_complete(self) -> bool:
        """Says whether every section has been marked as read."""
        return self.sections_total > 0 and self.sections_read == self.sections_total

    @property
    def is_started(self) -> bool:
        """Says whether any section has been marked as read."""
        return self.sections_read > 0


def reading_state(lesson: Lesson, read_section_ids: Collection[str]) -> ReadingState:
    """Counts what is read of the sections the lesson has now.

    Marks left on sections that an edit removed count for nothing.
    """
    unread = [section.id for section in lesson.sections if section.id not in read_section_ids]
    return ReadingState(
        sections_read=len(lesson.sections) - len(unread),
        sections_total=len(lesson.sections),
        next_section=unread[0] if unread else None,
    )


def day_read(lesson: Lesson, days: Mapping[str, date]) -> date | None:
    """The day on which a lesson was read to its end: that of the last of its sections.

    Shape: `days` maps sections to the day they were marked. None: a section is still unread.
    """
    if not reading_state(lesson, days.keys()).is_complete:
        return None
    return max(days[section.id] for section in lesson.sections)
