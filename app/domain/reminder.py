"""When somebody is reminded: 30, 14, 7 and 1 days before, and weekly from the day after.

Of what ends, such as a credential: 90, 30, 14, 7 and 1 days before, and not any more afterwards.

A digest tells everything that has come up since the last one, so that a day on which nothing could
be sent costs nobody a reminder, and brings one mail afterwards and not a flood.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

DAYS_BEFORE = (30, 14, 7, 1)
DAYS_BEFORE_END = (90, 30, 14, 7, 1)
FIRST_AFTER, EVERY = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is not done yet: when it was asked, and when it is due."""

    asked_on: date
    due_on: date


def days_before(due: Due) -> tuple[date, ...]:
    """The days on which a reminder comes ahead, after the day it was asked. In order."""
    days = (due.due_on - timedelta(days=ahead) for ahead in DAYS_BEFORE)
    return tuple(day for day in days if day > due.asked_on)


def last_overdue_day(due: Due, today: date) -> date | None:
    """The newest day up to today on which something overdue is told. None: there was none."""
    first = due.due_on + FIRST_AFTER
    if today < first:
        return None
    return first + EVERY * ((today - first) // EVERY)


def comes_up(due: Due, *, today: date, told_on: date | None) -> bool:
    """Says whether a reminder has come up after the last digest, up to today.

    None: `told_on` is None when the person has had no digest yet.
    """
    overdue = last_overdue_day(due, today)
    days = [day for day in days_before(due) if day <= today]
    if overdue is not None:
        days.append(overdue)
    return any(told_on is None or day > told_on for day in days)


def falls_overdue(due: Due, *, today: date, told_on: date | None) -> bool:
    """Says whether something overdue is to be told to a supervisor: the day after, then weekly."""
    day = last_overdue_day(due, today)
    return day is not None and (told_on is None or day > told_on)


def days_before_end(ends_on: date) -> tuple[date, ...]:
    """The days on which somebody is told that something ends. In order."""
    return tuple(ends_on - timedelta(days=ahead) for ahead in DAYS_BEFORE_END)


def end_comes_up(ends_on: date, *, today: date, told_on: date | None) -> bool:
    """Says whether to tell that something ends: a step has come since the last digest.

    What has ended is not told any more. None: `told_on` is None when there was no digest yet.
    """
    if today > ends_on:
        return False
    return any(
        day <= today and (told_on is None or day > told_on) for day in days_before_end(ends_on)
    )


def wants_digest(dues: Iterable[Due], *, today: date, told_on: date | None) -> bool:
    """Says whether a person gets a digest today. One a day at most, whatever has come up."""
    if told_on is not None and told_on >= today:
        return False
    return any(comes_up(one, today=today, told_on=told_on) for one in dues)
