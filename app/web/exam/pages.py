"""What the question pages show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.score_report import ScoreReport
from app.domain.slot_marks import SlotMarks
from app.web.exam.mock_pages import ClockOnScreen
from app.web.shared.part_data import BookmarkButton, MapSlot, MissedButton, Way
from app.web.shared.questions import AnsweredQuestion, ShownQuestion


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One question of a quiz: to answer, or settled.

    None: `clock` is None when time does not count; `bookmark` until the answer is settled.
    Shape: `result_url` is empty while the quiz can be answered.
    """

    title: str
    position: int
    count: int
    answered: int
    question: ShownQuestion | AnsweredQuestion
    is_settled: bool
    is_tutor: bool
    action_url: str
    finish_url: str
    slots: tuple[MapSlot, ...]
    previous_url: str
    next_url: str
    all_answered: bool
    is_saved: bool
    fault: str
    advice: str
    lesson: Way | None
    report_url: str  # empty until the question is settled
    marks: SlotMarks
    clock: ClockOnScreen | None
    bookmark: BookmarkButton | None
    result_url: str


@dataclass(frozen=True, slots=True)
class ReviewedQuestion:
    """A question in the report, with the lesson to read."""

    position: int
    question: AnsweredQuestion
    lesson: Way | None
    report_url: str
    bookmark: BookmarkButton


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The result of a finished quiz. Units: `late` counts answers after the end."""

    title: str
    finished_at: datetime
    report: ScoreReport
    questions: tuple[ReviewedQuestion, ...]
    by_time: bool
    late: int
    missed_button: MissedButton
    again_url: str
