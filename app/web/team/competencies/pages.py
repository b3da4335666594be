"""What the pages about a team's competencies show."""

from __future__ import annotations

from dataclasses import dataclass

from app.web.shared.competency_cells import CompetencyBlock, Row
from app.web.shared.part_data import FieldFault, Header, Narrowing, Way


@dataclass(frozen=True, slots=True)
class MatrixPage:
    """People by areas, or by the competencies of one area.

    Shape: `headers` name the columns after the person; `columns` pairs short heads with their
    words where the heads are codes. `asked` says who set the requirements and when; empty when
    nobody has. Units: `people` counts the team, `rows` those left by the filter.
    """

    team: str
    title: str
    lead: str
    back: Way
    people: int
    action_url: str
    narrowings: tuple[Narrowing, ...]
    headers: tuple[Header, ...]
    rows: tuple[Row, ...]
    columns: tuple[tuple[str, str], ...]
    key: str
    asked: str
    asking_url: str
    framework: str
    framework_note: str


@dataclass(frozen=True, slots=True)
class PersonAreaPage:
    """Everything a supervisor may see behind one cell."""

    full_name: str
    credential: str
    title: str
    back: Way
    headers: tuple[str, ...]
    blocks: tuple[CompetencyBlock, ...]
    passed_on_headers: tuple[str, ...]
    passed_on: tuple[Row, ...]
    empty: tuple[tuple[str, str], ...]  # competencies without a row: code with title, state
    why: str
    source: str


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One line of the form of requirements. Shape: `options` are (value, words)."""

    target: str
    title: str
    level: str
    months: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class AskingPage:
    """The form that says what is asked of a team in a framework."""

    team: str
    team_id: str
    back: Way
    framework: str
    framework_id: str
    role: str
    roles: tuple[Narrowing, ...]
    action_url: str
    faults: tuple[FieldFault, ...]
    levels: tuple[tuple[str, str], ...]
    areas: tuple[AskedLine, ...]
    singles: tuple[AskedLine, ...]
    others: tuple[tuple[str, str], ...]
    sets: tuple[tuple[str, str, str], ...]
    asked: str
    meanings: tuple[tuple[str, str], ...]
    rules: str
