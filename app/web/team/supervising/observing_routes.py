"""Routes of an observation: starting it, saving it while it is written, finishing it."""

from __future__ import annotations

from flask import jsonify, redirect, request
from werkzeug.wrappers import Response

from app.domain.errors import Conflict, DomainError, InvalidInput
from app.services import observing
from app.services.observing import SentDraft
from app.storage.observations import StoredObservation
from app.web.shared.clock import now
from app.web.shared.errors import status_of
from app.web.shared.filters import say_moment
from app.web.shared.notices import redirect_with
from app.web.shared.render import render_page
from app.web.shared.site_days import site_today
from app.web.team.door import bp
from app.web.team.supervising.finding import seen_observation
from app.web.team.supervising.here import Here, here
from app.web.team.supervising.observation_input import read_draft
from app.web.team.supervising.observing_view import observed_page, observing_page

FINISH = "finish"


@bp.post("/<cohort_id>/people/<person_id>/observations")
def start_observation(cohort_id: str, person_id: str) -> Response:
    at = here(cohort_id, person_id)
    goal_id = request.form.get("goal", "")
    draft = observing.start_observation(at.store, at.viewer, at.place, goal_id=goal_id, now=now())
    return redirect(at.url("observation", observation_id=draft.id), code=303)


@bp.get("/<cohort_id>/people/<person_id>/observations/<observation_id>")
def observation(cohort_id: str, person_id: str, observation_id: str) -> Response:
    at = here(cohort_id, person_id)
    found = seen_observation(at, observation_id)
    if found.finished_at is None:
        page = observing_page(at, found, today=site_today())
        return render_page("team/supervising/observing.html", page)
    return render_page("team/supervising/observed.html", observed_page(at, found))


@bp.post("/<cohort_id>/people/<person_id>/observations/<observation_id>")
def save_observation(cohort_id: str, person_id: str, observation_id: str) -> Response:
    if request.headers.get("Accept") == "application/json":
        return _autosave(cohort_id, person_id, observation_id)
    at = here(cohort_id, person_id)
    sent = read_draft(request.form)
    try:
        if request.form.get("act") == FINISH:
            observing.finish_observation(
                at.store, at.viewer, at.place, observation_id, sent, library=at.library, now=now()
            )
            url = at.url("observation", observation_id=observation_id)
            return redirect_with(url, "observation-finished")
        _save(at, observation_id, sent)
    except (InvalidInput, Conflict) as refused:
        return _refused(at, observation_id, sent, refused)
    act = request.form.get("act", "")
    anchor = "marks" if act == "add" or act.startswith("remove:") else "saved"
    return redirect(at.url("observation", observation_id=observation_id, _anchor=anchor), code=303)


@bp.post("/<cohort_id>/people/<person_id>/observations/<observation_id>/discard")
def discard_observation(cohort_id: str, person_id: str, observation_id: str) -> Response:
    at = here(cohort_id, person_id)
    observing.discard_draft(at.store, at.viewer, at.place, observation_id)
    return redirect_with(at.url("supervision"), "observation-discarded")


def _save(at: Here, observation_id: str, sent: SentDraft) -> StoredObservation:
    return observing.save_draft(at.store, at.viewer, at.place, observation_id, sent, now=now())


def _autosave(cohort_id: str, person_id: str, observation_id: str) -> Response:
    """What the page's own script needs: whether it is kept, and the revision to build on."""
    try:
        kept = _save(here(cohort_id, person_id), observation_id, read_draft(request.form))
    except DomainError as refused:
        told = {"saved": False, "code": refused.code, "message": refused.user_message}
        if refused.code == "observation-moved-on":
            draft = seen_observation(here(cohort_id, person_id), observation_id)
            told["revision"] = draft.revision
        response = jsonify(told)
        response.status_code = status_of(refused)
        return response
    return jsonify(saved=True, revision=kept.revision, words=f"Saved {say_moment(kept.saved_at)}")


def _refused(
    at: Here, observation_id: str, sent: SentDraft, refused: InvalidInput | Conflict
) -> Response:
    """Shows what was sent with what to change: nothing typed is lost."""
    draft = observing.own_draft(at.store, at.viewer, at.place, observation_id)
    if draft.finished_at is not None:
        raise refused
    words = f"{refused.user_message} {refused.advice}".strip()
    is_moved_on = isinstance(refused, Conflict)
    if is_moved_on:
        words += " Below is what this page sent; saving it now puts it in the place of the other."
    page = observing_page(
        at,
        draft,
        today=site_today(),
        form=sent.form,
        fault=words,
        fault_at=refused.code.partition("-")[2],
    )
    return render_page("team/supervising/observing.html", page, 409 if is_moved_on else 422)
