from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.assignment import SOON, AssignmentState, assignment_state
from tests.builders import A_DAY
from tests.learning_builders import an_assignment

DONE, OVERDUE, DUE_SOON, OPEN = AssignmentState
A_DAY_LONG = timedelta(days=1)


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
    assert assignment_state(an_assignment(due_on=A_DAY), done=False, today=today) is expected


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
    assert assignment_state(an_assignment(due_on=due_on), done=False, today=today) is expected


@given(st.integers(-400, 400))
@settings(deadline=None)
def test_what_is_done_is_done_whatever_the_date(days: int) -> None:
    today = A_DAY + timedelta(days=days)

    assert assignment_state(an_assignment(), done=True, today=today) is DONE


@given(st.integers(-400, 400))
@settings(deadline=None)
def test_a_day_later_it_is_never_less_urgent(days: int) -> None:
    urgency = [OPEN, DUE_SOON, OVERDUE]
    today = A_DAY + timedelta(days=days)

    now = assignment_state(an_assignment(), done=False, today=today)
    tomorrow = assignment_state(an_assignment(), done=False, today=today + A_DAY_LONG)

    assert urgency.index(now) <= urgency.index(tomorrow)


def test_a_team_assignment_asks_everyone_and_a_personal_one_only_its_person() -> None:
    assert an_assignment(person_id=None).asks("person-1")
    assert an_assignment(person_id="person-1").asks("person-1")
    assert not an_assignment(person_id="person-1").asks("person-2")
