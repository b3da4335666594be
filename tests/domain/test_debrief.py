"""The debrief tells what was done, what was told, and counts what was shown."""

from __future__ import annotations

import pytest

from app.domain.competency_counts import competency_counts, decision_total
from app.domain.debrief import Debrief, make_debrief
from app.domain.run import ACTIVITY, CHOICE, CONTINUE, Move, replay
from app.domain.scenario import Scenario
from app.domain.scenario_vocabulary import EndingKind
from app.library.scenario_text import read_case
from tests.scenario_builders import (
    a_scenario,
    a_scene,
    a_scored_choice,
    an_ending,
    sample_text,
)

MAP = Move(
    "map",
    ACTIVITY,
    answer={"rings": {"jo": 1}, "ties": [{"pair": ["dan", "lena"], "kind": "drinks_with"}]},
)
OPENINGS = {"safe": ["neither", "reflect", "write"], "broken": ["reassure", "push", "sign"]}


@pytest.fixture
def sample() -> Scenario:
    scenario, _ = read_case({"case.md": sample_text()}, path="lena-and-ruth")
    assert scenario is not None
    return scenario


def debrief_of(sample: Scenario, opening: str, last: str, *, seed: int = 7) -> Debrief:
    return make_debrief(sample, replay(sample, seed=seed, moves=moves_of(opening, last)))


def moves_of(opening: str, last: str) -> list[Move]:
    scenes = ["voicemail", "session", "scope"]
    picks = zip(scenes, OPENINGS[opening], strict=True)
    moves = [Move(scene, CHOICE, choice) for scene, choice in picks]
    return [*moves, MAP, Move("map", CONTINUE), Move("meeting", CHOICE, last)]


def test_safe_path_is_all_expert(sample: Scenario) -> None:
    debrief = debrief_of(sample, "safe", "hold")

    assert debrief.ending is EndingKind.GOOD
    assert debrief.decision_total == 12
    assert all(decision.is_expert for decision in debrief.decisions)
    assert debrief.criticals == ()
    assert [met.scene for met in debrief.path][-1] == "end-good"


def test_counts_tell_met_reached_and_possible(sample: Scenario) -> None:
    counts = {count.code: count for count in debrief_of(sample, "broken", "tell").competencies}

    conf = counts["CONF"]
    assert (conf.met, conf.reached, conf.possible) == (0, 3, 3)
    assert (conf.earned, conf.best_on_offer) == (1, 9)
    assert (counts["MI"].reached, counts["MI"].possible) == (2, 2)


def test_expert_choice_never_lowers_a_count(sample: Scenario) -> None:
    counts = debrief_of(sample, "safe", "hold").competencies

    assert all(count.met == count.reached for count in counts)


def test_disclosures_say_whether_a_release_covered_them(sample: Scenario) -> None:
    covered = debrief_of(sample, "safe", "hold").disclosures
    bare = debrief_of(sample, "broken", "tell").disclosures

    assert [(entry.topic, entry.covered_by) for entry in covered] == [
        ("how_to_help", "release_ruth")
    ]
    assert [(entry.topic, entry.covered_by) for entry in bare] == [
        ("in_treatment", ""),
        ("episodes", ""),
    ]
    assert bare[1].sentence == "Any return to drinking"
    assert bare[1].breach == "outside the release"


def test_critical_errors_stand_by_themselves(sample: Scenario) -> None:
    debrief = debrief_of(sample, "broken", "tell")

    assert [error.choice for error in debrief.criticals] == ["reassure", "tell"]
    assert debrief.ending is EndingKind.POOR


def test_decision_shows_what_an_expert_could_have_done_there(sample: Scenario) -> None:
    debrief = debrief_of(sample, "broken", "tell")
    scope = next(decision for decision in debrief.decisions if decision.scene == "scope")

    assert scope.taken.id == "sign"
    assert [(choice.id, choice.was_open) for choice in scope.expert] == [("write", False)]
    assert {choice.id for choice in scope.shown} == {"sign", "wait"}


def test_parts_depend_on_how_the_run_went(sample: Scenario) -> None:
    safe = debrief_of(sample, "safe", "hold").parts[0]
    broken = debrief_of(sample, "broken", "tell").parts[0]

    assert not any("crossed the line" in block.text for block in safe.blocks)
    assert any("crossed the line" in block.text for block in broken.blocks)
    assert any("Where did Lena decide" in block.text for block in safe.blocks)


def test_shown_variables_run_over_the_whole_play(sample: Scenario) -> None:
    (alliance,) = debrief_of(sample, "safe", "hold").variables

    assert alliance.label == "Working alliance"
    assert alliance.values == (5, 5, 7, 7, 7, 7, 8)


def test_activity_is_set_beside_what_was_expected(sample: Scenario) -> None:
    (activity,) = debrief_of(sample, "safe", "hold").activities

    assert activity.share == 1.0
    assert [note.is_met for note in activity.notes] == [True, True, False]
    assert activity.notes[2].text.endswith("(optional)")


def test_consents_are_logged_when_they_change(sample: Scenario) -> None:
    (entry,) = debrief_of(sample, "safe", "hold").consents

    assert (entry.step, entry.consent, entry.status) == (2, "release_ruth", "given")


def test_reflections_and_questions_are_counted_as_feedback(sample: Scenario) -> None:
    debrief = debrief_of(sample, "safe", "hold")

    assert (debrief.reflections, debrief.questions) == (1, 0)


def test_second_pass_is_practice() -> None:
    scenario = a_scenario(
        a_scene("one", a_scored_choice("weak", "one", 0), a_scored_choice("best", "end", 3)),
        an_ending("end"),
    )
    run = replay(scenario, seed=1, moves=[Move("one", CHOICE, "weak"), Move("one", CHOICE, "best")])

    debrief = make_debrief(scenario, run)

    assert [decision.counts for decision in debrief.decisions] == [True, False]
    assert decision_total(scenario, run) == 0
    assert competency_counts(scenario, run)[0].met == 0


def test_debrief_of_a_run_under_way(sample: Scenario) -> None:
    debrief = make_debrief(sample, replay(sample, seed=1, moves=[]))

    assert debrief.ending is None
    assert debrief.decisions == ()
    assert [met.scene for met in debrief.path] == ["voicemail"]
