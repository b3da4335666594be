"""What changed between two wordings of a case, and what it means for people in the middle."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.case_changes import changes_between, summary
from app.domain.case_gate import hurdles
from app.domain.open_runs import RunStand, stand_of_run
from app.domain.problem import Problem, Severity
from app.domain.review_mark import ReviewMark
from app.domain.run import CHOICE, Move, Replay, replay
from app.domain.run_mode import RunMode, in_mode
from app.domain.scenario import Prose, Scenario
from app.domain.scenario_declared import StateVariable
from app.domain.scenario_vocabulary import EndingKind, FeedbackTime, Show
from tests.builders import A_DAY
from tests.scenario_builders import a_choice, a_scenario, a_scene, a_scored_choice, an_ending

STAY, LEAVE = a_scored_choice("stay", "talk", 3), a_scored_choice("leave", "end", 1)
LATER = a_choice("later", "end")


@pytest.fixture
def case() -> Scenario:
    return a_scenario(
        a_scene("start", STAY, LEAVE), a_scene("talk", LATER), an_ending("end", EndingKind.MIXED)
    )


def with_scene(case: Scenario, scene_id: str, **fields: object) -> Scenario:
    scenes = [replace(one, **fields) if one.id == scene_id else one for one in case.scenes]
    return replace(case, scenes=tuple(scenes), fingerprint="another")


def after(case: Scenario, *choices: str) -> Replay:
    state, moves = replay(case, seed=1, moves=[]), list[Move]()
    for choice in choices:
        moves.append(Move(state.state.scene, CHOICE, choice))
        state = replay(case, seed=1, moves=moves)
    return state


def test_the_same_text_has_no_changes(case: Scenario) -> None:
    assert changes_between(case, case) == ()


def test_a_new_case_is_told_as_one(case: Scenario) -> None:
    assert summary(changes_between(None, case)) == ("A new case with 3 scenes",)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"rate": 2}, "is rated differently"),
        ({"label": "Stay with her."}, "is worded differently"),
        ({"feedback": "You stayed."}, "has other feedback"),
        ({"target": "end"}, "leads elsewhere"),
        ({"critical": "left alone"}, "is marked differently as a critical error"),
    ],
)
def test_a_change_of_a_choice_is_told_with_its_scene(
    case: Scenario, fields: dict[str, object], words: str
) -> None:
    new = with_scene(case, "start", choices=(replace(STAY, **fields), LEAVE))

    (change,) = changes_between(case, new)

    assert change.words.endswith(words)
    assert (change.scene, change.choice) == ("start", "stay")


def test_scenes_that_come_and_go_are_told(case: Scenario) -> None:
    new = replace(case, scenes=(*case.scenes[:1], a_scene("aside", LATER), case.scenes[2]))

    told = " / ".join(summary(changes_between(case, new)))

    assert "New scene" in told
    assert "is gone" in told


def test_choices_in_another_order_are_told(case: Scenario) -> None:
    new = with_scene(case, "start", choices=(LEAVE, STAY))

    assert [change.words for change in changes_between(case, new)] == [
        f"The choices in “{case.scenes[0].title}” stand in another order"
    ]


def test_what_the_case_declares_is_told(case: Scenario) -> None:
    new = replace(case, title="Another title", state=(StateVariable("trust", 1, low=0, high=3),))

    told = summary(changes_between(case, new))

    assert told == ("The title changed", "What the case keeps track of changed")


class TestOpenRuns:
    def test_a_run_goes_on_untouched_by_a_comment(self, case: Scenario) -> None:
        new = with_scene(case, "talk", fingerprint="a comment was added")

        assert stand_of_run(case, new, after(case, "stay")) is RunStand.UNTOUCHED

    def test_a_run_goes_on_when_only_other_scenes_changed(self, case: Scenario) -> None:
        new = with_scene(case, "end", blocks=(Prose("Another evening."),))

        assert stand_of_run(case, new, after(case, "stay")) is RunStand.SAME_PATH

    def test_a_run_stays_when_a_decision_it_took_was_rated_anew(self, case: Scenario) -> None:
        new = with_scene(case, "start", choices=(replace(STAY, rate=1), LEAVE))

        assert stand_of_run(case, new, after(case, "stay")) is RunStand.DECISION_CHANGED

    def test_a_run_stays_when_the_scene_it_stands_in_changed(self, case: Scenario) -> None:
        new = with_scene(case, "talk", blocks=(Prose("She looks away."),))

        assert stand_of_run(case, new, after(case, "stay")) is RunStand.DECISION_CHANGED
        assert stand_of_run(case, new, after(case)) is RunStand.SAME_PATH

    def test_a_run_stays_when_its_scene_is_gone(self, case: Scenario) -> None:
        new = replace(case, scenes=(case.scenes[0], case.scenes[2]))

        assert stand_of_run(case, new, after(case, "stay")) is RunStand.SCENE_GONE

    def test_a_run_stays_when_the_rules_of_the_case_changed(self, case: Scenario) -> None:
        new = replace(case, state=(StateVariable("trust", 1, low=0, high=3),))

        assert stand_of_run(case, new, after(case)) is RunStand.DECISION_CHANGED


class TestGate:
    def test_a_clean_new_case_may_be_published(self, case: Scenario) -> None:
        assert hurdles(None, case, []) == ()

    def test_errors_and_endings_without_a_walk_shut_the_gate(self, case: Scenario) -> None:
        problems = [
            Problem("SC201", Severity.ERROR, "case.md", "No such scene."),
            Problem("SC123", Severity.WARNING, "case.md", "No walk ends here."),
            Problem("SC901", Severity.WARNING, "case.md", "The longest is the best."),
        ]

        assert [one.words for one in hurdles(None, case, problems)] == [
            "No such scene.",
            "No walk ends here.",
        ]

    def test_a_review_does_not_speak_for_a_later_text(self, case: Scenario) -> None:
        reviewed = replace(case, review=ReviewMark("A Clinician", A_DAY), fingerprint="old")
        changed = replace(reviewed, fingerprint="new")

        (hurdle,) = hurdles(reviewed, changed, [])

        assert "after A Clinician reviewed it" in hurdle.words

    def test_a_text_nobody_changed_need_not_be_published(self, case: Scenario) -> None:
        assert hurdles(case, case, [])


def test_an_assessed_run_keeps_feedback_and_values_for_the_debrief(case: Scenario) -> None:
    live = replace(case, state=(StateVariable("trust", 1, low=0, high=3, show=Show.LIVE),))

    assessed = in_mode(live, RunMode.ASSESSED)

    assert assessed.feedback_time is FeedbackTime.DEBRIEF
    assert [one.show for one in assessed.state] == [Show.DEBRIEF]
    assert in_mode(live, RunMode.PRACTICE) is live
