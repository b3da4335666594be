"""The shelf of forms that took effect, so that a form sent twice takes effect once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.storage.new_rows import insert_if_new
from app.storage.tables.supervision_chain import SentFormRow


class SentFormShelf:
    """Remembers the keys of sent forms, each with its sender."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id

    def take(self, person_id: str, form_key: str, *, mark: str, now: datetime) -> bool:
        """Says whether this form arrives for the first time, and remembers that it did.

        Shape: `mark` tells this arrival from every other, to know whose row is kept. A second
        arrival at the same moment waits for the first on PostgreSQL, then finds its row.
        """
        row = {
            "organisation_id": self._organisation_id,
            "person_id": person_id,
            "form_key": form_key,
            "mark": mark,
            "sent_at": now,
        }
        insert_if_new(self._session, SentFormRow, row)
        kept = self._session.execute(
            select(SentFormRow.mark).where(
                SentFormRow.organisation_id == self._organisation_id,
                SentFormRow.person_id == person_id,
                SentFormRow.form_key == form_key,
            )
        )
        return kept.scalar_one_or_none() == mark
