"""Times of day where people are: what a clock on their wall shows, and which day it is there."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from app.domain.errors import InvalidInput


@cache
def zone_names() -> frozenset[str]:
    """Every time zone this machine knows. Cost: walks the zone files once."""
    return frozenset(available_timezones())


def day_in(zone: str, moment: datetime) -> date:
    """Which day it is in a time zone at a moment."""
    return moment.astimezone(ZoneInfo(zone)).date()


def hour_in(zone: str, moment: datetime) -> int:
    """Which full hour a clock in a time zone shows at a moment."""
    return moment.astimezone(ZoneInfo(zone)).hour


def moment_at(day: date, wall: time, zone: str) -> datetime:
    """The moment at which a clock in a zone shows this time; of two, the earlier one.

    Raises: InvalidInput for a time that no clock showed, because it was put forward then.
    """
    local = datetime.combine(day, wall.replace(fold=0), ZoneInfo(zone))
    moment = local.astimezone(UTC)
    if moment.astimezone(local.tzinfo).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise InvalidInput(
            "time-skipped",
            f"There was no {wall:%H:%M} on {day.isoformat()} in {zone}: "
            "clocks were put forward over it.",
            "Give the time that the clock showed.",
        )
    return moment


def moments_between(day: date, start: time, end: time, zone: str) -> tuple[datetime, datetime]:
    """The moments of a start and an end on one day.

    When the clock shows a time twice and the end would else come before the start, the end is
    the later one.
    Raises: InvalidInput for a time that no clock showed, or an end that is not after the start.
    """
    begins, ends = moment_at(day, start, zone), moment_at(day, end, zone)
    if ends <= begins:
        later = datetime.combine(day, end.replace(fold=1), ZoneInfo(zone)).astimezone(UTC)
        if later <= begins or later == ends:
            raise InvalidInput(
                "end-before-start",
                "The end does not come after the start.",
                "A meeting over midnight is entered as two, one for each day.",
            )
        ends = later
    return begins, ends
