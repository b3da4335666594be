"""Puts on screen who opened somebody's record."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.record_look import Look
from app.web.shared.filters import say_short_day
from app.web.shared.part_data import Cell

LOOK_HEADERS = ("Day", "Who", "What was opened")


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
