"""The shelf of teams, their members, and what is asked of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update
from sqlalchemy.orm import Session

from app.domain.assignment import Assignment, AssignmentKind, DoneRule
from app.domain.local_time import day_in
from app.domain.person import Person, Role
from app.storage.engine import connection_of
from app.storage.people import ACTIVE, PERSON_COLUMNS, person_from
from app.storage.tables.people import PersonRow, RoleGrantRow
from app.storage.tables.team import AssignmentRow, CohortRow


@dataclass(frozen=True, slots=True)
class Cohort:
    """A team."""

    id: str
    name: str


class CohortShelf:
    """Gets and saves teams of one organisation."""

    def __init__(self, session: Session, organisation_id: str, zone: str) -> None:
        self._session = session
        self._organisation_id = organisation_id
        self._zone = zone

    def add(self, cohort: Cohort, *, now: datetime) -> None:
        """Adds a team."""
        self._session.execute(
            insert(CohortRow).values(
                id=cohort.id,
                organisation_id=self._organisation_id,
                name=cohort.name,
                created_at=now,
            )
        )

    def all(self) -> list[Cohort]:
        """Every team of the organisation, by name."""
        query = (
            select(CohortRow.id, CohortRow.name)
            .where(CohortRow.organisation_id == self._organisation_id)
            .order_by(CohortRow.name)
        )
        return [Cohort(*row) for row in self._session.execute(query)]

    def find(self, cohort_id: str) -> Cohort | None:
        """Finds a team of this organisation. None: not here."""
        query = select(CohortRow.id, CohortRow.name).where(
            CohortRow.id == cohort_id, CohortRow.organisation_id == self._organisation_id
        )
        row = self._session.execute(query).first()
        return None if row is None else Cohort(row.id, row.name)

    def hold(self, cohort_id: str) -> None:
        """Makes other changes that hold this team wait, as `PeopleShelf.hold` does."""
        query = select(CohortRow.id).where(
            CohortRow.id == cohort_id, CohortRow.organisation_id == self._organisation_id
        )
        self._session.execute(query.with_for_update(key_share=True))

    def members(self, cohort_id: str, role: Role = Role.CANDIDATE) -> list[Person]:
        """The active people who hold a role in a team, by name."""
        query = (
            select(*PERSON_COLUMNS)
            .join(RoleGrantRow, RoleGrantRow.person_id == PersonRow.id)
            .where(
                RoleGrantRow.organisation_id == self._organisation_id,
                RoleGrantRow.cohort_id == cohort_id,
                RoleGrantRow.role == role,
                PersonRow.status == ACTIVE,
            )
            .order_by(PersonRow.full_name, PersonRow.id)
        )
        return [person_from(row) for row in self._session.execute(query)]

    def assign(self, assignment: Assignment) -> None:
        """Keeps something asked of a team or of a person in it."""
        self._session.execute(
            insert(AssignmentRow).values(
                id=assignment.id,
                organisation_id=self._organisation_id,
                cohort_id=assignment.cohort_id,
                person_id=assignment.person_id,
                kind=assignment.kind,
                target_id=assignment.target_id,
                due_on=assignment.due_on,
                days_after_joining=assignment.days_after_joining,
                role=assignment.role,
                shows_result=assignment.shows_result,
                quiz_questions=assignment.rule.questions,
                quiz_percent=assignment.rule.percent,
                assigned_by=assignment.assigned_by,
                assigned_at=assignment.asked_at,
                withdrawn_at=None,
            )
        )

    def withdraw(self, assignment_id: str, *, cohort_id: str, now: datetime) -> bool:
        """Takes an assignment back. Says whether there was one."""
        withdrawn = self._session.execute(
            update(AssignmentRow)
            .where(
                AssignmentRow.id == assignment_id,
                AssignmentRow.cohort_id == cohort_id,
                AssignmentRow.organisation_id == self._organisation_id,
                AssignmentRow.withdrawn_at.is_(None),
            )
            .values(withdrawn_at=now)
            .returning(AssignmentRow.id)
        )
        return withdrawn.first() is not None

    def assignments(self, cohort_ids: frozenset[str]) -> list[Assignment]:
        """What is asked of some teams, the earliest due date first, then what has none."""
        if not cohort_ids:
            return []
        values = {"organisation": self._organisation_id, "cohorts": sorted(cohort_ids)}
        rows = connection_of(self._session).execute(_ASSIGNMENTS, values)
        return [_assignment_from(row, self._zone) for row in rows]


# Put together once: every page that a learner starts from asks it.
_ASSIGNMENTS = (
    select(AssignmentRow.__table__)
    .where(
        AssignmentRow.organisation_id == bindparam("organisation"),
        AssignmentRow.cohort_id.in_(bindparam("cohorts", expanding=True)),
        AssignmentRow.withdrawn_at.is_(None),
    )
    .order_by(AssignmentRow.due_on.nulls_last(), AssignmentRow.id)
)


def _assignment_from(row: Row[*tuple[Any, ...]], zone: str) -> Assignment:
    return Assignment(
        id=row.id,
        cohort_id=row.cohort_id,
        person_id=row.person_id,
        kind=AssignmentKind(row.kind),
        target_id=row.target_id,
        due_on=row.due_on,
        assigned_by=row.assigned_by,
        asked_at=row.assigned_at,
        asked_on=day_in(zone, row.assigned_at),
        role=row.role,
        days_after_joining=row.days_after_joining,
        shows_result=row.shows_result,
        rule=DoneRule(row.quiz_questions, row.quiz_percent),
    )
