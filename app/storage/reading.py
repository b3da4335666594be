"""The shelf of what people have read, section by section."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from app.storage.engine import connection_of
from app.storage.new_rows import insert_if_new
from app.storage.tables.learning import SectionReadRow


@dataclass(frozen=True, slots=True)
class SectionRead:
    """A section marked as read, in the wording of `lesson_version`."""

    person_id: str
    lesson_id: str
    section_id: str
    lesson_version: str
    read_at: datetime


class ReadingShelf:
    """Gets and saves reading marks of one organisation."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id

    def mark(self, row_id: str, read: SectionRead) -> None:
        """Marks a section as read. Marking it again keeps the first mark."""
        insert_if_new(
            self._session,
            SectionReadRow,
            {
                "id": row_id,
                "organisation_id": self._organisation_id,
                "person_id": read.person_id,
                "lesson_id": read.lesson_id,
                "section_id": read.section_id,
                "lesson_version": read.lesson_version,
                "read_at": read.read_at,
            },
        )

    def unmark(self, person_id: str, lesson_id: str, section_id: str) -> None:
        """Takes a mark back."""
        self._session.execute(
            delete(SectionReadRow).where(
                SectionReadRow.organisation_id == self._organisation_id,
                SectionReadRow.person_id == person_id,
                SectionReadRow.lesson_id == lesson_id,
                SectionReadRow.section_id == section_id,
            )
        )

    def sections_read(self, person_id: str, lesson_id: str) -> frozenset[str]:
        """The sections of a lesson that a person has marked as read."""
        values = {"person": person_id, "lesson": lesson_id, "organisation": self._organisation_id}
        rows = connection_of(self._session).execute(_SECTIONS_READ, values)
        return frozenset(rows.scalars())

    def all_of(self, person_ids: Collection[str]) -> dict[str, dict[str, frozenset[str]]]:
        """What some people have read: sections by lesson by person.

        Shape: people and lessons without a mark are absent.
        """
        query = select(
            SectionReadRow.person_id, SectionReadRow.lesson_id, SectionReadRow.section_id
        ).where(
            SectionReadRow.organisation_id == self._organisation_id,
            SectionReadRow.person_id.in_(sorted(person_ids)),
        )
        gathered: dict[str, dict[str, set[str]]] = {}
        for person_id, lesson_id, section_id in self._session.execute(query):
            gathered.setdefault(person_id, {}).setdefault(lesson_id, set()).add(section_id)
        return {
            person_id: {lesson_id: frozenset(ids) for lesson_id, ids in lessons.items()}
            for person_id, lessons in gathered.items()
        }


# Put together once: it is asked for on every page of a lesson.
_SECTIONS_READ = select(SectionReadRow.section_id).where(
    SectionReadRow.organisation_id == bindparam("organisation"),
    SectionReadRow.person_id == bindparam("person"),
    SectionReadRow.lesson_id == bindparam("lesson"),
)
