"""When an exam ends: limits, extra time, breaks, grace."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.exam_clock import GRACE, Allowance, Break, ExamClock, exam_clock

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
THREE_HOURS = timedelta(hours=3)


def clock_at(
    minutes: float, *, extra: int = 0, allowed: int = 0, breaks: tuple[Break, ...] = ()
) -> ExamClock:
    return exam_clock(
        started_at=START,
        limit=THREE_HOURS,
        allowance=Allowance(extra, allowed),
        breaks=breaks,
        now=START + timedelta(minutes=minutes),
    )


def after(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def test_without_a_limit_nothing_is_ever_over() -> None:
    clock = exam_clock(
        started_at=START, limit=None, allowance=Allowance(50), breaks=(), now=after(9999)
    )

    assert clock.takes_answers(after(9999))
    assert not clock.is_over(after(9999))


@pytest.mark.parametrize(
    ("start", "why"),
    [
        (datetime(2026, 3, 8, 6, 30, tzinfo=UTC), "clocks go forward in New York at 7:00 UTC"),
        (datetime(2026, 11, 1, 5, 30, tzinfo=UTC), "clocks go back in New York at 6:00 UTC"),
        (datetime(2028, 2, 28, 23, 0, tzinfo=UTC), "a leap day begins"),
        (datetime(2026, 12, 31, 22, 30, tzinfo=UTC), "a year ends"),
    ],
)
def test_the_calendar_never_moves_a_deadline(start: datetime, why: str) -> None:
    clock = exam_clock(
        started_at=start, limit=THREE_HOURS, allowance=Allowance(), breaks=(), now=start
    )

    assert clock.ends_at is not None, why
    assert (clock.ends_at - start).total_seconds() == 3 * 3600


def test_an_answer_counts_until_the_grace_is_over_and_not_a_moment_longer() -> None:
    clock, end = clock_at(0), after(180)

    assert clock.takes_answers(end + GRACE)
    assert not clock.is_over(end + GRACE)
    assert not clock.takes_answers(end + GRACE + timedelta(microseconds=1))
    assert clock.is_over(end + GRACE + timedelta(microseconds=1))


def test_the_grace_is_no_time_to_use() -> None:
    assert clock_at(180).seconds_left(after(180)) == 0
    assert clock_at(180).seconds_left(after(180.1)) == 0


def test_extra_time_is_a_share_of_the_limit() -> None:
    assert clock_at(0, extra=50).ends_at == after(270)


def test_extra_time_given_late_reaches_an_exam_that_is_over_its_limit() -> None:
    assert clock_at(200).is_over(after(200))
    assert clock_at(200, extra=25).seconds_left(after(200)) == 25 * 60


def test_a_break_stops_the_clock_while_it_lasts() -> None:
    resting = (Break(after(60)),)

    assert clock_at(70, allowed=30, breaks=resting).on_break
    assert clock_at(70, allowed=30, breaks=resting).seconds_left(after(70)) == 120 * 60


def test_a_break_that_outlasts_what_is_allowed_ends_by_itself() -> None:
    clock = clock_at(100, allowed=30, breaks=(Break(after(60)),))

    assert not clock.on_break
    assert clock.ends_at == after(210)
    assert clock.break_left == timedelta(0)


def test_a_break_without_allowance_stops_nothing() -> None:
    clock = clock_at(70, breaks=(Break(after(60)),))

    assert not clock.on_break
    assert clock.ends_at == after(180)


def test_breaks_add_up_to_the_allowance_of_the_exam() -> None:
    breaks = (Break(after(10), after(30)), Break(after(60), after(75)))

    assert clock_at(80, allowed=30, breaks=breaks).ends_at == after(210)
    assert clock_at(80, allowed=60, breaks=breaks).break_left == timedelta(minutes=25)


@given(
    extra=st.integers(0, 300),
    allowed=st.integers(0, 240),
    lengths=st.lists(st.integers(0, 90), max_size=4),
    at=st.integers(0, 600),
)
def test_the_time_given_is_never_less_than_the_limit_nor_more_than_allowed(
    extra: int, allowed: int, lengths: list[int], at: int
) -> None:
    breaks, begin = [], 0
    for length in lengths:
        breaks.append(Break(after(begin), after(begin + length)))
        begin += length + 1

    clock = clock_at(at, extra=extra, allowed=allowed, breaks=tuple(breaks))

    assert clock.ends_at is not None
    given_minutes = (clock.ends_at - START).total_seconds() / 60
    assert 180 <= given_minutes <= 180 * (1 + extra / 100) + allowed + 0.01
