"""Runs of many people through a case, played by the rules."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from app.domain.path_counts import PlayedRun
from app.domain.person import Person
from app.domain.run import (
    CHOICE,
    CONTINUE,
    Move,
    current_scene,
    legal_choices,
    play_move,
    start_run,
)
from app.domain.scenario import Scenario
from app.storage.runs import StoredStep
from app.storage.store import Store
from tests.storage.rows import add_run

BEGAN = datetime(2026, 11, 2, 18, 0, tzinfo=UTC)
LATER = BEGAN + timedelta(days=5)
MOST_STEPS = 12


def a_run(
    scenario: Scenario, *choices: str, seconds: int = 30, began: datetime = BEGAN, seed: int = 1
) -> PlayedRun:
    """One run along choices, single ways on played by themselves; it ends where they end."""
    state, moves = start_run(scenario, seed=seed), []
    waiting = list(choices)
    while not state.has_ended:
        scene = current_scene(scenario, state)
        if scene.choices and not waiting:
            break
        move = Move(scene.id, CHOICE, waiting.pop(0)) if scene.choices else Move(scene.id, CONTINUE)
        state, _ = play_move(scenario, state, move)
        moves.append((move.as_json(), began + timedelta(seconds=seconds * (len(moves) + 1))))
    return PlayedRun(seed, began, state.scene if state.has_ended else None, tuple(moves))


def a_chance_run(scenario: Scenario, seed: int) -> PlayedRun:
    """One run by chance, which may stop anywhere."""
    chance = random.Random(seed)
    state, moves = start_run(scenario, seed=seed), []
    for step in range(MOST_STEPS):
        open_choices = [one.id for one in legal_choices(scenario, state) if one.is_open]
        scene = current_scene(scenario, state)
        if state.has_ended or chance.random() < 0.05 or (scene.choices and not open_choices):
            break
        picked = chance.choice(open_choices) if open_choices else ""
        move = Move(scene.id, CHOICE, picked) if picked else Move(scene.id, CONTINUE)
        state, _ = play_move(scenario, state, move)
        moves.append((move.as_json(), BEGAN + timedelta(seconds=20 * step + 20)))
    return PlayedRun(seed, BEGAN, state.scene if state.has_ended else None, tuple(moves))


def keep_run(store: Store, person: Person, scenario: Scenario, run: PlayedRun) -> None:
    """Keeps a run as somebody's own."""
    stored = add_run(
        store,
        person,
        scenario_id=scenario.id,
        request_key=f"run of {run.started_at}",
        seed=run.seed,
        started_at=run.started_at,
    )
    with store.writing():
        for place, (move, taken_at) in enumerate(run.moves, start=1):
            step = StoredStep(place, move, f"key {place}", taken_at)
            store.runs.add_step(store.new_id(taken_at), stored.id, step)
        if run.ending:
            store.runs.end(stored.id, ending=run.ending, now=run.last_moment)
