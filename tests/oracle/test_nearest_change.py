"""The nearest change in cases made by chance is the smallest one, found one state at a time."""

from __future__ import annotations

import heapq
import random
from itertools import count

import pytest

from app.domain.nearest_change import nearest_change
from app.domain.run import (
    CHOICE,
    CONTINUE,
    Move,
    Replay,
    current_scene,
    go_on,
    is_open,
    replay,
    take_choice,
)
from app.domain.scenario import Scenario
from app.domain.scenario_axes import plan_axes
from tests.oracle.brute_force import BruteForce
from tests.scenario_builders import RandomCase


def random_run(scenario: Scenario, seed: int) -> Replay:
    chance, moves = random.Random(seed), list[Move]()
    for _ in range(30):
        state = replay(scenario, seed=seed, moves=moves).state
        scene = current_scene(scenario, state)
        picks = [choice.id for choice in scene.choices if is_open(choice, state)]
        if state.has_ended or (scene.choices and not picks):
            break
        pick = chance.choice(picks) if picks else ""
        moves.append(Move(scene.id, CHOICE if picks else CONTINUE, pick))
    return replay(scenario, seed=seed, moves=moves)


def fewest_changes(scenario: Scenario, run: Replay) -> tuple[int, int] | None:
    """Changed and free choices on the cheapest way to another ending, one state at a time."""
    taken: dict[str, str] = {}
    for step in run.steps:
        if step.move.choice_id:
            taken.setdefault(step.move.scene, step.move.choice_id)
    oracle = BruteForce(scenario, tuple(axis.key for axis in plan_axes(scenario).axes))
    waiting, seen, order = [((0, 0), 0, run.start)], set(), count(1)
    while waiting:
        (changed, free), _, state = heapq.heappop(waiting)
        if oracle.key(state) in seen:
            continue
        seen.add(oracle.key(state))
        if state.has_ended:
            if state.scene != run.state.scene:
                return changed, free
            continue
        scene = current_scene(scenario, state)
        for choice in scene.choices:
            if is_open(choice, state):
                after, _ = take_choice(scenario, state, choice.id)
                met = taken.get(scene.id)
                cost = (changed + (met not in {None, choice.id}), free + (met is None))
                heapq.heappush(waiting, (cost, next(order), after))
        if scene.go and not scene.choices:
            after, _ = go_on(scenario, state)
            heapq.heappush(waiting, ((changed, free), next(order), after))
    return None


@pytest.mark.parametrize("seed", range(60))
def test_change_in_a_random_case_is_the_smallest_there_is(seed: int) -> None:
    scenario = RandomCase(seed).build()
    run = random_run(scenario, seed)

    found = nearest_change(scenario, run)

    if run.state.has_ended:
        fewest = fewest_changes(scenario, run)
        assert (found and (len(found.changes), found.free_choices)) == fewest
    else:
        assert found is None
