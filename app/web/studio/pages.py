"""What the studio pages show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from app.domain.problem import Problem
from app.domain.review_mark import ReviewMark
from app.domain.source import Source
from app.web.shared.charts import BarChart
from app.web.shared.part_data import Cell, Narrowing, Way
from app.web.shared.questions import AnsweredQuestion, ShownQuestion

Row = tuple[str | Cell, ...]
Fact = tuple[str, str]  # what, and its value


@dataclass(frozen=True, slots=True)
class Figure:
    """A count with the words that explain it."""

    label: str
    figure: str
    text: str


@dataclass(frozen=True, slots=True)
class FileOfProblems:
    """One file with its problems.

    None: `standing` is None for a file that is served as it is; `preview` when there is nothing
    to look at.
    """

    path: str
    standing: Cell | None
    counts: Cell
    problems: tuple[Problem, ...]
    preview: Way | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class CaseReadingLine:
    """How far one second reading of a case agrees with its ratings, and what it remarked."""

    case: Cell
    agreed: int
    read: int
    remarks: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class SecondReadingLine:
    """How far one second reading agrees with the keys."""

    reader: str
    day: str
    method: str
    agreed: int
    answered: int
    disagreements: tuple[Row, ...]
    cases: tuple[CaseReadingLine, ...]


@dataclass(frozen=True, slots=True)
class HealthPage:
    """What the checker says about the content in use, and what shows on the bank as a whole.

    None: `cues` is None when the bank is empty.
    """

    summary: str
    figures: tuple[Figure, ...]
    put_aside: tuple[Row, ...]
    narrowings: tuple[Narrowing, ...]
    files: tuple[FileOfProblems, ...]
    urls: Mapping[str, str]
    shows_all: bool
    shown: int
    total: int
    readings: tuple[SecondReadingLine, ...]
    cues: BarChart | None
    cues_words: str


@dataclass(frozen=True, slots=True)
class AreaRows:
    """The lessons of one area as rows of a table."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class LessonsPage:
    """All lessons with what trainers want to know of each."""

    areas: tuple[AreaRows, ...]


@dataclass(frozen=True, slots=True)
class CheckPreview:
    """A question inside a lesson: as it is asked, and what stands behind it."""

    anchor: str
    question: ShownQuestion
    answers: AnsweredQuestion
    preview: Way
    status: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a section: prose, or a question. Exactly one of the two is there."""

    html: Markup | None = None
    check: CheckPreview | None = None


@dataclass(frozen=True, slots=True)
class SectionPreview:
    """One section of a lesson."""

    id: str
    title: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class LessonPreviewPage:
    """A lesson as learners see it, without the marks of a reader."""

    title: str
    back: Way
    summary: str
    minutes: int
    objectives: tuple[str, ...]
    competencies: tuple[Fact, ...]
    sections: tuple[SectionPreview, ...]
    sources: tuple[Source, ...]
    reviewed: ReviewMark
    problems: tuple[Problem, ...]
    facts: tuple[Fact, ...]
    previous: Way | None
    following: Way | None


@dataclass(frozen=True, slots=True)
class ItemsPage:
    """The bank, narrowed. `keys` tells how the keys are spread over the positions."""

    narrowings: tuple[Narrowing, ...]
    total: int
    span: str
    keys: str
    rows: tuple[Row, ...]
    previous: Way | None
    following: Way | None


@dataclass(frozen=True, slots=True)
class ItemPreviewPage:
    """A question as learners see it, then everything behind it."""

    id: str
    topic: str
    back: Way
    question: ShownQuestion
    answers: AnsweredQuestion
    problems: tuple[Problem, ...]
    facts: tuple[Fact, ...]
    competencies: tuple[Fact, ...]
    sources: tuple[Source, ...]
    reviewed: ReviewMark
    lesson: Way | None
    previous: Way | None
    following: Way | None
    regrade_url: str  # empty for people who may not regrade


@dataclass(frozen=True, slots=True)
class CasesPage:
    """All cases with what trainers want to know of each, and the drafts being written."""

    rows: tuple[Row, ...]
    waiting: tuple[Row, ...]  # for the review of whoever looks
    drafts: tuple[Row, ...]
    new_url: str
