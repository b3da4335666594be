"""What the page to build a quiz shows, and the list of bookmarks."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.practice import PracticeSupply
from app.storage.queries.learn_pages import QuizLine
from app.web.exam.inputs import PracticeInput
from app.web.shared.part_data import Cell, FieldFault, MissedButton, Way


@dataclass(frozen=True, slots=True)
class TopicChoice:
    """A topic that can be practiced, with what one has met of it."""

    id: str
    title: str
    is_chosen: bool
    there: PracticeSupply


@dataclass(frozen=True, slots=True)
class TopicGroup:
    """The topics of one area."""

    title: str
    topics: tuple[TopicChoice, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a part of the wish. Units: `count` says how many questions would fit."""

    value: str
    words: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """Choices under one title; a framework of competencies, for example."""

    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class MoreChoices:
    """What narrows a quiz beyond topics. Shape: `is_open` as soon as anything of it is used."""

    is_open: bool
    states: tuple[Choice, ...]
    domains: tuple[Choice, ...]
    difficulties: tuple[Choice, ...]
    competencies: tuple[ChoiceGroup, ...]


@dataclass(frozen=True, slots=True)
class Fitting:
    """How many questions fit. Shape: `ways_out` says what to give up when none does."""

    words: str
    count: int
    ways_out: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class PresetLine:
    """Choices kept under a name."""

    name: str
    detail: str
    url: str
    delete_url: str


@dataclass(frozen=True, slots=True)
class PracticePage:
    """Building a quiz. None: `missed_button` is None when nothing was missed."""

    form: PracticeInput
    faults: tuple[FieldFault, ...]
    lead: str
    groups: tuple[TopicGroup, ...]
    more: MoreChoices
    fitting: Fitting
    presets: tuple[PresetLine, ...]
    bookmarked: int
    missed: int
    missed_button: MissedButton | None
    asked: tuple[str, ...]
    open_quizzes: tuple[QuizLine, ...]
    recent: tuple[QuizLine, ...]


@dataclass(frozen=True, slots=True)
class BookmarkOnScreen:
    """A bookmarked question. It has no field for an answer: this list never tells a key."""

    item_id: str
    title: str
    detail: str
    last: Cell


@dataclass(frozen=True, slots=True)
class BookmarksPage:
    """A person's bookmarks, newest first. Shape: `practice_url` is empty if none can be asked."""

    lead: str
    lines: tuple[BookmarkOnScreen, ...]
    practice_url: str
    practice_label: str
    number: int
    previous: Way | None
    following: Way | None
    back: Way
