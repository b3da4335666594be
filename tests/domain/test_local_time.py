from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import InvalidInput
from app.domain.local_time import day_in, moment_at, moments_between

EASTERN = "America/New_York"
FORWARD, BACK = date(2026, 3, 8), date(2026, 11, 1)  # clocks change at 2:00 in New York


@pytest.mark.parametrize("wall", [time(2, 0), time(2, 30), time(2, 59)])
def test_a_time_that_no_clock_showed_is_refused(wall: time) -> None:
    with pytest.raises(InvalidInput) as refused:
        moment_at(FORWARD, wall, EASTERN)

    assert refused.value.code == "time-skipped"
    assert EASTERN in refused.value.user_message


@pytest.mark.parametrize(
    ("day", "start", "end", "minutes"),
    [
        (FORWARD, time(1, 30), time(3, 0), 30),
        (FORWARD, time(9, 0), time(10, 0), 60),
        (BACK, time(0, 30), time(2, 0), 150),
        (BACK, time(1, 30), time(1, 15), 45),  # the clock showed 1:15 twice
        (BACK, time(1, 0), time(1, 30), 30),
        (date(2026, 7, 1), time(9, 0), time(10, 30), 90),
    ],
)
def test_meetings_around_a_clock_change_last_as_long_as_they_lasted(
    day: date, start: time, end: time, minutes: int
) -> None:
    begins, ends = moments_between(day, start, end, EASTERN)

    assert ends - begins == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("start", "end"),
    [(time(9, 0), time(9, 0)), (time(9, 0), time(8, 0)), (time(23, 0), time(1, 0))],
)
def test_an_end_that_is_not_after_the_start_is_refused(start: time, end: time) -> None:
    with pytest.raises(InvalidInput) as refused:
        moments_between(date(2026, 7, 1), start, end, EASTERN)

    assert refused.value.code == "end-before-start"


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("UTC", date(2028, 3, 1)),
        (EASTERN, date(2028, 2, 29)),
        ("Pacific/Kiritimati", date(2028, 3, 1)),
        ("Pacific/Pago_Pago", date(2028, 2, 29)),
    ],
)
def test_a_moment_lies_on_the_day_of_its_place(zone: str, day: date) -> None:
    assert day_in(zone, datetime(2028, 3, 1, 4, 30, tzinfo=UTC)) == day


@given(
    day=st.dates(date(2000, 1, 1), date(2035, 12, 31)),
    wall=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    zone=st.sampled_from([EASTERN, "UTC", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata"]),
)
def test_a_moment_is_on_the_day_it_was_given_for_or_refused(
    day: date, wall: time, zone: str
) -> None:
    try:
        moment = moment_at(day, wall, zone)
    except InvalidInput:
        assert zone not in {"UTC", "Asia/Kolkata"}
        return

    assert day_in(zone, moment) == day
