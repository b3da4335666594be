"""What the reading pages show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from app.domain.review_mark import ReviewMark
from app.domain.source import Source
from app.storage.queries.learn_pages import QuizLine
from app.web.shared.charts import LineChart
from app.web.shared.competency_cells import CompetencyBlock
from app.web.shared.part_data import Cell, Narrowing, TrailStop, Way
from app.web.shared.questions import AnsweredQuestion, ShownQuestion


@dataclass(frozen=True, slots=True)
class DomainLine:
    """What a person has answered in one exam domain."""

    title: str
    answered: int
    right: int
    state: str
    words: str


@dataclass(frozen=True, slots=True)
class NewsLine:
    """Something a person should hear of. Shape: `ids` are the pieces of news it tells."""

    text: str
    way: Way
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TodayPage:
    """One page that answers "what next?". None: `running` is None while no exam runs."""

    running: Way | None
    first_name: str
    today: date
    days_to_exam: int | None
    minutes_planned: int
    minutes_a_day: int | None
    stops: tuple[TrailStop, ...]
    domains: tuple[DomainLine, ...]
    later: tuple[TrailStop, ...]
    news: tuple[NewsLine, ...]


@dataclass(frozen=True, slots=True)
class LessonCard:
    """A lesson in the list."""

    title: str
    summary: str
    minutes: int
    url: str
    sections_read: int
    sections_total: int
    state: str


@dataclass(frozen=True, slots=True)
class AreaOfLessons:
    """The lessons of one part of the curriculum."""

    id: str
    title: str
    lessons: tuple[LessonCard, ...]


@dataclass(frozen=True, slots=True)
class LessonsPage:
    """All lessons, with how far one is."""

    areas: tuple[AreaOfLessons, ...]
    search_url: str
    glossary_url: str


@dataclass(frozen=True, slots=True)
class CheckOnScreen:
    """A check question inside a lesson: to answer, or answered.

    Shape: `report_url` is empty until it is answered.
    """

    anchor: str
    action_url: str
    question: ShownQuestion | AnsweredQuestion
    is_settled: bool
    fault: str = ""
    report_url: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a section: prose, or a question. Exactly one of the two is there."""

    html: Markup | None = None
    check: CheckOnScreen | None = None


@dataclass(frozen=True, slots=True)
class SectionOnScreen:
    """One section of a lesson with its reading mark."""

    id: str
    title: str
    pieces: tuple[Piece, ...]
    is_read: bool
    mark_url: str


@dataclass(frozen=True, slots=True)
class CompetencyLine:
    """A competency by code, with its name."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class LessonPage:
    """A lesson to read."""

    title: str
    area: Way
    summary: str
    minutes: int
    objectives: tuple[str, ...]
    sections: tuple[SectionOnScreen, ...]
    contents: tuple[TrailStop, ...]
    sections_read: int
    sources: tuple[Source, ...]
    competencies: tuple[CompetencyLine, ...]
    reviewed: ReviewMark
    previous: Way | None
    following: Way | None
    practice_url: str
    again_url: str
    has_answers: bool


@dataclass(frozen=True, slots=True)
class MarkFragment:
    """The reading mark of one section, replaced in place."""

    url: str
    section_id: str
    title: str
    is_read: bool
    contents: tuple[TrailStop, ...]
    sections_read: int
    sections_total: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One lesson section that was found."""

    title: str
    url: str
    lesson: str
    snippet: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What a search found."""

    words: str
    results: tuple[SearchResult, ...]
    search_url: str


@dataclass(frozen=True, slots=True)
class TermLine:
    """A word of the field, what it means and where it is explained."""

    name: str
    meaning: Markup
    url: str
    lesson: str


@dataclass(frozen=True, slots=True)
class GlossaryPage:
    """Every term by alphabet."""

    terms: tuple[TermLine, ...]


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """How far one lesson is read."""

    title: str
    url: str
    read: int
    total: int


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run of a case."""

    title: str
    url: str
    started: date
    ending: str
    is_ended: bool


@dataclass(frozen=True, slots=True)
class ProgressPage:
    """Everything a person has done, with what each figure rests on."""

    reading: tuple[ReadingLine, ...]
    lessons_read: int
    quizzes: tuple[QuizLine, ...]
    chart: LineChart | None
    domains: tuple[DomainLine, ...]
    runs: tuple[RunLine, ...]
    competency_rows: tuple[tuple[str | Cell, ...], ...]
    answered: int


@dataclass(frozen=True, slots=True)
class CompetenciesPage:
    """Where somebody stands themselves, area by area, and who has looked at it."""

    narrowings: tuple[Narrowing, ...]
    action_url: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str | Cell, ...], ...]
    key: str
    framework: str
    is_asked: bool
    looks: tuple[tuple[str | Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class CompetencyAreaPage:
    """Every row of one's own evidence in one area."""

    title: str
    back: Way
    headers: tuple[str, ...]
    blocks: tuple[CompetencyBlock, ...]
    passed_on_headers: tuple[str, ...]
    passed_on: tuple[tuple[str | Cell, ...], ...]
    empty: tuple[tuple[str, str], ...]
    why: str
    source: str
