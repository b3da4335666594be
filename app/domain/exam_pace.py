"""How long a person spent on each question of an exam, as far as saves can tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median

from app.domain.attempt import Response
from app.domain.exam_clock import Break

LEAST_ANSWERS = 5  # below this a median says nothing


def seconds_by_position(
    started_at: datetime, responses: Sequence[Response], breaks: Sequence[Break] = ()
) -> dict[int, int]:
    """The time before each save since the one before it, added up for each question.

    Reading that ended without a save goes to the question saved next. Breaks are left out.
    Units: seconds. Shape: questions that were never saved are absent.
    """
    spent: dict[int, timedelta] = defaultdict(timedelta)
    since = started_at
    for response in sorted(responses, key=lambda one: (one.answered_at, one.position)):
        if response.is_late:
            continue
        gap = response.answered_at - since
        gap -= sum((_overlap(one, since, response.answered_at) for one in breaks), timedelta(0))
        spent[response.position] += max(timedelta(0), gap)
        since = response.answered_at
    return {position: round(time.total_seconds()) for position, time in spent.items()}


def usual_seconds(spent: dict[int, int]) -> int | None:
    """The median time for a question. None: there are too few answers to tell."""
    return round(median(spent.values())) if len(spent) >= LEAST_ANSWERS else None


def _overlap(one: Break, start: datetime, end: datetime) -> timedelta:
    stop = end if one.ended_at is None else min(end, one.ended_at)
    return max(timedelta(0), stop - max(start, one.started_at))
