"""Puts together who needs the supervisor today: by person, the most urgent first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.domain.due_day import is_away
from app.storage.queries.team_pages import Member
from app.web.team.needing.asked import asked_things
from app.web.team.needing.ending import ending_contracts, ending_credentials
from app.web.team.needing.judging import contested, judgements
from app.web.team.needing.lines import Find, NeedContext, NeedKind, NeedLine
from app.web.team.needing.observing import missed_observations
from app.web.team.needing.supervising import behind_the_ratio
from app.web.team.needing.waiting import (
    begun_observations,
    comments,
    goals,
    unsigned_hours,
    wishes,
)

FINDERS: tuple[Find, ...] = (
    asked_things,
    missed_observations,
    behind_the_ratio,
    wishes,
    unsigned_hours,
    begun_observations,
    comments,
    goals,
    judgements,
    contested,
    ending_credentials,
    ending_contracts,
)
RANK = {kind: place for place, kind in enumerate(NeedKind)}


@dataclass(frozen=True, slots=True)
class PersonNeeds:
    """Everything one person needs, the most urgent first."""

    member: Member
    lines: tuple[NeedLine, ...]
    is_away: bool


def needs_of(context: NeedContext) -> list[NeedLine]:
    """Everything the team needs of the viewer today, the most urgent first.

    Cost: about seventeen queries, however large the team.
    """
    if not context.person_ids:
        return []
    return sorted((line for find in FINDERS for line in find(context)), key=_urgency)


def people_by_kind(lines: Iterable[NeedLine]) -> dict[NeedKind, int]:
    """How many people need the viewer, by kind. Shape: every kind, in order."""
    people: defaultdict[NeedKind, set[str]] = defaultdict(set)
    for line in lines:
        people[line.kind].add(line.member.id)
    return {kind: len(people[kind]) for kind in NeedKind}


def by_person(
    context: NeedContext, lines: Iterable[NeedLine], kind: NeedKind | None
) -> list[PersonNeeds]:
    """People with their lines, each once. None: `kind` is None for all kinds.

    Shape: in the order of `lines`, so whoever has the most urgent one stands first.
    """
    found: dict[str, list[NeedLine]] = {}
    for line in lines:
        if kind in (None, line.kind):
            found.setdefault(line.member.id, []).append(line)
    leaves = context.store.due_days.leaves(found) if found else []
    return [
        PersonNeeds(
            context.members[person_id], tuple(some), is_away(leaves, person_id, context.today)
        )
        for person_id, some in found.items()
    ]


def _urgency(line: NeedLine) -> tuple[int, date, str]:
    return RANK[line.kind], line.day, line.member.full_name
