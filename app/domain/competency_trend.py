"""How many people of a team stand how, area by area, at the ends of the last months and today.

A past day is judged by the same rule as today, from rows dated up to then, and by what is asked
now. Fewer than five people are never told apart, in a team or in an area.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.competency_state import CompetencyState, group_standing
from app.domain.small_counts import LEAST

MONTHS = 6
HAVE = (CompetencyState.MET, CompetencyState.AGEING)
States = Mapping[str, CompetencyState]  # of one person, by competency


@dataclass(frozen=True, slots=True)
class AreaTrend:
    """One area of a framework.

    Units: `asked` counts people of today's team.
    Shape: `counts` tells how many people have each state, by day as asked for; empty when fewer
    than five people are asked for anything here.
    """

    id: str
    title: str
    asked: int
    counts: tuple[Mapping[CompetencyState, int], ...]

    @property
    def is_hidden(self) -> bool:
        """Says whether too few people are asked for anything here to tell how they stand."""
        return 0 < self.asked < LEAST

    @property
    def gap(self) -> int:
        """How many people are asked and do not have it today."""
        today = self.counts[-1] if self.counts else {}
        return sum(count for state, count in today.items() if state not in HAVE)


def days_of_trend(today: date, months: int = MONTHS) -> tuple[date, ...]:
    """The last days of the months before, then today. A month that ends today is told once."""
    days, day = [today], today.replace(day=1) - timedelta(days=1)
    for _ in range(months):
        days.append(day)
        day = day.replace(day=1) - timedelta(days=1)
    return tuple(reversed(days))


def area_trends(
    areas: Iterable[tuple[str, str, Collection[str]]],
    states: Sequence[Mapping[str, States]],
) -> list[AreaTrend]:
    """Counts people by area, the largest gaps first, then in the order of the framework.

    Shape: an area by id, title and the codes in it; `states` by day, then by person. Areas of
    which few are told stand after those that are, and areas nobody is asked for at the end.
    """
    found = [_trend(area, states) for area in areas]
    return sorted(found, key=lambda one: (not one.asked, one.is_hidden, -one.gap))


def may_be_told(people: int) -> bool:
    """Says whether figures of so many people may be told."""
    return people >= LEAST


def _trend(
    area: tuple[str, str, Collection[str]], states: Sequence[Mapping[str, States]]
) -> AreaTrend:
    area_id, title, codes = area
    by_day = []
    for people in states:
        counts: Counter[CompetencyState] = Counter()
        for own in people.values():
            # What is asked of nobody is not required of them on any day.
            counts[group_standing(own.get(code, _NONE) for code in codes).state] += 1
        del counts[_NONE]
        by_day.append(counts)
    asked = by_day[-1].total() if by_day else 0
    return AreaTrend(area_id, title, asked, tuple(by_day) if may_be_told(asked) else ())


_NONE = CompetencyState.NOT_REQUIRED
