"""Routes of signing off: what it would rest on, the signature, and what is said beside it."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from app.domain.errors import Conflict, InvalidInput, NotAllowed
from app.domain.sign_off import EntryKind
from app.services import signing as signatures
from app.services.signing import Proof, Said, SignOffWish
from app.web.shared.faults import put_fault
from app.web.shared.form_keys import sent_form
from app.web.shared.notices import redirect_with
from app.web.shared.render import render_page
from app.web.shared.site_days import site_today
from app.web.team.door import bp
from app.web.team.supervising.here import Here, here
from app.web.team.supervising.inputs import SignOffInput
from app.web.team.supervising.signing_view import (
    Chosen,
    chosen_target,
    signed_page,
    signing_page,
)

PLACES = {
    "sign-off-exception": "exception",
    "sign-off-typed_name": "typed_name",
    "sign-off-statement": "statement",
    "": "password",
}


@bp.get("/<cohort_id>/people/<person_id>/sign-offs/new")
def signing(cohort_id: str, person_id: str) -> Response:
    at = here(cohort_id, person_id)
    chosen = chosen_target(at, request.args)
    return render_page(
        "team/supervising/signing.html", signing_page(at, chosen, today=site_today())
    )


@bp.post("/<cohort_id>/people/<person_id>/sign-offs/new")
def sign_off(cohort_id: str, person_id: str) -> Response:
    at, form = here(cohort_id, person_id), SignOffInput()
    chosen = chosen_target(at, request.form)
    if chosen is None or not form.validate():
        return _signing(at, chosen, form, 422)
    wish = SignOffWish(
        chosen.target, chosen.level, form.statement.data or "", form.exception.data or ""
    )
    proof = Proof(form.typed_name.data or "", form.password.data or "", request.remote_addr or "")
    try:
        signatures.sign_off(
            at.store, at.viewer, at.place, wish, proof, library=at.library, sent=sent_form()
        )
    except (InvalidInput, NotAllowed) as refused:
        put_fault(form, refused, PLACES)
        return _signing(at, chosen, form, 429 if refused.code == "too-many-tries" else 422)
    return redirect_with(at.url("supervision", _anchor="sign-offs"), "signed-off")


@bp.get("/<cohort_id>/people/<person_id>/sign-offs/<sign_off_id>")
def signed_off(cohort_id: str, person_id: str, sign_off_id: str) -> Response:
    at = here(cohort_id, person_id)
    page = signed_page(at, sign_off_id)
    return render_page("team/supervising/signed.html", page)


@bp.post("/<cohort_id>/people/<person_id>/sign-offs/<sign_off_id>")
def say_beside_sign_off(cohort_id: str, person_id: str, sign_off_id: str) -> Response:
    at = here(cohort_id, person_id)
    known = {kind.value for kind in EntryKind}
    kind = request.form.get("kind", "")
    try:
        signatures.found_sign_off(at.store, at.viewer, at.place, sign_off_id)
        if kind not in known:
            raise InvalidInput("entry-kind", "Choose what to add.")
        signatures.say_beside(
            at.store,
            at.viewer,
            at.place,
            sign_off_id,
            Said(EntryKind(kind), request.form.get("words", "")),
            sent=sent_form(),
            library=at.library,
        )
    except (InvalidInput, Conflict) as refused:
        words = f"{refused.user_message} {refused.advice}".strip()
        page = signed_page(at, sign_off_id, fault=words)
        return render_page("team/supervising/signed.html", page, 422)
    return redirect_with(at.url("signed_off", sign_off_id=sign_off_id), "said-beside")


def _signing(at: Here, chosen: Chosen | None, form: SignOffInput, status: int) -> Response:
    page = signing_page(at, chosen, today=site_today(), form=form)
    return render_page("team/supervising/signing.html", page, status)
