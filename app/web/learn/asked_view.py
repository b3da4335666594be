"""Puts everything asked of a person on screen: by when, who sees what, and why a day moved."""

from __future__ import annotations

from datetime import date

from app.domain.assignment import AssignmentState
from app.domain.due_day import AssignmentStanding, Leave
from app.domain.person import Viewer
from app.library.library import Library
from app.services.assigned import own_standings
from app.storage.store import Store
from app.web.learn.pages import AskedLine, AskedPage
from app.web.shared.asked import REASON_WORDS, asked_url, who_sees
from app.web.shared.filters import say_count, say_short_day
from app.web.shared.part_data import Cell

SIGNS = {
    AssignmentState.DONE: "done",
    AssignmentState.OVERDUE: "below",
    AssignmentState.DUE_SOON: "ageing",
    AssignmentState.OPEN: "open",
}


def asked_page(store: Store, library: Library, viewer: Viewer, *, today: date) -> AskedPage:
    """Shows what is asked of the viewer, what is open first."""
    standings = own_standings(store, library, viewer, today=today)
    leaves = [one for one in store.due_days.leaves([viewer.id]) if one.last_day >= today]
    return AskedPage(
        going_on=tuple(_line(one) for one in standings if not one.is_done),
        done=tuple(_line(one) for one in reversed(standings) if one.is_done),
        leaves=tuple(_leave(one) for one in leaves),
    )


def _line(standing: AssignmentStanding) -> AskedLine:
    overdue = standing.state is AssignmentState.OVERDUE
    return AskedLine(
        title=standing.target.title,
        url=asked_url(standing.assignment),
        due=f"{'was due' if overdue else 'due'} {say_short_day(standing.due.on)}",
        state=Cell(_state(standing), state=SIGNS[standing.state]),
        who_sees=who_sees(standing.assignment),
        moved=_moved(standing),
    )


def _state(standing: AssignmentStanding) -> str:
    if standing.is_done and standing.done_on is not None:
        return f"done {say_short_day(standing.done_on)}"
    return str(standing.state)


def _moved(standing: AssignmentStanding) -> str:
    words = []
    extension = standing.due.extension
    if extension is not None:
        told = REASON_WORDS[extension.reason].lower()
        note = f", “{extension.note}”" if extension.note else ""
        words.append(f"More time since {say_short_day(extension.given_on)}: {told}{note}.")
    if standing.due.leave_days:
        words.append(f"Moved by {say_count(standing.due.leave_days, 'day')} of leave.")
    return " ".join(words)


def _leave(leave: Leave) -> str:
    return f"{say_short_day(leave.first_day)} to {say_short_day(leave.last_day)}"
