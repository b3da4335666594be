"""Ratings, words, activities and loops are checked; a sound case has nothing to tell."""

from __future__ import annotations

import re

import pytest

from app.domain.naive_policies import estimated_minutes, naive_results
from app.domain.problem import Severity
from app.domain.scenario import Choice, Media, Prose, Scenario, Scene
from app.domain.scenario_activity import (
    Labeled,
    Order,
    Pick,
    PickOption,
    Sct,
    Showing,
    Sociogram,
    TieExpectation,
)
from app.domain.scenario_answer import read_answer, weigh_answer
from app.domain.scenario_check import check_scenario
from app.domain.scenario_codes import CODES as ALL_CODES
from app.domain.scenario_condition import parts_of
from app.domain.scenario_declared import Add, Put, RandomDraw, StateVariable
from app.domain.scenario_states import explore
from app.domain.scenario_vocabulary import EndingKind, Show
from tests.scenario_builders import (
    CODES,
    a_choice,
    a_scenario,
    a_scene,
    a_scored_choice,
    an_ending,
    when,
)

TRUST = StateVariable("trust", 1, low=0, high=3, show=Show.DEBRIEF)
POOR = an_ending("poor", EndingKind.POOR)


def codes_of(scenario: Scenario, *, severity: Severity | None = None) -> set[str]:
    problems = check_scenario(scenario, known_competencies=CODES)
    return {p.code for p in problems if severity is None or p.severity is severity}


def a_decision(id: str, good: str, poor: str, *, expert: str = "Ask first.") -> Scene:
    return a_scene(
        id,
        a_scored_choice(f"{id}-a", good, 3, label=expert, effects=(Add("trust", 1),)),
        a_scored_choice(f"{id}-b", poor, 1, label="Tell her at once and move on."),
    )


def a_sound_case(*more: Scene, **fields: object) -> Scenario:
    scenes = (
        a_decision("one", "two", "two"),
        a_decision("two", "three", "three", expert="Ask first what she would want him to know."),
        a_decision("three", "good", "poor"),
        *more,
        an_ending("good"),
        POOR,
    )
    return a_scenario(*scenes, **{"state": (TRUST,), **fields})


def with_first(scene: Scene, **fields: object) -> Scenario:
    """A sound case that opens with one more scene."""
    return a_sound_case(scene, start=scene.id, **fields)


def test_sound_case_wants_only_its_walks() -> None:
    assert codes_of(a_sound_case()) == {"SC123"}


def choices(*made: Choice) -> Scenario:
    return with_first(a_scene("zero", *made))


def scored(id: str, rate: int, **fields: object) -> Choice:
    return a_scored_choice(id, "one", rate, **fields)


RATED = {
    "SC209": choices(scored("a", 3, label="This."), scored("b", 3), scored("c", 1, label="Or so.")),
    "SC208": choices(scored("a", 3, label="This."), scored("b", 1)),
    "SC311": choices(scored("a", 3, label="So " * 100), scored("b", 1, effects=(Add("trust", 1),))),
    "SC403": choices(scored("a", 2), scored("b", 1)),
    "SC404": choices(scored("a", 3), scored("b", 3)),
    "SC407": choices(scored("a", 3), scored("b", 0, critical="harm", feedback="")),
    "SC406": choices(scored("a", 3), scored("b", 1, critical="harm")),
    "SC405": choices(scored("a", 3), scored("b", 1, shows=())),
    "SC302": choices(scored("a", 3), scored("b", 1, condition=when("trust >= 2"))),
    "SC303": choices(scored("a", 3), scored("b", 1, condition=when("trust <= 2"))),
    "SC307": choices(scored("a", 3), scored("b", 1, effects=(Put("trust", 3), Add("trust", 1)))),
    "SC106": choices(scored("a", 3), scored("b", 1, why="See [p9] for the rule.")),
}


@pytest.mark.parametrize("code", RATED)
def test_fault_of_a_decision_is_found(code: str) -> None:
    assert code in codes_of(RATED[code])


ACTIVITIES = {
    "SC451": [
        Pick("Which?", 1, (PickOption("a", "A", False), PickOption("b", "B", False))),
        Order("Order?", (Labeled("a", "A"), Labeled("b", "B")), ()),
        Sociogram("Map?", "ann", (Labeled("bo", "Bo"),), ("near", "far"), (), ()),
    ],
    "SC450": [
        Order("Order?", (Labeled("a", "A"), Labeled("b", "B")), (("a", "z"),)),
        Sct("She drinks.", "She is late.", 5, (4,) * 12),
    ],
    "SC452": [Sct("She drinks.", "She is late.", 5, (1, 1, 2))],
    "SC453": [Sct("She drinks.", "She is late.", 5, (0,) * 12)],
    "SC104": [Pick("Which?", 1, (PickOption("a", "A", True), PickOption("a", "B", False)))],
}


@pytest.mark.parametrize("code", ACTIVITIES)
def test_fault_of_an_activity_is_found(code: str) -> None:
    for activity in ACTIVITIES[code]:
        assert code in codes_of(with_first(a_scene("zero", activity=activity, go="one")))


@pytest.mark.parametrize(
    ("media", "code"),
    [
        (Media("media/a.png"), "SC601"),
        (Media("media/a.mp4"), "SC602"),
        (Media("media/a.mp3"), "SC603"),
        (Media("https://far.example/a.png", alt="A room"), "SC109"),
    ],
)
def test_media_without_words_or_from_afar_are_found(media: Media, code: str) -> None:
    assert code in codes_of(with_first(a_scene("zero", media=media, go="one")))


def test_variables_nothing_depends_on_are_found() -> None:
    silent = StateVariable("silent", 0, low=0, high=3)
    draw = RandomDraw("mood", ("calm", "tense"), (1, 1))
    problems = check_scenario(
        a_sound_case(state=(TRUST, silent), draws=(draw,)), known_competencies=CODES
    )

    told = [problem.message for problem in problems if problem.code == "SC312"]
    assert any("silent" in message for message in told)
    assert any("mood" in message for message in told)


def test_very_short_play_is_found() -> None:
    quick = a_scene("zero", scored("a", 3), a_scored_choice("b", "poor", 1))

    assert "SC314" in codes_of(with_first(quick))


def test_ending_that_shows_nothing_of_a_competency_is_found() -> None:
    shown = (Showing("MI", 3),)
    scenes = [a_decision("two", "good", "good"), an_ending("good"), POOR]
    start = a_scene(
        "one",
        a_scored_choice("a", "two", 3, shows=shown),
        a_scored_choice("b", "poor", 1, shows=shown),
    )
    scenario = a_scenario(start, *scenes, state=(TRUST,), competencies=("FAM", "MI"))

    problem = next(
        p for p in check_scenario(scenario, known_competencies=CODES) if p.code == "SC409"
    )

    assert "poor" in problem.message
    assert "FAM" in problem.message


def test_few_decisions_on_a_competency_are_told() -> None:
    assert "SC402" in codes_of(a_sound_case(competencies=("FAM", "MI")))


def test_scored_choice_that_can_come_back_must_be_once_or_again() -> None:
    back = a_decision("three", "good", "two")
    loop = a_scenario(
        a_decision("one", "two", "two"),
        a_decision("two", "three", "three"),
        back,
        an_ending("good"),
        POOR,
        state=(TRUST,),
    )

    assert "SC408" in codes_of(loop)


def test_guarded_choice_that_never_comes_back_is_no_false_alarm() -> None:
    first = a_scored_choice("a", "hub", 3, condition=when("trust <= 1"), effects=(Put("trust", 3),))
    hub = a_scene("hub", first, a_choice("out", "one"))
    scenario = with_first(hub)

    assert "SC408" not in codes_of(scenario)


def test_expert_choices_that_give_themselves_away_are_found() -> None:
    def giveaway(id: str, target: str) -> Scene:
        long = "A much longer choice than the other one in this scene."
        return a_scene(
            id,
            a_scored_choice(f"{id}-a", target, 3, label=long, effects=(Add("trust", 1),)),
            a_scored_choice(f"{id}-b", target, 0, label="Never do so."),
            is_shuffled=False,
        )

    scenario = a_scenario(
        giveaway("one", "two"),
        giveaway("two", "three"),
        giveaway("three", "good"),
        an_ending("good"),
        POOR,
        state=(TRUST,),
    )
    problems = check_scenario(scenario, known_competencies=CODES)

    told = [problem.message for problem in problems if problem.code == "SC901"]
    assert len(told) == 3  # longest, first, absolute words
    assert "SC204" in {problem.code for problem in problems}  # the poor ending


def test_habit_that_does_well_is_told() -> None:
    def easy(id: str, target: str) -> Scene:
        return a_scene(
            id,
            a_scored_choice(f"{id}-a", target, 3, label="The long and careful choice."),
            a_scored_choice(f"{id}-b", target, 1, label="Short.", effects=(Add("trust", -1),)),
        )

    scenario = a_scenario(
        easy("one", "two"),
        easy("two", "three"),
        easy("three", "good"),
        an_ending("good"),
        a_scene("lost", go="poor"),
        POOR,
        state=(TRUST,),
    )
    best = explore(scenario).scores

    assert best is not None
    results = {r.policy: r for r in naive_results(scenario, best_total=best.best or 0)}
    assert results["longest"].mean_share == 1.0
    assert results["shortest"].mean_share < 0.5
    assert results["random"].unfinished == 0


def test_hard_reading_and_odd_minutes_are_told() -> None:
    words = "Interdisciplinary considerations necessitate comprehensive collaboration " * 30
    scenario = with_first(a_scene("zero", blocks=(Prose(words),), go="one"), minutes=400)

    assert {"SC902", "SC309"} <= codes_of(scenario)
    assert estimated_minutes(scenario) < 60


def test_problems_of_states_wait_until_names_are_sound() -> None:
    broken = with_first(a_scene("zero", a_choice("a", "one", condition=when("patience > 1"))))

    assert "SC112" in codes_of(broken)
    assert not codes_of(broken) & {"SC302", "SC310", "SC204"}


def test_case_without_endings_is_told() -> None:
    scenario = a_scenario(a_scene("one", go="two"), a_scene("two", go="one"))

    found = codes_of(scenario, severity=Severity.ERROR)

    assert {"SC205", "SC206"} <= found


def test_every_code_has_words_of_its_own() -> None:
    titles = [meaning.title for meaning in ALL_CODES.values()]

    assert len(set(titles)) == len(titles)
    assert all(re.fullmatch(r"SC[0-9]{3}", code) for code in ALL_CODES)
    assert all(meaning.cure.endswith(".") for meaning in ALL_CODES.values())


def test_drawing_every_tie_does_not_pay() -> None:
    people = (Labeled("bo", "Bo"), Labeled("cy", "Cy"), Labeled("di", "Di"))
    map_ = Sociogram(
        "Map?",
        "ann",
        people,
        ("near", "far"),
        (Labeled("helps", "solid"),),
        (TieExpectation(("ann", "bo"), "helps"),),
    )
    one = {"ties": [{"pair": ["bo", "ann"], "kind": "helps"}]}
    pairs = [["ann", "bo"], ["ann", "cy"], ["ann", "di"], ["bo", "cy"]]
    all_ties = {"ties": [{"pair": pair, "kind": "helps"} for pair in pairs]}

    assert weigh_answer(map_, read_answer(map_, one)).share == 1.0
    assert weigh_answer(map_, read_answer(map_, all_ties)).share == 0.25


def test_ticking_everything_gains_nothing() -> None:
    options = (PickOption("a", "A", True), PickOption("b", "B", False), PickOption("c", "C", True))
    pick = Pick("Which?", 3, options)

    assert weigh_answer(pick, {"chosen": ["a", "c"]}).share == 1.0
    assert weigh_answer(pick, {"chosen": ["a", "b", "c"]}).share == 0.5


def test_only_pairs_that_matter_count_in_an_order() -> None:
    items = (Labeled("a", "A"), Labeled("b", "B"), Labeled("c", "C"))
    order = Order("Order?", items, (("a", "b"), ("b", "c")))

    assert weigh_answer(order, {"order": ["a", "c", "b"]}).share == 0.5


def test_panel_without_a_clear_majority_scores_nobody() -> None:
    split = Sct("She drinks.", "She is late.", 5, (1, 1, 2, 2, 0))
    clear = Sct("She drinks.", "She is late.", 5, (1, 1, 1, 2, 0))

    assert weigh_answer(split, {"judgment": 1}).share is None
    assert weigh_answer(clear, {"judgment": 1}).share == 1.0


def test_parts_of_a_condition_are_all_walked() -> None:
    assert len(list(parts_of(when("not (a > 1 or b) and consent(c)").node))) == 6
