"""What pages show of who needs the supervisor."""

from __future__ import annotations

from dataclasses import dataclass

from app.web.shared.part_data import Cell
from app.web.team.needing.lines import Act


@dataclass(frozen=True, slots=True)
class NeedCount:
    """How many people need the supervisor for one reason. Shape: `people` in words."""

    title: str
    people: str
    state: str
    url: str
    is_chosen: bool = False
    is_empty: bool = False


@dataclass(frozen=True, slots=True)
class NeedShown:
    """One thing on screen. Shape: `label` tells a screen reader what `act` is about."""

    what: str
    detail: str
    when: Cell
    act: Act
    label: str


@dataclass(frozen=True, slots=True)
class PersonBlock:
    """One person with everything they need today; `rest` is folded up."""

    id: str
    person: Cell
    note: str
    lines: tuple[NeedShown, ...]
    rest: tuple[NeedShown, ...]
