"""Routes of single lines of a member: entering a meeting, looking, co-signing, the list."""

from __future__ import annotations

from flask import request, url_for
from werkzeug.wrappers import Response

from app.domain.errors import InvalidInput
from app.services import hours
from app.storage.queries.team_pages import Member, open_team
from app.web.shared.clock import now
from app.web.shared.content_keeper import current_library
from app.web.shared.faults import put_fault
from app.web.shared.hours.inputs import MeetingInput, PracticeInput, SignForInput
from app.web.shared.hours.listing import list_csv, list_page
from app.web.shared.hours.serving import enter, entry_page, form_for
from app.web.shared.hours.view import Ledger, line_page, open_ledger
from app.web.shared.hours.ways import Ways
from app.web.shared.notices import redirect_with
from app.web.shared.part_data import Way
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in
from app.web.shared.site_days import site_today
from app.web.team.door import bp

BASE = "/<cohort_id>/people/<person_id>/hours"


@bp.get(f"{BASE}/meetings")
def hours_meeting(cohort_id: str, person_id: str) -> Response:
    _member(cohort_id, person_id)
    return _entry_page(cohort_id, person_id, form_for(person_id, is_meeting=True))


@bp.post(f"{BASE}/meetings")
def hours_enter_meeting(cohort_id: str, person_id: str) -> Response:
    _member(cohort_id, person_id)
    form = form_for(person_id, is_meeting=True)
    if enter(person_id, form):
        return redirect_with(Ways(person_id, cohort_id).to("home"), "hours-entered")
    return _entry_page(cohort_id, person_id, form, 422)


@bp.get(f"{BASE}/lines")
def hours_lines(cohort_id: str, person_id: str) -> Response:
    member, ways = _opened(cohort_id, person_id), Ways(person_id, cohort_id)
    page = list_page(
        *(open_store(), current_library(), _ledger(person_id), ways, member, request.args),
        today=site_today(),
    )
    return render_page("hours/list.html", page, 422 if page.fault else 200)


@bp.get(f"{BASE}/lines.csv")
def hours_lines_csv(cohort_id: str, person_id: str) -> Response:
    member = _opened(cohort_id, person_id)
    ledger = _ledger(person_id)
    return list_csv(current_library(), ledger, member, request.args, today=site_today())


@bp.get(f"{BASE}/lines/<entry_id>")
def hours_line(cohort_id: str, person_id: str, entry_id: str) -> Response:
    _opened(cohort_id, person_id)
    return _line_page(cohort_id, person_id, entry_id)


@bp.post(f"{BASE}/lines/<entry_id>/sign")
def hours_sign(cohort_id: str, person_id: str, entry_id: str) -> Response:
    _has_line(cohort_id, person_id, entry_id)
    boards, form = current_library().boards, SignForInput()
    why = form.why.data or ""
    try:
        hours.sign(open_store(), signed_in(), boards, entry_id=entry_id, why=why, now=now())
    except InvalidInput as error:
        put_fault(form, error, {"": "why"})
        return _line_page(cohort_id, person_id, entry_id, form)
    if request.form.get("back") == "team":
        url = url_for("team.hours_of_team", cohort_id=cohort_id)
    else:
        url = Ways(person_id, cohort_id).to("home")
    return redirect_with(url, "hours-signed")


@bp.post(f"{BASE}/lines/<entry_id>/take-back")
def hours_take_back(cohort_id: str, person_id: str, entry_id: str) -> Response:
    _has_line(cohort_id, person_id, entry_id)
    hours.take_back(open_store(), signed_in(), entry_id=entry_id, now=now())
    return redirect_with(Ways(person_id, cohort_id).to("home"), "hours-taken-back")


def _member(cohort_id: str, person_id: str) -> Member:
    return open_team(open_store(), signed_in(), cohort_id).member(person_id)


def _opened(cohort_id: str, person_id: str) -> Member:
    member = _member(cohort_id, person_id)
    return member


def _has_line(cohort_id: str, person_id: str, entry_id: str) -> None:
    _member(cohort_id, person_id)
    _ledger(person_id).find(entry_id)


def _ledger(person_id: str) -> Ledger:
    return open_ledger(open_store(), person_id, viewer_id=signed_in().id)


def _line_page(
    cohort_id: str, person_id: str, entry_id: str, form: SignForInput | None = None
) -> Response:
    ways, ledger = Ways(person_id, cohort_id), _ledger(person_id)
    page = line_page(current_library(), ledger, ways, entry_id, sign_for=form)
    return render_page("hours/line.html", page, 422 if form else 200)


def _entry_page(
    cohort_id: str, person_id: str, form: PracticeInput | MeetingInput, status: int = 200
) -> Response:
    back = Way("Hours", Ways(person_id, cohort_id).to("home"))
    return render_page("hours/entry.html", entry_page(form, back), status)
