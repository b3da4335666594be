"""The shelf of looks at people's records: added to, read, never changed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.record_look import Look
from app.storage.new_rows import insert_if_new
from app.storage.tables.people import PersonRow
from app.storage.tables.supervision_privacy import RecordLookRow


class RecordLookShelf:
    """Keeps who opened whose record in one organisation."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id

    def add(self, look: Look) -> None:
        """Keeps a look; the same one on the same day is kept once."""
        row = {
            "person_id": look.person_id,
            "day": look.day,
            "viewer_id": look.viewer_id,
            "kind": look.kind,
            "organisation_id": self._organisation_id,
        }
        insert_if_new(self._session, RecordLookRow, row)

    def has(self, look: Look) -> bool:
        """Says whether this look was kept today already."""
        query = select(RecordLookRow.kind).where(
            RecordLookRow.person_id == look.person_id,
            RecordLookRow.day == look.day,
            RecordLookRow.viewer_id == look.viewer_id,
            RecordLookRow.kind == look.kind,
            RecordLookRow.organisation_id == self._organisation_id,
        )
        return self._session.execute(query).first() is not None

    def of_person(self, person_id: str, *, since: date) -> list[Look]:
        """Who opened a person's record since a day, the newest day first."""
        query = (
            select(
                RecordLookRow.person_id,
                RecordLookRow.viewer_id,
                RecordLookRow.kind,
                RecordLookRow.day,
                PersonRow.full_name,
            )
            .join(PersonRow, PersonRow.id == RecordLookRow.viewer_id)
            .where(
                RecordLookRow.person_id == person_id,
                RecordLookRow.day >= since,
                RecordLookRow.organisation_id == self._organisation_id,
            )
            .order_by(RecordLookRow.day.desc(), PersonRow.full_name, RecordLookRow.kind)
        )
        return [Look(*row) for row in self._session.execute(query)]
