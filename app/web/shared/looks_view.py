"""Puts on screen who opened somebody's record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.domain.person import Viewer
from app.domain.record_look import Look
from app.services.record_looks import looks_at
from app.storage.store import Store
from app.web.shared.filters import say_short_day
from app.web.shared.part_data import Cell

LOOK_HEADERS = ("Day", "Who", "What was opened")
MOST_TOLD = 20  # beside the thing itself; one's own page about one's data lists all


def look_rows(looks: Iterable[Look]) -> tuple[tuple[str | Cell, ...], ...]:
    """One row for each person and day, with everything they opened then, newest first."""
    days: dict[tuple[str, str], list[str]] = {}
    names: dict[str, str] = {}
    for look in looks:
        names[look.viewer_id] = look.viewer_name
        days.setdefault((say_short_day(look.day), look.viewer_id), []).append(look.kind)
    return tuple(
        (day, names[viewer_id], ", ".join(kinds)) for (day, viewer_id), kinds in days.items()
    )


def who_opened_mine(
    store: Store, viewer: Viewer, *kinds: str, today: date
) -> tuple[tuple[str, str], ...]:
    """Who else opened pages of some kinds about the viewer: day and name, the newest first."""
    looks = looks_at(store, viewer, person_id=viewer.id, today=today)
    told = dict.fromkeys(
        (say_short_day(one.day), one.viewer_name) for one in looks if one.kind in kinds
    )
    return tuple(told)[:MOST_TOLD]
