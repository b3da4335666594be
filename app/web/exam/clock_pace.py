"""How soon the page of a running exam asks again how much time is left.

Extra time and breaks reach a page by its asking. Each process answers so many questions a second
and no more, so a few pages ask each second and a thousand seldom:
docs/decisions/0016-how-often-an-exam-page-asks.md.
"""

from __future__ import annotations

import time

SOONEST, LATEST = 1.0, 15.0  # seconds
EACH_SECOND = 25  # questions that one process answers; each takes some milliseconds of it


class ClockPace:
    """Deals out moments: each is for one page, and no more of them fall into a second than fit."""

    def __init__(
        self,
        *,
        each_second: float = EACH_SECOND,
        soonest: float = SOONEST,
        latest: float = LATEST,
    ) -> None:
        self._apart, self._soonest, self._latest = 1 / each_second, soonest, latest
        self._last = 0.0

    def seconds_until_next(self, at: float) -> float:
        """Deals out the next moment to a page that asks at `at`. Gives how long it waits for it.

        Never later than `latest`: with more pages than that, the process answers more of them.
        Two threads at once may deal out one moment twice, which does no harm.
        """
        free = max(at + self._soonest, self._last + self._apart)
        self._last = min(free, at + self._latest)
        return self._last - at


_PACE = ClockPace()  # of this process


def milliseconds_until_next() -> int:
    """How long the page that is being answered waits before it asks for its time again."""
    return round(1000 * _PACE.seconds_until_next(time.monotonic()))
