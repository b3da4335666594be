"""What the page about the paths through a case shows: people in bands, and nobody by name."""

from __future__ import annotations

from dataclasses import dataclass

from app.web.shared.case_map import CaseMap
from app.web.shared.part_data import Cell, Way

Row = tuple[str | Cell, ...]


@dataclass(frozen=True, slots=True)
class DecisionPaths:
    """One decision. Shape: `facts` pairs what with its words, `rows` are its options."""

    id: str
    title: str
    facts: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ChosenScene:
    """The scene whose ways are marked. Shape: `rows` are the ways from it."""

    title: str
    rows: tuple[Row, ...]
    others_url: str


@dataclass(frozen=True, slots=True)
class PathsPage:
    """How a case is played. None: `case_map` is None while fewer than five people have."""

    title: str
    back: Way
    facts: tuple[tuple[str, str], ...]
    case_map: CaseMap | None
    chosen: ChosenScene | None
    stopped: str
    stopped_rows: tuple[Row, ...]
    decisions: tuple[DecisionPaths, ...]
    untold: tuple[str, ...]  # decisions that fewer than five people have met
