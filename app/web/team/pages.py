"""What the team pages show. No field holds an answer, a result or a time of day."""

from __future__ import annotations

from dataclasses import dataclass

from app.storage.queries.team_pages import TeamLine
from app.web.shared.exam_time import ExamTimeCard
from app.web.shared.part_data import Cell, FieldFault, Way
from app.web.team.inputs import AssignmentInput

Row = tuple[str | Cell, ...]


@dataclass(frozen=True, slots=True)
class TeamsPage:
    """A supervisor's teams."""

    teams: tuple[TeamLine, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A count with the words that explain it."""

    label: str
    figure: str
    text: str


@dataclass(frozen=True, slots=True)
class TeamPage:
    """A team: who needs the supervisor today, and how everyone stands with what was asked.

    Shape: `headers` names the columns of `rows`, the person first. Units: `older` counts
    assignments that are left out because everyone has done them and their time is long over.
    """

    name: str
    people: int
    supervisors: str
    back: Way | None
    assignments_url: str
    competencies_url: str
    figures: tuple[Figure, ...]
    needs: tuple[Row, ...]
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    has_assignments: bool
    older: int


@dataclass(frozen=True, slots=True)
class MemberPage:
    """What was asked of one person, and whether it is done."""

    full_name: str
    credential: str
    back: Way
    rows: tuple[Row, ...]
    exam_time: ExamTimeCard
    record_url: str
    observe_url: str


@dataclass(frozen=True, slots=True)
class AssignmentsPage:
    """Everything asked of a team, and the form that asks for more."""

    team: str
    back: Way
    people: int
    form: AssignmentInput
    faults: tuple[FieldFault, ...]
    going_on: tuple[Row, ...]
    finished: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class WithdrawPage:
    """The question before an assignment is taken back."""

    title: str
    whom: str
    due: str
    back: Way
