"""Who needs the supervisor today: a list of small functions, each with lines of its own.

To add a section: write a function that takes a `NeedContext` and gives lines, and put it into
`SECTIONS` under its heading. A section without lines is not shown, heading included.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from flask import url_for

from app.domain.assignment import AssignmentState
from app.domain.person import Viewer
from app.library.library import Library
from app.storage.queries.team_pages import Member
from app.storage.store import Store
from app.web.shared.filters import say_short_day
from app.web.shared.part_data import Cell
from app.web.team.board import STATE_SIGNS, Board


@dataclass(frozen=True, slots=True)
class NeedContext:
    """What a section may look at: one team of the viewer's own, today."""

    store: Store
    library: Library
    viewer: Viewer
    board: Board
    today: date


@dataclass(frozen=True, slots=True)
class NeedLine:
    """One person with one thing. Shape: `act` opens the page on which it is dealt with."""

    member: Member
    what: str
    when: Cell
    act: Cell
    detail: str = ""


@dataclass(frozen=True, slots=True)
class NeedSection:
    """A heading with its lines, the most urgent first."""

    title: str
    lines: tuple[NeedLine, ...]


Find = Callable[[NeedContext], tuple[NeedLine, ...]]


def needs_of(context: NeedContext) -> tuple[NeedSection, ...]:
    """Who needs the viewer today. Shape: sections in order; empty ones are absent."""
    found = (NeedSection(title, find(context)) for title, find in SECTIONS)
    return tuple(section for section in found if section.lines)


def _asked(context: NeedContext, state: AssignmentState) -> tuple[NeedLine, ...]:
    lines = []
    for member, standing in context.board.each():
        if standing.state is not state:
            continue
        away = context.board.is_away(member)
        due = say_short_day(standing.due.on)
        url = url_for(
            "team.asked_person",
            cohort_id=context.board.team.id,
            assignment_id=standing.assignment.id,
            person_id=member.id,
        )
        lines.append(
            NeedLine(
                member,
                standing.target.title,
                Cell(
                    f"was due {due}" if state is AssignmentState.OVERDUE else f"due {due}",
                    state=STATE_SIGNS[state],
                    detail="on leave" if away else "",
                ),
                Cell("Remind or extend", url=url),
                detail=standing.target.kind,
            )
        )
    return tuple(lines)


SECTIONS: tuple[tuple[str, Find], ...] = (
    ("Overdue", partial(_asked, state=AssignmentState.OVERDUE)),
    ("Due within 14 days", partial(_asked, state=AssignmentState.DUE_SOON)),
)
