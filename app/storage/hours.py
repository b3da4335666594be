"""The shelf of the ledger: hours of practice, supervision meetings, phases, signatures."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, insert, select, update
from sqlalchemy.orm import Session

from app.domain.hours import Group, HourEntry, Meeting, Mode, Signature
from app.domain.supervision_ratio import PhaseStart
from app.storage.tables.supervision_hours import WAITS, HourEntryRow, PhaseStartRow


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """A line of the ledger with who wrote it."""

    entry: HourEntry
    entered_by: str
    entered_at: datetime


class HourShelf:
    """Gets and saves the ledger of one organisation. Lines taken back are never found."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id

    def add(self, entry: HourEntry, *, by: str, now: datetime) -> None:
        """Adds a line."""
        self._session.execute(
            insert(HourEntryRow).values(
                id=entry.id,
                organisation_id=self._organisation_id,
                person_id=entry.person_id,
                day=entry.day,
                minutes=entry.minutes,
                function=entry.function,
                note=entry.note,
                supervisor_id=entry.supervisor_id or None,
                amends=entry.amends or None,
                reason=entry.reason,
                is_void=entry.is_void,
                entered_by=by,
                entered_at=now,
                taken_back_at=None,
                **_meeting_columns(entry.meeting),
                **_signature_columns("staff", entry.staff),
                **_supervisor_columns(entry.supervisor),
            )
        )

    def find(self, entry_id: str) -> StoredEntry | None:
        """Finds a line. None: not here, or taken back."""
        query = select(HourEntryRow.__table__).where(
            HourEntryRow.id == entry_id,
            HourEntryRow.organisation_id == self._organisation_id,
            HourEntryRow.taken_back_at.is_(None),
        )
        row = self._session.execute(query).first()
        return None if row is None else _stored(row)

    def of_people(
        self,
        person_ids: Collection[str],
        *,
        since: date | None = None,
        until: date | None = None,
    ) -> list[StoredEntry]:
        """The lines of some people, by person and day. None: without that end."""
        query = self._lines(person_ids)
        if since is not None:
            query = query.where(HourEntryRow.day >= since)
        if until is not None:
            query = query.where(HourEntryRow.day <= until)
        return [_stored(row) for row in self._session.execute(query)]

    def waiting_of(self, person_ids: Collection[str]) -> list[StoredEntry]:
        """The lines of some people that wait for a supervisor, by person and day."""
        query = self._lines(person_ids).where(
            WAITS,
            HourEntryRow.staff_signed_at.is_not(None),
            HourEntryRow.supervisor_signed_at.is_(None),
        )
        return [_stored(row) for row in self._session.execute(query)]

    def sign_as_staff(self, entry_id: str, signature: Signature) -> bool:
        """Adds the staff member's signature. Says whether it was still missing."""
        return self._change_open(
            entry_id,
            HourEntryRow.staff_signed_at.is_(None),
            **_signature_columns("staff", signature),
        )

    def sign_as_supervisor(self, entry_id: str, signature: Signature) -> bool:
        """Adds the supervisor's signature. Says whether it was still missing."""
        return self._change_open(
            entry_id,
            HourEntryRow.supervisor_signed_at.is_(None),
            supervisor_id=signature.person_id,
            **_supervisor_columns(signature),
        )

    def take_back(self, entry_id: str, *, now: datetime) -> bool:
        """Takes a line back that not both have signed. Says whether there was one."""
        is_open = HourEntryRow.staff_signed_at.is_(None) | (
            HourEntryRow.supervisor_signed_at.is_(None)
        )
        return self._change_open(entry_id, is_open, taken_back_at=now)

    def start_phase(
        self, start_id: str, person_id: str, start: PhaseStart, *, by: str, now: datetime
    ) -> None:
        """Keeps from which day a person is in a phase."""
        self._session.execute(
            insert(PhaseStartRow).values(
                id=start_id,
                organisation_id=self._organisation_id,
                person_id=person_id,
                phase_id=start.phase_id,
                begins_on=start.begins_on,
                set_by=by,
                set_at=now,
            )
        )

    def phase_starts(self, person_ids: Collection[str]) -> dict[str, list[PhaseStart]]:
        """Every start of a phase by person, in the order in which they were kept."""
        query = (
            select(PhaseStartRow.person_id, PhaseStartRow.phase_id, PhaseStartRow.begins_on)
            .where(
                PhaseStartRow.organisation_id == self._organisation_id,
                PhaseStartRow.person_id.in_(sorted(person_ids)),
            )
            .order_by(PhaseStartRow.set_at, PhaseStartRow.id)
        )
        found: dict[str, list[PhaseStart]] = {}
        for person_id, phase_id, begins_on in self._session.execute(query):
            found.setdefault(person_id, []).append(PhaseStart(phase_id, begins_on))
        return found

    def _lines(self, person_ids: Collection[str]) -> Select[Any]:
        return (
            select(HourEntryRow.__table__)
            .where(
                HourEntryRow.organisation_id == self._organisation_id,
                HourEntryRow.person_id.in_(sorted(person_ids)),
                HourEntryRow.taken_back_at.is_(None),
            )
            .order_by(
                HourEntryRow.person_id,
                HourEntryRow.day,
                HourEntryRow.started_at,
                HourEntryRow.id,
            )
        )

    def _change_open(self, entry_id: str, condition: Any, **values: object) -> bool:
        changed = self._session.execute(
            update(HourEntryRow)
            .where(
                HourEntryRow.id == entry_id,
                HourEntryRow.organisation_id == self._organisation_id,
                HourEntryRow.taken_back_at.is_(None),
                condition,
            )
            .values(**values)
            .returning(HourEntryRow.id)
        )
        return changed.first() is not None


def _meeting_columns(meeting: Meeting | None) -> dict[str, Any]:
    if meeting is None:
        return {
            "started_at": None,
            "ended_at": None,
            "zone": "",
            "group_kind": "",
            "mode": "",
            "functions": [],
            "co_supervisor": "",
        }
    return {
        "started_at": meeting.started_at,
        "ended_at": meeting.ended_at,
        "zone": meeting.zone,
        "group_kind": meeting.group,
        "mode": meeting.mode,
        "functions": list(meeting.functions),
        "co_supervisor": meeting.co_supervisor,
    }


def _signature_columns(who: str, signature: Signature | None) -> dict[str, Any]:
    return {
        f"{who}_name": "" if signature is None else signature.name,
        f"{who}_credential": "" if signature is None else signature.credential,
        f"{who}_signed_at": None if signature is None else signature.signed_at,
    }


def _supervisor_columns(signature: Signature | None) -> dict[str, Any]:
    return {
        **_signature_columns("supervisor", signature),
        "signed_for": "" if signature is None else signature.signed_for,
        "signed_for_why": "" if signature is None else signature.why,
    }


def _stored(row: Row[*tuple[Any, ...]]) -> StoredEntry:
    entry = HourEntry(
        id=row.id,
        person_id=row.person_id,
        day=row.day,
        minutes=row.minutes,
        function=row.function,
        note=row.note,
        supervisor_id=row.supervisor_id or "",
        meeting=_meeting(row),
        staff=_signature(row.person_id, row.staff_name, row.staff_credential, row.staff_signed_at),
        supervisor=_signature(
            row.supervisor_id,
            row.supervisor_name,
            row.supervisor_credential,
            row.supervisor_signed_at,
            for_whom=(row.signed_for, row.signed_for_why),
        ),
        amends=row.amends or "",
        reason=row.reason,
        is_void=row.is_void,
    )
    return StoredEntry(entry, row.entered_by, row.entered_at)


def _meeting(row: Row[*tuple[Any, ...]]) -> Meeting | None:
    if row.started_at is None:
        return None
    return Meeting(
        started_at=row.started_at,
        ended_at=row.ended_at,
        zone=row.zone,
        group=Group(row.group_kind),
        mode=Mode(row.mode),
        functions=tuple(row.functions),
        co_supervisor=row.co_supervisor,
    )


def _signature(
    person_id: str,
    name: str,
    credential: str,
    signed_at: datetime | None,
    *,
    for_whom: tuple[str, str] = ("", ""),
) -> Signature | None:
    if signed_at is None:
        return None
    return Signature(person_id, name, credential, signed_at, *for_whom)
