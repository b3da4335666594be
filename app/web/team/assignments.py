"""Routes of assignments: asking a team or one of its people, and taking it back."""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response

from app.domain.errors import Conflict, InvalidInput
from app.services import cohort as teams
from app.storage.queries.team_pages import TeamView, open_team
from app.web.shared.clock import now
from app.web.shared.content_keeper import current_library
from app.web.shared.faults import put_fault
from app.web.shared.notices import redirect_with
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in
from app.web.shared.site_days import site_today
from app.web.team.assigning import assignment_form, assignments_page, wish_of, withdraw_page
from app.web.team.board import Board, team_board
from app.web.team.door import bp
from app.web.team.inputs import AssignmentInput


@bp.get("/<cohort_id>/assignments")
def assignments(cohort_id: str) -> Response:
    team = open_team(open_store(), signed_in(), cohort_id)
    return _page(team, assignment_form(current_library(), team))


@bp.post("/<cohort_id>/assignments")
def assign(cohort_id: str) -> Response:
    store, viewer = open_store(), signed_in()
    team = open_team(store, viewer, cohort_id)
    form = assignment_form(current_library(), team)
    if form.validate():
        try:
            teams.assign(store, viewer, cohort_id=cohort_id, wish=wish_of(form), now=now())
        except (InvalidInput, Conflict) as error:
            put_fault(
                form,
                error,
                {
                    "due-date": "due_on",
                    "days": "days_after_joining",
                    "questions": "questions",
                    "percent": "percent",
                    "role": "whom",
                    "": "target",
                },
            )
        else:
            return redirect_with(url_for("team.assignments", cohort_id=cohort_id), "assigned")
    return _page(team, form, 422)


@bp.get("/<cohort_id>/assignments/<assignment_id>/withdraw")
def ask_withdraw(cohort_id: str, assignment_id: str) -> Response:
    team = open_team(open_store(), signed_in(), cohort_id)
    return render_page("team/withdraw.html", withdraw_page(_board(team), assignment_id))


@bp.post("/<cohort_id>/assignments/<assignment_id>/withdraw")
def withdraw(cohort_id: str, assignment_id: str) -> Response:
    teams.withdraw(
        open_store(),
        signed_in(),
        cohort_id=cohort_id,
        assignment_id=assignment_id,
        now=now(),
    )
    return redirect_with(url_for("team.assignments", cohort_id=cohort_id), "withdrawn")


def _page(team: TeamView, form: AssignmentInput, status: int = 200) -> Response:
    return render_page("team/assignments.html", assignments_page(_board(team), form), status)


def _board(team: TeamView) -> Board:
    return team_board(open_store(), current_library(), team, today=site_today())
