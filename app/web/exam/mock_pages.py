"""What the pages of mock exams show. Nothing here before the end has a field for a key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.score_report import PartScore
from app.domain.slot_marks import SlotMarks
from app.web.shared.part_data import (
    BookmarkButton,
    Cell,
    Header,
    MapSlot,
    MissedButton,
    Way,
)
from app.web.shared.questions import AnsweredQuestion, ShownQuestion


@dataclass(frozen=True, slots=True)
class ExamOffer:
    """An exam that can be sat. Shape: `missing` says why not, empty when it can."""

    title: str
    detail: str
    url: str
    missing: str


@dataclass(frozen=True, slots=True)
class OutlineOffers:
    """The exams of one outline."""

    title: str
    detail: str
    offers: tuple[ExamOffer, ...]


@dataclass(frozen=True, slots=True)
class MocksPage:
    """Every mock exam: the one that runs, those to sit, those sat. None: none runs.

    Shape: `is_cut` says that older exams may be missing from `past`.
    """

    running: Way | None
    running_words: str
    outlines: tuple[OutlineOffers, ...]
    headers: tuple[str | Header, ...]
    past: tuple[tuple[str | Cell, ...], ...]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class BriefPage:
    """What to know before an exam starts."""

    title: str
    outline: str
    facts: tuple[tuple[str, str], ...]
    note: str
    start_url: str
    request_key: str
    running: Way | None
    asked: tuple[str, ...]
    fault: str
    advice: str


@dataclass(frozen=True, slots=True)
class ClockOnScreen:
    """The time of a running exam. Shape: `minutes_of_break` is 0 without any left.

    Units: `ask_again` in milliseconds from now; 0 for a page that does not ask.
    """

    ends_at: datetime
    seconds_left: int
    minutes_of_break: int
    url: str
    ask_again: int = 0


@dataclass(frozen=True, slots=True)
class SlotPage:
    """One question of a running exam.

    Shape: `refused_choice` is the answer of this page that a newer one elsewhere kept out.
    """

    title: str
    position: int
    count: int
    answered: int
    question: ShownQuestion
    marks: SlotMarks
    marks_seen: str
    slots: tuple[MapSlot, ...]
    clock: ClockOnScreen
    action_url: str
    previous_url: str
    next_url: str
    fault: str
    advice: str
    refused_choice: str


@dataclass(frozen=True, slots=True)
class BreakPage:
    """A break: the clock stands still, and no question is shown."""

    title: str
    minutes_left: int
    end_url: str
    fault: str
    advice: str


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """Before handing in: what is still open or marked."""

    title: str
    count: int
    answered: int
    open_slots: tuple[MapSlot, ...]
    flagged_slots: tuple[MapSlot, ...]
    slots: tuple[MapSlot, ...]
    clock: ClockOnScreen
    exam_url: str
    back_url: str
    hand_in_url: str


@dataclass(frozen=True, slots=True)
class DomainLine:
    """One domain of a result. Units: `low` and `high` are percent 0–100."""

    part: PartScore
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class SureLine:
    """How one degree of confidence went."""

    words: str
    right: int
    asked: int


@dataclass(frozen=True, slots=True)
class EarlierLine:
    """An earlier attempt to compare with."""

    title: str
    day: datetime
    scaled: int
    is_pass: bool
    url: str


@dataclass(frozen=True, slots=True)
class ResultPage:
    """The score report of a mock exam.

    Units: `pace_seconds` is the median time between two saves; `allowed_pace_seconds` what this
    person had for each question; `unanswered` counts questions that cost a point. None: too few
    answers to tell; `missed_button` when no point was missed.
    """

    title: str
    person: str
    ended_at: datetime
    by_time: bool
    scaled: int
    is_pass: bool
    right: int
    scored: int
    unscored: int
    cut: int
    cut_right: int
    low: int
    high: int
    unanswered: int
    domains: tuple[DomainLine, ...]
    sure: tuple[SureLine, ...]
    sure_and_wrong: tuple[MapSlot, ...]
    lucky: tuple[MapSlot, ...]
    slowest: tuple[tuple[MapSlot, str], ...]
    pace_seconds: int | None
    allowed_pace_seconds: int
    late: int
    changes: tuple[str, ...]
    earlier: tuple[EarlierLine, ...]
    outline: str
    repeated: int
    repeats_too_much: bool
    review_url: str
    missed_button: MissedButton | None


@dataclass(frozen=True, slots=True)
class ReviewedSlot:
    """A question of a finished exam with everything about it.

    Shape: `others` says how other people answered, empty for fewer than ten of them; `regraded`
    what a regrade made of it, empty without one.
    """

    position: int
    question: AnsweredQuestion
    domain: str
    is_scored: bool
    confidence: str
    note: str
    time: str
    others: str
    regraded: str
    lesson: Way | None
    is_flagged: bool
    report_url: str
    bookmark: BookmarkButton


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """A stretch of the questions of a finished exam, narrowed as asked."""

    title: str
    narrowings: tuple[Way, ...]
    chosen: str
    total: int
    span: str
    questions: tuple[ReviewedSlot, ...]
    previous: Way | None
    following: Way | None
    result_url: str
