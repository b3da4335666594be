"""The one place below which nobody asks what time it is.

While the process lives, its time runs evenly: a jump of the system clock must neither shorten nor
lengthen an exam.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

log = logging.getLogger("waymark")

FOLLOWED = timedelta(seconds=2)  # what a time service corrects now and then; more is a jump


class SteadyClock:
    """The time of day, carried on by a counter that nobody sets.

    Small corrections of the system clock are taken over. A jump is logged once and not followed;
    after a restart the system clock counts again.
    """

    def __init__(self, wall: Callable[[], datetime], counter: Callable[[], float]) -> None:
        self._wall = wall
        self._counter = counter
        # One tuple, so that a thread never reads half of a change.
        self._anchor = (wall(), counter())
        self._told = timedelta(0)  # the jump that was logged last

    def now(self) -> datetime:
        """The moment of this request, UTC-aware."""
        counted, wall = self._counter(), self._wall()
        at, count = self._anchor
        steady = at + timedelta(seconds=counted - count)
        off = wall - steady
        if abs(off) <= FOLLOWED:
            self._anchor, self._told = (wall, counted), timedelta(0)
            return wall
        if abs(off - self._told) > FOLLOWED:
            self._told = off
            log.warning(
                "the system clock has jumped by %+.0f seconds, which is not followed; "
                "restart Waymark if the new time is the right one",
                off.total_seconds(),
            )
        return steady


def _wall() -> datetime:
    return datetime.now(UTC)


def _counter() -> float:
    # Linux stops its monotonic clock while the machine sleeps; this one goes on.
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


# Made when the server starts and shared by its forked workers, so that they agree.
_CLOCK = SteadyClock(_wall, _counter)
now = _CLOCK.now
