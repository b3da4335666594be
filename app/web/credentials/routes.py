"""Routes of one's own credentials and training."""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response

from app.domain.errors import Conflict, InvalidInput
from app.services import credentials as kept
from app.web.credentials.door import bp
from app.web.credentials.inputs import CredentialInput, EducationInput
from app.web.credentials.view import credential_form, credentials_page, education_form
from app.web.shared.clock import now
from app.web.shared.content_keeper import current_library
from app.web.shared.faults import put_fault
from app.web.shared.notices import redirect_with
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in
from app.web.shared.site_days import site_today, site_zone


@bp.get("/")
def credentials() -> Response:
    return _page(credential_form(), _education_form())


@bp.post("/")
def add() -> Response:
    form = credential_form()
    if form.validate():
        try:
            kept.add_credential(
                open_store(), signed_in(), form.credential(), zone=site_zone(), now=now()
            )
        except (InvalidInput, Conflict) as error:
            put_fault(form, error, {"expires": "expires_on", "issued": "issued_on", "": "kind"})
        else:
            return _done("credential-kept")
    return _page(form, _education_form(), 422)


@bp.post("/training")
def note_training() -> Response:
    library, form = current_library(), _education_form()
    if form.validate():
        try:
            kept.add_education(
                *(open_store(), signed_in(), form.education()),
                boards=library.boards,
                areas=kept.areas_of(library),
                zone=site_zone(),
                now=now(),
            )
        except (InvalidInput, Conflict) as error:
            places = {"done": "done_on", "minutes": "hours", "topic": "topic", "way": "way"}
            places["area"] = "area"
            put_fault(form, error, {**places, "": "title"})
        else:
            return _done("training-kept")
    return _page(credential_form(), form, 422)


@bp.post("/<credential_id>/take-back")
def take_back(credential_id: str) -> Response:
    kept.take_credential_back(open_store(), signed_in(), credential_id=credential_id, now=now())
    return _done("credential-taken-back")


@bp.post("/training/<education_id>/take-back")
def take_training_back(education_id: str) -> Response:
    kept.take_education_back(open_store(), signed_in(), education_id=education_id, now=now())
    return _done("training-taken-back")


def _done(notice: str) -> Response:
    return redirect_with(url_for("credentials.credentials"), notice)


def _education_form() -> EducationInput:
    return education_form(current_library(), today=site_today())


def _page(credential: CredentialInput, education: EducationInput, status: int = 200) -> Response:
    page = credentials_page(
        *(open_store(), current_library(), signed_in().id, credential, education),
        today=site_today(),
    )
    return render_page("credentials/credentials.html", page, status)
