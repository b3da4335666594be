"""What ends soon or has ended: credentials of the staff, and contracts with the viewer."""

from __future__ import annotations

from datetime import timedelta

from app.domain.board_rules import renewals_of
from app.domain.renewal import endings
from app.web.shared.filters import say_day_near
from app.web.shared.hours.renewals import STATE_SIGNS
from app.web.shared.part_data import Cell
from app.web.team.needing.lines import Act, NeedContext, NeedKind, NeedLine

CONTRACT_ENDS_SOON = timedelta(days=30)
CONTRACT_IS_OVER = timedelta(days=90)  # then two people have stopped meeting


def ending_credentials(context: NeedContext) -> list[NeedLine]:
    """Credentials that end within 90 days or have ended."""
    held = context.store.credentials.of_people(context.person_ids)
    rules = renewals_of(context.library.boards.values())
    url = context.url("hours_of_team", _anchor="expiring")
    lines = []
    for one in endings(held, rules, on=context.today):
        member, is_over = context.members[one.credential.person_id], one.ends_on < context.today
        verb = "ended" if is_over else "ends"
        when = Cell(
            f"{verb} {say_day_near(one.ends_on, context.today)}", state=STATE_SIGNS[one.state]
        )
        what, detail = f"{one.credential.kind} credential", str(one.state)
        act = Act("See credentials", url)
        lines.append(NeedLine(NeedKind.EXPIRING, member, one.ends_on, what, detail, when, act))
    return lines


def ending_contracts(context: NeedContext) -> list[NeedLine]:
    """Contracts with the viewer that end within 30 days or have ended, with nothing after them."""
    lines = []
    for contract in context.contracts:
        ends_on = contract.terms.ends_on
        if (
            contract.supervisor_id != context.viewer.id
            or contract.id in context.followed
            or not context.today - CONTRACT_IS_OVER <= ends_on <= context.today + CONTRACT_ENDS_SOON
        ):
            continue
        is_over = ends_on < context.today
        when = Cell(
            f"{'ended' if is_over else 'ends'} {say_day_near(ends_on, context.today)}",
            state="expired" if is_over else "ageing",
        )
        member = context.members[contract.person_id]
        what, act = "Supervision contract", Act("Write another", context.url("contract", member))
        lines.append(NeedLine(NeedKind.EXPIRING, member, ends_on, what, "", when, act))
    return lines
