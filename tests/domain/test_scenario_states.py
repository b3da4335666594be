"""The exact exploration agrees with playing every move, and finds what was planted."""

from __future__ import annotations

import json

import pytest

from app.domain.scenario import Scenario
from app.domain.scenario_declared import Add, StateVariable
from app.domain.scenario_graph import loops, on_every_path
from app.domain.scenario_report import exploration_report
from app.domain.scenario_states import explore
from app.domain.scenario_vocabulary import EndingKind
from app.library.scenario_text import read_case
from tests.scenario_builders import (
    a_choice,
    a_scenario,
    a_scene,
    a_scored_choice,
    an_ending,
    sample_text,
    when,
)


def test_the_sample_case_has_the_facts_of_the_prototype(sample: Scenario) -> None:
    exploration = explore(sample)

    assert exploration.pairs == 58
    assert exploration.moves == 57
    assert len(exploration.endings_reached) == 5
    assert exploration.stuck == ()
    assert exploration.endless == ()
    assert exploration.scores is not None
    assert (exploration.scores.worst, exploration.scores.best) == (2, 12)
    assert exploration.always_met == ("voicemail", "session", "scope")
    assert exploration.values_at("meeting")["limits"] == ("hers", "written")


def test_report_is_plain_and_names_every_scene(sample: Scenario) -> None:
    report = exploration_report(explore(sample))

    assert report["proven"] is True
    assert [scene["id"] for scene in report["scenes"]] == [scene.id for scene in sample.scenes]
    assert report["decision_totals"] == {"worst": 2, "best": 12}
    good = next(ending for ending in report["endings"] if ending["id"] == "end-good")
    assert good["play"][-1] == "hold"
    habits = {habit["policy"] for habit in report["certificate"]["habits"]}
    assert habits >= {"first", "longest", "random"}
    assert json.loads(json.dumps(report)) == report


def test_too_many_combinations_are_told_and_not_guessed() -> None:
    huge = tuple(StateVariable(f"v{n}", 0, low=0, high=99) for n in range(4))
    guard = " and ".join(f"v{n} < 90" for n in range(4))
    scenario = a_scenario(
        a_scene("one", a_choice("go", "end", condition=when(guard))), an_ending("end"), state=huge
    )

    exploration = explore(scenario)

    assert not exploration.is_proven
    assert exploration.scores is None
    assert exploration_report(exploration)["proven"] is False


def test_variables_no_condition_asks_for_are_dropped_before_giving_up() -> None:
    unread = tuple(StateVariable(f"v{n}", 0, low=0, high=99) for n in range(4))
    trust = StateVariable("trust", 1, low=0, high=3)
    scenario = a_scenario(
        a_scene("one", a_choice("go", "end", condition=when("trust >= 1"))),
        an_ending("end"),
        state=(*unread, trust),
    )

    exploration = explore(scenario)

    assert exploration.is_proven
    assert set(exploration.plan.left_out) >= {"v0", "v3"}


def test_only_the_first_decision_in_a_loop_adds_to_the_total() -> None:
    scenario = a_scenario(
        a_scene("one", a_scored_choice("weak", "one", 1), a_scored_choice("best", "end", 3)),
        an_ending("end"),
    )

    exploration = explore(scenario)

    assert exploration.scores is not None
    assert dict(exploration.scores.by_ending) == {"end": (1, 3)}


def test_witness_is_the_shortest_play() -> None:
    trust = StateVariable("trust", 0, low=0, high=5)
    scenario = a_scenario(
        a_scene(
            "one",
            a_choice("small", "one", effects=(Add("trust", 1),)),
            a_choice("large", "one", effects=(Add("trust", 3),)),
            a_choice("leave", "two", condition=when("trust >= 4")),
        ),
        a_scene("two", a_choice("out", "end", condition=when("trust = 5"))),
        an_ending("end", EndingKind.POOR),
        state=(trust,),
    )

    stuck = explore(scenario).stuck

    assert len(stuck) == 1
    assert stuck[0].count == 1
    assert sorted(stuck[0].play) == ["large", "leave", "small"]


def test_choice_to_a_missing_scene_is_no_dead_end() -> None:
    scenario = a_scenario(a_scene("one", a_choice("go", "nowhere")), an_ending("end"))

    exploration = explore(scenario)

    assert exploration.stuck == ()
    assert exploration.endless == ()


def test_loops_and_bottlenecks_of_a_graph() -> None:
    edges = {"a": ["b"], "b": ["c", "d"], "c": ["b"], "d": ["d", "e"], "e": []}

    groups = {frozenset(group) for group in loops(edges)}

    assert groups == {frozenset({"b", "c"}), frozenset({"d"})}
    assert on_every_path(edges, "a", ["e"]) == ("a", "b", "d", "e")
    assert on_every_path(edges, "a", ["c", "e"]) == ("a", "b")


@pytest.fixture
def sample() -> Scenario:
    scenario, _ = read_case({"case.md": sample_text()}, path="lena-and-ruth")
    assert scenario is not None
    return scenario
