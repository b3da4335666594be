"""How often somebody is to be observed, and whether that was kept.

A frequency is agreed in the contract: so many days, or the rule of a board, which changes with the
hours of practice. Rules are data (content/supervision/observation-frequency.yaml).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.board_rules import Grounds

AGREED_DAYS = (7, 14, 30, 90)  # what a contract can name without a rule
DAYS = "days:"  # such a contract says "days:14"


@dataclass(frozen=True, slots=True)
class FrequencyStep:
    """How often, up to some practice. Units: minutes of practice, days between observations."""

    until_minutes: int
    every_days: int


@dataclass(frozen=True, slots=True)
class ObservationFrequency:
    """How often somebody is to be observed.

    Shape: steps by hours, ascending; beyond the last one nothing is asked. Without steps it is
    `every_days` from the first day to the last. None: `grounds` is None for what two people
    agreed on by themselves.
    """

    id: str
    title: str
    steps: tuple[FrequencyStep, ...] = ()
    every_days: int = 0
    grounds: Grounds | None = None

    def days_at(self, practice: int) -> int | None:
        """The days between observations after some practice. None: nothing is asked any more."""
        if not self.steps:
            return self.every_days
        return next((one.every_days for one in self.steps if practice < one.until_minutes), None)


@dataclass(frozen=True, slots=True)
class ObservationDue:
    """When somebody is to be observed next. None: `last` is None when nobody has yet."""

    last: date | None
    due_on: date
    every_days: int

    def is_missed(self, today: date) -> bool:
        """Says whether the day has gone by. It lasts until its end."""
        return self.due_on < today


def agreed_frequency(
    words: str, known: Mapping[str, ObservationFrequency]
) -> ObservationFrequency | None:
    """What a contract says. None: it names no frequency, or a rule that is gone."""
    days = {f"{DAYS}{agreed}": agreed for agreed in AGREED_DAYS}.get(words)
    if days is None:
        return known.get(words)
    return ObservationFrequency(words, f"every {days} days", every_days=days)


def observation_due(
    frequency: ObservationFrequency,
    *,
    begins_on: date,
    observed: Iterable[date],
    practice: int,
    today: date,
) -> ObservationDue | None:
    """Works out when somebody is to be observed next.

    Shape: `begins_on` is the first day of the contract, which counts as an observation would;
    `practice` in minutes up to today. Observations of days ahead do not count.
    None: nothing is asked after that much practice.
    """
    every = frequency.days_at(practice)
    if every is None:
        return None
    last = max((day for day in observed if day <= today), default=None)
    since = begins_on if last is None else max(last, begins_on)
    return ObservationDue(last, since + timedelta(days=every), every)
