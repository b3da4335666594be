"""Routes of building a quiz: the page, the start, saved choices, what was missed."""

from __future__ import annotations

import secrets
from random import Random

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.assignment import AssignmentKind
from app.domain.errors import Conflict, InvalidInput
from app.domain.practice import PracticeWish
from app.services import exam
from app.services import practice as kept
from app.services.quiz_time import close_overdue_quizzes
from app.web.exam import practice_view
from app.web.exam.door import bp
from app.web.exam.inputs import PracticeInput, wish_in
from app.web.shared.asked import asked_notes
from app.web.shared.clock import now
from app.web.shared.content_keeper import current_library
from app.web.shared.faults import put_fault
from app.web.shared.notices import redirect_with
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in
from app.web.shared.site_days import site_today


@bp.get("/practice")
def practice() -> Response:
    close_overdue_quizzes(open_store(), now=now(), person_id=signed_in().id)
    form = PracticeInput(formdata=None, request_key=_new_key())
    form.show(wish_in(request.args.to_dict(flat=False)))
    return _practice_page(form)


@bp.post("/practice")
def start() -> Response:
    form = PracticeInput()
    if not form.validate():
        return _practice_page(form, 422)
    wish, asked = form.wish(), _asked(form)
    if asked == "count":
        return redirect(practice_view.practice_url(wish) + "#fitting", code=303)
    if asked == "save":
        return _save(form, wish)
    return _start(form, wish)


@bp.post("/practice/missed")
def start_missed() -> Response:
    asked = kept.MissedStart(
        pool=current_library().practice.items,
        request_key=request.form.get("request_key", "")[:64] or _new_key(),
        topics=_some(request.form.getlist("topic")),
        domains=_some(request.form.getlist("domain")),
    )
    try:
        attempt = kept.start_missed(
            open_store(), signed_in(), asked, now=now(), random=_fresh_chance()
        )
    except InvalidInput:
        return redirect_with(url_for("exam.practice"), "nothing-missed")
    return redirect(url_for("exam.resume", attempt_id=attempt.id), code=303)


@bp.post("/practice/presets/<preset_id>/delete")
def remove_preset(preset_id: str) -> Response:
    kept.remove_preset(open_store(), signed_in(), preset_id=preset_id)
    return redirect_with(url_for("exam.practice"), "preset-deleted")


def _asked(form: PracticeInput) -> str:
    """Which button was pressed. Enter in a field saves what has a name, and starts nothing."""
    asked = request.form.get("do", "start")
    if asked != "enter":
        return asked
    return "save" if (form.name.data or "").strip() else "count"


def _save(form: PracticeInput, wish: PracticeWish) -> Response:
    try:
        kept.save_preset(open_store(), signed_in(), name=form.name.data or "", wish=wish, now=now())
    except (InvalidInput, Conflict) as refused:
        put_fault(form, refused, {"": "name"})
        return _practice_page(form, 409 if isinstance(refused, Conflict) else 422)
    return redirect_with(practice_view.practice_url(wish), "preset-saved")


def _start(form: PracticeInput, wish: PracticeWish) -> Response:
    library = current_library()
    asked = exam.PracticeStart(
        wish=wish,
        pool=library.practice.items,
        title=practice_view.quiz_title(library, wish),
        request_key=form.request_key.data or _new_key(),
    )
    try:
        attempt = exam.start_practice(
            open_store(), signed_in(), asked, now=now(), random=_fresh_chance()
        )
    except InvalidInput as error:
        put_fault(form, error, {"quiz-length": "length", "quiz-minutes": "minutes", "": "seen"})
        return _practice_page(form, 422)
    return redirect(url_for("exam.resume", attempt_id=attempt.id), code=303)


def _practice_page(form: PracticeInput, status: int = 200) -> Response:
    store, library, viewer = open_store(), current_library(), signed_in()
    asked = asked_notes(
        store, library, viewer, kind=AssignmentKind.QUIZ, target_id=None, today=site_today()
    )
    page = practice_view.practice_page(store, library, viewer.id, form, asked)
    return render_page("exam/practice.html", page, status)


def _some(sent: list[str]) -> frozenset[str]:
    return frozenset(one[:120] for one in sent[:100])


def _fresh_chance() -> Random:
    return Random(secrets.randbits(64))


def _new_key() -> str:
    return secrets.token_urlsafe(12)
