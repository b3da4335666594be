"""The exact exploration agrees with playing every move, and finds what was planted."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from app.domain.run import CHOICE, CONTINUE, Move, current_scene, play_move, start_run
from app.domain.scenario import Scenario
from app.domain.scenario_axes import choices_of
from app.domain.scenario_condition import holds
from app.domain.scenario_declared import Add, StateVariable
from app.domain.scenario_graph import loops, on_every_path, reachable
from app.domain.scenario_report import exploration_report
from app.domain.scenario_states import Exploration, explore
from app.domain.scenario_vocabulary import EndingKind
from app.library.scenario_text import read_case
from tests.domain.scenario_oracle import BruteForce
from tests.scenario_builders import (
    RandomCase,
    a_choice,
    a_scenario,
    a_scene,
    a_scored_choice,
    an_ending,
    sample_text,
    when,
)


def brute_force(scenario: Scenario, exploration: Exploration, *more: tuple[str, str]) -> BruteForce:
    reach = exploration.reach
    assert reach is not None
    oracle = BruteForce(scenario, (*(axis.key for axis in reach.machine.space.axes), *more))
    oracle.run()
    return oracle


def states_of(exploration: Exploration, scene: str) -> set[tuple[object, ...]]:
    reach = exploration.reach
    assert reach is not None
    return decoded(exploration, reach.shown.get(scene, 0))


def decoded(exploration: Exploration, left: int) -> set[tuple[object, ...]]:
    assert exploration.reach is not None
    space = exploration.reach.machine.space
    found = set()
    while left:
        found.add(tuple(space.one_state(left).values()))
        left &= left - 1
    return found


def play(scenario: Scenario, choices: tuple[str, ...], *, seed: int) -> str | None:
    """Plays choices, following single ways on. None: one of them is not open."""
    state = start_run(scenario, seed=seed)
    for choice in choices:
        while current_scene(scenario, state).choice(choice) is None:
            state, _ = play_move(scenario, state, Move(state.scene, CONTINUE))
        state, _ = play_move(scenario, state, Move(state.scene, CHOICE, choice))
    return state.scene


@pytest.mark.parametrize("seed", range(100))
def test_exploration_equals_playing_every_move(seed: int) -> None:
    scenario = RandomCase(seed).build()

    exploration = explore(scenario)

    oracle = brute_force(scenario, exploration)
    for scene in scenario.scenes:
        assert states_of(exploration, scene.id) == oracle.in_scene(scene.id)
    assert exploration.pairs == len(oracle.states)
    assert exploration.moves == sum(len(moves) for moves in oracle.moves.values())
    assert {found.scene for found in exploration.stuck} == {key[0] for key in oracle.stuck()}
    assert sum(found.count for found in exploration.stuck) == len(oracle.stuck())
    assert sum(found.count for found in exploration.endless) == len(oracle.endless())
    uncovered = {f.choice.id: f.uncovered for f in exploration.disclosures if f.uncovered}
    assert uncovered == {choice: count for (choice, _), count in oracle.bare.items()}


@pytest.mark.parametrize("seed", range(100))
def test_score_bounds_equal_those_of_every_play(seed: int) -> None:
    scenario = RandomCase(seed).build()

    exploration = explore(scenario)

    if exploration.scores is None:  # remembering decisions makes too many combinations
        assert seed in {54}
        return
    scored = [("decided", scene.id) for scene in scenario.scenes if scene.scored_choices]
    oracle = brute_force(scenario, exploration, *scored)
    assert dict(exploration.scores.by_ending) == oracle.totals()


@pytest.mark.parametrize("seed", range(60))
def test_conditions_on_sets_equal_those_on_each_state(seed: int) -> None:
    maker = RandomCase(seed)
    scenario = maker.build()
    conditions = [maker.condition(1) for _ in scenario.scenes]
    conditions[-1] = when(f"not ending = poor and ({conditions[-1].text})")
    assumed = [replace(s, assumes=c) for s, c in zip(scenario.scenes, conditions, strict=True)]
    scenario = replace(scenario, scenes=tuple(assumed))

    exploration = explore(scenario, largest_domain=2**26)

    reach = exploration.reach
    assert reach is not None
    oracle = brute_force(scenario, exploration)
    for scene in scenario.scenes:
        assert scene.assumes is not None
        masks = reach.machine.masks
        mask = masks.at_end(scene.assumes, scene) if scene.ending else masks.of(scene.assumes)
        holding = {
            key[1:]
            for key, state in oracle.states.items()
            if key[0] == scene.id and holds(scene.assumes, state)
        }
        assert decoded(exploration, reach.shown.get(scene.id, 0) & mask) == holding


@pytest.mark.parametrize("seed", range(60))
def test_every_witness_can_be_played(seed: int) -> None:
    scenario = RandomCase(seed).build()

    exploration = explore(scenario)

    for found in (*exploration.stuck, *exploration.endless):
        assert any(_arrives(scenario, found.play, found.scene, seed=s) for s in range(12))
    for told in exploration.disclosures:
        if told.uncovered:
            assert any(_arrives(scenario, told.play, None, seed=s) for s in range(12))


def _arrives(scenario: Scenario, choices: tuple[str, ...], scene: str | None, *, seed: int) -> bool:
    try:
        stands = play(scenario, choices, seed=seed)
    except Exception:
        return False  # another random draw: this seed cannot play it
    if scene is None:
        return True
    edges = {s.id: [s.go] if s.go and not s.choices else [] for s in scenario.scenes}
    return stands is not None and scene in reachable(edges, stands)


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
    assert {habit["policy"] for habit in report["habits"]} >= {"first", "longest", "random"}
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


def test_random_cases_use_the_whole_language() -> None:
    cases = [RandomCase(seed).build() for seed in range(40)]
    explored = [explore(case) for case in cases]

    assert sum(bool(one.stuck) for one in explored) > 3
    assert sum(bool(one.endless) for one in explored) > 1
    assert sum(any(c.disclosures for c in choices_of(case)) for case in cases) > 15


@pytest.fixture
def sample() -> Scenario:
    scenario, _ = read_case({"case.md": sample_text()}, path="lena-and-ruth")
    assert scenario is not None
    return scenario
