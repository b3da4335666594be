"""Puts a team, and one of its people, on screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from flask import url_for

from app.domain.assignment import AssignmentState
from app.storage.queries.team_pages import Asked, Member, TeamView
from app.web.shared.exam_time import ExamTimeCard
from app.web.shared.filters import say_count, say_short_day
from app.web.shared.part_data import Cell, Way
from app.web.team.board import STATE_SIGNS, Board, Standing, cell_of
from app.web.team.pages import Figure, MemberPage, Row, TeamPage

LONG_OVER = timedelta(days=60)
NEEDING = (AssignmentState.OVERDUE, AssignmentState.DUE_SOON)


def team_page(board: Board, *, today: date, has_others: bool) -> TeamPage:
    """Shows a team: first who needs somebody today, then everyone."""
    team = board.team
    shown = [one for one in board.asked if not _is_over(board, one, today)]
    back = Way("Teams", url_for("team.teams")) if has_others else None
    return TeamPage(
        name=team.name,
        people=len(team.members),
        supervisors=", ".join(_named(one) for one in team.supervisors),
        back=back,
        assignments_url=url_for("team.assignments", cohort_id=team.id),
        competencies_url=url_for("team.competencies", cohort_id=team.id),
        figures=_figures(board),
        needs=_needs(board),
        headers=("Person", *(_header(board, one) for one in shown)),
        rows=tuple(
            (_person_cell(team, member), *(cell_of(board, member, one) for one in shown))
            for member in team.members
        ),
        has_assignments=bool(board.asked),
        older=len(board.asked) - len(shown),
    )


def member_page(board: Board, member: Member, exam_time: ExamTimeCard) -> MemberPage:
    """Shows what was asked of one person, the latest due date first."""
    asked = [one for one in board.asked if one.assignment.asks(member.id)]
    return MemberPage(
        full_name=member.full_name,
        credential=member.credential,
        back=Way(board.team.name, url_for("team.team", cohort_id=board.team.id)),
        rows=tuple(_member_row(board, member, one) for one in reversed(asked)),
        exam_time=exam_time,
        record_url=url_for("team.supervision", cohort_id=board.team.id, person_id=member.id),
        observe_url=url_for("team.start_observation", cohort_id=board.team.id, person_id=member.id),
    )


def _member_row(board: Board, member: Member, asked: Asked) -> Row:
    target = board.targets[asked.assignment.id]
    return (
        Cell(target.title, detail=target.kind),
        say_short_day(asked.assignment.due_on),
        cell_of(board, member, asked),
        Cell(asked.asked_by, detail=say_short_day(asked.asked_on)),
    )


def _needs(board: Board) -> tuple[Row, ...]:
    """People with something overdue or due soon; whose is overdue longest stands first."""
    found: dict[Member, dict[AssignmentState, list[Asked]]] = {}
    for member, asked, standing in board.each():
        if standing.state in NEEDING:
            found.setdefault(member, {}).setdefault(standing.state, []).append(asked)
    people = sorted(found, key=lambda member: _urgency(found[member]))
    return tuple(
        (
            _person_cell(board.team, member),
            *(_need_cell(board, state, found[member].get(state, [])) for state in NEEDING),
        )
        for member in people
    )


def _urgency(needs: Mapping[AssignmentState, list[Asked]]) -> tuple[bool, date]:
    first = next(needs[state][0] for state in NEEDING if state in needs)
    return AssignmentState.OVERDUE not in needs, first.assignment.due_on


def _need_cell(board: Board, state: AssignmentState, asked: Sequence[Asked]) -> str | Cell:
    if not asked:
        return "–"
    told = "; ".join(
        f"{board.targets[one.assignment.id].title}, {say_short_day(one.assignment.due_on)}"
        for one in asked
    )
    return Cell(f"{len(asked)} {state}", state=STATE_SIGNS[state], detail=told)


def _figures(board: Board) -> tuple[Figure, ...]:
    everyone = list(board.each())
    done = sum(standing.state is AssignmentState.DONE for _, _, standing in everyone)
    counts = [_people(everyone, state) for state in NEEDING]
    return (
        Figure("Overdue", counts[0], "with something past its day"),
        Figure("Due within 14 days", counts[1], "with something to do by then"),
        Figure("Done", f"{done} of {len(everyone)}", "of what was asked, counted person by person"),
    )


def _people(everyone: Sequence[tuple[Member, Asked, Standing]], state: AssignmentState) -> str:
    people = {member.id for member, _, standing in everyone if standing.state is state}
    return say_count(len(people), "person", "people")


def _is_over(board: Board, asked: Asked, today: date) -> bool:
    """Says whether an assignment needs no column any more."""
    standings = board.of_assignment(asked)
    all_done = all(one.state is AssignmentState.DONE for one in standings)
    return all_done and asked.assignment.due_on < today - LONG_OVER


def _header(board: Board, asked: Asked) -> str:
    title = board.targets[asked.assignment.id].title
    return f"{title}, due {say_short_day(asked.assignment.due_on)}"


def _person_cell(team: TeamView, member: Member) -> Cell:
    url = url_for("team.member", cohort_id=team.id, person_id=member.id)
    return Cell(member.full_name, detail=member.credential, url=url)


def _named(member: Member) -> str:
    return f"{member.full_name}, {member.credential}" if member.credential else member.full_name
