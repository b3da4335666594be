"""Whose supervision does not keep up with their practice, by the rule of their phase."""

from __future__ import annotations

from app.domain.board_rules import phases_of
from app.domain.supervision_ratio import Due, phase_on, phase_times, ratio_in
from app.storage.queries.need_rows import hour_sums
from app.web.shared.hours.cards import SIGNS, missing_words
from app.web.shared.part_data import Cell
from app.web.team.needing.lines import Act, NeedContext, NeedKind, NeedLine


def behind_the_ratio(context: NeedContext) -> list[NeedLine]:
    """Who is due an hour of supervision for the practice entered so far."""
    rules = phases_of(context.library.boards.values())
    starts = context.store.hours.phase_starts(context.person_ids)
    times = {
        person_id: time
        for person_id, of_person in starts.items()
        if (time := phase_on(phase_times(of_person), context.today)) and time.phase_id in rules
    }
    if not times:
        return []
    since = min(time.begins_on for time in times.values())
    sums = hour_sums(context.store, times, since=since)
    lines = []
    for person_id, time in times.items():
        rule = rules[time.phase_id]
        ratio = ratio_in(time, rule, sums.get(person_id, ()), today=context.today)
        if ratio.due in (Due.NOW, Due.BEHIND):
            member = context.members[person_id]
            lines.append(
                NeedLine(
                    NeedKind.BEHIND,
                    member,
                    context.today,
                    "Supervision is behind" if ratio.due is Due.BEHIND else "Supervision is due",
                    rule.title,
                    Cell(missing_words(ratio.missing), state=SIGNS[ratio.due]),
                    Act("See hours", context.url("hours_home", member)),
                )
            )
    return lines
