"""Where everybody of a team stood at the ends of the last months, from evidence read once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from app.domain.competency_state import (
    Asked,
    CompetencyState,
    competency_standing,
    days_of_change,
)
from app.domain.competency_trend import States
from app.domain.evidence import Evidence
from app.services.competencies import Judging
from app.services.evidence import EvidenceByPlace
from app.storage.queries.team_pages import Member


def states_on(
    members: Iterable[Member], by: Judging, evidence: EvidenceByPlace, days: Sequence[date]
) -> list[dict[str, States]]:
    """Where people stood on some days, by day and person, with what is asked of them.

    Shape: days in order; what is not asked of somebody is absent. Cost: no query; what is asked,
    judged anew only where something has happened or run out since the day before.
    """
    found: list[dict[str, States]] = [{} for _ in days]
    for member in members:
        own: list[dict[str, CompetencyState]] = [{} for _ in days]
        for code, asked in by.of_role(member.credential).items():
            rows = evidence.get((member.id, code), ())
            for place, state in enumerate(_over_time(rows, asked, days)):
                own[place][code] = state
        for place, states in enumerate(own):
            found[place][member.id] = states
    return found


def _over_time(
    rows: Sequence[Evidence], asked: Asked, days: Sequence[date]
) -> Iterable[CompetencyState]:
    if not rows:
        return [CompetencyState.OPEN] * len(days)
    changes = days_of_change(rows, asked)
    states: list[CompetencyState] = []
    for place, day in enumerate(days):
        if place and not any(days[place - 1] < change <= day for change in changes):
            states.append(states[-1])
        else:
            states.append(competency_standing(rows, asked, on=day).state)
    return states
