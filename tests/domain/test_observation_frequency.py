"""How often somebody is to be observed, by agreement or by a board, and when that was missed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.observation_frequency import (
    FrequencyStep,
    ObservationDue,
    ObservationFrequency,
    agreed_frequency,
    observation_due,
)

HOUR = 60
BEGAN = date(2028, 2, 14)
INTERNS = ObservationFrequency(
    "interns",
    "Interns",
    steps=(FrequencyStep(1000 * HOUR, 14), FrequencyStep(2000 * HOUR, 30)),
)


def due(
    frequency: ObservationFrequency, *seen: date, practice: int = 0, today: date = BEGAN
) -> ObservationDue | None:
    return observation_due(
        frequency, begins_on=BEGAN, observed=seen, practice=practice, today=today
    )


@pytest.mark.parametrize(
    ("practice", "days"),
    [(0, 14), (1000 * HOUR - 1, 14), (1000 * HOUR, 30), (2000 * HOUR - 1, 30)],
)
def test_a_rule_asks_more_often_of_those_with_fewer_hours(practice: int, days: int) -> None:
    found = due(INTERNS, practice=practice)

    assert found is not None
    assert (found.every_days, found.due_on) == (days, BEGAN + timedelta(days=days))


def test_beyond_the_last_step_nothing_is_asked() -> None:
    assert due(INTERNS, practice=2000 * HOUR) is None


def test_the_first_day_counts_as_an_observation_would_and_its_last_day_is_in_time() -> None:
    fortnightly = agreed_frequency("days:14", {})
    assert fortnightly is not None

    found = due(fortnightly, today=date(2028, 2, 28))

    assert found is not None
    assert (found.last, found.due_on) == (None, date(2028, 2, 28))
    assert not found.is_missed(date(2028, 2, 28))
    assert found.is_missed(date(2028, 2, 29))  # a leap day is a day


def test_an_observation_of_before_the_contract_does_not_bring_its_day_forward() -> None:
    fortnightly = agreed_frequency("days:14", {})
    assert fortnightly is not None

    found = due(fortnightly, BEGAN - timedelta(days=40))

    assert found is not None
    assert found.due_on == BEGAN + timedelta(days=14)


@pytest.mark.parametrize("words", ["", "days:", "days:0", "days:13", "days:x", "gone", "14"])
def test_what_names_no_frequency_asks_for_nothing(words: str) -> None:
    assert agreed_frequency(words, {"interns": INTERNS}) is None


def test_a_contract_can_name_the_rule_of_a_board() -> None:
    assert agreed_frequency("interns", {"interns": INTERNS}) is INTERNS


@given(st.lists(st.integers(0, 400)), st.integers(0, 400))
def test_another_observation_never_makes_the_day_come_earlier(
    offsets: list[int], today: int
) -> None:
    now = BEGAN + timedelta(days=today)
    weekly = ObservationFrequency("x", "x", every_days=7)
    seen = [BEGAN + timedelta(days=one) for one in offsets]

    before, after = due(weekly, *seen[1:], today=now), due(weekly, *seen, today=now)

    assert before is not None
    assert after is not None
    assert after.due_on >= before.due_on
    assert after.due_on <= now + timedelta(days=7)
