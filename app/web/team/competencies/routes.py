"""Routes of the matrix and of what stands behind a cell."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from app.storage.queries.team_pages import open_team
from app.web.shared.content_keeper import current_library
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in
from app.web.shared.site_days import site_today
from app.web.team.competencies.view import (
    TeamInFramework,
    area_page,
    matrix_page,
    person_area_page,
    team_in_framework,
)
from app.web.team.door import bp


@bp.get("/<cohort_id>/competencies")
def competencies(cohort_id: str) -> Response:
    return render_page(
        "team/competencies/matrix.html", matrix_page(_found(cohort_id), request.args)
    )


@bp.get("/<cohort_id>/competencies/areas/<area>")
def competency_area(cohort_id: str, area: str) -> Response:
    page = area_page(_found(cohort_id), area, request.args)
    return render_page("team/competencies/matrix.html", page)


@bp.get("/<cohort_id>/competencies/people/<person_id>/<target>")
def person_competency(cohort_id: str, person_id: str, target: str) -> Response:
    found = _found(cohort_id, person_id)
    page = person_area_page(found, found.team.member(person_id), target, current_library())
    return render_page("team/competencies/person.html", page)


def _found(cohort_id: str, person_id: str = "") -> TeamInFramework:
    store, today = open_store(), site_today()
    team = open_team(store, signed_in(), cohort_id)
    if person_id:
        team = team.only(person_id)
    framework_id = request.args.get("framework", "")
    return team_in_framework(
        store, current_library(), team, framework_id, today=today, in_brief=not person_id
    )
