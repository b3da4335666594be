"""Routes of trying a draft, and of keeping a trial as a test walk."""

from __future__ import annotations

from flask import redirect, request
from werkzeug.wrappers import Response

from app.domain.errors import Conflict, InvalidInput
from app.domain.trial_play import play_trial, walk_of
from app.library.case_draft import FILE_NAME
from app.library.case_edit import Edit, set_file
from app.library.scenario_text import WALK_FOLDER
from app.services import case_drafts
from app.web.shared.clock import now
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in
from app.web.studio.desk.laid_out import Desk
from app.web.studio.desk.panel import TRIAL_SEED
from app.web.studio.desk.places import FILE, place_url
from app.web.studio.desk.routes import laid_out_draft
from app.web.studio.desk.scene_input import Files
from app.web.studio.desk.trial_view import trial_page
from app.web.studio.door import bp


@bp.get("/drafts/<draft_id>/try")
def try_draft(draft_id: str) -> Response:
    desk = _playable(draft_id, is_reading=request.args.get("reading", "") == "yes")
    moves, seed = _moves(request.args.get("moves", "")), _seed(request.args.get("seed", ""))
    return render_page("studio/trial.html", trial_page(desk, moves, seed=seed))


@bp.post("/drafts/<draft_id>/walks")
def keep_walk(draft_id: str) -> Response:
    """Keeps a trial as a walk that every later text must still play."""
    desk = _playable(draft_id)
    scenario = desk.checked.scenario
    assert scenario is not None  # noqa: S101 (a draft that can be played has been read)
    name = f"{WALK_FOLDER}{request.form.get('name', '').strip()}.walk"
    if not FILE_NAME.fullmatch(name):
        raise InvalidInput(
            "walk-name",
            "A walk needs a short name.",
            "Use small letters, digits and hyphens: a-roof, limits-held.",
        )
    seed = _seed(request.form.get("seed", ""))
    trial = play_trial(scenario, _moves(request.form.get("moves", "")), seed=seed)
    text = walk_of(scenario, trial, seed=seed)

    def make(files: Files) -> Edit:
        if name in files:
            raise Conflict("walk-there", f"There is a walk {name} already.", "Choose another name.")
        return set_file(files, name, text)

    draft = case_drafts.change_draft(open_store(), signed_in(), draft_id, make, now=now())
    return redirect(place_url(draft.id, f"{FILE}{name}"), code=303)


def _playable(draft_id: str, *, is_reading: bool = False) -> Desk:
    desk = laid_out_draft(draft_id, is_reading=is_reading)
    scenario = desk.checked.scenario
    if scenario is None or scenario.scene(scenario.start) is None:
        raise Conflict(
            "nothing-to-play",
            "There is nothing to play yet: the first scene is missing.",
            "Write it, and name its id after “start:” in the front matter.",
        )
    return desk


def _moves(told: str) -> list[str]:
    return [move for move in told.split(",") if move]


def _seed(told: str) -> int:
    return int(told) if told.isdecimal() and len(told) < 10 else TRIAL_SEED
