from __future__ import annotations

from app.domain.second_reading import (
    BlindAnswer,
    BlindDecision,
    CaseReading,
    SecondReading,
    agreement,
    case_agreement,
)
from tests.builders import A_DAY, an_item
from tests.scenario_builders import a_scenario, a_scene, a_scored_choice, an_ending

CASE = a_scenario(
    a_scene(
        "door",
        a_scored_choice("ask", "desk", 3),
        a_scored_choice("wait", "desk", 2),
        a_scored_choice("tell", "desk", 0),
    ),
    a_scene("desk", a_scored_choice("write", "end", 3), a_scored_choice("leave", "end", 1)),
    an_ending("end"),
)


def _reading(*answers: BlindAnswer) -> SecondReading:
    return SecondReading("Cora Lindqvist", A_DAY, "Without the key.", answers)


def test_agreement_counts_the_questions_that_are_still_there() -> None:
    items = {name: an_item(id=name) for name in ("one-01", "one-02")}
    wrong = BlindAnswer("one-02", "a", "Two options fit.")
    reading = _reading(BlindAnswer("one-01", "b"), wrong, BlindAnswer("gone-01", "b"))

    found = agreement(reading, items)

    assert (found.answered, found.agreed, found.share) == (2, 1, 0.5)
    assert found.disagreements == (wrong,)
    assert found.unknown == ("gone-01",)


def test_no_answer_in_the_bank_gives_no_share() -> None:
    assert agreement(_reading(BlindAnswer("gone-01", "b")), {}).share is None


def test_a_decision_agrees_when_the_best_is_rated_highest_and_the_worst_is_weak() -> None:
    right = BlindDecision("door", "ask", "tell")
    overrated = BlindDecision("desk", "leave", "write", "A note is enough.", "Nothing.")

    found = case_agreement(CaseReading("a-case", (right, overrated)), CASE)

    assert (found.read, found.agreed) == (2, 1)
    assert found.disagreements == (overrated,)


def test_a_worst_choice_that_is_rated_acceptable_disagrees() -> None:
    harsh = BlindDecision("door", "ask", "wait")

    assert case_agreement(CaseReading("a-case", (harsh,)), CASE).disagreements == (harsh,)


def test_a_worst_choice_need_not_be_named() -> None:
    assert case_agreement(CaseReading("a-case", (BlindDecision("door", "ask"),)), CASE).agreed == 1


def test_decisions_that_have_left_the_case_count_for_neither_side() -> None:
    gone = (BlindDecision("hall", "ask"), BlindDecision("door", "shout", "tell"))

    found = case_agreement(CaseReading("a-case", gone), CASE)

    assert (found.read, found.agreed) == (0, 0)
    assert found.unknown == ("hall", "door")
