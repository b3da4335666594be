"""The shelf of wishes to be forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.domain.person_data import ErasureRequest
from app.storage.tables.people import PersonRow
from app.storage.tables.supervision_privacy import ErasureRequestRow


class ErasureShelf:
    """Keeps who asked to be forgotten in one organisation."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id

    def add(self, request: ErasureRequest) -> None:
        """Keeps a wish. A second one that is open is refused by the database."""
        self._session.execute(
            insert(ErasureRequestRow).values(
                id=request.id,
                organisation_id=self._organisation_id,
                person_id=request.person_id,
                asked_at=request.asked_at,
                from_day=request.from_day,
            )
        )

    def open_of(self, person_id: str) -> ErasureRequest | None:
        """The open wish of a person. None: there is none."""
        return next(iter(self._open(ErasureRequestRow.person_id == person_id)), None)

    def all_open(self) -> list[ErasureRequest]:
        """Every open wish, the oldest first."""
        return self._open()

    def take_back(self, person_id: str, *, by: str, now: datetime) -> bool:
        """Ends a wish without doing it. Says whether there was one."""
        return self._end(person_id, taken_back_at=now, taken_back_by=by)

    def done(self, person_id: str, *, by: str, now: datetime) -> bool:
        """Ends a wish that was done. Says whether there was one."""
        return self._end(person_id, done_at=now, done_by=by)

    def _end(self, person_id: str, **values: object) -> bool:
        ended = self._session.execute(
            update(ErasureRequestRow)
            .where(
                ErasureRequestRow.person_id == person_id,
                ErasureRequestRow.organisation_id == self._organisation_id,
                ErasureRequestRow.taken_back_at.is_(None),
                ErasureRequestRow.done_at.is_(None),
            )
            .values(**values)
            .returning(ErasureRequestRow.id)
        )
        return ended.first() is not None

    def _open(self, *conditions: Any) -> list[ErasureRequest]:
        query = (
            select(
                ErasureRequestRow.id,
                ErasureRequestRow.person_id,
                ErasureRequestRow.asked_at,
                ErasureRequestRow.from_day,
                PersonRow.full_name,
            )
            .join(PersonRow, PersonRow.id == ErasureRequestRow.person_id)
            .where(
                ErasureRequestRow.organisation_id == self._organisation_id,
                ErasureRequestRow.taken_back_at.is_(None),
                ErasureRequestRow.done_at.is_(None),
                *conditions,
            )
            .order_by(ErasureRequestRow.asked_at, ErasureRequestRow.id)
        )
        return [ErasureRequest(*row) for row in self._session.execute(query)]
