"""Routes of single lines: looking, signing, taking back, leaving out, and the list of them."""

from __future__ import annotations

from flask import request, url_for
from werkzeug.wrappers import Response

from app.domain.errors import Conflict, InvalidInput
from app.services import hours
from app.services.hours import Correction
from app.storage.queries.team_pages import Member
from app.web.hours.door import bp
from app.web.shared.clock import now
from app.web.shared.content_keeper import current_library
from app.web.shared.faults import put_fault
from app.web.shared.hours.inputs import LeaveOutInput
from app.web.shared.hours.listing import list_csv, list_page
from app.web.shared.hours.serving import ledger_of
from app.web.shared.hours.view import Ledger, line_page, open_ledger
from app.web.shared.hours.ways import Ways
from app.web.shared.notices import redirect_with
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in
from app.web.shared.site_days import site_today


@bp.get("/lines")
def lines() -> Response:
    ways, member = Ways(signed_in().id), _member()
    page = list_page(
        open_store(), current_library(), _ledger(), ways, member, request.args, today=site_today()
    )
    return render_page("hours/list.html", page, 422 if page.fault else 200)


@bp.get("/lines.csv")
def lines_csv() -> Response:
    return list_csv(current_library(), _ledger(), _member(), request.args, today=site_today())


@bp.get("/lines/<entry_id>")
def line(entry_id: str) -> Response:
    return _line_page(entry_id)


@bp.post("/lines/<entry_id>/sign")
def sign(entry_id: str) -> Response:
    boards = current_library().boards
    hours.sign(open_store(), signed_in(), boards, entry_id=entry_id, now=now())
    return redirect_with(url_for("hours.home"), "hours-signed")


@bp.post("/lines/<entry_id>/take-back")
def take_back(entry_id: str) -> Response:
    hours.take_back(open_store(), signed_in(), entry_id=entry_id, now=now())
    return redirect_with(url_for("hours.home"), "hours-taken-back")


@bp.post("/lines/<entry_id>/leave-out")
def leave_out(entry_id: str) -> Response:
    form = LeaveOutInput()
    _ledger().find(entry_id)
    if form.validate():
        viewer = signed_in()
        correction = Correction(entry_id, form.reason.data or "", is_void=True)
        try:
            hours.take_out(open_store(), viewer, ledger_of(viewer.id), correction, now=now())
        except (InvalidInput, Conflict) as error:
            put_fault(form, error, {"": "reason"})
        else:
            return redirect_with(url_for("hours.home"), "hours-entered")
    return _line_page(entry_id, form)


def _line_page(entry_id: str, form: LeaveOutInput | None = None) -> Response:
    page = line_page(current_library(), _ledger(), Ways(signed_in().id), entry_id, form)
    return render_page("hours/line.html", page, 422 if form else 200)


def _ledger() -> Ledger:
    viewer = signed_in()
    return open_ledger(open_store(), viewer.id, viewer_id=viewer.id)


def _member() -> Member:
    person = signed_in().person
    return Member(person.id, person.full_name, person.credential)
