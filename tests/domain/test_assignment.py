from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.assignment import (
    SOON,
    AssignmentKind,
    AssignmentState,
    DoneRule,
    Membership,
    assignment_state,
    quiz_counts,
    refuse_misfit,
)
from app.domain.errors import InvalidInput
from tests.builders import A_DAY
from tests.learning_builders import an_assignment

DONE, OVERDUE, DUE_SOON, OPEN = AssignmentState
A_DAY_LONG = timedelta(days=1)
ASKED_ON = an_assignment().asked_on


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (A_DAY + A_DAY_LONG, OVERDUE),
        (A_DAY, DUE_SOON),  # a due date lasts until the end of its day
        (A_DAY - A_DAY_LONG, DUE_SOON),
        (A_DAY - SOON, DUE_SOON),
        (A_DAY - SOON - A_DAY_LONG, OPEN),
        (date.min, OPEN),
    ],
)
def test_the_state_follows_the_due_date_to_the_day(today: date, expected: AssignmentState) -> None:
    assert assignment_state(A_DAY, done=False, today=today) is expected


@pytest.mark.parametrize(
    ("due_on", "today", "expected"),
    [
        (date(2028, 2, 29), date(2028, 3, 1), OVERDUE),
        (date(2028, 2, 29), date(2028, 2, 15), DUE_SOON),
        (date(2027, 1, 1), date(2026, 12, 18), DUE_SOON),
        (date(2027, 1, 1), date(2026, 12, 17), OPEN),
    ],
)
def test_leap_days_and_year_ends_are_days_like_others(
    due_on: date, today: date, expected: AssignmentState
) -> None:
    assert assignment_state(due_on, done=False, today=today) is expected


@given(st.integers(-400, 400))
def test_what_is_done_is_done_whatever_the_date(days: int) -> None:
    today = A_DAY + timedelta(days=days)

    assert assignment_state(A_DAY, done=True, today=today) is DONE


@given(st.integers(-400, 400))
def test_a_day_later_it_is_never_less_urgent(days: int) -> None:
    urgency = [OPEN, DUE_SOON, OVERDUE]
    today = A_DAY + timedelta(days=days)

    now = assignment_state(A_DAY, done=False, today=today)
    tomorrow = assignment_state(A_DAY, done=False, today=today + A_DAY_LONG)

    assert urgency.index(now) <= urgency.index(tomorrow)


def member(person_id: str = "person-1", joined_in: int = -60, role: str = "LCAS-A") -> Membership:
    return Membership(person_id, ASKED_ON + timedelta(days=joined_in), role)


def test_a_team_assignment_asks_everyone_and_a_personal_one_only_its_person() -> None:
    assert an_assignment(person_id=None).asks(member())
    assert an_assignment(person_id="person-1").asks(member())
    assert not an_assignment(person_id="person-1").asks(member("person-2"))


def test_a_role_is_asked_by_the_credential_people_hold_now() -> None:
    asked = an_assignment(role="LCAS-A")

    assert asked.asks(member())
    assert not asked.asks(member(role="CADC"))


@pytest.mark.parametrize(("joined_in", "is_asked"), [(-1, False), (0, True), (1, True), (90, True)])
def test_newcomers_are_those_who_join_from_the_day_it_was_asked(
    joined_in: int, is_asked: bool
) -> None:
    asked = an_assignment(due_on=None, days_after_joining=14)

    assert asked.asks(member(joined_in=joined_in)) is is_asked


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"due_on": A_DAY - A_DAY_LONG}, "due-date-past"),
        ({"due_on": None, "days_after_joining": 0}, "days-unusable"),
        ({"due_on": None, "days_after_joining": 366}, "days-unusable"),
        ({"shows_result": True}, "result-not-shown"),
        ({"kind": AssignmentKind.QUIZ, "rule": DoneRule(0)}, "questions-unusable"),
        ({"kind": AssignmentKind.QUIZ, "rule": DoneRule(51)}, "questions-unusable"),
        ({"kind": AssignmentKind.QUIZ, "rule": DoneRule(10, 101)}, "percent-unusable"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_reason(
    changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        refuse_misfit(an_assignment(**changes), today=A_DAY)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("answered", "right", "asked", "is_enough"),
    [
        (10, 7, 10, True),
        (10, 6, 10, False),
        (9, 9, 10, False),
        (20, 14, 20, True),
        (20, 13, 20, False),
        (0, 0, 0, False),
    ],
)
def test_a_quiz_counts_with_enough_answers_and_enough_of_them_right(
    answered: int, right: int, asked: int, is_enough: bool
) -> None:
    rule = DoneRule(10, 70)

    assert quiz_counts(rule, answered=answered, right=right, asked=asked) is is_enough
