"""Routes of one's own competencies."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from app.web.learn.competency_view import (
    OwnInFramework,
    competencies_page,
    competency_area_page,
    own_in_framework,
)
from app.web.learn.door import bp
from app.web.shared.content_keeper import current_library
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in
from app.web.shared.site_days import site_today


@bp.get("/competencies")
def competencies() -> Response:
    return render_page("learn/competencies.html", competencies_page(open_store(), _found()))


@bp.get("/competencies/<area>")
def competency_area(area: str) -> Response:
    page = competency_area_page(_found(), area, current_library())
    return render_page("learn/competency_area.html", page)


def _found() -> OwnInFramework:
    named = request.args.get("framework", "")
    return own_in_framework(open_store(), current_library(), signed_in(), named, today=site_today())
