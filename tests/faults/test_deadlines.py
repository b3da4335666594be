"""Deadlines keep to the second, whatever is done to the clock of the machine meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from app.domain.exam_clock import GRACE, Allowance, Break, ExamClock, exam_clock
from app.web.shared.clock import SteadyClock
from tests.faults.machine_clock import MachineClock

Now = Callable[[], datetime]
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
LIMIT = 90 * MINUTE
HERE = ZoneInfo("America/New_York")

STARTS = {
    "an ordinary morning": datetime(2026, 11, 23, 9, 0, tzinfo=HERE),
    "before the clocks go forward": datetime(2027, 3, 14, 1, 30, tzinfo=HERE),
    "before the clocks go back": datetime(2026, 11, 1, 0, 45, tzinfo=HERE),
    "in the hour that comes twice": datetime(2026, 11, 1, 1, 15, fold=1, tzinfo=HERE),
    "before a leap day": datetime(2028, 2, 28, 23, 30, tzinfo=HERE),
    "on a leap day": datetime(2028, 2, 29, 23, 30, tzinfo=HERE),
    "before no leap day": datetime(2100, 2, 28, 23, 30, tzinfo=HERE),
    "at the end of a year": datetime(2026, 12, 31, 23, 30, tzinfo=HERE),
}
# Minutes after the start at which the machine's clock is set, and by how many minutes.
JUMPS: dict[str, tuple[tuple[int, int], ...]] = {
    "no jump": (),
    "an hour ahead": ((20, 60),),
    "an hour back": ((20, -60),),
    "ahead and back again": ((20, 60), (50, -60)),
    "back and ahead again": ((20, -60), (50, 60)),
    "a day ahead": ((20, 1440),),
    "a minute back, twice": ((20, -1), (50, -1)),
}
# What is allowed, the break that is taken (from, to; minutes), and the working time in the end.
ALLOWANCES: dict[str, tuple[Allowance, tuple[int, int] | None, timedelta]] = {
    "nothing extra": (Allowance(), None, LIMIT),
    "half as long again": (Allowance(extra_percent=50), None, LIMIT * 3 / 2),
    "a third more": (Allowance(extra_percent=33), None, timedelta(seconds=7182)),
    "a break of ten minutes": (Allowance(break_minutes=15), (30, 40), LIMIT + 10 * MINUTE),
    "a break that runs out": (Allowance(break_minutes=15), (30, 60), LIMIT + 15 * MINUTE),
}


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


class Sat:
    """An exam that somebody sits while the clock of the machine is played with."""

    def __init__(self, start: datetime, jumps: str, allowance: str, *, steady: bool = True) -> None:
        machine = MachineClock(_in_utc(start))
        now: Now = SteadyClock(machine.wall, machine.counter).now if steady else machine.wall
        self.allowance, taken, self.length = ALLOWANCES[allowance]
        self.started_at = now()
        events: list[tuple[int, timedelta | None]] = [(at, by * MINUTE) for at, by in JUMPS[jumps]]
        events += [(at, None) for at in taken or ()]
        noted: list[datetime] = []
        for minute in range(1, 80):
            machine.pass_time(MINUTE)
            for at, by in events:
                if at == minute and by is not None:
                    machine.jump(by)
                elif at == minute:
                    noted.append(now())
        self.breaks: Sequence[Break] = [Break(*noted)] if noted else []
        self._machine, self._now, self._true = machine, now, 79 * MINUTE

    def look(self, after: timedelta) -> tuple[ExamClock, datetime]:
        """What the exam's clock says so long after the true start, and its now."""
        self._machine.pass_time(after - self._true)
        self._true = after
        now = self._now()
        clock = exam_clock(
            started_at=self.started_at,
            limit=LIMIT,
            allowance=self.allowance,
            breaks=self.breaks,
            now=now,
        )
        return clock, now

    def is_right_to_a_second(self) -> bool:
        """Says whether it ends within a second of the true end, by every reading of the clock."""
        return all(
            (clock.takes_answers(now), clock.is_over(now), clock.seconds_left(now)) == expected
            for moment, expected in (
                (self.length - SECOND, (True, False, 1)),
                (self.length + SECOND, (True, False, 0)),
                (self.length + GRACE - SECOND, (True, False, 0)),
                (self.length + GRACE + SECOND, (False, True, 0)),
            )
            for clock, now in [self.look(moment)]
        )


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize(("jumps", "allowance"), list(product(JUMPS, ALLOWANCES)))
def test_the_end_comes_to_the_second(start: str, jumps: str, allowance: str) -> None:
    assert Sat(STARTS[start], jumps, allowance).is_right_to_a_second()


@pytest.mark.parametrize("jumps", [name for name in JUMPS if JUMPS[name]][:2])
def test_a_clock_that_follows_jumps_is_caught(jumps: str) -> None:
    """A negative control: by the machine's own clock the end is wrong."""
    sat = Sat(STARTS["an ordinary morning"], jumps, "nothing extra", steady=False)

    assert not sat.is_right_to_a_second()


@pytest.mark.parametrize("start", ["before the clocks go forward", "before the clocks go back"])
def test_a_start_in_local_time_is_caught(start: str) -> None:
    """A negative control: with local time instead of UTC the end is an hour off."""
    local = Sat(STARTS[start], "no jump", "nothing extra")
    local.started_at = local.started_at.astimezone(HERE)

    assert not local.is_right_to_a_second()


def test_less_than_nothing_is_never_left() -> None:
    clock = ExamClock(ends_at=_in_utc(STARTS["on a leap day"]))

    for hours in (-1, 0, 1, 24):
        left = clock.seconds_left(_in_utc(STARTS["on a leap day"]) + timedelta(hours=hours))
        assert left == max(0, -hours * 3600)


def test_a_break_across_a_backward_jump_is_never_negative() -> None:
    """After a restart the machine's own time counts; a break may then end before it began."""
    start = _in_utc(STARTS["an ordinary morning"])
    odd = Break(start + 30 * MINUTE, start + 10 * MINUTE)

    clock = exam_clock(
        started_at=start,
        limit=LIMIT,
        allowance=Allowance(break_minutes=15),
        breaks=[odd],
        now=start + 40 * MINUTE,
    )

    assert clock == ExamClock(start + LIMIT, on_break=False, break_left=15 * MINUTE)
