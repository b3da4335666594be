"""What was asked of people and is overdue, or due within 14 days."""

from __future__ import annotations

from app.domain.assignment import AssignmentKind, AssignmentState
from app.web.shared.filters import say_short_day
from app.web.shared.part_data import Cell
from app.web.team.board import STATE_SIGNS
from app.web.team.needing.lines import Act, NeedContext, NeedKind, NeedLine

KINDS = {
    AssignmentState.OVERDUE: (NeedKind.OVERDUE, "was due"),
    AssignmentState.DUE_SOON: (NeedKind.SOON, "due"),
}


def asked_things(context: NeedContext) -> list[NeedLine]:
    """What is overdue or due soon, the earliest due first."""
    lines = []
    for member, standing in context.board.each():
        if standing.state not in KINDS:
            continue
        kind, verb = KINDS[standing.state]
        url = context.url("asked_person", member, assignment_id=standing.assignment.id)
        when = Cell(f"{verb} {say_short_day(standing.due.on)}", state=STATE_SIGNS[standing.state])
        target = standing.target
        act = Act("Remind or extend", url)
        if standing.assignment.kind is AssignmentKind.PLAN:
            act = Act("Set a goal", context.url("new_goal", member))
        lines.append(NeedLine(kind, member, standing.due.on, target.title, target.kind, when, act))
    return lines
