"""When requirements may be complete, from the pace of the last weeks, as a range or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.hours import HourEntry
from app.domain.supervision_ratio import PhaseStanding

WEEKS = 8  # how far back the pace is taken from
FEWEST_WEEKS = 4  # with less nothing is said
WEEK = 7
FARTHEST_DAYS = 3660  # ten years: beyond, a date says nothing


@dataclass(frozen=True, slots=True)
class Forecast:
    """A range of days. Units: `weeks` were looked at. None: `latest` is None when the slower
    weeks alone would not get there within ten years.
    """

    earliest: date
    latest: date | None
    weeks: int


def forecast(
    standing: PhaseStanding,
    functions: Sequence[str],
    entries: Iterable[HourEntry],
    *,
    today: date,
) -> Forecast | None:
    """Says when practice and supervision of a phase may be complete.

    The earliest day keeps the pace of the better half of the last weeks, the latest that of the
    other half. Weeks in which nothing was done count as such.
    None: everything is done, no total is known, or there are too few weeks with hours.
    """
    practice_left = standing.practice_left(functions)
    supervision_left = standing.supervision_left(functions)
    if practice_left is None or supervision_left is None or not practice_left + supervision_left:
        return None
    within = [one for one in entries if standing.time.holds(one.day) and one.day <= today]
    weeks = _full_weeks(within, today)
    if weeks < FEWEST_WEEKS:
        return None
    practised = _by_week([one for one in within if one.meeting is None], weeks, today)
    supervised = _by_week([one for one in within if one.meeting is not None], weeks, today)
    if sum(minutes > 0 for minutes in practised) < FEWEST_WEEKS - 1:
        return None
    days = [
        _slowest(_days(practice_left, practice_pace), _days(supervision_left, supervision_pace))
        for practice_pace, supervision_pace in zip(
            _paces(practised), _paces(supervised), strict=True
        )
    ]
    fast, slow = days
    if fast is None:
        return None
    latest = None if slow is None else today + timedelta(days=slow)
    return Forecast(today + timedelta(days=fast), latest, weeks)


def _full_weeks(entries: Sequence[HourEntry], today: date) -> int:
    """How many weeks of seven days, counted back from today, lie after the first entry."""
    if not entries:
        return 0
    first = min(one.day for one in entries)
    return min(WEEKS, ((today - first).days + 1) // WEEK)


def _by_week(entries: Iterable[HourEntry], weeks: int, today: date) -> list[int]:
    minutes = [0] * weeks
    for one in entries:
        week = (today - one.day).days // WEEK
        if week < weeks:
            minutes[week] += one.minutes
    return sorted(minutes, reverse=True)


def _paces(weeks: Sequence[int]) -> tuple[tuple[int, int], tuple[int, int]]:
    """Minutes and days of the better half of some weeks, and of the other half."""
    half = (len(weeks) + 1) // 2
    return (
        (sum(weeks[:half]), half * WEEK),
        (sum(weeks[-half:]), half * WEEK),
    )


def _days(left: int, pace: tuple[int, int]) -> int | None:
    minutes, days = pace
    if not left:
        return 0
    if not minutes:
        return None
    needed = -(-left * days // minutes)
    return needed if needed <= FARTHEST_DAYS else None


def _slowest(first: int | None, second: int | None) -> int | None:
    return None if first is None or second is None else max(first, second)
