"""How everyone of a team stands with what was asked of them, and how that is said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.assignment import Assignment, AssignmentKind, AssignmentState, assignment_state
from app.domain.lesson import day_read
from app.library.library import Library
from app.storage.queries.team_pages import (
    Asked,
    Member,
    TeamView,
    asked_of,
    days_ended,
    days_read,
)
from app.storage.store import Store
from app.web.shared.filters import say_short_day
from app.web.shared.part_data import Cell

KIND_WORDS = {AssignmentKind.LESSON: "Lesson", AssignmentKind.SCENARIO: "Case"}
STATE_SIGNS = {
    AssignmentState.DONE: "done",
    AssignmentState.OVERDUE: "below",
    AssignmentState.DUE_SOON: "ageing",
    AssignmentState.OPEN: "open",
}
NOT_ASKED = Cell("not asked", state="none")
NOT_OFFERED = Cell("not offered now", state="none")


@dataclass(frozen=True, slots=True)
class Target:
    """The lesson or case of an assignment. `is_offered` is False once it has left the content."""

    title: str
    kind: str
    is_offered: bool = True


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one person stands with one assignment.

    None: `done_on` is None while it is not done, and when it was done before it was asked:
    asking for something does not open what came before.
    """

    state: AssignmentState
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """A team with its assignments. Shape: standings by person and assignment; people who are
    not asked, and things that are no longer offered, have none.
    """

    team: TeamView
    asked: tuple[Asked, ...]
    targets: Mapping[str, Target]  # by assignment
    standings: Mapping[tuple[str, str], Standing]

    def standing(self, member: Member, asked: Asked) -> Standing | None:
        """Where a person stands. None: not asked, or no longer offered."""
        return self.standings.get((member.id, asked.assignment.id))

    def of_assignment(self, asked: Asked) -> list[Standing]:
        """Where everyone who is asked stands."""
        found = (self.standing(member, asked) for member in self.team.members)
        return [one for one in found if one is not None]

    def each(self) -> Iterator[tuple[Member, Asked, Standing]]:
        """Every person with everything asked of them, the earliest due date first."""
        for asked in self.asked:
            for member in self.team.members:
                standing = self.standing(member, asked)
                if standing is not None:
                    yield member, asked, standing


def team_board(store: Store, library: Library, team: TeamView, *, today: date) -> Board:
    """Gathers a team's board. Cost: three or four queries, however large the team."""
    asked = tuple(asked_of(store, team))
    lessons = {
        one.assignment.target_id for one in asked if one.assignment.kind is AssignmentKind.LESSON
    }
    cases = {one.assignment.target_id for one in asked} - lessons
    read = days_read(store, team, lessons) if lessons else {}
    ended = days_ended(store, team, cases) if cases else {}

    def done_on(member: Member, assignment: Assignment) -> date | None:
        key = (member.id, assignment.target_id)
        if assignment.kind is AssignmentKind.SCENARIO:
            return ended.get(key)
        return day_read(library.lessons[assignment.target_id], read.get(key, {}))

    targets = {one.assignment.id: target_of(library, one.assignment) for one in asked}
    standings = {
        (member.id, one.assignment.id): _standing(one, done_on(member, one.assignment), today)
        for one in asked
        for member in team.members
        if targets[one.assignment.id].is_offered and one.assignment.asks(member.id)
    }
    return Board(team, asked, targets, standings)


def target_of(library: Library, assignment: Assignment) -> Target:
    """Names the lesson or case of an assignment, also when it has left the content."""
    kind = KIND_WORDS[assignment.kind]
    shelf = library.lessons if assignment.kind is AssignmentKind.LESSON else library.scenarios
    thing = shelf.get(assignment.target_id)
    if thing is None:
        return Target(assignment.target_id, kind, is_offered=False)
    return Target(thing.title, kind)


def cell_of(board: Board, member: Member, asked: Asked) -> Cell:
    """Says where a person stands, as a chip."""
    standing = board.standing(member, asked)
    if standing is None:
        return NOT_ASKED if board.targets[asked.assignment.id].is_offered else NOT_OFFERED
    return standing_cell(standing)


def standing_cell(standing: Standing) -> Cell:
    """Says where somebody stands: done with its day, overdue, due soon or open."""
    if standing.state is AssignmentState.DONE:
        if standing.done_on is None:
            return Cell("done before", state="done", spoken="done before it was asked")
        return Cell(f"done {say_short_day(standing.done_on)}", state="done")
    return Cell(str(standing.state), state=STATE_SIGNS[standing.state])


def _standing(asked: Asked, done_on: date | None, today: date) -> Standing:
    state = assignment_state(asked.assignment, done=done_on is not None, today=today)
    if done_on is not None and done_on < asked.asked_on:
        done_on = None
    return Standing(state, done_on)
