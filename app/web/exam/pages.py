"""What the question pages show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.score_report import ScoreReport
from app.storage.queries.learn_pages import QuizLine
from app.web.exam.inputs import PracticeInput
from app.web.shared.part_data import FieldFault, MapSlot, Way
from app.web.shared.questions import AnsweredQuestion, ShownQuestion


@dataclass(frozen=True, slots=True)
class TopicChoice:
    """A topic that can be practiced, with what one has met of it."""

    id: str
    title: str
    is_chosen: bool
    total: int
    unseen: int
    missed: int


@dataclass(frozen=True, slots=True)
class TopicGroup:
    """The topics of one area."""

    title: str
    topics: tuple[TopicChoice, ...]


@dataclass(frozen=True, slots=True)
class PracticePage:
    """Building a quiz."""

    form: PracticeInput
    faults: tuple[FieldFault, ...]
    groups: tuple[TopicGroup, ...]
    total: int
    unseen: int
    missed: int
    open_quizzes: tuple[QuizLine, ...]
    recent: tuple[QuizLine, ...]


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One question of a quiz: to answer, or settled."""

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


@dataclass(frozen=True, slots=True)
class ReviewedQuestion:
    """A question in the report, with the lesson to read."""

    position: int
    question: AnsweredQuestion
    lesson: Way | None
    report_url: str


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The result of a finished quiz."""

    title: str
    finished_at: datetime
    report: ScoreReport
    questions: tuple[ReviewedQuestion, ...]
    missed_url: str
    again_url: str
