from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.hours import HourEntry
from app.domain.hours_forecast import Forecast, forecast
from app.domain.supervision_ratio import PhaseTime, stand_in
from tests.supervision_builders import FUNCTIONS, a_phase, a_phase_edition, meeting_of, practice_of

TODAY = date(2026, 11, 22)
BEGAN = date(2026, 1, 5)
TIME = PhaseTime("practicum", BEGAN, None)


def weekly(practice: list[int], supervision: list[int] | None = None) -> list[HourEntry]:
    """Minutes by week, this week first; each stands on the first day of its seven."""
    made: list[HourEntry] = []
    for week, minutes in enumerate(practice):
        day = TODAY - timedelta(days=7 * week + 6)
        if minutes:
            made.append(practice_of(minutes, day))
    for week, minutes in enumerate(supervision or [n // 10 for n in practice]):
        if minutes:
            made.append(meeting_of(minutes, TODAY - timedelta(days=7 * week + 6)))
    return made


def told(entries: list[HourEntry], hours: int | None = 300) -> Forecast | None:
    total = None if hours is None else hours * 60
    rule = a_phase(a_phase_edition(practice_minutes=total, function_minutes=None))
    standing = stand_in(TIME, rule, entries, today=TODAY)
    return forecast(standing, FUNCTIONS, entries, today=TODAY)


def test_an_even_pace_gives_one_day() -> None:
    entries = weekly([600] * 8)  # 80 of 90 hours done, ten a week

    found = told(entries, 90)

    assert found == Forecast(TODAY + timedelta(days=7), TODAY + timedelta(days=7), 8)


def test_an_uneven_pace_gives_a_range() -> None:
    entries = weekly([900, 300] * 4)

    found = told(entries, 100)  # 20 hours left: 900 or 300 minutes a week

    assert found is not None
    assert found.earliest == TODAY + timedelta(days=10)
    assert found.latest == TODAY + timedelta(days=28)


def test_when_the_slower_weeks_hold_nothing_the_range_is_open() -> None:
    found = told(weekly([600, 600, 600, 600, 0, 0, 0, 0, 60]), 100)

    assert found is not None
    assert found.latest is None


def test_missing_supervision_decides_where_it_takes_longer() -> None:
    entries = weekly([600] * 8, [30] * 8)  # 4 of 9 hours of supervision, half an hour a week

    found = told(entries, 90)

    assert found is not None
    assert found.earliest == TODAY + timedelta(days=70)


@pytest.mark.parametrize(
    "entries",
    [
        [],
        weekly([600]),
        weekly([600, 600, 600]),
        weekly([600, 0, 0, 0, 0, 0, 0, 600]),
    ],
)
def test_too_few_data_give_no_forecast(entries: list[HourEntry]) -> None:
    assert told(entries) is None


def test_nothing_left_and_nothing_known_give_no_forecast() -> None:
    assert told(weekly([600] * 8), 80) is None
    assert told(weekly([600] * 8), None) is None


def test_without_any_supervision_no_day_is_named() -> None:
    assert told(weekly([600] * 8, [0] * 8), 90) is None


def test_a_pace_that_would_take_longer_than_ten_years_names_no_day() -> None:
    assert told(weekly([1] * 8, [1] * 8)) is None


@given(weeks=st.lists(st.integers(0, 1400), min_size=4, max_size=8), hours=st.integers(1, 400))
def test_a_range_begins_after_today_and_never_ends_before_it_begins(
    weeks: list[int], hours: int
) -> None:
    found = told(weekly(weeks), hours)

    if found is not None:
        assert found.earliest > TODAY
        assert found.latest is None or found.latest >= found.earliest
