"""Routes of entering practice hours and meetings, and of correcting signed lines."""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response

from app.domain.hours import EntryState, HourEntry
from app.web.hours.door import bp
from app.web.shared.hours.inputs import MeetingInput, PracticeInput
from app.web.shared.hours.serving import enter, entry_page, form_for
from app.web.shared.hours.view import open_ledger
from app.web.shared.notices import redirect_with
from app.web.shared.part_data import Way
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in


@bp.get("/practice")
def practice() -> Response:
    return _page(form_for(signed_in().id, is_meeting=False))


@bp.post("/practice")
def enter_practice() -> Response:
    return _enter(is_meeting=False)


@bp.get("/meetings")
def meeting() -> Response:
    return _page(form_for(signed_in().id, is_meeting=True))


@bp.post("/meetings")
def enter_meeting() -> Response:
    return _enter(is_meeting=True)


@bp.get("/lines/<entry_id>/correct")
def correct(entry_id: str) -> Response:
    entry = _line(entry_id)
    if entry.state is not EntryState.SIGNED:
        return redirect_with(url_for("hours.line", entry_id=entry_id))
    form = form_for(signed_in().id, is_meeting=entry.meeting is not None, corrects=entry)
    return _page(form, corrects=entry)


@bp.post("/lines/<entry_id>/correct")
def enter_correction(entry_id: str) -> Response:
    entry = _line(entry_id)
    return _enter(is_meeting=entry.meeting is not None, corrects=entry)


def _line(entry_id: str) -> HourEntry:
    viewer = signed_in()
    return open_ledger(open_store(), viewer.id, viewer_id=viewer.id).find(entry_id).entry


def _enter(*, is_meeting: bool, corrects: HourEntry | None = None) -> Response:
    person_id = signed_in().id
    form = form_for(person_id, is_meeting=is_meeting, corrects=corrects)
    if enter(person_id, form, corrects=corrects):
        return redirect_with(url_for("hours.home"), "hours-entered")
    return _page(form, corrects=corrects, status=422)


def _page(
    form: PracticeInput | MeetingInput, *, corrects: HourEntry | None = None, status: int = 200
) -> Response:
    back = Way("My hours", url_for("hours.home"))
    return render_page("hours/entry.html", entry_page(form, back, corrects=corrects), status)
