"""Routes of a quiz: answering it, finishing it, its report."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.attempt import Attempt, Feedback, next_open_position
from app.domain.errors import Conflict, DomainError, InvalidInput
from app.domain.item import Item
from app.services import exam
from app.web.exam import quiz_view
from app.web.exam.door import bp
from app.web.exam.mock_inputs import read_marks
from app.web.shared.clock import now
from app.web.shared.content_keeper import current_library
from app.web.shared.questions import read_answer
from app.web.shared.render import is_fragment, render_page
from app.web.shared.request_store import open_store, signed_in


@bp.get("/attempts/<attempt_id>")
def resume(attempt_id: str) -> Response:
    attempt = _own(attempt_id)
    if not attempt.is_open:
        return _to_report(attempt_id)
    answered = open_store().attempts.current_responses(attempt_id)
    position = next_open_position(attempt, answered, after=0)
    return redirect(url_for("exam.item", attempt_id=attempt_id, position=position), code=303)


@bp.get("/attempts/<attempt_id>/items/<int:position>")
def item(attempt_id: str, position: int) -> Response:
    attempt = _own(attempt_id)
    if attempt.closed_by_time:
        return _to_report(attempt_id)
    return _item_page(attempt, position)


@bp.post("/attempts/<attempt_id>/items/<int:position>")
def answer_item(attempt_id: str, position: int) -> Response:
    store, viewer = open_store(), signed_in()
    try:
        answered = exam.answer_item(
            store,
            viewer,
            attempt_id=attempt_id,
            answer=read_answer(request.form.to_dict(flat=False), position=position),
            marks=read_marks(request.form, position=position),
            now=now(),
        )
    except (InvalidInput, Conflict) as refused:
        return _item_page(_own(attempt_id), position, refused)
    attempt = answered.attempt
    if is_fragment():
        return _item_page(attempt, position)
    if attempt.closed_by_time:
        return _to_report(attempt_id)
    if attempt.feedback is Feedback.EXAM:
        following = next_open_position(
            attempt, store.attempts.current_responses(attempt_id), after=position
        )
        return redirect(url_for("exam.item", attempt_id=attempt_id, position=following), code=303)
    url = url_for("exam.item", attempt_id=attempt_id, position=position, _anchor="question")
    return redirect(url, code=303)


@bp.post("/attempts/<attempt_id>/finish")
def finish(attempt_id: str) -> Response:
    exam.finish_attempt(open_store(), signed_in(), attempt_id=attempt_id, now=now())
    return _to_report(attempt_id)


@bp.get("/attempts/<attempt_id>/report")
def report(attempt_id: str) -> Response:
    attempt = _own(attempt_id)
    if attempt.is_open:
        return redirect(url_for("exam.resume", attempt_id=attempt_id), code=303)
    store = open_store()
    stand = quiz_view.stand_of(store, attempt, now=now())
    page = quiz_view.report_page(store, current_library(), stand)
    return render_page("exam/report.html", page)


def _own(attempt_id: str) -> Attempt:
    """The quiz as it is by now: closed, if its time is over."""
    return exam.own_quiz(open_store(), signed_in(), attempt_id, now=now())


def _to_report(attempt_id: str) -> Response:
    return redirect(url_for("exam.report", attempt_id=attempt_id), code=303)


def _item_page(attempt: Attempt, position: int, refused: DomainError | None = None) -> Response:
    fault = (refused.user_message, refused.advice) if refused else ("", "")
    if refused is None and attempt.closed_by_time:
        fault = ("The time is over.", "What was saved before counts.")
    page = quiz_view.item_page(
        current_library(),
        quiz_view.stand_of(open_store(), attempt, now=now()),
        position,
        item=_frozen_item(attempt, position),
        fault=fault,
        sent=read_marks(request.form, position=position) if refused else None,
    )
    status = 200 if refused is None else (409 if isinstance(refused, Conflict) else 422)
    template = "exam/item_fragment.html" if is_fragment() else "exam/item.html"
    return render_page(template, page, status)


def _frozen_item(attempt: Attempt, position: int) -> Item:
    slot = attempt.slot(position)
    key = (slot.item_id, slot.item_version)
    return open_store().attempts.frozen([key])[key]
