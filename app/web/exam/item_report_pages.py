"""What the pages for reporting a question show. None of them has a field for a key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from app.web.exam.inputs import ItemReportInput
from app.web.shared.part_data import Cell, FieldFault, Way


@dataclass(frozen=True, slots=True)
class ReportOnScreen:
    """A report as its sender sees it. Shape: `answer` is empty until a trainer wrote one."""

    question: Way
    kind: str
    words: str
    sent_at: datetime
    state: Cell
    answer: str


@dataclass(frozen=True, slots=True)
class ReportItemPage:
    """Reporting one question. None: `sent` until a report about this place is there."""

    position: int
    topic: str
    stem: Markup
    back: Way
    form: ItemReportInput
    longest: int
    faults: tuple[FieldFault, ...]
    sent: ReportOnScreen | None
    all_url: str


@dataclass(frozen=True, slots=True)
class MyReportsPage:
    """Everything a person has reported, newest first. `is_cut` when there is more."""

    reports: tuple[ReportOnScreen, ...]
    is_cut: bool
    back: Way
