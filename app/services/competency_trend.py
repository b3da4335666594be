"""Where everybody of a team stood at the ends of the last months, from evidence read once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from app.domain.competency_state import competency_standing
from app.domain.competency_trend import States
from app.services.competencies import Judging
from app.services.evidence import EvidenceByPlace
from app.storage.queries.team_pages import Member


def states_on(
    members: Iterable[Member], by: Judging, evidence: EvidenceByPlace, days: Sequence[date]
) -> list[dict[str, States]]:
    """Where people stood on some days, by day and person, with what is asked of them.

    Shape: what is not asked of somebody is absent. Cost: no query; days times what is asked.
    """
    people = list(members)
    return [
        {
            member.id: {
                code: competency_standing(evidence.get((member.id, code), ()), asked, on=day).state
                for code, asked in by.of_role(member.credential).items()
            }
            for member in people
        }
        for day in days
    ]
