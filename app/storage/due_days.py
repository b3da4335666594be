"""The shelf of what moves due days, who is in a team since when, and reminders by hand."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from app.domain.assignment import Membership
from app.domain.due_day import Extension, ExtensionReason, Leave
from app.domain.local_time import day_in
from app.domain.person import Role
from app.storage.engine import connection_of
from app.storage.new_rows import insert_if_new
from app.storage.people import ACTIVE
from app.storage.tables.people import PersonRow, RoleGrantRow
from app.storage.tables.supervision_assignments import ExtensionRow, LeaveRow, NudgeRow


class DueDayShelf:
    """Gets and saves extensions and leave of one organisation's people."""

    def __init__(self, session: Session, organisation_id: str, zone: str) -> None:
        self._session = session
        self._organisation_id = organisation_id
        self._zone = zone

    def memberships(
        self, cohort_ids: Collection[str], *, person_id: str | None = None
    ) -> dict[str, list[Membership]]:
        """Active candidates of some teams, or one person, with the day they joined, by team."""
        values = {"organisation": self._organisation_id, "cohorts": sorted(cohort_ids)}
        if person_id is None:
            rows = connection_of(self._session).execute(_MEMBERS, values)
        else:
            rows = connection_of(self._session).execute(_MEMBER, {**values, "person": person_id})
        found: dict[str, list[Membership]] = {}
        for cohort_id, member_id, granted_at, credential in rows:
            if cohort_id is not None:
                member = Membership(member_id, day_in(self._zone, granted_at), credential)
                found.setdefault(cohort_id, []).append(member)
        return found

    def extend(self, extension_id: str, extension: Extension, *, now: datetime) -> None:
        """Gives somebody more time; earlier extensions stay in the record."""
        self._session.execute(
            insert(ExtensionRow).values(
                id=extension_id,
                organisation_id=self._organisation_id,
                assignment_id=extension.assignment_id,
                person_id=extension.person_id,
                due_on=extension.due_on,
                reason=extension.reason,
                note=extension.note,
                given_by=extension.given_by,
                given_at=now,
            )
        )

    def extensions(self, assignment_ids: Collection[str]) -> list[Extension]:
        """Every extension of some assignments, the oldest first."""
        if not assignment_ids:
            return []
        values = {"organisation": self._organisation_id, "assignments": sorted(assignment_ids)}
        return [
            Extension(*row[:3], ExtensionReason(row[3]), row[4], row[5], day_in(self._zone, row[6]))
            for row in connection_of(self._session).execute(_EXTENSIONS, values)
        ]

    def keep_leave(self, leave: Leave, *, by: str, now: datetime) -> None:
        """Keeps days on which somebody is away."""
        self._session.execute(
            insert(LeaveRow).values(
                id=leave.id,
                organisation_id=self._organisation_id,
                person_id=leave.person_id,
                first_day=leave.first_day,
                last_day=leave.last_day,
                kept_by=by,
                kept_at=now,
                removed_by=None,
                removed_at=None,
            )
        )

    def remove_leave(self, leave_id: str, *, person_id: str, by: str, now: datetime) -> bool:
        """Takes leave back; the row stays in the record. Says whether there was any."""
        removed = self._session.execute(
            update(LeaveRow)
            .where(
                LeaveRow.id == leave_id,
                LeaveRow.person_id == person_id,
                LeaveRow.organisation_id == self._organisation_id,
                LeaveRow.removed_at.is_(None),
            )
            .values(removed_by=by, removed_at=now)
            .returning(LeaveRow.id)
        )
        return removed.first() is not None

    def leaves(self, person_ids: Collection[str]) -> list[Leave]:
        """The leave of some people that stands, the earliest first."""
        if not person_ids:
            return []
        values = {"organisation": self._organisation_id, "people": sorted(person_ids)}
        return [Leave(*row) for row in connection_of(self._session).execute(_LEAVES, values)]

    def nudge(
        self, assignment_id: str, person_id: str, *, day: date, by: str, now: datetime
    ) -> None:
        """Keeps that a supervisor reminded somebody; once a day, however often it is pressed."""
        insert_if_new(
            self._session,
            NudgeRow,
            {
                "assignment_id": assignment_id,
                "person_id": person_id,
                "day": day,
                "organisation_id": self._organisation_id,
                "sent_by": by,
                "sent_at": now,
            },
        )

    def nudges(
        self, person_ids: Collection[str], *, since: date
    ) -> dict[tuple[str, str], datetime]:
        """When somebody was last reminded by hand, by person and assignment."""
        if not person_ids:
            return {}
        query = (
            select(NudgeRow.person_id, NudgeRow.assignment_id, NudgeRow.sent_at)
            .where(
                NudgeRow.organisation_id == self._organisation_id,
                NudgeRow.person_id.in_(sorted(person_ids)),
                NudgeRow.day >= since,
            )
            .order_by(NudgeRow.sent_at)
        )
        return {(row[0], row[1]): row[2] for row in self._session.execute(query)}


# Put together once: a page that a learner starts from asks them all.
_MEMBERS = (
    select(
        RoleGrantRow.cohort_id,
        RoleGrantRow.person_id,
        RoleGrantRow.granted_at,
        PersonRow.credential,
    )
    .join(PersonRow, PersonRow.id == RoleGrantRow.person_id)
    .where(
        RoleGrantRow.organisation_id == bindparam("organisation"),
        RoleGrantRow.cohort_id.in_(bindparam("cohorts", expanding=True)),
        RoleGrantRow.role == Role.CANDIDATE,
        PersonRow.status == ACTIVE,
    )
    .order_by(PersonRow.full_name, PersonRow.id)
)
_MEMBER = _MEMBERS.where(RoleGrantRow.person_id == bindparam("person"))
_EXTENSIONS = (
    select(
        ExtensionRow.assignment_id,
        ExtensionRow.person_id,
        ExtensionRow.due_on,
        ExtensionRow.reason,
        ExtensionRow.note,
        ExtensionRow.given_by,
        ExtensionRow.given_at,
    )
    .where(
        ExtensionRow.organisation_id == bindparam("organisation"),
        ExtensionRow.assignment_id.in_(bindparam("assignments", expanding=True)),
    )
    .order_by(ExtensionRow.given_at, ExtensionRow.id)
)
_LEAVES = (
    select(LeaveRow.id, LeaveRow.person_id, LeaveRow.first_day, LeaveRow.last_day)
    .where(
        LeaveRow.organisation_id == bindparam("organisation"),
        LeaveRow.person_id.in_(bindparam("people", expanding=True)),
        LeaveRow.removed_at.is_(None),
    )
    .order_by(LeaveRow.first_day, LeaveRow.id)
)
