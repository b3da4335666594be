"""Scores: Waymark's own scale, what it rests on, and what never changes it."""

from __future__ import annotations

import inspect
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import exam_score
from app.domain.attempt import Attempt, AttemptKind, Response, Slot
from app.domain.exam_pace import seconds_by_position, usual_seconds
from app.domain.exam_score import cut_right, scaled_score, score_exam, share_between
from app.domain.regrade import RegradePolicy, as_counted, judged
from tests.domain.regrades import a_regrade
from tests.exam_builders import DOMAINS, SCALE, a_mock_item
from tests.learning_builders import A_MOMENT, a_response, a_slot, an_attempt

TITLES = {code: f"Domain {code}" for code in DOMAINS}


def an_exam(*chosen: str, unscored: frozenset[int] = frozenset()) -> tuple[Attempt, dict]:  # type: ignore[type-arg]
    """An exam of as many items as answers, half of each domain; b is right."""
    half = (len(chosen) + 1) // 2
    items = [a_mock_item(n, DOMAINS[n >= half]) for n in range(len(chosen))]
    slots = tuple(
        a_slot(n, item, is_scored=n not in unscored) for n, item in enumerate(items, start=1)
    )
    attempt = an_attempt(*items, kind=AttemptKind.MOCK, slots=slots)
    return attempt, {(item.id, item.version): item for item in items}


def answers(*chosen: str) -> dict[int, Response]:
    return {
        position: a_response(letter, position=position)
        for position, letter in enumerate(chosen, start=1)
        if letter
    }


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_scale_rises_and_meets_its_ends_and_the_cut(counts: tuple[int, int]) -> None:
    right, scored = counts
    scaled, cut = scaled_score(right, scored, SCALE), cut_right(scored, SCALE)

    assert 200 <= scaled <= 800
    assert (scaled >= 500) == (right >= cut)
    assert right == 0 or scaled >= scaled_score(right - 1, scored, SCALE)
    assert scaled_score(scored, scored, SCALE) == 800
    assert scaled_score(cut, scored, SCALE) == (800 if cut == scored else 500)
    assert scaled_score(0, scored, SCALE) == 200


def test_the_full_exam_asks_for_88_of_125() -> None:
    assert cut_right(125, SCALE) == 88
    assert scaled_score(87, 125, SCALE) == 497
    assert scaled_score(88, 125, SCALE) == 500


def test_unanswered_and_taken_back_items_count_as_not_right() -> None:
    attempt, items = an_exam("b", "b", "b", "b")
    given_answers = answers("b", "", "b")
    given_answers[4] = replace(a_response(position=4), chosen=(), is_right=False)

    score = score_exam(attempt, given_answers, items, scale=SCALE, domains=TITLES)

    assert (score.right, score.scored) == (2, 4)


def test_items_on_trial_count_for_neither_side() -> None:
    attempt, items = an_exam("b", "b", "b", "b", unscored=frozenset({1, 4}))

    score = score_exam(attempt, answers("b", "a", "a", "b"), items, scale=SCALE, domains=TITLES)

    assert (score.right, score.scored) == (0, 2)
    assert [(part.code, part.right, part.asked) for part in score.parts] == [
        ("D-1", 0, 1),
        ("D-2", 0, 1),
    ]


def test_no_rule_of_scoring_knows_of_confidence_or_marks() -> None:
    """The signature is the proof: marks are no argument, and the module imports none."""
    source = inspect.getsource(exam_score)

    assert "slot_marks" not in source
    assert set(inspect.signature(score_exam).parameters) == {
        *("attempt", "responses", "items", "scale", "domains", "regrades")
    }


@given(st.integers(0, 60), st.integers(0, 60))
def test_the_range_of_a_share_holds_the_share(right: int, wrong: int) -> None:
    low, high = share_between(right, right + wrong)

    assert 0 <= low <= high <= 100
    if right + wrong:
        assert low <= 100 * right / (right + wrong) <= high


@pytest.mark.parametrize(
    ("policy", "accepted", "never_lower", "chosen", "credit"),
    [
        (RegradePolicy.ACCEPT, ("b", "c"), False, "c", True),
        (RegradePolicy.ACCEPT, ("b", "c"), False, "b", True),
        (RegradePolicy.ACCEPT, ("b", "c"), False, "a", False),
        (RegradePolicy.REKEY, ("c",), False, "b", False),
        (RegradePolicy.REKEY, ("c",), True, "b", True),
        (RegradePolicy.REKEY, ("c",), False, "c", True),
        (RegradePolicy.REKEY, ("c",), False, "", False),
        (RegradePolicy.CREDIT, (), False, "", True),
        (RegradePolicy.DROP, (), False, "b", None),
        (RegradePolicy.DROP, (), True, "b", True),
        (RegradePolicy.DROP, (), True, "a", None),
    ],
)
def test_a_regrade_decides_what_counts(
    policy: RegradePolicy, accepted: tuple[str, ...], never_lower: bool, chosen: str, credit: object
) -> None:
    slot = a_slot(1, a_mock_item(1))
    regrade = a_regrade(slot, policy=policy, accepted=accepted, never_lower=never_lower)

    assert judged(slot, a_response(chosen) if chosen else None, [regrade]) is credit


def test_a_regrade_of_another_wording_decides_nothing() -> None:
    slot = a_slot(1, a_mock_item(1))
    elsewhere = Slot(1, slot.item_id, "another wording", slot.option_order)
    other = a_regrade(elsewhere, policy=RegradePolicy.CREDIT)

    assert judged(slot, a_response("a"), [other]) is False


def test_time_is_told_from_one_save_to_the_next() -> None:
    saves = [
        a_response(position=position, answered_at=A_MOMENT + timedelta(seconds=at), revision=rev)
        for position, rev, at in ((2, 1, 30), (1, 1, 50), (2, 2, 90))
    ]

    assert seconds_by_position(A_MOMENT, saves) == {2: 70, 1: 20}
    assert usual_seconds({1: 20, 2: 70}) is None
    assert usual_seconds({n: n for n in range(1, 6)}) == 3


def test_answers_are_shown_as_they_count_after_a_regrade() -> None:
    slots = tuple(a_slot(n, a_mock_item(n)) for n in (1, 2, 3))
    responses = {n: a_response("a", position=n) for n in (1, 2)}
    credit = a_regrade(slots[0], policy=RegradePolicy.CREDIT)
    dropped = a_regrade(slots[1], policy=RegradePolicy.DROP)

    counted = as_counted(slots, responses, [credit, dropped])

    assert [counted[n].is_right for n in (1, 2)] == [True, False]
    assert counted[1].chosen == responses[1].chosen
    assert 3 not in counted
