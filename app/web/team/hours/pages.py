"""What the page about a team's hours shows."""

from __future__ import annotations

from dataclasses import dataclass

from app.web.shared.hours.pages import WaitingLine
from app.web.shared.part_data import Cell, Way

Row = tuple[str | Cell, ...]


@dataclass(frozen=True, slots=True)
class PersonWaiting:
    """The lines of one person that wait for the viewer, with the place of them on the page."""

    place: str
    full_name: str
    lines: tuple[WaitingLine, ...]


@dataclass(frozen=True, slots=True)
class TeamHoursPage:
    """Who waits for a signature, how everyone stands, and which credentials expire."""

    back: Way
    waiting: tuple[PersonWaiting, ...]
    people: tuple[Row, ...]
    expiring: tuple[Row, ...]
