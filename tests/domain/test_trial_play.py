"""Trying a draft: a play follows the text as far as it can, and becomes a walk that passes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.scenario import Scenario
from app.domain.scenario_states import explore
from app.domain.trial_play import ANSWERED, WENT_ON, moves_for, play_trial, walk_of
from app.domain.walk_player import play_walk
from app.library.case_lines import Faults
from app.library.scenario_text import read_case
from app.library.walk_file import read_walk
from tests.scenario_builders import sample_text

LIMITS_HELD = ["neither", "reflect", "write", ANSWERED, WENT_ON, "hold"]


@pytest.fixture
def sample() -> Scenario:
    scenario, _ = read_case({"case.md": sample_text()}, path="lena-and-ruth")
    assert scenario is not None
    return scenario


def test_a_play_comes_to_where_its_moves_lead(sample: Scenario) -> None:
    trial = play_trial(sample, LIMITS_HELD, seed=1)

    assert trial.left == ()
    assert trial.run.state.scene == "end-good"


def test_a_play_stops_where_the_text_no_longer_offers_its_move(sample: Scenario) -> None:
    scenes = [
        replace(one, choices=one.choices[1:]) if one.id == "scope" else one for one in sample.scenes
    ]
    edited = replace(sample, scenes=tuple(scenes))

    trial = play_trial(edited, LIMITS_HELD, seed=1)

    assert trial.moves == ("neither", "reflect")
    assert trial.left == ("write", ANSWERED, WENT_ON, "hold")
    assert trial.run.state.scene == "scope"


def test_every_scene_can_be_played_to_from_what_the_checker_found(sample: Scenario) -> None:
    exploration = explore(sample)

    for scene in sample.scenes:
        moves = moves_for(sample, exploration.play_to(scene.id), seed=1, to=scene.id)
        trial = play_trial(sample, moves, seed=1)

        assert trial.left == ()
        assert trial.run.state.scene == scene.id


def test_a_trial_kept_as_a_walk_passes(sample: Scenario) -> None:
    for number in range(len(LIMITS_HELD) + 1):
        trial = play_trial(sample, LIMITS_HELD[:number], seed=3)
        faults = Faults("lena-and-ruth")

        walk = read_walk("walks/kept.walk", walk_of(sample, trial, seed=3), faults=faults)

        assert faults.problems == []
        assert walk is not None
        assert play_walk(sample, walk).faults == ()
