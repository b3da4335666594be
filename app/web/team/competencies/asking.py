"""Routes of the form that says what is asked of a team."""

from __future__ import annotations

from flask import request, url_for
from werkzeug.wrappers import Response

from app.domain.errors import InvalidInput
from app.services.competencies import (
    DEFAULT_FRAMEWORK,
    Judging,
    framework_named,
    frameworks_of,
    judging,
    set_requirements,
)
from app.storage.queries.team_pages import TeamView, open_team
from app.web.shared.clock import now
from app.web.shared.content_keeper import current_library
from app.web.shared.framework_words import framework_query
from app.web.shared.notices import redirect_with
from app.web.shared.part_data import FieldFault
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in
from app.web.team.competencies.asking_view import asking_page
from app.web.team.competencies.inputs import read_asked
from app.web.team.door import bp


@bp.get("/<cohort_id>/competencies/asked")
def asked_competencies(cohort_id: str) -> Response:
    team, by = _opened(cohort_id)
    page = asking_page(team, by, current_library(), role=request.args.get("role", ""))
    return render_page("team/competencies/asking.html", page)


@bp.post("/<cohort_id>/competencies/asked")
def ask_competencies(cohort_id: str) -> Response:
    team, by = _opened(cohort_id)
    role = request.form.get("role", "")
    read = read_asked(request.form, by, role=role)
    faults = read.faults
    if not faults:
        try:
            set_requirements(
                open_store(),
                signed_in(),
                by,
                cohort_id=cohort_id,
                requirements=read.requirements,
                now=now(),
            )
        except InvalidInput as error:
            faults = (FieldFault("asked", error.user_message),)
        else:
            return redirect_with(_asking_url(cohort_id, by, role), "asked-saved")
    page = asking_page(
        team, by, current_library(), role=role, faults=faults, typed=request.form.to_dict()
    )
    return render_page("team/competencies/asking.html", page, 422)


@bp.post("/<cohort_id>/competencies/asked/set")
def ask_set(cohort_id: str) -> Response:
    _, by = _opened(cohort_id)
    chosen = current_library().supervision.sets.get(request.form.get("set", ""))
    if chosen is None or chosen.framework != by.framework.id:
        raise InvalidInput(
            "set-unknown", "There is no such set of requirements for this framework."
        )
    set_requirements(
        open_store(),
        signed_in(),
        by,
        cohort_id=cohort_id,
        requirements=chosen.requirements,
        now=now(),
    )
    return redirect_with(_asking_url(cohort_id, by, ""), "asked-saved")


def _opened(cohort_id: str) -> tuple[TeamView, Judging]:
    store, library = open_store(), current_library()
    team = open_team(store, signed_in(), cohort_id)
    named = request.args.get("framework", "") or DEFAULT_FRAMEWORK
    framework = framework_named(frameworks_of(store, library), named)
    return team, judging(store, library, team, framework)


def _asking_url(cohort_id: str, by: Judging, role: str) -> str:
    values = framework_query(by.framework) | ({"role": role} if role else {})
    return url_for("team.asked_competencies", cohort_id=cohort_id, **values)
