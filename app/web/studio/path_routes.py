"""The route of the paths through a case: how the people of the organisation have played it."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from app.domain.errors import NotFound
from app.services.case_paths import case_paths
from app.web.shared.clock import now
from app.web.shared.content_keeper import current_library
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store
from app.web.studio.door import bp
from app.web.studio.path_view import paths_page


@bp.get("/cases/<scenario_id>/paths")
def paths(scenario_id: str) -> Response:
    shown = current_library().scenarios.get(scenario_id)
    if shown is None:
        raise NotFound(
            "case-not-found", "There is no such case.", "Choose one from the list of cases."
        )
    report = case_paths(open_store(), shown, now=now())
    page = paths_page(shown, report, chosen=request.args.get("scene", ""))
    return render_page("studio/paths.html", page)
