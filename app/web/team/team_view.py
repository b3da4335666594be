"""Puts a team, and one of its people, on screen."""

from __future__ import annotations

from datetime import timedelta

from flask import url_for

from app.domain.assignment import Assignment, AssignmentState
from app.domain.due_day import AssignmentStanding
from app.storage.queries.team_pages import Member, TeamView
from app.web.shared.exam_time import ExamTimeCard
from app.web.shared.filters import say_short_day
from app.web.shared.leave import LeaveCard
from app.web.shared.part_data import Cell, Way
from app.web.team.board import Board, cell_of
from app.web.team.needing.everyone import needs_of
from app.web.team.needing.lines import NeedContext, NeedKind
from app.web.team.needing.view import need_counts, needs_title, person_blocks
from app.web.team.pages import MemberPage, Row, TeamPage

LONG_OVER = timedelta(days=60)


def team_page(context: NeedContext, *, kind: NeedKind | None, has_others: bool) -> TeamPage:
    """Shows a team: first who needs the viewer today, then everyone. None: every kind of need."""
    board, team = context.board, context.board.team
    lines = needs_of(context)
    shown = [one for one in board.assignments if not _is_over(board, one)]
    return TeamPage(
        name=team.name,
        people=len(team.members),
        supervisors=", ".join(_named(one) for one in team.supervisors),
        back=Way("Teams", url_for("team.teams")) if has_others else None,
        assignments_url=url_for("team.assignments", cohort_id=team.id),
        hours_url=url_for("team.hours_of_team", cohort_id=team.id),
        competencies_url=url_for("team.competencies", cohort_id=team.id),
        packets_url=url_for("team.packets", cohort_id=team.id),
        gaps_url=url_for("team.gaps", cohort_id=team.id),
        counts=need_counts(team.id, lines, kind),
        needs=person_blocks(context, lines, kind),
        needs_title=needs_title(kind),
        done=_done(board),
        headers=("Person", *(_header(board, one) for one in shown)),
        rows=tuple(
            (person_cell(team, member), *(cell_of(board, member, one) for one in shown))
            for member in team.members
        ),
        has_assignments=bool(board.assignments),
        older=len(board.assignments) - len(shown),
    )


def member_page(
    board: Board, member: Member, exam_time: ExamTimeCard, leave: LeaveCard
) -> MemberPage:
    """Shows what was asked of one person, the latest due date first."""
    standings = [one for person, one in board.each() if person.id == member.id]
    gone = [
        one
        for one in board.assignments
        if one.person_id == member.id and not board.target(one).is_offered
    ]
    return MemberPage(
        full_name=member.full_name,
        credential=member.credential,
        back=Way(board.team.name, url_for("team.team", cohort_id=board.team.id)),
        rows=(
            *(_member_row(board, member, one) for one in reversed(standings)),
            *(_gone_row(board, member, one) for one in gone),
        ),
        hours_url=url_for("team.hours_home", cohort_id=board.team.id, person_id=member.id),
        exam_time=exam_time,
        record_url=url_for("team.supervision", cohort_id=board.team.id, person_id=member.id),
        observe_url=url_for("team.start_observation", cohort_id=board.team.id, person_id=member.id),
        leave=leave,
    )


def person_cell(team: TeamView, member: Member) -> Cell:
    """Names somebody of a team, with the way to their page."""
    url = url_for("team.member", cohort_id=team.id, person_id=member.id)
    return Cell(member.full_name, detail=member.credential, url=url)


def _member_row(board: Board, member: Member, standing: AssignmentStanding) -> Row:
    assignment = standing.assignment
    url = url_for(
        "team.asked_person",
        cohort_id=board.team.id,
        assignment_id=assignment.id,
        person_id=member.id,
    )
    return (
        Cell(standing.target.title, detail=standing.target.kind, url=url),
        say_short_day(standing.due.on),
        cell_of(board, member, assignment),
        Cell(board.askers.get(assignment.id, ""), detail=say_short_day(assignment.asked_on)),
    )


def _gone_row(board: Board, member: Member, assignment: Assignment) -> Row:
    target = board.target(assignment)
    return (
        Cell(target.title, detail=target.kind),
        say_short_day(assignment.due_on) if assignment.due_on else "–",
        cell_of(board, member, assignment),
        Cell(board.askers.get(assignment.id, ""), detail=say_short_day(assignment.asked_on)),
    )


def _done(board: Board) -> str:
    everyone = [standing for _, standing in board.each()]
    done = sum(one.state is AssignmentState.DONE for one in everyone)
    return f"{done} of {len(everyone)} done, counted person by person."


def _is_over(board: Board, assignment: Assignment) -> bool:
    """Says whether an assignment needs no column any more."""
    standings = board.of_assignment(assignment)
    all_done = all(one.state is AssignmentState.DONE for one in standings)
    last = max((one.due.on for one in standings), default=assignment.due_on)
    return all_done and last is not None and last < board.today - LONG_OVER


def _header(board: Board, assignment: Assignment) -> str:
    return f"{board.target(assignment).title}, {due_words(assignment)}"


def due_words(assignment: Assignment) -> str:
    """Says by when something is asked: a day, or days after joining."""
    if assignment.due_on is not None:
        return f"due {say_short_day(assignment.due_on)}"
    return f"due {assignment.days_after_joining} days after joining"


def _named(member: Member) -> str:
    return f"{member.full_name}, {member.credential}" if member.credential else member.full_name
