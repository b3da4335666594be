"""Playing cases: starting a run, taking its steps, finding it again.

Every step is one transaction: looked up, decided by the rules on the text the run was begun in,
kept, then acknowledged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.access import own
from app.domain.errors import Conflict, DomainError
from app.domain.person import Viewer
from app.domain.run import (
    ACTIVITY,
    MOST_MOVES,
    Move,
    Replay,
    current_scene,
    play_move,
    replay,
    start_run,
)
from app.domain.run_mode import RunMode, in_mode
from app.domain.scenario import Scenario
from app.domain.scenario_answer import read_answer
from app.library.case_folder import read_case_folder
from app.library.places import SCENARIOS
from app.storage.runs import StoredRun, StoredStep
from app.storage.store import Store

MOST_CASES_KEPT = 64
LONGEST_COMMITMENT = 500  # characters
# By case, revision and mode; a wording never changes.
_read_cases: dict[tuple[str, str, str], Scenario] = {}


@dataclass(frozen=True, slots=True)
class StepAsked:
    """What the browser sent: a move, seen after how many steps, under which key."""

    move: Move
    base_position: int
    request_key: str


@dataclass(frozen=True, slots=True)
class RunInPlay:
    """A run as it stands: its case in the wording it was begun in, its moves played again."""

    run: StoredRun
    scenario: Scenario
    replay: Replay

    @property
    def position(self) -> int:
        """How many steps have been taken."""
        return len(self.replay.steps)

    @property
    def has_ended(self) -> bool:
        """Says whether the run has come to an ending."""
        return self.run.ended_at is not None


def start_case(
    store: Store,
    viewer: Viewer,
    scenario: Scenario,
    texts: Mapping[str, str],
    *,
    request_key: str,
    seed: int,
    now: datetime,
) -> StoredRun:
    """Starts a run and keeps the wording it is played in; the same key finds the same run.

    Units: `seed` is below 2³¹.
    Shape: `texts` holds the files of the case as `Library.texts` does; others are left out.
    Raises: NotFound if the case has no first scene.
    """
    run = _new_run(store, viewer, scenario, seed=seed, now=now)
    return _start(store, scenario, texts, run, request_key)


def start_assessment(
    store: Store,
    viewer: Viewer,
    scenario: Scenario,
    texts: Mapping[str, str],
    *,
    request_key: str,
    seed: int,
    now: datetime,
) -> StoredRun:
    """Starts a run in which all reasons wait for the debrief; else as `start_case`."""
    run = _new_run(store, viewer, scenario, seed=seed, now=now)
    return _start(store, scenario, texts, replace(run, mode=RunMode.ASSESSED), request_key)


def take_step(
    store: Store, viewer: Viewer, *, run_id: str, asked: StepAsked, now: datetime
) -> RunInPlay:
    """Takes a step and gives the run as it then stands; the same key again changes nothing.

    Shape: the scene of the move is where the run stands; the move's own is not looked at.
    Raises: NotFound for a run of someone else; Conflict if it has ended, has moved on since the
    page was made, or does not offer the move; InvalidInput if an answer cannot be used.
    """
    with store.writing():
        run = own_run(store, viewer, run_id, lock=True)
        steps = store.runs.steps(run_id)
        in_play = _in_play(store, run, steps)
        if any(step.request_key == asked.request_key for step in steps):
            return in_play
        _refuse_stale(in_play, asked)
        move = _tidied(in_play, asked.move)
        after, _ = play_move(in_play.scenario, in_play.replay.state, move)
        step = StoredStep(in_play.position + 1, move.as_json(), asked.request_key, now)
        store.runs.add_step(store.new_id(now), run.id, step)
        if after.has_ended:
            store.runs.end(run.id, ending=after.scene, now=now)
            run = replace(run, ended_at=now, ending=after.scene)
        return _in_play(store, run, [*steps, step])


def open_run(store: Store, viewer: Viewer, run_id: str) -> RunInPlay:
    """Finds a run of the viewer's own as it stands.

    Raises: NotFound for any other; Conflict if its wording cannot be played any more.
    """
    run = own_run(store, viewer, run_id)
    return _in_play(store, run, store.runs.steps(run_id))


def commit_to(store: Store, viewer: Viewer, run_id: str, words: str, *, now: datetime) -> str:
    """Keeps what a learner will do next time; empty words take it back. Gives what is kept.

    Raises: NotFound for a run of someone else; Conflict while it goes on.
    """
    told = " ".join(words.split())[:LONGEST_COMMITMENT]
    with store.writing():
        run = own_run(store, viewer, run_id, lock=True)
        if run.ended_at is None:
            raise Conflict("run-goes-on", "This run has not ended yet.", "Play it to its end.")
        store.runs.keep_commitment(run, told, now=now)
    return told


def own_run(store: Store, viewer: Viewer, run_id: str, *, lock: bool = False) -> StoredRun:
    """Finds a run of the viewer's own. Raises: NotFound for any other."""
    run = store.runs.find(run_id, lock=lock)
    own(viewer, run.person_id if run else None, thing="run")
    assert run is not None  # noqa: S101 (own() has raised otherwise)
    return run


def scenario_of(store: Store, run: StoredRun) -> Scenario:
    """The case in the wording and mode a run was begun in, whatever the library says now.

    Cost: reads a wording once for this process; about 7 ms for a case of 600 lines.
    Raises: Conflict if the wording is gone or cannot be read.
    """
    key = (run.scenario_id, run.revision, run.mode)
    known = _read_cases.get(key)
    if known is not None:
        return known
    files = store.runs.frozen(run.scenario_id, run.revision) or {}
    told = f"{SCENARIOS}/{run.scenario_id}"
    texts = {f"{told}/{name}": text for name, text in files.items()}
    scenario, _ = read_case_folder(texts, told=told)
    if scenario is None or scenario.scene(scenario.start) is None:
        raise _unreadable()
    if len(_read_cases) >= MOST_CASES_KEPT:
        _read_cases.clear()
    _read_cases[key] = in_mode(scenario, RunMode(run.mode))
    return _read_cases[key]


def _new_run(
    store: Store, viewer: Viewer, scenario: Scenario, *, seed: int, now: datetime
) -> StoredRun:
    return StoredRun(
        id=store.new_id(now),
        person_id=viewer.id,
        scenario_id=scenario.id,
        revision=scenario.fingerprint,
        seed=seed,
        started_at=now,
    )


def _start(
    store: Store, scenario: Scenario, texts: Mapping[str, str], run: StoredRun, request_key: str
) -> StoredRun:
    start, now = start_run(scenario, seed=run.seed), run.started_at
    with store.writing():
        started = store.runs.find_by_request(run.person_id, request_key)
        if started is not None:
            return started
        store.runs.freeze(run.scenario_id, run.revision, _files_of(scenario, texts), now=now)
        store.runs.add(run, request_key=request_key)
        if start.has_ended:  # a case of one scene
            store.runs.end(run.id, ending=start.scene, now=now)
        return store.runs.find_by_request(run.person_id, request_key) or run


def _files_of(scenario: Scenario, texts: Mapping[str, str]) -> dict[str, str]:
    """The files learners play, by their names in the folder; test walks stay outside."""
    folder = f"{SCENARIOS}/{scenario.path or scenario.id}/"
    names = {path.removeprefix(folder): path for path in texts if path.startswith(folder)}
    return {name: texts[path] for name, path in names.items() if name.endswith(".md")}


def _in_play(store: Store, run: StoredRun, steps: list[StoredStep]) -> RunInPlay:
    scenario = scenario_of(store, run)
    try:
        moves = [Move.from_json(step.move) for step in steps]
        return RunInPlay(run, scenario, replay(scenario, seed=run.seed, moves=moves))
    except (DomainError, KeyError) as error:
        raise _unreadable() from error


def _unreadable() -> Conflict:
    return Conflict(
        "run-unreadable",
        "This run cannot be shown, because the case it was begun in can no longer be read.",
        "What you did is kept. Start the case again, or tell your trainer.",
    )


def _refuse_stale(in_play: RunInPlay, asked: StepAsked) -> None:
    if in_play.has_ended:
        raise Conflict(
            "run-ended",
            "This run has come to its end already, so nothing was added to it.",
            "Read the debrief, or play the case again.",
        )
    if asked.base_position != in_play.position:
        raise Conflict(
            "run-moved-on",
            "You went on with this case in another tab, so this page was behind.",
            "Here is where you are now. Nothing was lost; choose from here.",
        )
    if in_play.position >= MOST_MOVES:
        raise Conflict("run-too-long", "This run has gone round and round for very long.")


def _tidied(in_play: RunInPlay, move: Move) -> Move:
    """The move as it is kept: in the scene the run stands in, an answer without odds and ends."""
    scene = current_scene(in_play.scenario, in_play.replay.state)
    answer = move.answer
    if move.kind == ACTIVITY and scene.activity is not None:
        answer = read_answer(scene.activity, answer or {})
    return replace(move, scene=scene.id, answer=answer)
