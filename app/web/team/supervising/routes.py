"""Routes of one person's record: the record itself, requests, gaps, private notes."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from app.domain.errors import Conflict, InvalidInput
from app.services import observing, rating
from app.services import supervision as chain
from app.web.shared.clock import now
from app.web.shared.form_keys import sent_form
from app.web.shared.notices import redirect_with
from app.web.shared.render import render_page
from app.web.shared.site_days import site_today
from app.web.team.door import bp
from app.web.team.supervising.here import Here, here
from app.web.team.supervising.record_view import record_page


@bp.get("/<cohort_id>/people/<person_id>/supervision")
def supervision(cohort_id: str, person_id: str) -> Response:
    at = here(cohort_id, person_id)
    return _record(at)


@bp.post("/<cohort_id>/people/<person_id>/requests/<request_id>")
def answer_request(cohort_id: str, person_id: str, request_id: str) -> Response:
    at = here(cohort_id, person_id)
    try:
        observing.answer_request(
            at.store,
            at.viewer,
            at.place,
            request_id,
            answer=request.form.get("answer", ""),
            words=request.form.get("words", ""),
            now=now(),
        )
    except InvalidInput as refused:
        return _record(at, refused)
    return redirect_with(at.url("supervision"), "request-answered")


@bp.post("/<cohort_id>/people/<person_id>/gaps")
def reconcile(cohort_id: str, person_id: str) -> Response:
    at = here(cohort_id, person_id)
    pair = frozenset({request.form.get("lower", ""), request.form.get("higher", "")})
    words = request.form.get("words", "")
    try:
        rating.reconcile(at.store, at.viewer, at.place, pair=pair, words=words, sent=sent_form())
    except (InvalidInput, Conflict) as refused:
        return _record(at, refused)
    return redirect_with(at.url("supervision"), "gap-explained")


@bp.post("/<cohort_id>/people/<person_id>/private-notes")
def add_private_note(cohort_id: str, person_id: str) -> Response:
    at = here(cohort_id, person_id)
    words = request.form.get("words", "")
    try:
        chain.add_private_note(at.store, at.viewer, at.place, words, sent=sent_form())
    except InvalidInput as refused:
        return _record(at, refused)
    return redirect_with(at.url("supervision", _anchor="private"), "note-kept")


def _record(at: Here, refused: InvalidInput | Conflict | None = None) -> Response:
    fault = f"{refused.user_message} {refused.advice}".strip() if refused else ""
    status = 200 if refused is None else 409 if isinstance(refused, Conflict) else 422
    page = record_page(at, today=site_today(), fault=fault)
    return render_page("team/supervising/record.html", page, status)
