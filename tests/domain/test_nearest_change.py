"""The nearest change is the smallest one, checked against every play of the sample case."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.domain.nearest_change import nearest_change
from app.domain.run import (
    ACTIVITY,
    CHOICE,
    CONTINUE,
    Move,
    current_scene,
    is_open,
    replay,
)
from app.domain.scenario import Scenario
from app.library.scenario_text import read_case
from tests.scenario_builders import sample_text

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
