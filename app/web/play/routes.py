"""Routes of cases: the list, the brief, the scenes of a run, the debrief."""

from __future__ import annotations

import secrets

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.assignment import AssignmentKind
from app.domain.errors import Conflict, InvalidInput
from app.domain.run_scene import scene_for_learner
from app.services import play
from app.services.play import RunInPlay
from app.storage.queries.play_pages import runs_of
from app.web.play import cases_view, debrief_view, scene_view
from app.web.play.door import bp
from app.web.play.inputs import read_position, read_step, typed_words
from app.web.play.scene_view import SCENE, Refused
from app.web.shared.asked import asked_notes
from app.web.shared.clock import now
from app.web.shared.content_keeper import current_library
from app.web.shared.notices import redirect_with
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in
from app.web.shared.site_days import site_today

TOP = "main"  # where the content of every page begins
ASSESSED = "assessed"  # what the button for it sends
SEEDS = 2**31  # what a whole number of both databases holds


@bp.get("/")
def cases() -> Response:
    page = cases_view.cases_page(current_library(), runs_of(open_store(), signed_in().id))
    return render_page("play/cases.html", page)


@bp.get("/cases/<scenario_id>")
def brief(scenario_id: str) -> Response:
    library = current_library()
    scenario = cases_view.case_of(library, scenario_id)
    store, viewer = open_store(), signed_in()
    asked = asked_notes(
        store,
        library,
        viewer,
        kind=AssignmentKind.SCENARIO,
        target_id=scenario.id,
        today=site_today(),
    )
    page = cases_view.brief_page(library, scenario, runs_of(store, viewer.id), asked)
    return render_page("play/brief.html", page)


@bp.post("/cases/<scenario_id>")
def start(scenario_id: str) -> Response:
    library = current_library()
    begin = play.start_assessment if request.form.get("mode") == ASSESSED else play.start_case
    run = begin(
        open_store(),
        signed_in(),
        cases_view.case_of(library, scenario_id),
        library.texts,
        request_key=request.form.get("request_key", "")[:64] or secrets.token_urlsafe(12),
        seed=secrets.randbelow(SEEDS),
        now=now(),
    )
    return redirect(url_for("play.run", run_id=run.id), code=303)


@bp.get("/runs/<run_id>")
def run(run_id: str) -> Response:
    in_play = play.open_run(open_store(), signed_in(), run_id)
    if in_play.has_ended:
        return redirect(url_for("play.debrief", run_id=run_id), code=303)
    return render_page("play/run.html", scene_view.run_page(in_play))


@bp.post("/runs/<run_id>/steps")
def take_step(run_id: str) -> Response:
    store, viewer, form = open_store(), signed_in(), request.form.to_dict(flat=False)
    seen = play.open_run(store, viewer, run_id)
    scene = scene_for_learner(seen.scenario, seen.replay.state)
    is_current = read_position(form) == seen.position
    try:
        asked = read_step(form, scene, is_current=is_current)
        in_play = play.take_step(store, viewer, run_id=run_id, asked=asked, now=now())
    except (InvalidInput, Conflict) as refused:
        unsaved = typed_words(form) if isinstance(refused, Conflict) else ""
        return _refused(run_id, Refused(refused, form, unsaved))
    return _onward(in_play)


@bp.get("/runs/<run_id>/debrief")
def debrief(run_id: str) -> Response:
    store = open_store()
    in_play = play.open_run(store, signed_in(), run_id)
    if not in_play.has_ended:
        return redirect(url_for("play.run", run_id=run_id), code=303)
    commitment = store.runs.commitment(run_id)
    store.end_reading()  # looking for another way takes up to 20 ms
    page = debrief_view.debrief_page(in_play, current_library(), commitment)
    return render_page("play/debrief.html", page)


@bp.post("/runs/<run_id>/commitment")
def commit_to(run_id: str) -> Response:
    words = request.form.get("words", "")
    kept = play.commit_to(open_store(), signed_in(), run_id, words, now=now())
    url = url_for("play.debrief", run_id=run_id, _anchor="commitment")
    return redirect_with(url, "commitment-kept" if kept else "commitment-gone")


def _onward(in_play: RunInPlay) -> Response:
    # Without an anchor of its own a redirect keeps that of the form, which the debrief lacks.
    if in_play.has_ended:
        return redirect(url_for("play.debrief", run_id=in_play.run.id, _anchor=TOP), code=303)
    return redirect(url_for("play.run", run_id=in_play.run.id, _anchor=SCENE), code=303)


def _refused(run_id: str, refused: Refused) -> Response:
    """The scene as it stands now, with what was wrong; everything that was taken is still there."""
    in_play = play.open_run(open_store(), signed_in(), run_id)
    if in_play.has_ended:
        return redirect_with(url_for("play.debrief", run_id=run_id, _anchor=TOP), "run-ended")
    status = 422 if isinstance(refused.error, InvalidInput) else 409
    return render_page("play/run.html", scene_view.run_page(in_play, refused), status)
