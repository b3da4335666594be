"""The shelf of supervisors' private notes. Every look asks for the author's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.storage.tables.supervision_chain import PrivateNoteRow


@dataclass(frozen=True, slots=True)
class PrivateNote:
    """What a supervisor wrote for themselves about somebody."""

    id: str
    author_id: str
    person_id: str
    words: str
    written_at: datetime


class PrivateNoteShelf:
    """Gets and adds the private notes of one organisation."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id

    def add(self, note: PrivateNote) -> None:
        """Adds a note."""
        self._session.execute(
            insert(PrivateNoteRow).values(
                id=note.id,
                organisation_id=self._organisation_id,
                author_id=note.author_id,
                person_id=note.person_id,
                words=note.words,
                written_at=note.written_at,
            )
        )

    def own(self, author_id: str, *, about: str) -> list[PrivateNote]:
        """What an author wrote about somebody, the newest first."""
        query = (
            select(
                PrivateNoteRow.id,
                PrivateNoteRow.author_id,
                PrivateNoteRow.person_id,
                PrivateNoteRow.words,
                PrivateNoteRow.written_at,
            )
            .where(
                PrivateNoteRow.organisation_id == self._organisation_id,
                PrivateNoteRow.author_id == author_id,
                PrivateNoteRow.person_id == about,
            )
            .order_by(PrivateNoteRow.written_at.desc(), PrivateNoteRow.id.desc())
        )
        return [PrivateNote(*row) for row in self._session.execute(query)]
