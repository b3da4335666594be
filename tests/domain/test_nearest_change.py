"""The nearest change is the smallest one, checked against every play of the sample case."""

from __future__ import annotations

import heapq
import random
from collections.abc import Iterator
from itertools import count

import pytest

from app.domain.nearest_change import nearest_change
from app.domain.run import (
    ACTIVITY,
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
from app.library.scenario_text import read_case
from tests.domain.scenario_oracle import BruteForce
from tests.scenario_builders import RandomCase, sample_text

MAP: dict[str, object] = {"rings": {}, "ties": []}
Picks = tuple[tuple[str, str], ...]  # (scene, choice)


@pytest.fixture
def sample() -> Scenario:
    scenario, _ = read_case({"case.md": sample_text()}, path="lena-and-ruth")
    assert scenario is not None
    return scenario


def moves_of(picks: Picks) -> list[Move]:
    moves = [Move(scene, CHOICE, choice) for scene, choice in picks]
    if any(scene == "meeting" for scene, _ in picks):
        moves[3:3] = [Move("map", ACTIVITY, answer=MAP), Move("map", CONTINUE)]
    elif len(picks) == 3 and picks[-1][1] != "wait":
        moves += [Move("map", ACTIVITY, answer=MAP), Move("map", CONTINUE)]
    return moves


def every_play(sample: Scenario, picks: Picks = ()) -> Iterator[Picks]:
    state = replay(sample, seed=1, moves=moves_of(picks)).state
    if state.has_ended:
        yield picks
        return
    for choice in current_scene(sample, state).choices:
        if is_open(choice, state):
            yield from every_play(sample, (*picks, (state.scene, choice.id)))


def test_change_is_the_smallest_there_is(sample: Scenario) -> None:
    plays = {picks: replay(sample, seed=1, moves=moves_of(picks)) for picks in every_play(sample)}

    for picks, run in plays.items():
        made = dict(picks)
        fewest = min(
            sum(made[scene] != choice for scene, choice in other if scene in made)
            for other, ended in plays.items()
            if ended.state.scene != run.state.scene
        )
        found = nearest_change(sample, run)
        assert found is not None
        assert len(found.changes) == fewest
        assert found.ending != run.state.scene


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


def test_better_ending_is_told_with_the_authors_words(sample: Scenario) -> None:
    picks = (
        ("voicemail", "neither"),
        ("session", "reflect"),
        ("scope", "sign"),
        ("meeting", "tell"),
    )
    run = replay(sample, seed=1, moves=moves_of(picks))

    found = nearest_change(sample, run, better_only=True)

    assert found is not None
    assert [change.instead_id for change in found.changes] in (["hold"], ["flat"], ["wait"])
    assert found.changes[0].feedback
    assert found.changes[0].taken != found.changes[0].instead


def test_best_ending_has_no_better_one(sample: Scenario) -> None:
    picks = (
        ("voicemail", "neither"),
        ("session", "reflect"),
        ("scope", "write"),
        ("meeting", "hold"),
    )

    run = replay(sample, seed=1, moves=moves_of(picks))

    assert nearest_change(sample, run, better_only=True) is None
    assert nearest_change(sample, run) is not None


def test_run_under_way_has_no_other_ending_yet(sample: Scenario) -> None:
    assert nearest_change(sample, replay(sample, seed=1, moves=[])) is None
