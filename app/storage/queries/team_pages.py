"""What a supervisor's pages show: their own teams, the people in them, and who asked for what.

Answers, quizzes, reading that nobody asked for and times of day stay where they are: no query
here touches them. Every question goes through a `TeamView`, which only its supervisor gets.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import func, select

from app.domain.access import supervised_cohort
from app.domain.errors import NotFound
from app.domain.person import Person, Role, Viewer
from app.storage.store import Store
from app.storage.tables.people import PersonRow, RoleGrantRow
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


def names_of_askers(store: Store, team: TeamView) -> dict[str, str]:
    """Who asked for each thing asked of a team, by assignment. Withdrawn ones are there too."""
    query = (
        select(AssignmentRow.id, PersonRow.full_name)
        .join(PersonRow, PersonRow.id == AssignmentRow.assigned_by)
        .where(
            AssignmentRow.organisation_id == store.organisation_id,
            AssignmentRow.cohort_id == team.id,
        )
    )
    return {row[0]: row[1] for row in store.session.execute(query)}


def _members(people: list[Person]) -> tuple[Member, ...]:
    return tuple(Member(one.id, one.full_name, one.credential) for one in people)
