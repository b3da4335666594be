"""When an exam ends for one person: limit, extra time, breaks, and the grace after it.

Pure: every function is told what time it is. All moments are UTC-aware, so that neither
daylight saving nor a leap day moves a deadline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

GRACE = timedelta(seconds=10)  # for the way an answer takes; never shown as time to use
LATE_FOR = timedelta(hours=24)  # how long a late answer is still kept, uncounted


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a person gets beyond the limit of every exam.

    Units: `extra_percent` of the limit; `break_minutes` without the clock, in total per exam.
    """

    extra_percent: int = 0
    break_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Break:
    """A break. None: `ended_at` is None while it lasts."""

    started_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ExamClock:
    """The time of one attempt, as the rules and the page need it.

    None: `ends_at` is None when the attempt has no limit. While a break lasts, `ends_at` is the
    end if the person came back now.
    """

    ends_at: datetime | None
    on_break: bool = False
    break_left: timedelta = timedelta(0)

    def seconds_left(self, now: datetime) -> int:
        """Whole seconds of working time left, never below 0; 0 too when there is no limit."""
        if self.ends_at is None:
            return 0
        return max(0, int((self.ends_at - now).total_seconds()))

    def takes_answers(self, now: datetime) -> bool:
        """Whether an answer that arrives now counts."""
        return self.ends_at is None or now <= self.ends_at + GRACE

    def is_over(self, now: datetime) -> bool:
        """Whether the attempt should be closed with what was saved."""
        return self.ends_at is not None and now > self.ends_at + GRACE


NO_LIMIT = ExamClock(ends_at=None)


def ran_out_at(breaks: Sequence[Break], allowance: Allowance, now: datetime) -> datetime | None:
    """When a break that nobody ended was over by itself. None: none was.

    It is to be kept as ended then, so that break time given later does not bring it back.
    """
    left = timedelta(minutes=allowance.break_minutes)
    for one in sorted(breaks, key=lambda one: one.started_at):
        if one.ended_at is None:
            over_at = one.started_at + max(timedelta(0), left)
            return over_at if over_at <= now else None
        left -= max(timedelta(0), one.ended_at - one.started_at)
    return None


def exam_clock(
    *,
    started_at: datetime,
    limit: timedelta | None,
    allowance: Allowance,
    breaks: Sequence[Break],
    now: datetime,
) -> ExamClock:
    """Works out when an attempt ends.

    A break stops the clock until it is ended, or until all break time of the exam is used; the
    clock then runs on by itself.
    """
    if limit is None:
        return NO_LIMIT
    allowed = timedelta(minutes=allowance.break_minutes)
    used = timedelta(0)
    on_break = False
    for one in sorted(breaks, key=lambda one: one.started_at):
        until = now if one.ended_at is None else one.ended_at
        length = max(timedelta(0), until - one.started_at)
        on_break = one.ended_at is None and used + length < allowed
        used = min(allowed, used + length)
    return ExamClock(
        ends_at=started_at + working_time(limit, allowance) + used,
        on_break=on_break,
        break_left=allowed - used,
    )


def working_time(limit: timedelta, allowance: Allowance) -> timedelta:
    """The time a person has for an exam, without breaks. Units: whole seconds."""
    # So that a third of a limit cannot end between two ticks.
    extra = timedelta(seconds=round(limit.total_seconds() * allowance.extra_percent / 100))
    return limit + extra
