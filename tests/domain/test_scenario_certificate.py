"""The certificate tells a case that rewards a habit from one that does not."""

from __future__ import annotations

from app.domain.scenario import Scenario, Scene
from app.domain.scenario_certificate import Certificate, certify
from app.domain.scenario_declared import Add, StateVariable
from app.domain.scenario_states import explore
from app.domain.scenario_vocabulary import EndingKind, Show
from tests.scenario_builders import a_scenario, a_scene, a_scored_choice, an_ending

TRUST = StateVariable("trust", 3, low=0, high=6, show=Show.DEBRIEF)
LONG, SHORT = "A long and careful choice, told at length.", "Short."


def a_decision(id: str, target: str, expert: str, weak: str) -> Scene:
    return a_scene(
        id,
        a_scored_choice(f"{id}-a", target, 3, label=expert),
        a_scored_choice(f"{id}-b", target, 0, label=weak, effects=(Add("trust", -1),)),
    )


def a_case(*labels: tuple[str, str]) -> Scenario:
    ids = [f"s{number}" for number in range(len(labels))]
    scenes = [
        a_decision(id, target, expert, weak)
        for id, target, (expert, weak) in zip(ids, [*ids[1:], "good"], labels, strict=True)
    ]
    return a_scenario(
        *scenes, an_ending("good"), an_ending("poor", EndingKind.POOR), state=(TRUST,)
    )


def certified(case: Scenario) -> Certificate:
    return certify(case, best_total=explore(case).best_total or 0)


def test_case_that_rewards_the_longest_choice_has_no_certificate() -> None:
    certificate = certified(a_case(*[(LONG, SHORT)] * 8))

    assert certificate.passing == ("longest",)
    assert certificate.longest_share == 1.0
    assert not certificate.holds


def test_case_that_rewards_whatever_asks_has_no_certificate() -> None:
    asking, telling = "What is it?", "I know it."

    assert "asking" in certified(a_case(*[(asking, telling)] * 8)).passing


def test_case_that_rewards_no_habit_has_one() -> None:
    certificate = certified(a_case(*[(LONG, SHORT), (SHORT, LONG), (SHORT, LONG)] * 4))

    assert certificate.passing == ()
    assert certificate.longest == 4
    assert certificate.holds
    assert 0.3 < certificate.floor.mean_share < 0.7
    assert certificate.floor.mean_share <= certificate.floor.high_share <= 1.0


def test_certificate_is_plain_json_with_what_it_rests_on() -> None:
    told = certified(a_case(*[(SHORT, LONG)] * 6)).as_json()

    assert told["holds"] is False
    assert told["passing_habits"] == ["shortest"]
    assert told["expert_is_longest"] == {"decisions": 0, "of": 6, "share": 0.0, "at_most": 0.45}
    assert told["guessing_floor"]["plays"] == 200
