"""Routes of mock exams before they start: what there is, what to know, the start."""

from __future__ import annotations

import secrets
from random import Random

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.assignment import AssignmentKind
from app.domain.errors import Conflict, NotFound
from app.domain.exam_blueprint import ExamBlueprint, ExamShape
from app.domain.exam_form import mock_pool
from app.services import mock_exam
from app.web.exam import mock_view
from app.web.exam.door import bp
from app.web.shared.asked import asked_notes
from app.web.shared.clock import now
from app.web.shared.content_keeper import current_library
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in
from app.web.shared.site_days import site_today


@bp.get("/mocks")
def mocks() -> Response:
    store, viewer = open_store(), signed_in()
    mock_exam.close_overdue(store, now=now(), person_id=viewer.id)
    page = mock_view.mocks_page(store, current_library(), viewer.id)
    return render_page("exam/mocks.html", page)


@bp.get("/mocks/<blueprint_id>/<shape_id>")
def mock_brief(blueprint_id: str, shape_id: str) -> Response:
    mock_exam.close_overdue(open_store(), now=now(), person_id=signed_in().id)
    return _brief(*_shape(blueprint_id, shape_id))


@bp.post("/mocks/<blueprint_id>/<shape_id>")
def start_mock(blueprint_id: str, shape_id: str) -> Response:
    blueprint, shape = _shape(blueprint_id, shape_id)
    library = current_library()
    start = mock_exam.MockStart(
        blueprint=blueprint,
        shape=shape,
        pool=mock_pool(library.items.values()),
        enemies=library.enemies,
        request_key=request.form.get("request_key", "")[:64] or secrets.token_urlsafe(12),
    )
    try:
        attempt = mock_exam.start_mock(
            open_store(), signed_in(), start, now=now(), random=Random(secrets.randbits(64))
        )
    except Conflict as refused:
        return _brief(blueprint, shape, refused)
    return redirect(url_for("exam.sitting", attempt_id=attempt.id), code=303)


def _shape(blueprint_id: str, shape_id: str) -> tuple[ExamBlueprint, ExamShape]:
    blueprint = current_library().blueprints.get(blueprint_id)
    shapes = blueprint.shapes if blueprint else ()
    shape = next((one for one in shapes if one.id == shape_id), None)
    if blueprint is None or shape is None:
        raise NotFound("exam-not-found", "There is no such exam.", "Choose one from the list.")
    return blueprint, shape


def _brief(blueprint: ExamBlueprint, shape: ExamShape, refused: Conflict | None = None) -> Response:
    store, viewer = open_store(), signed_in()
    page = mock_view.brief_page(
        blueprint,
        shape,
        allowance=store.sittings.allowance(viewer.id),
        running=next(iter(store.attempts.running(viewer.id, limit=1)), None),
        asked=asked_notes(
            store,
            current_library(),
            viewer,
            kind=AssignmentKind.MOCK,
            target_id=f"{blueprint.id}/{shape.id}",
            today=site_today(),
        ),
        fault=(refused.user_message, refused.advice) if refused else ("", ""),
    )
    return render_page("exam/mock_brief.html", page, 409 if refused else 200)
