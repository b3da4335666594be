"""Puts what is asked of a team on screen, with the form that asks for more."""

from __future__ import annotations

from flask import url_for

from app.domain.assignment import AssignmentKind, AssignmentState
from app.domain.errors import NotFound
from app.library.library import Library
from app.services.cohort import AssignmentWish
from app.storage.queries.team_pages import Asked, TeamView
from app.web.shared.faults import field_faults
from app.web.shared.filters import say_count, say_short_day
from app.web.shared.part_data import Cell, Way
from app.web.team.board import NOT_OFFERED, Board
from app.web.team.inputs import WHOLE_TEAM, AssignmentInput
from app.web.team.pages import AssignmentsPage, Row, WithdrawPage


def assignment_form(library: Library, team: TeamView) -> AssignmentInput:
    """Makes the form with what this team can be asked."""
    form = AssignmentInput()
    groups = {
        area.title: {
            f"{AssignmentKind.LESSON}:{one.id}": one.title for one in library.lessons_in(area.id)
        }
        for area in library.areas
    }
    groups["Cases"] = {
        f"{AssignmentKind.SCENARIO}:{one.id}": one.title for one in library.scenarios.values()
    }
    whole = f"The whole team ({say_count(len(team.members), 'person', 'people')})"
    people = {member.id: member.full_name for member in team.members}
    form.target.choices = {"": "Choose a lesson or a case", **groups}
    form.whom.choices = {WHOLE_TEAM: whole, **people}
    return form


def wish_of(form: AssignmentInput) -> AssignmentWish:
    """Reads a form that has passed."""
    kind, _, target_id = form.target.data.partition(":")
    whom, due_on = form.whom.data, form.due_on.data
    if due_on is None:
        raise ValueError("the form has not been checked")
    return AssignmentWish(
        kind=AssignmentKind(kind),
        target_id=target_id,
        due_on=due_on,
        person_id=None if whom == WHOLE_TEAM else whom,
    )


def assignments_page(board: Board, form: AssignmentInput) -> AssignmentsPage:
    """Shows everything asked of a team: what goes on by due date, what is finished after it."""
    going_on: list[Row] = []
    finished: list[Row] = []
    for asked in board.asked:
        standings = board.of_assignment(asked)
        is_done = bool(standings) and all(s.state is AssignmentState.DONE for s in standings)
        (finished if is_done else going_on).append(_row(board, asked))
    return AssignmentsPage(
        team=board.team.name,
        back=Way(board.team.name, url_for("team.team", cohort_id=board.team.id)),
        people=len(board.team.members),
        form=form,
        faults=field_faults(form),
        going_on=tuple(going_on),
        finished=tuple(reversed(finished)),
    )


def withdraw_page(board: Board, assignment_id: str) -> WithdrawPage:
    """Asks before an assignment is taken back.

    Raises: NotFound if the team has no such assignment, or none any more.
    """
    asked = next((one for one in board.asked if one.assignment.id == assignment_id), None)
    if asked is None:
        raise NotFound("assignment-not-found", "There is no such assignment in this team.")
    return WithdrawPage(
        title=board.targets[assignment_id].title,
        whom=_whom(board, asked),
        due=say_short_day(asked.assignment.due_on),
        back=Way("Assignments", url_for("team.assignments", cohort_id=board.team.id)),
    )


def _row(board: Board, asked: Asked) -> Row:
    assignment = asked.assignment
    target = board.targets[assignment.id]
    standings = board.of_assignment(asked)
    due = say_short_day(assignment.due_on)
    is_overdue = any(one.state is AssignmentState.OVERDUE for one in standings)
    done = sum(one.state is AssignmentState.DONE for one in standings)
    way_out = url_for("team.ask_withdraw", cohort_id=board.team.id, assignment_id=assignment.id)
    return (
        Cell(target.title, detail=target.kind),
        _whom(board, asked),
        Cell(f"was due {due}", state="below") if is_overdue else due,
        f"{done} of {len(standings)}" if target.is_offered else NOT_OFFERED,
        Cell(asked.asked_by, detail=say_short_day(asked.asked_on)),
        Cell("Withdraw", url=way_out),
    )


def _whom(board: Board, asked: Asked) -> str:
    person_id = asked.assignment.person_id
    if person_id is None:
        return "Whole team"
    names = {member.id: member.full_name for member in board.team.members}
    return names.get(person_id, "Somebody who has left the team")
