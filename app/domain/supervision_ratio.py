"""How supervised work stands against the rule of its phase: whole hours, exact, never rounded up.

A rule of 1:10 asks for one hour of supervision by the time ten hours of practice have been
done, two by the time of twenty, and so on. Practice under an older edition of a rule keeps the
ratio of its day.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import zip_longest
from types import MappingProxyType

from app.domain.board_rules import PhaseEdition, PhaseRule, edition_on
from app.domain.hours import Group, HourEntry, Mode

HOUR = 60
WARN_SHARE = 5  # the last fifth of the way to the next hour of supervision is "soon"


class Due(StrEnum):
    """When the next hour of supervision is due."""

    COVERED = "covered"
    SOON = "soon"
    NOW = "due now"
    BEHIND = "behind"


@dataclass(frozen=True, slots=True)
class PhaseStart:
    """The day from which a person is in a phase. Shape: an empty `phase_id` ends supervision."""

    phase_id: str
    begins_on: date


@dataclass(frozen=True, slots=True)
class PhaseTime:
    """A phase a person was or is in. None: `ends_on`, its last day, is None while it lasts."""

    phase_id: str
    begins_on: date
    ends_on: date | None

    def holds(self, day: date) -> bool:
        """Says whether a day lies in it."""
        return self.begins_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True)
class HourSum:
    """Minutes of one day. None: `mode` is None for practice, else how people met."""

    day: date
    minutes: int
    mode: Mode | None


@dataclass(frozen=True, slots=True)
class Ratio:
    """How supervision stands against practice in one phase.

    Units: minutes everywhere. Shape: `supervised` is what counts; `asked` is the supervision that
    the practice so far asks for, exactly; `owed` the whole hours of it, `missing` what of these has
    not been. `left` is the practice that may be done until the next hour is due, negative when it
    was due before.
    """

    edition: PhaseEdition
    supervised: int
    asked: Fraction
    owed: int
    left: int
    due: Due

    @property
    def missing(self) -> int:
        """The supervision that was due and has not been."""
        return max(0, self.owed - self.supervised)


@dataclass(frozen=True, slots=True)
class PhaseStanding(Ratio):
    """Where a person stands in one phase.

    Units: minutes everywhere. Shape: `individual`, `group`, `in_person` and `video` are parts of
    what is supervised; `not_counted` are video meetings of days when the rule asked people to meet
    in one room.
    """

    time: PhaseTime
    practice: int
    by_function: Mapping[str, int]
    individual: int
    group: int
    in_person: int
    video: int
    not_counted: int

    def function_left(self, function: str) -> int:
        """What one core function still needs; 0 where no minimum is set."""
        return max(0, (self.edition.function_minutes or 0) - self.by_function.get(function, 0))

    def practice_left(self, functions: Iterable[str]) -> int | None:
        """The practice still needed in all. None: no total is known."""
        if self.edition.practice_minutes is None:
            return None
        in_functions = sum(self.function_left(one) for one in functions)
        return max(0, self.edition.practice_minutes - self.practice, in_functions)

    def supervision_left(self, functions: Iterable[str]) -> int | None:
        """The supervision still needed in all. None: no total is known."""
        left = self.practice_left(functions)
        if left is None:
            return None
        in_the_end = self.asked + Fraction(left, self.edition.minutes_per_supervised)
        return max(0, _whole_hours(in_the_end) - self.supervised)

    def is_complete(self, functions: Sequence[str]) -> bool:
        """Says whether everything the rule asks for has been done."""
        return self.practice_left(functions) == 0 and self.missing == 0


def phase_times(starts: Iterable[PhaseStart]) -> list[PhaseTime]:
    """The phases a person has been in, by date. Of several starts on one day the last counts."""
    by_day = {start.begins_on: start for start in starts}
    ordered = [by_day[day] for day in sorted(by_day)]
    ends = [one.begins_on - timedelta(days=1) for one in ordered[1:]]
    return [
        PhaseTime(one.phase_id, one.begins_on, end)
        for one, end in zip_longest(ordered, ends)
        if one.phase_id
    ]


def phase_on(times: Iterable[PhaseTime], day: date) -> PhaseTime | None:
    """The phase of a day. None: the person was in none."""
    return next((one for one in times if one.holds(day)), None)


def ratio_in(time: PhaseTime, rule: PhaseRule, sums: Iterable[HourSum], *, today: date) -> Ratio:
    """Holds supervision against practice in a phase.

    Shape: `sums` may hold more than the phase; only its days are looked at.
    """
    edition = edition_on(rule.editions, min(today, time.ends_on or today))
    asked, supervised = Fraction(0), 0
    for one in sums:
        if not time.holds(one.day):
            continue
        then = edition_on(rule.editions, one.day)
        if one.mode is None:
            asked += Fraction(one.minutes, then.minutes_per_supervised)
        elif _is_counted(one.mode, then):
            supervised += one.minutes
    next_hour = (supervised // HOUR + 1) * HOUR
    left = (next_hour - asked) * edition.minutes_per_supervised
    return Ratio(
        edition=edition,
        supervised=supervised,
        asked=asked,
        owed=_whole_hours(asked),
        left=math.floor(left),
        due=_due(left, edition),
    )


def stand_in(
    time: PhaseTime, rule: PhaseRule, entries: Iterable[HourEntry], *, today: date
) -> PhaseStanding:
    """Works out where somebody stands in a phase.

    Shape: `entries` may hold more than the phase; only its days are looked at.
    """
    within = [one for one in entries if time.holds(one.day)]
    sums = [
        HourSum(one.day, one.minutes, one.meeting.mode if one.meeting else None) for one in within
    ]
    ratio = ratio_in(time, rule, sums, today=today)
    functions: Counter[str] = Counter()
    for one in within:
        if one.meeting is None:
            functions[one.function] += one.minutes
    meetings = [one for one in within if one.meeting is not None]
    counted = [
        one
        for one in meetings
        if one.meeting and _is_counted(one.meeting.mode, edition_on(rule.editions, one.day))
    ]
    met = sum(one.minutes for one in meetings)
    return PhaseStanding(
        time=time,
        edition=ratio.edition,
        practice=functions.total(),
        by_function=MappingProxyType(functions),
        supervised=ratio.supervised,
        individual=_minutes(counted, group=Group.INDIVIDUAL),
        group=_minutes(counted, group=Group.GROUP),
        in_person=_minutes(counted, mode=Mode.IN_PERSON),
        video=_minutes(counted, mode=Mode.VIDEO),
        not_counted=met - ratio.supervised,
        asked=ratio.asked,
        owed=ratio.owed,
        left=ratio.left,
        due=ratio.due,
    )


def _is_counted(mode: Mode, edition: PhaseEdition) -> bool:
    return mode is not Mode.VIDEO or edition.allows_video


def _whole_hours(minutes: Fraction) -> int:
    return math.floor(minutes / HOUR) * HOUR


def _due(left: Fraction, edition: PhaseEdition) -> Due:
    if left < 0:
        return Due.BEHIND
    if left == 0:
        return Due.NOW
    is_soon = left * WARN_SHARE <= HOUR * edition.minutes_per_supervised
    return Due.SOON if is_soon else Due.COVERED


def _minutes(
    entries: Iterable[HourEntry], *, group: Group | None = None, mode: Mode | None = None
) -> int:
    return sum(
        one.minutes
        for one in entries
        if one.meeting is not None
        and (group is None or one.meeting.group is group)
        and (mode is None or one.meeting.mode is mode)
    )
