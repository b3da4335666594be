"""Whose observation was missed, by what their contract or a rule of a board asks for."""

from __future__ import annotations

from app.domain.observation_frequency import (
    ObservationDue,
    ObservationFrequency,
    agreed_frequency,
    observation_due,
)
from app.storage.queries.need_rows import days_observed, practice_minutes
from app.web.shared.filters import say_short_day
from app.web.shared.part_data import Cell
from app.web.team.needing.lines import Act, NeedContext, NeedKind, NeedLine


def missed_observations(context: NeedContext) -> list[NeedLine]:
    """Who should have been observed by now. Of several contracts the earliest day counts."""
    agreed = [
        (contract, frequency)
        for contract in context.contracts
        if contract.holds(context.today)
        and (frequency := _agreed(context, contract.terms.observed)) is not None
    ]
    if not agreed:
        return []
    people = sorted({contract.person_id for contract, _ in agreed})
    seen = days_observed(context.store, people)
    by_hours = sorted({one.person_id for one, frequency in agreed if frequency.steps})
    practice = practice_minutes(context.store, by_hours, until=context.today) if by_hours else {}
    missed: dict[str, tuple[ObservationDue, ObservationFrequency]] = {}
    for contract, frequency in agreed:
        person_id = contract.person_id
        due = observation_due(
            frequency,
            begins_on=contract.terms.starts_on,
            observed=seen.get(person_id, ()),
            practice=practice.get(person_id, 0),
            today=context.today,
        )
        if due is None or not due.is_missed(context.today):
            continue
        if person_id not in missed or due.due_on < missed[person_id][0].due_on:
            missed[person_id] = due, frequency
    return [_line(context, person_id, *found) for person_id, found in missed.items()]


def _agreed(context: NeedContext, words: str) -> ObservationFrequency | None:
    return agreed_frequency(words, context.library.supervision.frequencies)


def _line(
    context: NeedContext, person_id: str, due: ObservationDue, frequency: ObservationFrequency
) -> NeedLine:
    member = context.members[person_id]
    last = f"last seen {say_short_day(due.last)}" if due.last else "not seen yet"
    source = f", {frequency.title}" if frequency.steps else ", by contract"
    return NeedLine(
        NeedKind.MISSED,
        member,
        due.due_on,
        "Observation missed",
        f"{last}; every {due.every_days} days{source}",
        Cell(f"was due {say_short_day(due.due_on)}", state="below"),
        Act("Observe", context.url("start_observation", member), sends=True),
    )
