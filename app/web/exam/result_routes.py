"""Routes of finished mock exams: the result, and every question with its reasons."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.services import mock_exam
from app.web.exam import result_view, review_view
from app.web.exam.door import bp
from app.web.shared.clock import now
from app.web.shared.content_keeper import current_library
from app.web.shared.notices import redirect_with
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in


@bp.get("/sittings/<attempt_id>/result")
def result(attempt_id: str) -> Response:
    store, viewer = open_store(), signed_in()
    found = mock_exam.own_sitting(store, viewer, attempt_id, now=now())
    if found.attempt.is_open:
        return redirect(url_for("exam.sitting", attempt_id=attempt_id), code=303)
    page = result_view.result_page(store, found.attempt, person=viewer.person.full_name)
    return render_page("exam/result.html", page)


@bp.get("/sittings/<attempt_id>/review")
def review(attempt_id: str) -> Response:
    store, viewer = open_store(), signed_in()
    found = mock_exam.own_sitting(store, viewer, attempt_id, now=now())
    if found.attempt.is_open:
        return redirect(url_for("exam.sitting", attempt_id=attempt_id), code=303)
    if mock_exam.sits_exam(store, viewer, now=now()):  # which may ask the same questions again
        return redirect_with(url_for("exam.result", attempt_id=attempt_id), "reasons-wait")
    page = review_view.review_page(
        store,
        current_library(),
        found.attempt,
        show=request.args.get("show", "all"),
        at=request.args.get("at", 0, type=int),
    )
    return render_page("exam/review.html", page)
