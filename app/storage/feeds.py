"""The shelf of secret calendar addresses, kept as digests, with their fetches of this hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.storage.new_rows import insert_or_change
from app.storage.tables.people import PersonRow
from app.storage.tables.supervision_assignments import CalendarFeedRow

AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Feed:
    """Whose calendar an address is. Units: `fetches` since `hour_began_at`."""

    person_id: str
    organisation_id: str
    made_at: datetime
    hour_began_at: datetime
    fetches: int


class FeedShelf:
    """Gets and saves calendar addresses. Looks across organisations: the address is all one has."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def renew(self, person_id: str, *, organisation_id: str, digest: str, now: datetime) -> None:
        """Keeps a new address; an earlier one of this person stops working."""
        row = {
            "person_id": person_id,
            "organisation_id": organisation_id,
            "token_digest": digest,
            "made_at": now,
            "hour_began_at": now,
            "fetches": 0,
        }
        insert_or_change(self._session, CalendarFeedRow, [row], keys=["person_id"])

    def withdraw(self, person_id: str) -> None:
        """Makes a person's address useless; without one nothing happens."""
        self._session.execute(delete(CalendarFeedRow).where(CalendarFeedRow.person_id == person_id))

    def of_person(self, person_id: str) -> Feed | None:
        """A person's feed, without its address: that is not kept. None: there is none."""
        return self._one(CalendarFeedRow.person_id == person_id)

    def find(self, digest: str) -> Feed | None:
        """Finds whose address this is, among people whose account is open. None: nobody's."""
        return self._one(CalendarFeedRow.token_digest == digest)

    def count(self, feed: Feed, *, now: datetime) -> int:
        """Counts a fetch and gives how many there were in this hour, this one included."""
        is_new_hour = now - feed.hour_began_at >= AN_HOUR
        values = (
            {"hour_began_at": now, "fetches": 1}
            if is_new_hour
            else {"fetches": CalendarFeedRow.fetches + 1}
        )
        counted = self._session.execute(
            update(CalendarFeedRow)
            .where(CalendarFeedRow.person_id == feed.person_id)
            .values(**values)
            .returning(CalendarFeedRow.fetches)
        )
        return counted.scalar_one_or_none() or 0

    def _one(self, condition: object) -> Feed | None:
        query = (
            select(
                CalendarFeedRow.person_id,
                CalendarFeedRow.organisation_id,
                CalendarFeedRow.made_at,
                CalendarFeedRow.hour_began_at,
                CalendarFeedRow.fetches,
            )
            .join(PersonRow, PersonRow.id == CalendarFeedRow.person_id)
            .where(condition, PersonRow.status == "active")  # type: ignore[arg-type]  # a clause
        )
        row = self._session.execute(query).first()
        return None if row is None else Feed(*row)
