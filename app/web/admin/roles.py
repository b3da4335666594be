"""Routes that change what somebody is here: their teams and roles, and their credential."""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response

from app.domain.errors import InvalidInput
from app.services import roles
from app.web.admin.door import bp
from app.web.admin.inputs import CredentialInput, RoleInput
from app.web.admin.people_view import SentForms, person_page
from app.web.admin.roles_view import end_role_page, give_teams, grant_named, grant_of
from app.web.shared.clock import now
from app.web.shared.faults import put_fault
from app.web.shared.notices import redirect_with
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in


@bp.post("/people/<person_id>/roles")
def give_role(person_id: str) -> Response:
    store, viewer, form = open_store(), signed_in(), RoleInput()
    give_teams(store, form.cohort)
    if form.validate():
        try:
            grant = grant_of(form.role.data, form.cohort.data)
            roles.give_role(store, viewer, person_id=person_id, grant=grant, now=now())
        except InvalidInput as error:
            put_fault(form, error, {"": "cohort"})
        else:
            return _back(person_id, "role-given")
    return _again(person_id, SentForms(role=form))


@bp.get("/people/<person_id>/roles/<role>/<cohort_id>/end")
def ask_end_role(person_id: str, role: str, cohort_id: str) -> Response:
    page = end_role_page(open_store(), signed_in(), person_id, grant_named(role, cohort_id))
    return render_page("admin/end_role.html", page)


@bp.post("/people/<person_id>/roles/<role>/<cohort_id>/end")
def end_role(person_id: str, role: str, cohort_id: str) -> Response:
    grant = grant_named(role, cohort_id)
    roles.end_role(open_store(), signed_in(), person_id=person_id, grant=grant, now=now())
    return _back(person_id, "role-ended")


@bp.post("/people/<person_id>/credential")
def set_credential(person_id: str) -> Response:
    store, viewer, form = open_store(), signed_in(), CredentialInput()
    if form.validate():
        try:
            words = form.credential.data or ""
            roles.set_credential(store, viewer, person_id=person_id, credential=words, now=now())
        except InvalidInput as error:
            put_fault(form, error, {"": "credential"})
        else:
            return _back(person_id, "working-credential-set")
    return _again(person_id, SentForms(credential=form))


def _back(person_id: str, notice: str) -> Response:
    return redirect_with(url_for("admin.person", person_id=person_id), notice)


def _again(person_id: str, sent: SentForms) -> Response:
    page = person_page(open_store(), signed_in(), person_id, sent, now=now())
    return render_page("admin/person.html", page, 422)
