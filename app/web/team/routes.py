"""Routes of the team pages; asking and withdrawing are in assignments."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.person import Role
from app.services.allowances import allow, allowances_of
from app.storage.queries.team_pages import TeamLine, open_team, supervised_teams
from app.web.shared.clock import now
from app.web.shared.content_keeper import current_library
from app.web.shared.exam_time import exam_time_card
from app.web.shared.inputs import ExamTimeInput, LeaveInput
from app.web.shared.leave import leave_card
from app.web.shared.notices import redirect_with
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in
from app.web.shared.site_days import site_day, site_today
from app.web.team.board import team_board
from app.web.team.door import bp
from app.web.team.needing.everyone import needs_of
from app.web.team.needing.lines import NeedContext
from app.web.team.needing.view import chosen_kind, kind_counts
from app.web.team.pages import TeamCard, TeamsPage
from app.web.team.team_view import member_page, team_page


@bp.get("/")
def teams() -> Response:
    found = supervised_teams(open_store(), signed_in())
    if len(found) == 1:
        return redirect(url_for("team.team", cohort_id=found[0].id), code=303)
    return render_page("team/teams.html", TeamsPage(tuple(_card(one) for one in found)))


@bp.get("/<cohort_id>")
def team(cohort_id: str) -> Response:
    has_others = len(signed_in().cohorts_as(Role.SUPERVISOR)) > 1
    kind = chosen_kind(request.args.get("need", ""))
    page = team_page(_context(cohort_id), kind=kind, has_others=has_others)
    return render_page("team/team.html", page)


@bp.get("/<cohort_id>/people/<person_id>")
def member(cohort_id: str, person_id: str) -> Response:
    return show_member(cohort_id, person_id)


@bp.post("/<cohort_id>/people/<person_id>/exam-time")
def set_exam_time(cohort_id: str, person_id: str) -> Response:
    store, viewer, form = open_store(), signed_in(), ExamTimeInput()
    open_team(store, viewer, cohort_id).member(person_id)
    if not form.validate():
        return show_member(cohort_id, person_id, exam_time=form)
    allow(store, viewer, person_id=person_id, allowance=form.allowance(), now=now())
    url = url_for("team.member", cohort_id=cohort_id, person_id=person_id)
    return redirect_with(url, "exam-time-set")


def _context(cohort_id: str) -> NeedContext:
    store, viewer, library = open_store(), signed_in(), current_library()
    team = open_team(store, viewer, cohort_id)
    moment = now()
    today = site_day(moment)
    board = team_board(store, library, team, today=today)
    return NeedContext(store, library, viewer, board, moment, today)


def _card(team: TeamLine) -> TeamCard:
    needs = kind_counts(team.id, needs_of(_context(team.id)))
    url = url_for("team.team", cohort_id=team.id)
    told = tuple(one for one in needs if not one.is_empty)
    return TeamCard(team.name, team.people, url, told)


def show_member(
    cohort_id: str,
    person_id: str,
    *,
    exam_time: ExamTimeInput | None = None,
    leave: LeaveInput | None = None,
) -> Response:
    """One person's page; a form that was refused keeps what was typed."""
    store, viewer, today = open_store(), signed_in(), site_today()
    team = open_team(store, viewer, cohort_id)
    person = team.member(person_id)
    board = team_board(store, current_library(), team, today=today)
    time_card = exam_time_card(
        allowances_of(store, viewer, person_id=person_id),
        url_for("team.set_exam_time", cohort_id=cohort_id, person_id=person_id),
        exam_time,
    )
    away = leave_card(
        store.due_days.leaves([person_id]),
        action_url=url_for("team.add_leave", cohort_id=cohort_id, person_id=person_id),
        remove_url=lambda leave_id: url_for(
            "team.remove_leave", cohort_id=cohort_id, person_id=person_id, leave_id=leave_id
        ),
        form=leave,
    )
    page = member_page(board, person, time_card, away)
    return render_page("team/member.html", page, 422 if exam_time or leave else 200)
