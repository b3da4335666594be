"""Routes of somebody's supervision as administrators see it: to read, never to change."""

from __future__ import annotations

from werkzeug.wrappers import Response

from app.web.admin.door import bp
from app.web.admin.supervision_view import (
    person_observation_page,
    person_sign_off_page,
    person_supervision_page,
)
from app.web.shared.content_keeper import current_library
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store
from app.web.shared.site_days import site_today


@bp.get("/people/<person_id>/supervision")
def supervision(person_id: str) -> Response:
    page = person_supervision_page(open_store(), current_library(), person_id, today=site_today())
    return render_page("admin/supervision/record.html", page)


@bp.get("/people/<person_id>/observations/<observation_id>")
def observation(person_id: str, observation_id: str) -> Response:
    page = person_observation_page(open_store(), current_library(), person_id, observation_id)
    return render_page("admin/supervision/observation.html", page)


@bp.get("/people/<person_id>/sign-offs/<sign_off_id>")
def signed_off(person_id: str, sign_off_id: str) -> Response:
    page = person_sign_off_page(open_store(), current_library(), person_id, sign_off_id)
    return render_page("admin/supervision/sign_off.html", page)
