"""Routes of practice: building a quiz, answering it, finishing it, its report."""

from __future__ import annotations

import secrets
from random import Random

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.attempt import Attempt, Feedback, next_open_position
from app.domain.errors import Conflict, DomainError, InvalidInput
from app.domain.item import Item
from app.domain.practice import PracticeWish, Seen, practice_pool
from app.services import exam
from app.web.exam import quiz_view
from app.web.exam.door import bp
from app.web.exam.inputs import FEEDBACK, SEEN, PracticeInput
from app.web.shared.clock import now
from app.web.shared.content_keeper import current_library
from app.web.shared.faults import put_fault
from app.web.shared.questions import read_answer
from app.web.shared.render import is_fragment, render_page
from app.web.shared.request_store import open_store, signed_in


@bp.get("/practice")
def practice() -> Response:
    form = PracticeInput(formdata=None, request_key=secrets.token_urlsafe(12))
    form.topic.choices = quiz_view.topic_choices(current_library())
    form.topic.data = request.args.getlist("topic")
    form.seen.data = request.args.get("seen") if request.args.get("seen") in SEEN else "any"
    wanted = request.args.get("feedback")
    form.feedback.data = wanted if wanted in FEEDBACK else "tutor"
    form.length.data = request.args.get("length", 10, type=int)
    return _practice_page(form)


@bp.post("/practice")
def start() -> Response:
    library, store, viewer = current_library(), open_store(), signed_in()
    form = PracticeInput()
    form.topic.choices = quiz_view.topic_choices(library)
    if not form.validate():
        return _practice_page(form, 422)
    topics = frozenset(form.topic.data or ())
    asked = exam.PracticeStart(
        wish=PracticeWish(
            topics, form.length.data or 0, Seen(form.seen.data), Feedback(form.feedback.data)
        ),
        pool=practice_pool(library.items.values()),
        title=quiz_view.quiz_title(library, topics),
        request_key=form.request_key.data or secrets.token_urlsafe(12),
    )
    try:
        attempt = exam.start_practice(
            store, viewer, asked, now=now(), random=Random(secrets.randbits(64))
        )
    except InvalidInput as error:
        put_fault(form, error, {"quiz-length": "length", "": "seen"})
        return _practice_page(form, 422)
    return redirect(url_for("exam.resume", attempt_id=attempt.id), code=303)


@bp.get("/attempts/<attempt_id>")
def resume(attempt_id: str) -> Response:
    store = open_store()
    attempt = exam.own_attempt(store, signed_in(), attempt_id)
    if not attempt.is_open:
        return redirect(url_for("exam.report", attempt_id=attempt_id), code=303)
    answered = store.attempts.current_responses(attempt_id)
    position = next_open_position(attempt, answered, after=0)
    return redirect(url_for("exam.item", attempt_id=attempt_id, position=position), code=303)


@bp.get("/attempts/<attempt_id>/items/<int:position>")
def item(attempt_id: str, position: int) -> Response:
    attempt = exam.own_attempt(open_store(), signed_in(), attempt_id)
    return _item_page(attempt, position)


@bp.post("/attempts/<attempt_id>/items/<int:position>")
def answer_item(attempt_id: str, position: int) -> Response:
    store, viewer = open_store(), signed_in()
    answer = read_answer(request.form.to_dict(flat=False), position=position)
    try:
        answered = exam.answer_item(store, viewer, attempt_id=attempt_id, answer=answer, now=now())
    except (InvalidInput, Conflict) as refused:
        attempt = exam.own_attempt(store, viewer, attempt_id)
        return _item_page(attempt, position, refused)
    attempt = answered.attempt
    if attempt.feedback is Feedback.EXAM and not is_fragment():
        following = next_open_position(
            attempt, store.attempts.current_responses(attempt_id), after=position
        )
        return redirect(url_for("exam.item", attempt_id=attempt_id, position=following), code=303)
    if is_fragment():
        return _item_page(attempt, position)
    url = url_for("exam.item", attempt_id=attempt_id, position=position, _anchor="question")
    return redirect(url, code=303)


@bp.post("/attempts/<attempt_id>/finish")
def finish(attempt_id: str) -> Response:
    exam.finish_attempt(open_store(), signed_in(), attempt_id=attempt_id, now=now())
    return redirect(url_for("exam.report", attempt_id=attempt_id), code=303)


@bp.get("/attempts/<attempt_id>/report")
def report(attempt_id: str) -> Response:
    store = open_store()
    attempt = exam.own_attempt(store, signed_in(), attempt_id)
    if attempt.is_open:
        return redirect(url_for("exam.resume", attempt_id=attempt_id), code=303)
    frozen = store.attempts.frozen((s.item_id, s.item_version) for s in attempt.slots)
    responses = store.attempts.current_responses(attempt_id)
    page = quiz_view.report_page(current_library(), attempt, responses, frozen)
    return render_page("exam/report.html", page)


def _practice_page(form: PracticeInput, status: int = 200) -> Response:
    page = quiz_view.practice_page(open_store(), current_library(), signed_in().id, form)
    return render_page("exam/practice.html", page, status)


def _item_page(attempt: Attempt, position: int, refused: DomainError | None = None) -> Response:
    store = open_store()
    page = quiz_view.item_page(
        current_library(),
        attempt,
        position,
        responses=store.attempts.current_responses(attempt.id),
        item=_frozen_item(attempt, position),
        fault=(refused.user_message, refused.advice) if refused else ("", ""),
    )
    status = 200 if refused is None else (409 if isinstance(refused, Conflict) else 422)
    template = "exam/item_fragment.html" if is_fragment() else "exam/item.html"
    return render_page(template, page, status)


def _frozen_item(attempt: Attempt, position: int) -> Item:
    slot = attempt.slot(position)
    key = (slot.item_id, slot.item_version)
    return open_store().attempts.frozen([key])[key]
