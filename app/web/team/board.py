"""How everyone of a team stands with what was asked of them, and how that is said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.assignment import Assignment, AssignmentState
from app.domain.due_day import AssignmentStanding, Target, is_away
from app.library.library import Library
from app.services.assigned import Asked, asked_of
from app.storage.queries.team_pages import Member, TeamView, names_of_askers
from app.storage.store import Store
from app.web.shared.filters import say_short_day
from app.web.shared.part_data import Cell

STATE_SIGNS = {
    AssignmentState.DONE: "done",
    AssignmentState.OVERDUE: "below",
    AssignmentState.DUE_SOON: "ageing",
    AssignmentState.OPEN: "open",
}
NOT_ASKED = Cell("not asked", state="none")
NOT_OFFERED = Cell("not offered now", state="none")


@dataclass(frozen=True, slots=True)
class Board:
    """A team with its assignments. Shape: standings by person and assignment; people who are
    not asked, and things that are no longer offered, have none.
    """

    team: TeamView
    asked: Asked
    askers: Mapping[str, str]  # names, by assignment
    standings: Mapping[tuple[str, str], AssignmentStanding]
    today: date

    @property
    def assignments(self) -> tuple[Assignment, ...]:
        """Everything asked, the earliest due date first."""
        return self.asked.assignments

    def target(self, assignment: Assignment) -> Target:
        """What is asked, as it is called now."""
        return self.asked.targets[assignment.id]

    def standing(self, member: Member, assignment: Assignment) -> AssignmentStanding | None:
        """Where a person stands. None: not asked, or no longer offered."""
        return self.standings.get((member.id, assignment.id))

    def of_assignment(self, assignment: Assignment) -> list[AssignmentStanding]:
        """Where everyone who is asked stands."""
        found = (self.standing(member, assignment) for member in self.team.members)
        return [one for one in found if one is not None]

    def each(self) -> Iterator[tuple[Member, AssignmentStanding]]:
        """Every person with everything asked of them, the earliest due date first."""
        members = {member.id: member for member in self.team.members}
        for standing in self.asked.standings:
            yield members[standing.person_id], standing

    def is_away(self, member: Member) -> bool:
        """Says whether somebody is on leave today."""
        return is_away(self.asked.leaves, member.id, self.today)


def team_board(store: Store, library: Library, team: TeamView, *, today: date) -> Board:
    """Gathers a team's board. Cost: some queries, however large the team."""
    asked = asked_of(store, library, {team.id}, today=today)
    return Board(
        team,
        asked,
        names_of_askers(store, team) if asked.assignments else {},
        {(one.person_id, one.assignment.id): one for one in asked.standings},
        today,
    )


def cell_of(board: Board, member: Member, assignment: Assignment) -> Cell:
    """Says where a person stands, as a chip."""
    standing = board.standing(member, assignment)
    if standing is None:
        return NOT_ASKED if board.target(assignment).is_offered else NOT_OFFERED
    return standing_cell(standing)


def standing_cell(standing: AssignmentStanding) -> Cell:
    """Says where somebody stands: done with its day, overdue, due soon or open."""
    if standing.state is AssignmentState.DONE:
        if standing.done_on is None:
            return Cell("done before", state="done", spoken="done before it was asked")
        told = _outcome(standing)
        return Cell(f"done {say_short_day(standing.done_on)}", state="done", detail=told)
    detail = f"due {say_short_day(standing.due.on)}" if _is_moved(standing) else ""
    return Cell(str(standing.state), state=STATE_SIGNS[standing.state], detail=detail)


def _is_moved(standing: AssignmentStanding) -> bool:
    return standing.due.on != standing.assignment.due_on


def _outcome(standing: AssignmentStanding) -> str:
    """The result of a mock exam, where the assignment said beforehand that it is shown."""
    if standing.outcome is None:
        return ""
    cut = "at or above our cut" if standing.outcome.is_pass else "not yet at our cut"
    return f"{standing.outcome.scaled}, {cut}"
