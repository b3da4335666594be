"""Routes of one's own hours: where one stands, and the phase one is in."""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response

from app.web.hours.door import bp
from app.web.shared.content_keeper import current_library
from app.web.shared.hours.forms import phase_form
from app.web.shared.hours.inputs import PhaseInput
from app.web.shared.hours.pages import Heading
from app.web.shared.hours.serving import begin_phase
from app.web.shared.hours.view import hours_page, open_ledger
from app.web.shared.hours.ways import Ways
from app.web.shared.looks_view import who_opened_mine
from app.web.shared.notices import redirect_with
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in
from app.web.shared.site_days import site_today


@bp.get("/")
def home() -> Response:
    return _page(phase_form(current_library(), today=site_today()))


@bp.post("/phase")
def phase() -> Response:
    form = phase_form(current_library(), today=site_today())
    if begin_phase(signed_in().id, form):
        return redirect_with(url_for("hours.home"), "phase-set")
    return _page(form, 422)


def _page(form: PhaseInput, status: int = 200) -> Response:
    store, viewer = open_store(), signed_in()
    today = site_today()
    looks = who_opened_mine(store, viewer, "hours", today=today)
    page = hours_page(
        current_library(),
        open_ledger(store, viewer.id, viewer_id=viewer.id),
        Ways(viewer.id),
        form,
        heading=Heading("My hours", openings=tuple(f"{who}, {day}" for day, who in looks)),
        today=today,
    )
    return render_page("hours/hours.html", page, status)
