"""Routes of one's own supervision: reading it, accepting, answering, asking, rating oneself."""

from __future__ import annotations

from flask import request, url_for
from werkzeug.wrappers import Response

from app.domain.errors import Conflict, DomainError, InvalidInput
from app.domain.sign_off import EntryKind
from app.services import observing, rating, signing
from app.services import supervision as chain
from app.services.signing import Said
from app.web.learn.door import bp
from app.web.learn.supervised.view import (
    my_observation_page,
    my_sign_off_page,
    my_supervision_page,
)
from app.web.shared.clock import now
from app.web.shared.content_keeper import current_library
from app.web.shared.form_keys import sent_form
from app.web.shared.notices import redirect_with
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in
from app.web.shared.site_days import site_today


@bp.get("/supervision")
def my_supervision() -> Response:
    return _record()


@bp.post("/supervision/contracts/<contract_id>")
def accept_contract(contract_id: str) -> Response:
    chain.accept_contract(open_store(), signed_in(), contract_id, now=now())
    return redirect_with(url_for("learn.my_supervision"), "contract-accepted")


@bp.post("/supervision/gaps")
def reconcile_own() -> Response:
    pair = frozenset({request.form.get("lower", ""), request.form.get("higher", "")})
    words = request.form.get("words", "")
    try:
        rating.reconcile_own(open_store(), signed_in(), pair=pair, words=words, sent=sent_form())
    except (InvalidInput, Conflict) as refused:
        return _record(refused)
    return redirect_with(url_for("learn.my_supervision"), "gap-explained")


@bp.get("/supervision/observations/<observation_id>")
def my_observation(observation_id: str) -> Response:
    page = my_observation_page(open_store(), current_library(), signed_in(), observation_id)
    return render_page("learn/supervised/observation.html", page)


@bp.post("/supervision/observations/<observation_id>")
def answer_feedback(observation_id: str) -> Response:
    """Confirms reading, or adds a comment."""
    store, viewer, url = open_store(), signed_in(), request.path
    if request.form.get("act") == "read":
        observing.confirm_reading(store, viewer, observation_id, now=now())
        return redirect_with(url, "reading-confirmed")
    observing.own_observation(store, viewer, observation_id)
    try:
        words = request.form.get("words", "")
        observing.comment(store, viewer, observation_id, words, sent=sent_form())
    except InvalidInput as refused:
        page = my_observation_page(
            store, current_library(), viewer, observation_id, fault=_told(refused)
        )
        return render_page("learn/supervised/observation.html", page, 422)
    return redirect_with(url, "comment-kept")


@bp.get("/supervision/sign-offs/<sign_off_id>")
def my_sign_off(sign_off_id: str) -> Response:
    page = my_sign_off_page(open_store(), current_library(), signed_in(), sign_off_id)
    return render_page("learn/supervised/sign_off.html", page)


@bp.post("/supervision/sign-offs/<sign_off_id>")
def answer_sign_off(sign_off_id: str) -> Response:
    store, viewer, kind = open_store(), signed_in(), request.form.get("kind", "")
    signing.own_sign_off(store, viewer, sign_off_id)
    try:
        if kind not in {one.value for one in EntryKind}:
            raise InvalidInput("entry-kind", "Choose what to add.")
        said = Said(EntryKind(kind), request.form.get("words", ""))
        signing.answer_own(store, viewer, sign_off_id, said, sent=sent_form())
    except InvalidInput as refused:
        page = my_sign_off_page(store, current_library(), viewer, sign_off_id, fault=_told(refused))
        return render_page("learn/supervised/sign_off.html", page, 422)
    return redirect_with(request.path, "said-beside")


def _record(refused: InvalidInput | Conflict | None = None) -> Response:
    page = my_supervision_page(
        open_store(),
        current_library(),
        signed_in(),
        today=site_today(),
        fault=_told(refused) if refused else "",
    )
    status = 200 if refused is None else 409 if isinstance(refused, Conflict) else 422
    return render_page("learn/supervised/record.html", page, status)


def _told(refused: DomainError) -> str:
    return f"{refused.user_message} {refused.advice}".strip()
