"""Routes of the desk: looking at a draft, saving a place of it, small edits, taking back."""

from __future__ import annotations

from collections.abc import Callable

from flask import jsonify, redirect, render_template, request
from werkzeug.wrappers import Response

from app.domain.errors import Conflict, DomainError, InvalidInput, NotFound
from app.domain.line_diff import line_diff
from app.library.case_edit import Edit
from app.services import case_drafts
from app.services.case_drafts import CaseSource
from app.services.case_paths import case_paths
from app.services.case_reviews import draft_review
from app.storage.case_drafts import StoredDraft
from app.web.shared.clock import now
from app.web.shared.content_keeper import current_library
from app.web.shared.render import is_fragment, render_page
from app.web.shared.request_store import open_store, signed_in
from app.web.studio.desk import edits, places
from app.web.studio.desk.checking import checked_draft
from app.web.studio.desk.laid_out import Desk, lay_out
from app.web.studio.desk.learners import LearnerShares, learner_shares
from app.web.studio.desk.outline import OutlineAsked
from app.web.studio.desk.pages import BothTexts
from app.web.studio.desk.scene_input import Files, read_scene, scene_edit, with_scene
from app.web.studio.desk.serving import served_files, serving_case
from app.web.studio.desk.view import FORM, desk_page
from app.web.studio.door import bp


@bp.post("/cases/<scenario_id>/draft")
def start_draft(scenario_id: str) -> Response:
    library = current_library()
    serving = serving_case(library, scenario_id)
    if serving.scenario is None:
        raise NotFound(
            "case-not-found", "There is no such case.", "Choose one from the list of cases."
        )
    source = CaseSource(scenario_id, served_files(library, scenario_id), serving.revision)
    draft = case_drafts.open_draft(open_store(), signed_in(), source, now=now())
    return redirect(places.place_url(draft.id), code=303)


@bp.get("/drafts/<draft_id>")
def desk(draft_id: str) -> Response:
    laid_out = laid_out_draft(draft_id)
    at, view = request.args.get("at", ""), request.args.get("view", "")
    shares = None if is_fragment() else _shares(laid_out, at, view)
    page = desk_page(laid_out, at, view, asked=outline_asked(), shares=shares)
    return render_page("studio/desk_outline.html" if is_fragment() else "studio/desk.html", page)


@bp.post("/drafts/<draft_id>/save")
def save_place(draft_id: str) -> Response:
    """Saves the form or the source of one place, as far as nobody changed it meanwhile."""
    at, view = request.args.get("at", ""), request.args.get("view", FORM)
    is_typing = request.form.get("typing") == "yes"
    try:
        draft = case_drafts.change_draft(
            open_store(),
            signed_in(),
            draft_id,
            _sent_edit(at, view),
            now=now(),
            is_typing=is_typing,
        )
    except (Conflict, InvalidInput) as refused:
        return _refused(draft_id, at, view, refused)
    if is_fragment():
        return _saved(draft.id, at, view)
    return redirect(places.place_url(draft.id, at, view="" if view == FORM else view), code=303)


@bp.post("/drafts/<draft_id>/edits")
def edit_draft(draft_id: str) -> Response:
    """Makes one small edit: a scene added, moved, renamed or removed, ids written, and so on."""
    case_drafts.own_draft(open_store(), draft_id)
    asked = edits.read_edit(request.form)
    try:
        draft = case_drafts.change_draft(open_store(), signed_in(), draft_id, asked.make, now=now())
    except (Conflict, InvalidInput, NotFound) as refused:
        words = f"{refused.user_message} {refused.advice}"
        page = desk_page(laid_out_draft(draft_id), asked.back_to, FORM, fault=words)
        return render_page("studio/desk.html", page, 409 if isinstance(refused, Conflict) else 422)
    return redirect(places.place_url(draft.id, asked.leads_to), code=303)


@bp.post("/drafts/<draft_id>/undo")
def undo_draft(draft_id: str) -> Response:
    draft = case_drafts.undo(open_store(), signed_in(), draft_id, now=now())
    return _back(draft)


@bp.post("/drafts/<draft_id>/redo")
def redo_draft(draft_id: str) -> Response:
    draft = case_drafts.redo(open_store(), signed_in(), draft_id, now=now())
    return _back(draft)


def laid_out_draft(draft_id: str, *, plays_habits: bool = False, is_reading: bool = False) -> Desk:
    """An open draft of this organisation with everything that is known about it."""
    store = open_store()
    draft = case_drafts.own_draft(store, draft_id)
    edits_made = store.case_drafts.edits(draft.id)
    checked = checked_draft(draft, current_library(), plays_habits=plays_habits)
    review = draft_review(store, draft)
    return lay_out(draft, checked, edits_made, review, is_reading=is_reading)


def outline_asked() -> OutlineAsked:
    """What of the outline this address asks for."""
    return OutlineAsked(request.args.get("find", "")[:120], request.args.get("part", ""))


def _shares(desk: Desk, at: str, view: str) -> LearnerShares | None:
    """How learners choose in the scene whose form is open. None: it is new, or none is open."""
    shown = current_library().scenarios.get(desk.draft.case_id)
    scene_id = places.find_place(desk.places, at, start=desk.start).scene_id
    scene = shown.scene(scene_id) if shown else None
    if view not in {"", FORM} or shown is None or scene is None or not scene.scored_choices:
        return None
    report = case_paths(open_store(), shown, now=now())
    return learner_shares(shown.id, report, scene_id)


def _sent_edit(at: str, view: str) -> Callable[[Files], Edit]:
    form = request.form
    if at.startswith(places.SCENE) and view == FORM:
        sent = read_scene(form)
        return lambda files: scene_edit(files, at.removeprefix(places.SCENE), sent)
    text = form.get("source", "").replace("\r\n", "\n")
    return lambda files: edits.source_edit(files, at, text, seen=form.get("seen", ""))


def _refused(draft_id: str, at: str, view: str, refused: Conflict | InvalidInput) -> Response:
    """Shows what was sent beside what stands: nothing typed is ever lost."""
    status = 409 if isinstance(refused, Conflict) else 422
    if is_fragment():
        told = {"saved": False, "message": f"{refused.user_message} {refused.advice}"}
        response = jsonify(told)
        response.status_code = status
        return response
    laid_out = laid_out_draft(draft_id)
    place = places.find_place(laid_out.places, at, start=laid_out.start)
    theirs = places.place_text(laid_out.draft.files, place)
    mine = _sent_text(laid_out.draft.files, at, view)
    words = f"{refused.user_message} {refused.advice}"
    both = BothTexts(words, mine, line_diff(theirs, mine, context=None))
    page = desk_page(laid_out, place.id, "source", both=both)
    return render_page("studio/desk.html", page, status)


def _sent_text(files: Files, at: str, view: str) -> str:
    """What was sent, as text: of a form, the text it would have become."""
    if not (at.startswith(places.SCENE) and view == FORM):
        return request.form.get("source", "").replace("\r\n", "\n")
    scene_id = at.removeprefix(places.SCENE)
    try:
        return edits.scene_text(with_scene(files, scene_id, read_scene(request.form)), scene_id)
    except DomainError:
        return request.form.get("text", "").replace("\r\n", "\n")


def _saved(draft_id: str, at: str, view: str) -> Response:
    """What the page's own script needs after a save: outline, panel, and the mark of the text."""
    laid_out = laid_out_draft(draft_id)
    page = desk_page(laid_out, at, view, asked=outline_asked())
    return jsonify(
        saved=True,
        words=page.saved_words,
        seen=page.seen,
        first_line=page.source.first_line if page.source else None,
        outline=render_template("studio/desk_outline.html", page=page),
        panel=render_template("studio/desk_panel.html", page=page),
        history=render_template("studio/desk_history.html", page=page),
    )


def _back(draft: StoredDraft) -> Response:
    at, view = request.form.get("at", ""), request.form.get("view", "")
    known = {place.id for place in laid_out_draft(draft.id).places}
    return redirect(places.place_url(draft.id, at if at in known else "", view=view), code=303)
