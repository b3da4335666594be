"""Signing in and out, set-up, invitations, and one's own account."""

from __future__ import annotations

from flask import current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.errors import DomainError
from app.domain.person import Viewer
from app.services import account as people
from app.services import sign_in as sign_ins
from app.web.account.door import bp
from app.web.account.inputs import (
    ChangePasswordInput,
    NewPasswordInput,
    PlanInput,
    SetUpInput,
    SignInInput,
)
from app.web.account.pages import InvitationPage, SetUpPage, SignInPage
from app.web.account.profile import profile_page
from app.web.shared.clock import now
from app.web.shared.device import device_name
from app.web.shared.faults import field_faults, put_fault
from app.web.shared.guard import safe_next
from app.web.shared.notices import redirect_with
from app.web.shared.render import render_page
from app.web.shared.request_store import (
    current_viewer,
    forget_sign_in,
    open_store,
    remember_sign_in,
    signed_in,
)


@bp.get("/sign-in")
def sign_in() -> Response:
    if current_viewer() is not None:
        return redirect(url_for("site.welcome"), code=303)
    email = request.args.get("as", "")[:254]
    return _sign_in_page(SignInInput(email=email) if email else SignInInput())


@bp.post("/sign-in")
def send_sign_in() -> Response:
    form = SignInInput()
    if not form.validate():
        return _sign_in_page(form, 422)
    asked = sign_ins.SignInRequest(
        email=form.email.data or "",
        password=form.password.data or "",
        address=request.remote_addr or "",
        device=device_name(request.user_agent.string),
    )
    try:
        token = sign_ins.sign_in(open_store(), asked, now=now())
    except DomainError as error:
        put_fault(form, error, {"": "password"})
        return _sign_in_page(form, 429 if error.code == "too-many-tries" else 422)
    remember_sign_in(token)
    return redirect(safe_next(request.form.get("next")) or url_for("site.welcome"), code=303)


@bp.post("/sign-out")
def sign_out() -> Response:
    sign_ins.sign_out(open_store(), signed_in(), now=now())
    forget_sign_in()
    response = redirect_with(url_for("account.sign_in"), "signed-out")
    # Drafts kept in the browser belong to the person who leaves.
    response.headers["Clear-Site-Data"] = '"storage", "cache"'
    return response


@bp.get("/set-up/<token>")
def set_up(token: str) -> Response:
    people.open_setup(open_store(), token)
    return render_page("account/set_up.html", SetUpPage(SetUpInput(), ()))


@bp.post("/set-up/<token>")
def send_set_up(token: str) -> Response:
    people.open_setup(open_store(), token)
    form = SetUpInput()
    if form.validate():
        newcomer = people.NewPerson(
            form.full_name.data or "", form.email.data or "", form.password.data or ""
        )
        try:
            added = people.set_up(
                open_store(),
                token,
                organisation=form.organisation.data or "",
                person=newcomer,
                now=now(),
            )
        except DomainError as error:
            if error.code == "setup-closed":
                raise
            put_fault(form, error, FIELDS | {"organisation": "organisation"})
        else:
            return _welcome(added.organisation_id, added.id)
    return render_page("account/set_up.html", SetUpPage(form, field_faults(form)), 422)


@bp.get("/invitations/<token>")
def invitation(token: str) -> Response:
    return _invitation_page(token, NewPasswordInput())


@bp.post("/invitations/<token>")
def accept(token: str) -> Response:
    form = NewPasswordInput()
    if form.validate():
        try:
            added = people.accept_invitation(
                open_store(), token, password=form.password.data or "", now=now()
            )
        except DomainError as error:
            if not error.code.startswith("password"):
                raise
            put_fault(form, error, FIELDS)
        else:
            return _welcome(added.organisation_id, added.id)
    return _invitation_page(token, form, 422)


@bp.get("/")
def profile() -> Response:
    return _profile(signed_in())


@bp.post("/plan")
def save_plan() -> Response:
    viewer = signed_in()
    form = PlanInput()
    if not form.validate():
        return _profile(viewer, plan=form, status=422)
    people.set_plan(
        open_store(),
        viewer,
        exam_on=form.exam_on.data,
        minutes_a_day=form.minutes_a_day.data,
    )
    return redirect_with(url_for("account.profile"), "plan-saved")


@bp.post("/password")
def change_password() -> Response:
    viewer = signed_in()
    form = ChangePasswordInput()
    if form.validate():
        try:
            sign_ins.change_password(
                open_store(),
                viewer,
                current=form.current.data or "",
                wanted=form.password.data or "",
                now=now(),
            )
        except DomainError as error:
            put_fault(form, error, {"password-wrong": "current", "": "password"})
        else:
            return redirect_with(url_for("account.profile"), "password-changed")
    return _profile(viewer, password=form, status=422)


@bp.post("/browsers/others/end")
def end_others() -> Response:
    sign_ins.end_other_sign_ins(open_store(), signed_in(), now=now())
    return redirect_with(url_for("account.profile"), "others-signed-out")


@bp.post("/browsers/<sign_in_id>/end")
def end_browser(sign_in_id: str) -> Response:
    sign_ins.end_sign_in(open_store(), signed_in(), sign_in_id=sign_in_id, now=now())
    return redirect_with(url_for("account.profile"), "browser-signed-out")


FIELDS = {"email": "email", "name": "full_name", "password": "password", "": "password"}


def _sign_in_page(form: SignInInput, status: int = 200) -> Response:
    following = safe_next(request.values.get("next")) or ""
    demo = current_app.config["WAYMARK"].demo
    page = SignInPage(form, field_faults(form), following, demo)
    return render_page("account/sign_in.html", page, status)


def _invitation_page(token: str, form: NewPasswordInput, status: int = 200) -> Response:
    store = open_store()
    found = people.open_invitation(store, token, now=now())
    name = store.for_organisation(found.organisation_id).people.organisation_name()
    page = InvitationPage(form, field_faults(form), found.full_name, found.email, name)
    return render_page("account/invitation.html", page, status)


def _welcome(organisation_id: str, person_id: str) -> Response:
    scoped = open_store().for_organisation(organisation_id)
    device = device_name(request.user_agent.string)
    remember_sign_in(sign_ins.open_sign_in(scoped, person_id, device=device, now=now()))
    return redirect_with(url_for("account.profile"), "welcome")


def _profile(
    viewer: Viewer,
    *,
    plan: PlanInput | None = None,
    password: ChangePasswordInput | None = None,
    status: int = 200,
) -> Response:
    page = profile_page(open_store(), viewer, plan=plan, password=password, now=now())
    return render_page("account/profile.html", page, status)
