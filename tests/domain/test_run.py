"""Playing a case: legal moves, effects, rules, endings, and nothing given away."""

from __future__ import annotations

import dataclasses
import json

import pytest

from app.domain.errors import Conflict, IllegalMove, InvalidInput, NotFound
from app.domain.run import (
    CHOICE,
    Move,
    answer_activity,
    counted_rate,
    go_on,
    legal_choices,
    replay,
    start_run,
    take_choice,
)
from app.domain.run_scene import scene_for_learner
from app.domain.scenario import Scenario
from app.domain.scenario_declared import Add, ConsentAct, Put, RandomDraw, Rule, StateVariable
from app.domain.scenario_vocabulary import ConsentStatus, ConsentVerb, EndingKind, Show
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

TRUST = StateVariable("trust", 2, low=0, high=3, show=Show.LIVE, label="Trust")
MAP_ANSWER = {
    "rings": {"ruth": 2, "jo": 1},
    "ties": [{"pair": ["lena", "dan"], "kind": "drinks_with"}],
}


@pytest.fixture
def sample() -> Scenario:
    scenario, _ = read_case({"case.md": sample_text()}, path="lena-and-ruth")
    assert scenario is not None
    return scenario


def safe_moves() -> list[Move]:
    return [
        Move("voicemail", "choice", "neither"),
        Move("session", "choice", "reflect"),
        Move("scope", "choice", "write"),
        Move("map", "activity", answer=MAP_ANSWER),
        Move("map", "continue"),
        Move("meeting", "choice", "hold"),
    ]


def test_safe_path_ends_well_with_its_effects(sample: Scenario) -> None:
    run = replay(sample, seed=7, moves=safe_moves())

    assert run.state.scene == "end-good"
    assert run.state.ending is EndingKind.GOOD
    assert run.state.values["alliance"] == 8
    assert run.state.values["limits"] == "written"
    assert run.state.status_of("release_ruth") is ConsentStatus.GIVEN
    assert not run.state.is_breached


def test_choice_without_its_condition_is_hidden_and_refused(sample: Scenario) -> None:
    moves = [Move("voicemail", CHOICE, "neither"), Move("session", CHOICE, "push")]
    state = replay(sample, seed=1, moves=moves).state

    offered = {choice.id for choice in legal_choices(sample, state)}

    assert offered == {"sign", "wait"}
    with pytest.raises(IllegalMove):
        take_choice(sample, state, "write")


def test_locked_choice_is_shown_with_its_reason() -> None:
    locked = a_choice("ask", "end", condition=when("trust >= 3"), locked="Too early to ask.")
    scenario = a_scenario(
        a_scene("one", locked, a_choice("leave", "end")), an_ending("end"), state=(TRUST,)
    )
    state = start_run(scenario, seed=1)

    offered = {choice.id: choice for choice in legal_choices(scenario, state)}

    assert offered["ask"].locked == "Too early to ask."
    assert not offered["ask"].is_open
    with pytest.raises(IllegalMove) as refusal:
        take_choice(scenario, state, "ask")
    assert refusal.value.user_message == "Too early to ask."


def test_numbers_stop_at_the_ends_of_their_range() -> None:
    up = a_choice("up", "one", effects=(Add("trust", 9),))
    down = a_choice("down", "one", effects=(Add("trust", -9),))
    scenario = a_scenario(a_scene("one", up, down), an_ending("end"), state=(TRUST,))

    high, _ = take_choice(scenario, start_run(scenario, seed=1), "up")
    low, _ = take_choice(scenario, high, "down")

    assert (high.values["trust"], low.values["trust"]) == (3, 0)


def test_asking_again_does_not_take_back_a_release(sample: Scenario) -> None:
    give = a_choice("give", "two", effects=(ConsentAct(ConsentVerb.GIVE, "release_ruth"),))
    ask = a_choice("ask", "end", effects=(ConsentAct(ConsentVerb.ASK, "release_ruth"),))
    scenario = a_scenario(
        a_scene("one", give), a_scene("two", ask), an_ending("end"), consents=sample.consents
    )
    state, _ = take_choice(scenario, start_run(scenario, seed=1), "give")

    state, _ = take_choice(scenario, state, "ask")

    assert state.status_of("release_ruth") is ConsentStatus.GIVEN


def test_choice_to_be_taken_once_disappears() -> None:
    scenario = a_scenario(
        a_scene("one", a_choice("look", "one", is_once=True), a_choice("go", "end")),
        an_ending("end"),
    )

    state, _ = take_choice(scenario, start_run(scenario, seed=1), "look")

    assert [choice.id for choice in legal_choices(scenario, state)] == ["go"]


def test_first_rule_with_somewhere_to_go_decides() -> None:
    rules = (
        Rule("note", when("trust <= 1"), effects=(Put("trust", 0),), is_once=True),
        Rule("leave", when("trust = 0"), go="end-poor"),
        Rule("never-asked", when("trust = 0"), go="one"),
    )
    scenario = a_scenario(
        a_scene("one", a_choice("push", "end", effects=(Add("trust", -1),))),
        an_ending("end"),
        an_ending("end-poor", EndingKind.POOR),
        state=(TRUST,),
        rules=rules,
    )

    state, outcome = take_choice(scenario, start_run(scenario, seed=1), "push")

    assert (state.scene, outcome.rules) == ("end-poor", ("note", "leave"))
    assert outcome.has_ended


def test_clock_counts_the_minutes_of_the_scenes() -> None:
    clock = StateVariable("clock", 0, low=0, high=60)
    scenario = a_scenario(
        a_scene("one", a_choice("go", "two"), minutes=20),
        a_scene("two", a_choice("stop", "end"), minutes=50),
        an_ending("end"),
        state=(clock,),
    )

    state, _ = take_choice(scenario, start_run(scenario, seed=1), "go")

    assert state.values["clock"] == 60


def test_random_draws_come_from_the_seed_alone() -> None:
    draw = RandomDraw("mood", ("calm", "tense"), (1, 1))
    scenario = a_scenario(a_scene("one", a_choice("go", "end")), an_ending("end"), draws=(draw,))

    moods = [start_run(scenario, seed=seed).values["mood"] for seed in range(20)]

    assert set(moods) == {"calm", "tense"}
    assert moods == [start_run(scenario, seed=seed).values["mood"] for seed in range(20)]


def test_order_of_choices_depends_on_the_seed_unless_fixed() -> None:
    choices = [a_choice(f"c{n}", "end") for n in range(5)]
    shuffled = a_scenario(a_scene("one", *choices), an_ending("end"))
    fixed = a_scenario(a_scene("one", *choices, is_shuffled=False), an_ending("end"))

    def orders(scenario: Scenario) -> set[tuple[str, ...]]:
        states = (start_run(scenario, seed=seed) for seed in range(10))
        return {tuple(c.id for c in legal_choices(scenario, state)) for state in states}

    assert len(orders(shuffled)) > 3
    assert orders(fixed) == {("c0", "c1", "c2", "c3", "c4")}


def test_activity_comes_before_going_on(sample: Scenario) -> None:
    state = replay(sample, seed=1, moves=safe_moves()[:3]).state

    with pytest.raises(IllegalMove):
        go_on(sample, state)
    answered, outcome = answer_activity(sample, state, MAP_ANSWER)
    after, _ = go_on(sample, answered)

    assert "Dan is Ruth's husband" in outcome.feedback
    assert after.scene == "meeting"
    with pytest.raises(IllegalMove):
        answer_activity(sample, answered, MAP_ANSWER)


def test_unusable_answer_changes_nothing(sample: Scenario) -> None:
    state = replay(sample, seed=1, moves=safe_moves()[:3]).state

    for bad in ({"rings": {"nobody": 1}}, {"rings": {"jo": 9}}, {"rings": [], "ties": 3}):
        with pytest.raises(InvalidInput):
            answer_activity(sample, state, bad)


def test_run_that_has_ended_takes_no_move(sample: Scenario) -> None:
    state = replay(sample, seed=1, moves=safe_moves()).state

    assert legal_choices(sample, state) == ()
    with pytest.raises(IllegalMove):
        take_choice(sample, state, "hold")


def test_way_to_a_missing_scene_is_refused_in_words() -> None:
    scenario = a_scenario(a_scene("one", a_choice("go", "nowhere")), an_ending("end"))

    with pytest.raises(Conflict):
        take_choice(scenario, start_run(scenario, seed=1), "go")


def test_case_without_its_first_scene_does_not_start() -> None:
    scenario = a_scenario(an_ending("end"), start="gone")

    with pytest.raises(NotFound):
        start_run(scenario, seed=1)


def test_moves_survive_json(sample: Scenario) -> None:
    stored = json.dumps([move.as_json() for move in safe_moves()])

    moves = [Move.from_json(told) for told in json.loads(stored)]

    assert moves == safe_moves()
    assert replay(sample, seed=3, moves=moves).state.scene == "end-good"


def test_replay_names_a_move_that_no_longer_fits(sample: Scenario) -> None:
    with pytest.raises(IllegalMove) as refusal:
        replay(sample, seed=1, moves=[Move("scope", CHOICE, "write")])

    assert "voicemail" in refusal.value.user_message
    with pytest.raises(InvalidInput):
        Move.from_json({"scene": 4})


def test_only_the_first_pass_of_a_decision_counts() -> None:
    scene = a_scene("one", a_scored_choice("weak", "one", 1), a_scored_choice("best", "end", 3))
    scenario = a_scenario(scene, an_ending("end"))
    first = start_run(scenario, seed=1)

    second, _ = take_choice(scenario, first, "weak")

    assert counted_rate(scene, first, scene.choices[0]) == 1
    assert counted_rate(scene, second, scene.choices[1]) is None


def test_learner_sees_the_text_that_holds_now(sample: Scenario) -> None:
    warm = replay(sample, seed=1, moves=safe_moves()[:2]).state
    cold_moves = [Move("voicemail", CHOICE, "neither"), Move("session", CHOICE, "push")]
    cold = replay(sample, seed=1, moves=cold_moves).state

    warm_words = scene_for_learner(sample, warm).blocks[0]
    cold_words = scene_for_learner(sample, cold).blocks[0]

    assert (warm_words.name, warm_words.role) == ("Lena", "client")
    assert warm_words.text.startswith("She can know I come.")
    assert cold_words.text == "Fine. Give me the form."


def test_what_a_learner_gets_has_no_place_for_the_key(sample: Scenario) -> None:
    secret = ("rate", "critical", "breach", "expect", "feedback", "target", "trainer", "why")

    def names(value: object) -> set[str]:
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            below = [names(getattr(value, f.name)) for f in dataclasses.fields(value)]
            return {f.name for f in dataclasses.fields(value)}.union(*below)
        return set().union(*map(names, value)) if isinstance(value, tuple) else set()

    for count in range(len(safe_moves()) + 1):
        state = replay(sample, seed=1, moves=safe_moves()[:count]).state
        seen = scene_for_learner(sample, state)
        assert not [name for name in names(seen) for word in secret if word in name]
        assert "unauthorised" not in repr(seen)
        assert "frightened, not nosy" not in repr(seen)
        assert "Run before the unit" not in repr(seen)


def test_live_values_are_shown_and_others_are_not(sample: Scenario) -> None:
    scenario = a_scenario(
        a_scene("one", a_choice("go", "end")),
        an_ending("end"),
        state=(TRUST, StateVariable("hidden", 0, low=0, high=5)),
    )

    shown = scene_for_learner(scenario, start_run(scenario, seed=1)).live_values

    assert [(value.label, value.value) for value in shown] == [("Trust", 2)]
