"""Each reminder exactly once: no day that was missed costs one, and none brings a flood."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.reminder import (
    Due,
    comes_up,
    days_before,
    days_before_end,
    end_comes_up,
    falls_overdue,
    last_overdue_day,
    wants_digest,
)
from tests.builders import A_DAY


def a_due(asked_ago: int = 90) -> Due:
    return Due(A_DAY - timedelta(days=asked_ago), A_DAY)


def digest_days(due: Due, looked: Sequence[date]) -> list[date]:
    """The days on which one thing brings a digest, for somebody with nothing else to do.

    Shape: `looked` are the days on which a digest could be sent, in order.
    """
    told: list[date] = []
    for today in looked:
        last = told[-1] if told else None
        if wants_digest([due], today=today, told_on=last):
            told.append(today)
    return told


def offsets(due: Due, looked: list[int]) -> list[int]:
    days = [A_DAY + timedelta(days=offset) for offset in looked]
    return [(day - A_DAY).days for day in digest_days(due, days)]


def test_reminders_come_before_the_day_and_weekly_after_it() -> None:
    assert offsets(a_due(), list(range(-60, 31))) == [-30, -14, -7, -1, 1, 8, 15, 22, 29]


@pytest.mark.parametrize(
    ("asked_ago", "expected"),
    [(90, [-30, -14, -7, -1]), (20, [-14, -7, -1]), (7, [-1]), (1, []), (0, [])],
)
def test_no_reminder_comes_on_or_before_the_day_of_asking(
    asked_ago: int, expected: list[int]
) -> None:
    assert [(day - A_DAY).days for day in days_before(a_due(asked_ago))] == expected


def test_days_without_mail_bring_one_digest_afterwards() -> None:
    assert offsets(a_due(), [-40, *range(-5, 1)]) == [-5, -1]
    assert offsets(a_due(), [40]) == [40]


@given(st.integers(0, 120), st.sets(st.integers(-130, 60)))
def test_each_reminder_is_told_once_on_the_first_day_that_mail_goes(
    asked_ago: int, looked: set[int]
) -> None:
    due, days = a_due(asked_ago), sorted(A_DAY + timedelta(days=one) for one in looked)

    told = digest_days(due, days)

    assert len(told) == len(set(told))
    for previous, today in zip([None, *told], told, strict=False):
        assert comes_up(due, today=today, told_on=previous)
    if days:
        # After the last day nothing that has come up is left untold.
        assert not wants_digest([due], today=days[-1], told_on=max([*told, due.asked_on])) or (
            not told
        )
    steps = {*days_before(due)} | {A_DAY + timedelta(days=1 + 7 * week) for week in range(10)}
    assert len(told) <= len(steps)
    for step in steps:
        first = next((day for day in days if day >= step), None)
        if first is not None:
            assert first in told


@given(st.integers(-60, 60), st.integers(0, 60))
def test_nobody_gets_two_digests_on_one_day(today: int, told_before: int) -> None:
    day = A_DAY + timedelta(days=today)

    assert not wants_digest([a_due()], today=day, told_on=day + timedelta(days=told_before))


@pytest.mark.parametrize(("after", "last"), [(0, None), (1, 1), (7, 1), (8, 8), (14, 8), (15, 15)])
def test_what_is_overdue_is_told_weekly(after: int, last: int | None) -> None:
    day = last_overdue_day(a_due(), A_DAY + timedelta(days=after))

    assert day == (None if last is None else A_DAY + timedelta(days=last))


def test_a_supervisor_hears_of_what_is_overdue_and_of_nothing_before() -> None:
    told = [
        offset
        for offset in range(-31, 16)
        if falls_overdue(
            a_due(),
            today=A_DAY + timedelta(days=offset),
            told_on=A_DAY + timedelta(days=offset - 1),
        )
    ]

    assert told == [1, 8, 15]


def test_what_ends_is_told_90_30_14_7_and_1_days_before_and_not_afterwards() -> None:
    looked = [A_DAY + timedelta(days=offset) for offset in range(-120, 30)]

    assert [(day - A_DAY).days for day in _ends_told(looked)] == [-90, -30, -14, -7, -1]


@given(st.sets(st.integers(-130, 30)))
def test_each_step_toward_an_end_is_told_once_however_rarely_mail_goes(offsets: set[int]) -> None:
    looked = sorted(A_DAY + timedelta(days=one) for one in offsets)

    told = _ends_told(looked)

    steps = days_before_end(A_DAY)
    assert len(told) == len(set(told)) <= len(steps)
    for previous, today in zip([None, *told], told, strict=False):
        assert today <= A_DAY
        assert any((previous is None or step > previous) and step <= today for step in steps)


def _ends_told(looked: list[date]) -> list[date]:
    told: list[date] = []
    for today in looked:
        if end_comes_up(A_DAY, today=today, told_on=told[-1] if told else None):
            told.append(today)
    return told
