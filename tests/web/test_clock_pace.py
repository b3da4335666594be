"""How soon exam pages ask for their time again: each second while few, seldom when many."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.exam.clock_pace import ClockPace

EACH_SECOND, SOONEST, LATEST = 10, 1.0, 15.0
MOMENTS = st.lists(st.floats(0, 60), min_size=1, max_size=200).map(sorted)


def a_pace() -> ClockPace:
    return ClockPace(each_second=EACH_SECOND, soonest=SOONEST, latest=LATEST)


def asked_within(pages: int, seconds: float) -> list[float]:
    """The moments at which some pages ask that opened at once, each when it was told to."""
    pace, coming, asked = a_pace(), [0.0] * pages, []
    while coming[0] < seconds:
        at = coming.pop(0)
        asked.append(at)
        coming = sorted([*coming, at + pace.seconds_until_next(at)])
    return asked


@pytest.mark.parametrize(
    ("pages", "apart"), [(1, 1.0), (EACH_SECOND, 1.0), (5 * EACH_SECOND, 5.0), (1000, 15.0)]
)
def test_a_page_asks_as_often_as_the_number_of_pages_allows(pages: int, apart: float) -> None:
    seconds = 120

    asked = asked_within(pages, seconds)

    assert len(asked) / pages == pytest.approx(seconds / apart, rel=0.15)


def test_after_a_rush_the_pages_that_are_left_ask_often_again() -> None:
    pace = a_pace()
    for _ in range(1000):
        pace.seconds_until_next(0.0)

    assert pace.seconds_until_next(0.0) == LATEST
    assert pace.seconds_until_next(LATEST) == SOONEST


@given(MOMENTS)
def test_no_page_waits_less_than_a_second_or_longer_than_the_latest(moments: list[float]) -> None:
    pace = a_pace()

    waits = [pace.seconds_until_next(at) for at in moments]

    assert all(SOONEST - 1e-9 <= wait <= LATEST + 1e-9 for wait in waits)


@given(MOMENTS)
def test_moments_lie_apart_unless_a_page_would_wait_too_long(moments: list[float]) -> None:
    pace = a_pace()

    dealt = [(at, at + pace.seconds_until_next(at)) for at in moments]

    for (_, before), (at, after) in pairwise(dealt):
        assert after - before >= 1 / EACH_SECOND - 1e-9 or after == pytest.approx(at + LATEST)
