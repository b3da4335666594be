"""Everything that was read, indexed and immutable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from app.domain.area import Area, areas_in_order
from app.domain.board_rules import BoardRules
from app.domain.competency import Competency, CompetencyFramework
from app.domain.exam_blueprint import ExamBlueprint, ExamDomain
from app.domain.exam_form import mock_pool
from app.domain.item import Item
from app.domain.item_enemies import Enemies, find_enemies
from app.domain.lesson import Lesson
from app.domain.practice import practice_pool
from app.domain.practice_supply import PracticeIndex, index_of
from app.domain.problem import Problem
from app.domain.scenario import Scenario
from app.domain.second_reading import SecondReading
from app.domain.source import Source
from app.library.supervision_rules import SupervisionRules

Thing = TypeVar("Thing", Item, Lesson, Scenario)


@dataclass(frozen=True, slots=True)
class Topic:
    """What one question file is about. Shape: `items` are ids in the order written."""

    id: str
    title: str
    area: str
    lesson: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A term with the place that explains it. Shape: `meaning` is Markdown of one line."""

    name: str
    meaning: str
    lesson: str
    section: str


@dataclass(frozen=True)
class Library:
    """All content as it was read once; another reading gives another Library.

    Shape: lessons are in reading order, items in the order of files and within them, everything
    else by path. `quarantined` are the files with errors of their own; `served_old` those of
    them whose last good text serves instead. `texts` maps the path of every file that passed to
    its text. `figures` maps paths of pictures that may be sent to the files. `broken_cases` can be
    read but not served; only the check looks at them.
    """

    lessons: Mapping[str, Lesson] = field(default_factory=dict)
    items: Mapping[str, Item] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    frameworks: Mapping[str, CompetencyFramework] = field(default_factory=dict)
    competencies: Mapping[str, Competency] = field(default_factory=dict)
    blueprints: Mapping[str, ExamBlueprint] = field(default_factory=dict)
    boards: Mapping[str, BoardRules] = field(default_factory=dict)
    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    broken_cases: tuple[Scenario, ...] = ()
    supervision: SupervisionRules = field(default_factory=SupervisionRules)
    second_readings: tuple[SecondReading, ...] = ()
    figures: Mapping[str, Path] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    problems: tuple[Problem, ...] = ()
    quarantined: tuple[str, ...] = ()
    served_old: tuple[str, ...] = ()
    fingerprint: str = ""

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        """The areas that have lessons or questions, the core curriculum first."""
        lessons = (lesson.area for lesson in self.lessons.values())
        return areas_in_order([*lessons, *(item.area for item in self.items.values())])

    @cached_property
    def domains(self) -> Mapping[str, ExamDomain]:
        """Every content area of every exam blueprint by its code."""
        blueprints = self.blueprints.values()
        return MappingProxyType({one.code: one for b in blueprints for one in b.domains})

    @cached_property
    def practice(self) -> PracticeIndex:
        """The items that practice draws from, sorted by what can be asked of them."""
        return index_of(practice_pool(self.items.values()))

    @cached_property
    def topics(self) -> Mapping[str, Topic]:
        """The topics of the bank by id, in the order of areas and files."""
        found: dict[str, list[Item]] = defaultdict(list)
        for item in self.items.values():
            found[item.topic].append(item)
        places = {area.id: place for place, area in enumerate(self.areas)}
        ordered = sorted(found.items(), key=lambda pair: (places[pair[1][0].area], pair[0]))
        return MappingProxyType({topic: _topic(items) for topic, items in ordered})

    @cached_property
    def glossary(self) -> tuple[GlossaryEntry, ...]:
        """Every term of every lesson by alphabet; one explained twice stands twice."""
        entries = [
            GlossaryEntry(term.name, term.meaning, lesson.id, section.id)
            for lesson in self.lessons.values()
            for section in lesson.sections
            for term in section.terms
        ]
        return tuple(sorted(entries, key=lambda entry: entry.name.casefold()))

    def lessons_in(self, area: str) -> tuple[Lesson, ...]:
        """The lessons of an area in reading order; empty when there is no such area."""
        return tuple(lesson for lesson in self.lessons.values() if lesson.area == area)

    def next_lesson(self, lesson_id: str) -> Lesson | None:
        """The lesson to read after this one. None: it is the last, or not known."""
        return self._lesson_beside(lesson_id, 1)

    def previous_lesson(self, lesson_id: str) -> Lesson | None:
        """The lesson before this one. None: it is the first, or not known."""
        return self._lesson_beside(lesson_id, -1)

    def items_of_lesson(self, lesson_id: str) -> tuple[Item, ...]:
        """The items written for a lesson; empty when there are none."""
        return self._items_by_lesson.get(lesson_id, ())

    def items_of_topic(self, topic_id: str) -> tuple[Item, ...]:
        """The items of a topic in the order written; empty when there is no such topic."""
        topic = self.topics.get(topic_id)
        return tuple(self.items[item_id] for item_id in topic.items) if topic else ()

    def checks_of(self, lesson_id: str) -> tuple[Item, ...]:
        """The items a lesson asks and learners may meet, in the order asked."""
        lesson = self.lessons.get(lesson_id)
        asked = [one for part in lesson.sections for one in part.checks] if lesson else []
        found = (self.items.get(item_id) for item_id in asked)
        return tuple(item for item in found if item is not None and item.is_offered)

    def lessons_for(self, competency: str) -> tuple[Lesson, ...]:
        """The lessons that aim at a competency, in reading order."""
        return _for_competency(self.lessons.values(), competency)

    def items_for(self, competency: str) -> tuple[Item, ...]:
        """The items that ask for a competency."""
        return _for_competency(self.items.values(), competency)

    def scenarios_for(self, competency: str) -> tuple[Scenario, ...]:
        """The cases in which a competency can be shown."""
        return _for_competency(self.scenarios.values(), competency)

    @cached_property
    def enemies(self) -> Enemies:
        """Which items may not meet on one exam form. Cost: worked out when first asked for."""
        return find_enemies(mock_pool(self.items.values()))

    def figure(self, lesson_id: str, name: str) -> Path | None:
        """The file of a picture beside a lesson. None: there is none that may be sent."""
        area = lesson_id.partition("/")[0]
        return self.figures.get(f"content/lessons/{area}/{name}")

    @cached_property
    def _items_by_lesson(self) -> Mapping[str, tuple[Item, ...]]:
        found: dict[str, list[Item]] = defaultdict(list)
        for item in self.items.values():
            found[item.lesson].append(item)
        return {lesson: tuple(items) for lesson, items in found.items()}

    @cached_property
    def _lesson_ids(self) -> tuple[str, ...]:
        return tuple(self.lessons)

    def _lesson_beside(self, lesson_id: str, step: int) -> Lesson | None:
        if lesson_id not in self.lessons:
            return None
        position = self._lesson_ids.index(lesson_id) + step
        if not 0 <= position < len(self._lesson_ids):
            return None
        return self.lessons[self._lesson_ids[position]]


def _topic(items: list[Item]) -> Topic:
    first = items[0]
    ids = tuple(item.id for item in items)
    return Topic(first.topic, first.topic_title, first.area, first.lesson, ids)


def _for_competency(things: Iterable[Thing], competency: str) -> tuple[Thing, ...]:
    return tuple(thing for thing in things if competency in thing.competencies)
