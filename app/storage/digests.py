"""The shelf of digest mails: what was sent to whom on which day, and who wants none.

A row is the claim on a day: whoever writes it first sends. Nobody's address is kept here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from app.storage.new_rows import insert_or_change
from app.storage.tables.supervision_assignments import DigestRow, MailChoiceRow


@dataclass(frozen=True, slots=True)
class StoredDigest:
    """A digest of one person and day. None: `sent_at` is None until it has left."""

    tries: int
    held_until: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class LastDigest:
    """The newest digest that a person was sent."""

    day: date
    sent_at: datetime


class DigestShelf:
    """Gets and saves what was sent to the people of one organisation."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id

    def last_sent(self) -> dict[str, LastDigest]:
        """The newest digest of each person. People who were sent none are absent."""
        query = (
            select(DigestRow.person_id, func.max(DigestRow.day), func.max(DigestRow.sent_at))
            .where(
                DigestRow.organisation_id == self._organisation_id, DigestRow.sent_at.is_not(None)
            )
            .group_by(DigestRow.person_id)
        )
        return {
            row[0]: LastDigest(row[1], row[2])
            for row in self._session.execute(query)
            if row[1] is not None and row[2] is not None
        }

    def find(self, person_id: str, day: date) -> StoredDigest | None:
        """Finds the digest of a person and day. None: nobody has tried to send one."""
        query = select(DigestRow.tries, DigestRow.held_until, DigestRow.sent_at).where(
            DigestRow.organisation_id == self._organisation_id,
            DigestRow.person_id == person_id,
            DigestRow.day == day,
        )
        row = self._session.execute(query).first()
        return None if row is None else StoredDigest(*row)

    def claim(self, person_id: str, day: date, *, held_until: datetime) -> None:
        """Begins a first try. Hold the person first, so that two never claim the same."""
        self._session.execute(
            insert(DigestRow).values(
                person_id=person_id,
                day=day,
                organisation_id=self._organisation_id,
                tries=1,
                held_until=held_until,
                sent_at=None,
            )
        )

    def claim_again(self, person_id: str, day: date, *, held_until: datetime) -> None:
        """Begins another try, after one that failed or never came back."""
        self._change(person_id, day, tries=DigestRow.tries + 1, held_until=held_until)

    def mark_sent(self, person_id: str, day: date, *, now: datetime) -> None:
        """Keeps that it has left."""
        self._change(person_id, day, sent_at=now)

    def turned_off(self) -> frozenset[str]:
        """Who wants no routine digests."""
        query = select(MailChoiceRow.person_id).where(
            MailChoiceRow.organisation_id == self._organisation_id, MailChoiceRow.is_off.is_(True)
        )
        return frozenset(self._session.scalars(query))

    def choose(self, person_id: str, *, is_off: bool, now: datetime) -> None:
        """Keeps whether a person wants routine digests."""
        row = {
            "person_id": person_id,
            "organisation_id": self._organisation_id,
            "is_off": is_off,
            "changed_at": now,
        }
        insert_or_change(self._session, MailChoiceRow, [row], keys=["person_id"])

    def _change(self, person_id: str, day: date, **values: object) -> None:
        self._session.execute(
            update(DigestRow)
            .where(
                DigestRow.organisation_id == self._organisation_id,
                DigestRow.person_id == person_id,
                DigestRow.day == day,
                DigestRow.sent_at.is_(None),
            )
            .values(**values)
        )
