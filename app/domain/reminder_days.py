"""On which days to remind somebody of a due date: 30, 14, 7 and 1 before it, then every week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

DAYS_BEFORE = (30, 14, 7, 1)
EVERY = timedelta(days=7)


def reminder_days(due: date, *, known_since: date, until: date) -> list[date]:
    """The days of all reminders, by date, while what is due has not been done.

    Shape: none before `known_since`, none after `until`. After the due date they come a week
    after it, two weeks after it, and so on.
    """
    return [day for day in _days(due, until) if known_since <= day <= until]


def reminder_due(due: date, *, known_since: date, last_sent: date | None, today: date) -> bool:
    """Says whether to remind today.

    A day on which nothing could be sent is made up for, once, however many were missed.
    """
    days = reminder_days(due, known_since=known_since, until=today)
    return bool(days) and (last_sent is None or last_sent < days[-1])


def _days(due: date, until: date) -> Iterator[date]:
    for days in DAYS_BEFORE:
        yield due - timedelta(days=days)
    day = due + EVERY
    while day <= until:
        yield day
        day += EVERY
