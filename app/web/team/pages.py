"""What the team pages show. No field holds an answer, a result or a time of day."""

from __future__ import annotations

from dataclasses import dataclass

from app.web.shared.exam_time import ExamTimeCard
from app.web.shared.leave import LeaveCard
from app.web.shared.part_data import Cell, FieldFault, Way
from app.web.team.inputs import AssignmentInput, ExtensionInput
from app.web.team.needing.pages import NeedCount, PersonBlock

Row = tuple[str | Cell, ...]


@dataclass(frozen=True, slots=True)
class TeamCard:
    """One of a supervisor's teams, with who needs them there; empty when nobody does."""

    name: str
    people: int
    url: str
    needs: tuple[NeedCount, ...]


@dataclass(frozen=True, slots=True)
class TeamsPage:
    """A supervisor's teams."""

    teams: tuple[TeamCard, ...]


@dataclass(frozen=True, slots=True)
class TeamPage:
    """A team: who needs the supervisor today, and how everyone stands with what was asked.

    Shape: `counts` lead to one kind of needs each, the first to all; `headers` names the columns
    of `rows`, the person first. Units: `older` counts
    assignments that are left out because everyone has done them and their time is long over.
    """

    name: str
    people: int
    supervisors: str
    back: Way | None
    assignments_url: str
    hours_url: str
    competencies_url: str
    packets_url: str
    gaps_url: str
    counts: tuple[NeedCount, ...]
    needs: tuple[PersonBlock, ...]
    needs_title: str
    done: str
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
    hours_url: str
    exam_time: ExamTimeCard
    record_url: str
    observe_url: str
    leave: LeaveCard


@dataclass(frozen=True, slots=True)
class AskedPersonPage:
    """Where one person stands with one assignment, and what to do about it.

    Shape: `history` in words, the oldest first. None: `form` is None when it is done.
    """

    title: str
    full_name: str
    back: Way
    facts: tuple[tuple[str, str], ...]
    history: tuple[str, ...]
    form: ExtensionInput | None
    faults: tuple[FieldFault, ...]
    extend_url: str
    remind_url: str
    reminded: str


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
