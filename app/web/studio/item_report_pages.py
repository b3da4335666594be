"""What the studio shows of reports about questions. No page has a field for who sent one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.web.shared.part_data import Cell, FieldFault, Narrowing, Way
from app.web.shared.questions import AnsweredQuestion
from app.web.studio.inputs import ReportDecisionInput
from app.web.studio.pages import Row


@dataclass(frozen=True, slots=True)
class ReportsPage:
    """Reports in one state, those that have waited longest first."""

    open_count: int
    state: str
    narrowings: tuple[Narrowing, ...]
    rows: tuple[Row, ...]
    previous: Way | None
    following: Way | None


@dataclass(frozen=True, slots=True)
class ReportPage:
    """One report, with the question as its sender met it.

    None: `preview` when the question has left the bank; `form` for those who may only read.
    """

    item_id: str
    kind: str
    words: str
    sent_at: datetime
    state: Cell
    answer: str
    question: AnsweredQuestion
    has_changed: bool
    preview: Way | None
    others: tuple[Row, ...]
    form: ReportDecisionInput | None
    longest: int
    faults: tuple[FieldFault, ...]
    fault: str
    back: Way
