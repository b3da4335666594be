"""A person's leave with the form that adds some; supervisors and administrators meet one card."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.domain.due_day import Leave
from app.web.shared.faults import field_faults
from app.web.shared.filters import say_short_day
from app.web.shared.inputs import LeaveInput
from app.web.shared.part_data import FieldFault


@dataclass(frozen=True, slots=True)
class LeaveLine:
    """One leave in words, and where to take it back."""

    words: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class LeaveCard:
    """Leave that stands, and the form."""

    form: LeaveInput
    faults: tuple[FieldFault, ...]
    action_url: str
    lines: tuple[LeaveLine, ...]


def leave_card(
    leaves: Iterable[Leave],
    *,
    action_url: str,
    remove_url: Callable[[str], str],
    form: LeaveInput | None = None,
) -> LeaveCard:
    """Puts a person's leave on screen. Shape: `remove_url` makes an address of a leave's id."""
    form = form or LeaveInput(formdata=None)
    lines = tuple(
        LeaveLine(
            f"{say_short_day(one.first_day)} to {say_short_day(one.last_day)}, {one.last_day.year}",
            remove_url(one.id),
        )
        for one in leaves
    )
    return LeaveCard(form, field_faults(form), action_url, lines)
