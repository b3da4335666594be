"""Releases taken back and given in one breath, lawful grounds, pass marks: proven, with plays."""

from __future__ import annotations

import pytest

from app.domain.debrief import make_debrief
from app.domain.lawful_ground import GROUNDS, sounds_medical
from app.domain.problem import Problem, Severity
from app.domain.run import CHOICE, Move, replay
from app.domain.scenario import Choice, Disclosure, Media, Scenario, Scene
from app.domain.scenario_activity import Pick, PickOption, Showing
from app.domain.scenario_check import check_scenario
from app.domain.scenario_declared import (
    CastMember,
    Consent,
    ConsentAct,
    Fact,
    PassMark,
    Rule,
)
from app.domain.scenario_states import explore
from app.domain.scenario_vocabulary import ConsentVerb, EndingKind
from tests.scenario_builders import (
    CODES,
    a_choice,
    a_scenario,
    a_scene,
    a_scored_choice,
    an_ending,
    when,
)

ASK = ConsentAct(ConsentVerb.ASK, "rel")
GIVE = ConsentAct(ConsentVerb.GIVE, "rel")
REVOKE = ConsentAct(ConsentVerb.REVOKE, "rel")
TOLD = (Disclosure("visits", "bo"),)
PEOPLE = (
    CastMember("you", "You", "counselor"),
    CastMember("ann", "Ann", "client"),
    CastMember("bo", "Bo", "brother"),
    CastMember("kim", "Kim", "ER nurse"),
)


def a_case(*choices: Choice, **fields: object) -> Scenario:
    scene = a_scene("one", *choices)
    return cased(scene, **fields)


def cased(*scenes: Scene, **fields: object) -> Scenario:
    declared: dict[str, object] = {
        "cast": PEOPLE,
        "consents": (Consent("rel", "ann", "bo", ("visits",), ("slips",)),),
        "facts": (Fact("visits", "That she comes"), Fact("slips", "Any slip")),
    }
    endings = (an_ending("good"), an_ending("poor", EndingKind.POOR))
    return a_scenario(*scenes, *endings, **{**declared, **fields})


def found(scenario: Scenario, code: str) -> list[Problem]:
    problems = check_scenario(scenario, known_competencies=CODES)
    return [problem for problem in problems if problem.code == code]


def telling(id: str = "tell", **fields: object) -> Choice:
    return a_choice(id, "good", **{"disclosures": TOLD, **fields})


@pytest.mark.parametrize(
    ("effects", "is_fault"),
    [
        ((REVOKE, GIVE), True),
        ((ASK, REVOKE, GIVE), True),
        ((REVOKE, ASK, GIVE), False),
        ((GIVE, REVOKE), False),
    ],
)
def test_release_revoked_and_given_in_one_choice_is_found(
    effects: tuple[ConsentAct, ...], *, is_fault: bool
) -> None:
    problems = found(a_case(a_choice("swap", "good", effects=effects)), "SC505")

    assert [problem.witness for problem in problems] == ([("swap",)] if is_fault else [])


def test_release_given_on_entering_a_scene_after_it_was_revoked_is_found() -> None:
    first = a_scene("one", a_choice("tear", "two", effects=(REVOKE,)), a_choice("wait", "two"))
    second = a_scene("two", a_choice("on", "good"), on_enter=(GIVE,))

    (problem,) = found(cased(first, second), "SC505")

    assert "“two”" in problem.message
    assert problem.witness == ("tear",)


def test_release_given_by_a_rule_after_it_was_revoked_is_found() -> None:
    rule = Rule("again", when("chose(sign)"), effects=(GIVE,))
    first = a_scene("one", a_choice("tear", "two", effects=(REVOKE,)), a_choice("wait", "two"))
    second = a_scene("two", a_choice("sign", "good"), a_choice("leave", "good"))

    (problem,) = found(cased(first, second, rules=(rule,)), "SC505")

    assert "“again”" in problem.message
    assert problem.witness == ("tear", "sign")


def test_rule_that_asks_first_may_give() -> None:
    rule = Rule("again", when("chose(tear)"), effects=(ASK, GIVE))

    assert found(a_case(a_choice("tear", "good", effects=(REVOKE,)), rules=(rule,)), "SC505") == []


def test_lawful_ground_needs_no_release_and_is_no_breach() -> None:
    scenario = a_case(telling(ground="court-order"), telling("slip"))

    assert [p.message.split("”")[0] for p in found(scenario, "SC510")] == ["“slip"]
    lawful = replay(scenario, seed=1, moves=[Move("one", CHOICE, "tell")])
    assert not lawful.state.is_breached


def test_states_and_plays_agree_on_what_is_a_breach_under_a_ground() -> None:
    ending = a_scene("sorry", ending=EndingKind.POOR)
    rule = Rule("told", when("breached"), go="sorry")
    scenario = cased(
        a_scene("one", telling(ground="emergency"), telling("slip")), ending, rules=(rule,)
    )

    reach = explore(scenario).reach

    assert reach is not None
    for choice, expected in (("tell", "good"), ("slip", "sorry")):
        run = replay(scenario, seed=1, moves=[Move("one", CHOICE, choice)])
        assert run.state.scene == expected
        assert reach.play_to(expected, reach.shown[expected]) == (choice,)


def test_ground_where_a_release_always_covers_is_noted() -> None:
    first = a_scene("one", a_choice("sign", "two", effects=(ASK, GIVE)))
    second = a_scene("two", telling(ground="within-program"))

    (problem,) = found(cased(first, second), "SC514")

    assert problem.severity is Severity.INFO
    bare = a_scene("one", a_choice("sign", "two", effects=(ASK, GIVE)), a_choice("wait", "two"))
    assert found(cased(bare, second), "SC514") == []


@pytest.mark.parametrize(
    ("person", "why", "is_fault"),
    [
        ("bo", "", True),
        ("kim", "", False),
        ("bo", "Bo is the ambulance driver who is lifting her.", False),
    ],
)
def test_emergency_told_to_somebody_else_needs_a_reason(
    person: str, why: str, *, is_fault: bool
) -> None:
    told = (Disclosure("visits", person),)

    problems = found(a_case(telling(disclosures=told, ground="emergency", why=why)), "SC515")

    assert bool(problems) is is_fault


@pytest.mark.parametrize(
    "fields", [{"breach": "meant", "ground": "emergency"}, {"disclosures": (), "ground": "x"}]
)
def test_ground_beside_a_breach_or_beside_nothing_is_found(fields: dict[str, object]) -> None:
    assert found(a_case(telling(**fields)), "SC516")


def test_roles_of_medical_personnel_are_known_by_whole_words() -> None:
    assert sounds_medical("Paramedic, county EMS")
    assert not sounds_medical("Medicaid clerk")


def test_debrief_tells_the_ground_unless_a_release_covers() -> None:
    first = a_scene("one", a_choice("sign", "two", effects=(ASK, GIVE)), a_choice("wait", "two"))
    scenario = cased(first, a_scene("two", telling(ground="emergency", breach="")))

    def entry(opening: str) -> tuple[str, str]:
        moves = [Move("one", CHOICE, opening), Move("two", CHOICE, "tell")]
        (told,) = make_debrief(scenario, replay(scenario, seed=1, moves=moves)).disclosures
        return told.covered_by, told.ground

    assert entry("wait") == ("", "emergency")
    assert entry("sign") == ("rel", "")


def test_every_ground_names_a_section_and_whom_it_lets_hear() -> None:
    assert all(one.section.startswith("42 CFR 2.") for one in GROUNDS.values())
    assert all(one.bounds.endswith(".") for one in GROUNDS.values())


# Pass marks ------------------------------------------------------------------------------------


def a_marked(needs: dict[str, int], *, never: bool = False, **first: object) -> Scenario:
    """Two decisions in a row; whoever errs in the first ends there. FAM is met up to two times."""
    one = a_scene("one", a_scored_choice("a", "two", 3, **first), a_scored_choice("b", "poor", 0))
    two = a_scene("two", a_scored_choice("c", "good", 3), a_scored_choice("d", "poor", 1))
    mark = PassMark(tuple(Showing(code, count) for code, count in needs.items()), never)
    return cased(one, two, pass_mark=mark)


@pytest.mark.parametrize(
    ("needs", "code"),
    [
        ({"FAM": 2}, ""),
        ({"FAM": 3}, "SC410"),
        ({"FAM": 0}, "SC411"),
        ({}, "SC411"),
        ({"CONF": 1}, "SC405"),
    ],
)
def test_pass_mark_must_be_within_reach_and_ask_for_something(
    needs: dict[str, int], code: str
) -> None:
    told = {c for c in ("SC405", "SC410", "SC411") if found(a_marked(needs), c)}

    assert told == ({code} if code else set())


def test_pass_mark_behind_a_critical_error_is_out_of_reach() -> None:
    (problem,) = found(a_marked({"FAM": 1}, never=True, critical="harm"), "SC410")

    assert "the most is 0" in problem.message
    assert found(a_marked({"FAM": 1}, critical="harm"), "SC410") == []


def test_pass_mark_that_every_play_meets_is_found() -> None:
    one = a_scene("one", a_scored_choice("a", "two", 3), a_scored_choice("b", "two", 2))
    two = a_scene("two", a_scored_choice("c", "good", 3), a_scored_choice("d", "poor", 1))
    given = PassMark((Showing("FAM", 1),))

    assert found(cased(one, two, pass_mark=given), "SC411")
    assert not found(cased(one, two, pass_mark=PassMark((Showing("FAM", 2),))), "SC411")


def test_pass_mark_that_forbids_errors_nobody_can_make_is_noted() -> None:
    told = found(a_marked({"FAM": 1}, never=True), "SC411")

    assert [problem.severity for problem in told] == [Severity.INFO]


def test_activity_answered_well_counts_towards_a_pass_mark() -> None:
    options = (PickOption("a", "A", True), PickOption("b", "B", False))
    task = Pick("Which?", 1, options, shows=(Showing("FAM", 3),))
    back = a_choice("back", "zero")
    zero = a_scene("zero", go="one", activity=task)
    one = a_scene("one", a_scored_choice("a", "good", 3), a_scored_choice("b", "poor", 0))
    round_about = a_scene("one", *one.choices, back)
    mark = PassMark((Showing("FAM", 2),))

    assert found(cased(zero, one, pass_mark=mark), "SC410") == []
    assert found(cased(zero, round_about, pass_mark=mark), "SC410") == []
    assert found(cased(one, pass_mark=mark), "SC410")


# Pictures --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("alt", "describe", "is_fault"),
    [
        ("Three chairs around a low table", "", False),
        ("Genogram of three generations", "", True),
        ("Genogram of three generations", "Ann and Bo are the children of …", False),
        ("A room, " * 30, "", True),
    ],
)
def test_picture_a_short_text_cannot_tell_needs_all_its_words(
    alt: str, describe: str, *, is_fault: bool
) -> None:
    picture = Media("media/a.png", alt=alt, describe=describe)

    told = found(cased(a_scene("one", a_choice("on", "good"), media=picture)), "SC604")

    assert bool(told) is is_fault
