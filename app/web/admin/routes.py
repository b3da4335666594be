"""Routes of administration: people, invitations, teams, the audit trail."""

from __future__ import annotations

from flask import current_app, request, url_for
from werkzeug.wrappers import Response

from app.domain.errors import Conflict, InvalidInput, NotFound
from app.services import account
from app.services.allowances import allow
from app.services.cohort import keep_leave, remove_leave
from app.web.admin.door import bp
from app.web.admin.inputs import InviteInput, TeamInput
from app.web.admin.pages import InvitedPage
from app.web.admin.people_view import (
    SentForms,
    audit_page,
    invite_form,
    invite_page,
    people_page,
    person_page,
    withdraw_page,
)
from app.web.admin.roles_view import grant_of
from app.web.shared.clock import now
from app.web.shared.faults import put_fault
from app.web.shared.inputs import ExamTimeInput, LeaveInput
from app.web.shared.notices import redirect_with
from app.web.shared.part_data import Way
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in
from app.web.shared.site_days import site_day

INVITE_FIELDS = {
    "email": "email",
    "name": "full_name",
    "team": "cohort",
    "credential": "credential",
    "": "email",
}


@bp.get("/")
def people() -> Response:
    page = people_page(open_store(), TeamInput(), now=now())
    return render_page("admin/people.html", page)


@bp.post("/teams")
def add_team() -> Response:
    store, form = open_store(), TeamInput()
    if form.validate():
        try:
            account.add_cohort(store, name=form.name.data or "", now=now())
        except (InvalidInput, Conflict) as error:
            put_fault(form, error, {"": "name"})
        else:
            return redirect_with(url_for("admin.people"), "team-added")
    return render_page("admin/people.html", people_page(store, form, now=now()), 422)


@bp.get("/people/<person_id>")
def person(person_id: str) -> Response:
    return render_page(
        "admin/person.html", person_page(open_store(), signed_in(), person_id, now=now())
    )


@bp.post("/people/<person_id>/close")
def close(person_id: str) -> Response:
    account.set_active(open_store(), signed_in(), person_id=person_id, active=False, now=now())
    return redirect_with(url_for("admin.person", person_id=person_id), "person-closed")


@bp.post("/people/<person_id>/open")
def open_again(person_id: str) -> Response:
    account.set_active(open_store(), signed_in(), person_id=person_id, active=True, now=now())
    return redirect_with(url_for("admin.person", person_id=person_id), "person-opened")


@bp.post("/people/<person_id>/exam-time")
def set_exam_time(person_id: str) -> Response:
    store, viewer, form = open_store(), signed_in(), ExamTimeInput()
    if not form.validate():
        page = person_page(store, viewer, person_id, SentForms(exam_time=form), now=now())
        return render_page("admin/person.html", page, 422)
    allow(store, viewer, person_id=person_id, allowance=form.allowance(), now=now())
    return redirect_with(url_for("admin.person", person_id=person_id), "exam-time-set")


@bp.post("/people/<person_id>/leave")
def add_leave(person_id: str) -> Response:
    store, viewer, form = open_store(), signed_in(), LeaveInput()
    if form.validate():
        try:
            keep_leave(store, viewer, person_id=person_id, days=form.days(), now=now())
        except (InvalidInput, Conflict) as error:
            put_fault(form, error, {"": "last_day"})
        else:
            return redirect_with(url_for("admin.person", person_id=person_id), "leave-kept")
    page = person_page(store, viewer, person_id, SentForms(leave=form), now=now())
    return render_page("admin/person.html", page, 422)


@bp.post("/people/<person_id>/leave/<leave_id>/remove")
def remove_person_leave(person_id: str, leave_id: str) -> Response:
    remove_leave(open_store(), signed_in(), person_id=person_id, leave_id=leave_id, now=now())
    return redirect_with(url_for("admin.person", person_id=person_id), "leave-removed")


@bp.get("/invite")
def invite() -> Response:
    store = open_store()
    return render_page("admin/invite.html", invite_page(store, invite_form(store)))


@bp.post("/invite")
def send_invite() -> Response:
    store = open_store()
    form = invite_form(store)
    if form.validate():
        try:
            token = _invite(form)
        except (InvalidInput, NotFound, Conflict) as error:
            put_fault(form, error, INVITE_FIELDS)
        else:
            # The answer to this post is the only page that ever holds the link.
            return render_page("admin/invited.html", _invited(form, token))
    return render_page("admin/invite.html", invite_page(store, form), 422)


@bp.get("/invitations/<invitation_id>/withdraw")
def ask_withdraw(invitation_id: str) -> Response:
    page = withdraw_page(open_store(), invitation_id, now=now())
    return render_page("admin/withdraw.html", page)


@bp.post("/invitations/<invitation_id>/withdraw")
def withdraw(invitation_id: str) -> Response:
    account.withdraw_invitation(open_store(), signed_in(), invitation_id=invitation_id, now=now())
    return redirect_with(url_for("admin.people"), "invitation-withdrawn")


@bp.get("/audit")
def audit_trail() -> Response:
    return render_page("admin/audit.html", audit_page(open_store(), request.args))


def _invite(form: InviteInput) -> str:
    return account.invite(
        open_store(),
        signed_in(),
        email=form.email.data or "",
        full_name=form.full_name.data or "",
        grant=grant_of(form.role.data, form.cohort.data),
        credential=form.credential.data or "",
        now=now(),
    )


def _invited(form: InviteInput, token: str) -> InvitedPage:
    base_url = current_app.config["WAYMARK"].base_url
    return InvitedPage(
        full_name=form.full_name.data or "",
        email=form.email.data or "",
        link=base_url + url_for("account.invitation", token=token),
        until=site_day(now() + account.INVITATION_LASTS),
        back=Way("People", url_for("admin.people")),
    )
