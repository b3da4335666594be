"""What a supervisor's pages show: what was asked of their own teams, and the day it was done.

Answers, quizzes, reading that nobody asked for and times of day stay where they are: no query
here touches them. Every question goes through a `TeamView`, which only its supervisor gets.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select

from app.domain.access import supervised_cohort
from app.domain.assignment import Assignment
from app.domain.errors import NotFound
from app.domain.person import Person, Role, Viewer
from app.storage.store import Store
from app.storage.tables.learning import SectionReadRow
from app.storage.tables.people import PersonRow, RoleGrantRow
from app.storage.tables.play import RunRow
from app.storage.tables.team import AssignmentRow, CohortRow


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a team, without what is their own: address, exam date, plan."""

    id: str
    full_name: str
    credential: str = ""


@dataclass(frozen=True, slots=True)
class TeamLine:
    """One of a supervisor's teams. Units: `people` counts active candidates."""

    id: str
    name: str
    people: int


@dataclass(frozen=True, slots=True)
class TeamView:
    """A team that the viewer supervises. Shape: members and supervisors by name."""

    id: str
    name: str
    members: tuple[Member, ...]
    supervisors: tuple[Member, ...]

    def member(self, person_id: str) -> Member:
        """Finds one of the team. Raises: NotFound if the person is not in it."""
        for member in self.members:
            if member.id == person_id:
                return member
        raise NotFound(
            "person-not-found",
            "There is no such person in this team.",
            "Go back to the team and open somebody from there.",
        )

    def only(self, person_id: str) -> TeamView:
        """The team as if it held one person alone. Raises: NotFound as `member` does."""
        return replace(self, members=(self.member(person_id),))


@dataclass(frozen=True, slots=True)
class Asked:
    """An assignment with the day it was made and the name of who made it."""

    assignment: Assignment
    asked_on: date
    asked_by: str


def supervised_teams(store: Store, viewer: Viewer) -> list[TeamLine]:
    """The teams a supervisor has, by name."""
    people = func.count(PersonRow.id)
    query = (
        select(CohortRow.id, CohortRow.name, people)
        .outerjoin(
            RoleGrantRow,
            (RoleGrantRow.cohort_id == CohortRow.id) & (RoleGrantRow.role == Role.CANDIDATE),
        )
        .outerjoin(
            PersonRow, (PersonRow.id == RoleGrantRow.person_id) & (PersonRow.status == "active")
        )
        .where(
            CohortRow.organisation_id == store.organisation_id,
            CohortRow.id.in_(sorted(viewer.cohorts_as(Role.SUPERVISOR))),
        )
        .group_by(CohortRow.id, CohortRow.name)
        .order_by(CohortRow.name)
    )
    return [TeamLine(*row) for row in store.session.execute(query)]


def open_team(store: Store, viewer: Viewer, cohort_id: str) -> TeamView:
    """Opens a team with its people.

    Raises: NotFound unless the viewer supervises it, whether or not there is such a team.
    """
    supervised_cohort(viewer, cohort_id)
    cohort = store.cohorts.find(cohort_id)
    if cohort is None:
        raise NotFound("team-not-found", "There is no such team among yours.")
    return TeamView(
        id=cohort.id,
        name=cohort.name,
        members=_members(store.cohorts.members(cohort_id)),
        supervisors=_members(store.cohorts.members(cohort_id, Role.SUPERVISOR)),
    )


def asked_of(store: Store, team: TeamView) -> list[Asked]:
    """What is asked of a team, the earliest due date first. Withdrawn ones are absent."""
    facts = {
        row.id: (row.assigned_at.date(), row.full_name)
        for row in store.session.execute(
            select(AssignmentRow.id, AssignmentRow.assigned_at, PersonRow.full_name)
            .join(PersonRow, PersonRow.id == AssignmentRow.assigned_by)
            .where(
                AssignmentRow.organisation_id == store.organisation_id,
                AssignmentRow.cohort_id == team.id,
            )
        )
    }
    asked = store.cohorts.assignments(frozenset({team.id}))
    return [Asked(one, *facts[one.id]) for one in asked]


def days_read(
    store: Store, team: TeamView, lesson_ids: Collection[str]
) -> dict[tuple[str, str], dict[str, date]]:
    """On which day each section of some lessons was read: sections by person and lesson.

    Shape: people and lessons without a mark are absent.
    """
    query = select(
        SectionReadRow.person_id,
        SectionReadRow.lesson_id,
        SectionReadRow.section_id,
        SectionReadRow.read_at,
    ).where(
        SectionReadRow.organisation_id == store.organisation_id,
        SectionReadRow.person_id.in_([member.id for member in team.members]),
        SectionReadRow.lesson_id.in_(sorted(lesson_ids)),
    )
    found: dict[tuple[str, str], dict[str, date]] = {}
    for person_id, lesson_id, section_id, read_at in store.session.execute(query):
        found.setdefault((person_id, lesson_id), {})[section_id] = read_at.date()
    return found


def days_ended(
    store: Store, team: TeamView, scenario_ids: Collection[str]
) -> dict[tuple[str, str], date]:
    """On which day each person first ended some cases, by person and case."""
    first = func.min(RunRow.ended_at, type_=RunRow.ended_at.type)
    query = (
        select(RunRow.person_id, RunRow.scenario_id, first)
        .where(
            RunRow.organisation_id == store.organisation_id,
            RunRow.person_id.in_([member.id for member in team.members]),
            RunRow.scenario_id.in_(sorted(scenario_ids)),
            RunRow.ended_at.is_not(None),
        )
        .group_by(RunRow.person_id, RunRow.scenario_id)
    )
    return {
        (person_id, scenario_id): ended_at.date()
        for person_id, scenario_id, ended_at in store.session.execute(query)
        if ended_at is not None
    }


def _members(people: list[Person]) -> tuple[Member, ...]:
    return tuple(Member(one.id, one.full_name, one.credential) for one in people)
