"""Puts what is asked of a team on screen, with the form that asks for more."""

from __future__ import annotations

from flask import url_for

from app.domain.assignment import (
    ANY_TOPIC,
    OWN_PLAN,
    Assignment,
    AssignmentKind,
    AssignmentState,
    Audience,
    DoneRule,
)
from app.domain.errors import NotFound
from app.library.library import Library
from app.services.cohort import AssignmentWish
from app.storage.queries.team_pages import TeamView
from app.web.shared.faults import field_faults
from app.web.shared.filters import say_count, say_short_day
from app.web.shared.part_data import Cell, Way
from app.web.team.board import NOT_OFFERED, Board
from app.web.team.inputs import NEWCOMERS, ROLE, WHOLE_TEAM, AssignmentInput
from app.web.team.pages import AssignmentsPage, Row, WithdrawPage
from app.web.team.team_view import due_words

USUAL_QUESTIONS = 10


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
    groups["Quizzes"] = {f"{AssignmentKind.QUIZ}:{ANY_TOPIC}": "Quiz on any topic"} | {
        f"{AssignmentKind.QUIZ}:{one.id}": f"Quiz: {one.title}" for one in library.topics.values()
    }
    groups["Mock exams"] = {
        f"{AssignmentKind.MOCK}:{outline.id}/{shape.id}": shape.title
        for outline in library.blueprints.values()
        for shape in outline.shapes
    }
    groups["Supervision"] = {f"{AssignmentKind.PLAN}:{OWN_PLAN}": "A development plan"}
    whole = f"The whole team ({say_count(len(team.members), 'person', 'people')})"
    roles = sorted({member.credential for member in team.members if member.credential})
    form.target.choices = {"": "Choose a lesson, case, quiz, exam or plan", **groups}
    form.whom.choices = {
        WHOLE_TEAM: whole,
        NEWCOMERS: "New starters, as they join",
        **{f"{ROLE}{role}": f"Everyone with {role}" for role in roles},
        **{member.id: member.full_name for member in team.members},
    }
    return form


def wish_of(form: AssignmentInput) -> AssignmentWish:
    """Reads a form that has passed."""
    kind, _, target_id = form.target.data.partition(":")
    whom = form.whom.data
    is_quiz, is_mock = kind == AssignmentKind.QUIZ, kind == AssignmentKind.MOCK
    is_person = whom not in {WHOLE_TEAM, NEWCOMERS} and not whom.startswith(ROLE)
    questions = form.questions.data or USUAL_QUESTIONS
    return AssignmentWish(
        kind=AssignmentKind(kind),
        target_id=target_id,
        due_on=None if whom == NEWCOMERS else form.due_on.data,
        person_id=whom if is_person else None,
        role=whom.removeprefix(ROLE) if whom.startswith(ROLE) else "",
        days_after_joining=form.days_after_joining.data if whom == NEWCOMERS else None,
        shows_result=is_mock and bool(form.shows_result.data),
        rule=DoneRule(questions, form.percent.data or 0) if is_quiz else DoneRule(),
    )


def assignments_page(board: Board, form: AssignmentInput) -> AssignmentsPage:
    """Shows everything asked of a team: what goes on by due date, what is finished after it."""
    going_on: list[Row] = []
    finished: list[Row] = []
    for assignment in board.assignments:
        standings = board.of_assignment(assignment)
        is_done = bool(standings) and all(s.state is AssignmentState.DONE for s in standings)
        is_open_ended = assignment.audience is Audience.NEWCOMERS
        is_over = is_done and not is_open_ended
        (finished if is_over else going_on).append(_row(board, assignment))
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
    found = next((one for one in board.assignments if one.id == assignment_id), None)
    if found is None:
        raise NotFound("assignment-not-found", "There is no such assignment in this team.")
    return WithdrawPage(
        title=board.target(found).title,
        whom=_whom(board, found),
        due=due_words(found),
        back=Way("Assignments", url_for("team.assignments", cohort_id=board.team.id)),
    )


def _row(board: Board, assignment: Assignment) -> Row:
    target = board.target(assignment)
    standings = board.of_assignment(assignment)
    is_overdue = any(one.state is AssignmentState.OVERDUE for one in standings)
    done = sum(one.state is AssignmentState.DONE for one in standings)
    way_out = url_for("team.ask_withdraw", cohort_id=board.team.id, assignment_id=assignment.id)
    detail = f"{target.kind}, result shown" if assignment.shows_result else target.kind
    return (
        Cell(target.title, detail=detail),
        _whom(board, assignment),
        _due(assignment, is_overdue=is_overdue),
        f"{done} of {len(standings)}" if target.is_offered else NOT_OFFERED,
        Cell(board.askers.get(assignment.id, ""), detail=say_short_day(assignment.asked_on)),
        Cell("Withdraw", url=way_out),
    )


def _due(assignment: Assignment, *, is_overdue: bool) -> str | Cell:
    if assignment.due_on is None:
        told = f"{assignment.days_after_joining} days after joining"
        return Cell(told, state="below", detail="somebody is overdue") if is_overdue else told
    due = say_short_day(assignment.due_on)
    return Cell(f"was due {due}", state="below") if is_overdue else due


def _whom(board: Board, assignment: Assignment) -> str:
    if assignment.audience is Audience.NEWCOMERS:
        return f"New starters since {say_short_day(assignment.asked_on)}"
    if assignment.audience is Audience.ROLE:
        return f"Everyone with {assignment.role}"
    if assignment.audience is Audience.TEAM:
        return "Whole team"
    names = {member.id: member.full_name for member in board.team.members}
    return names.get(assignment.person_id or "", "Somebody who has left the team")
