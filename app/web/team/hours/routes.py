"""Routes of a team's hours, and of one member's standing and phase."""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response

from app.storage.queries.team_pages import open_team
from app.web.shared.content_keeper import current_library
from app.web.shared.hours.forms import phase_form
from app.web.shared.hours.inputs import PhaseInput
from app.web.shared.hours.pages import Heading
from app.web.shared.hours.serving import begin_phase
from app.web.shared.hours.view import hours_page, open_ledger
from app.web.shared.hours.ways import Ways
from app.web.shared.notices import redirect_with
from app.web.shared.part_data import Way
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in
from app.web.shared.site_days import site_today
from app.web.team.door import bp
from app.web.team.hours.view import team_hours_page


@bp.get("/<cohort_id>/hours")
def hours_of_team(cohort_id: str) -> Response:
    store, viewer = open_store(), signed_in()
    team = open_team(store, viewer, cohort_id)
    page = team_hours_page(store, current_library(), team, viewer_id=viewer.id, today=site_today())
    return render_page("team/hours/team.html", page)


@bp.get("/<cohort_id>/people/<person_id>/hours")
def hours_home(cohort_id: str, person_id: str) -> Response:
    return _page(cohort_id, person_id, phase_form(current_library(), today=site_today()))


@bp.post("/<cohort_id>/people/<person_id>/hours/phase")
def hours_phase(cohort_id: str, person_id: str) -> Response:
    open_team(open_store(), signed_in(), cohort_id).member(person_id)
    form = phase_form(current_library(), today=site_today())
    if begin_phase(person_id, form):
        return redirect_with(Ways(person_id, cohort_id).to("home"), "phase-set")
    return _page(cohort_id, person_id, form, 422)


def _page(cohort_id: str, person_id: str, form: PhaseInput, status: int = 200) -> Response:
    store, viewer = open_store(), signed_in()
    team = open_team(store, viewer, cohort_id)
    member = team.member(person_id)
    page = hours_page(
        current_library(),
        open_ledger(store, person_id, viewer_id=viewer.id),
        Ways(person_id, cohort_id),
        form,
        heading=Heading(
            f"Hours of {member.full_name}",
            member.credential,
            Way("Hours of the team", url_for("team.hours_of_team", cohort_id=team.id)),
        ),
        today=site_today(),
    )
    return render_page("hours/hours.html", page, status)
