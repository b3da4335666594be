"""Reads everything once into an immutable Library; one broken file never takes others down.

A file with errors of its own is put aside (quarantined) with its problems. When its last good
text is known, that text serves instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import TypeVar

from app.domain.area import areas_in_order
from app.domain.board_rules import BoardRules
from app.domain.competency import CompetencyFramework
from app.domain.exam_blueprint import ExamBlueprint
from app.domain.ids import fingerprint
from app.domain.lesson import Lesson
from app.domain.problem import Problem, errors_only, in_reading_order
from app.domain.scenario import Scenario
from app.domain.second_reading import SecondReading
from app.domain.source import Source
from app.library.blueprint_file import read_blueprint
from app.library.board_file import read_board
from app.library.case_folder import read_case_folder, read_case_texts
from app.library.catalog import Library
from app.library.competency_file import read_framework
from app.library.cross_checks import cross_check
from app.library.entries import Entry, Kind, find_entries, signature
from app.library.evidence_rules_file import read_evidence_rules
from app.library.figure_file import check_figure
from app.library.frequency_file import read_frequencies
from app.library.item_file import ItemFile, read_item_file
from app.library.lesson_file import read_lesson
from app.library.level_scale_file import read_level_scales
from app.library.mi_thresholds_file import read_mi_thresholds
from app.library.once_each import Shelf
from app.library.places import SCENARIOS, Places
from app.library.published_case import PublishedCase
from app.library.requirement_file import read_requirement_sets
from app.library.review_file import read_second_reading
from app.library.signing_file import read_signing
from app.library.source_file import read_sources
from app.library.supervision_rules import SupervisionAsRead
from app.library.text_file import MAX_LESSON_BYTES, MAX_YAML_BYTES, read_text

__all__ = ["Library", "PublishedCase", "good_texts", "read_library", "signature"]

Value = TypeVar("Value")
_Read = tuple[Value | None, list[Problem]]


def read_library(
    places: Places,
    *,
    last_good: Mapping[str, str] | None = None,
    published: Mapping[str, PublishedCase] | None = None,
) -> Library:
    """Reads all content.

    Shape: `last_good` maps paths to texts that passed before, as `good_texts` gives them;
    `published` holds cases by id that stand in the place of what their folders hold.
    Cost: reads every file; about a tenth of a second for fourteen lessons and their questions.
    """
    entries, problems = find_entries(places)
    reading = _Reading(entries, last_good or {}, problems, published or {})
    for entry in entries:
        reading.take(entry)
    reading.take_published()
    return reading.library()


def good_texts(library: Library) -> Mapping[str, str]:
    """Gives the text of every file that serves, by path, to fall back on at the next reading."""
    return library.texts


class _Reading:
    """One pass over all files."""

    def __init__(
        self,
        entries: Iterable[Entry],
        last_good: Mapping[str, str],
        problems: list[Problem],
        published: Mapping[str, PublishedCase],
    ) -> None:
        self.last_good = last_good
        self.published = dict(published)
        self.problems = problems
        self.texts: dict[str, str] = {}
        self.broken: dict[str, str] = {}  # path → the text that did not pass
        self.served_old: list[str] = []
        self.figures = {e.told: e.file for e in entries if e.kind is Kind.FIGURE}
        self.safe_figures: dict[str, Path] = {}
        self.sources: list[tuple[Source, ...]] = []
        self.frameworks: list[CompetencyFramework] = []
        self.blueprints: list[ExamBlueprint] = []
        self.boards: list[BoardRules] = []
        self.lessons: list[Lesson] = []
        self.item_files: list[tuple[str, ItemFile]] = []
        self.readings: list[SecondReading] = []
        self.scenarios: list[tuple[str, Scenario]] = []
        self.broken_cases: list[Scenario] = []
        self.supervision = SupervisionAsRead()

    def take(self, entry: Entry) -> None:
        """Reads one file or case and keeps what it holds, or the problems that prevent it."""
        if entry.kind is Kind.FIGURE:
            self._take_figure(entry)
        elif entry.kind is Kind.CASE:
            self._take_case(entry)
        elif entry.kind is Kind.LESSON:
            self._keep(self.lessons, self._serve(entry, self._read_lesson, MAX_LESSON_BYTES))
        elif entry.kind is Kind.ITEMS:
            item_file = self._serve(entry, read_item_file)
            self._keep(self.item_files, (entry.told, item_file) if item_file else None)
        elif entry.kind is Kind.SOURCES:
            self._keep(self.sources, self._serve(entry, read_sources))
        elif entry.kind is Kind.COMPETENCIES:
            self._keep(self.frameworks, self._serve(entry, read_framework))
        elif entry.kind is Kind.BLUEPRINT:
            self._keep(self.blueprints, self._serve(entry, read_blueprint))
        elif entry.kind is Kind.BOARD:
            self._keep(self.boards, self._serve(entry, read_board))
        elif entry.kind is Kind.REVIEW:
            self._keep(self.readings, self._serve(entry, read_second_reading))
        else:
            self._take_supervision(entry)

    def _take_supervision(self, entry: Entry) -> None:
        if entry.kind is Kind.LEVEL_SCALES:
            self.supervision.scales += self._serve(entry, read_level_scales) or ()
        elif entry.kind is Kind.EVIDENCE_RULES:
            self.supervision.rules += self._serve(entry, read_evidence_rules) or ()
        elif entry.kind is Kind.REQUIREMENTS:
            self.supervision.sets += self._serve(entry, read_requirement_sets) or ()
        elif entry.kind is Kind.MI_THRESHOLDS:
            self.supervision.mi = self._serve(entry, read_mi_thresholds)
        elif entry.kind is Kind.SIGNING:
            self.supervision.signing = self._serve(entry, read_signing)
        elif entry.kind is Kind.FREQUENCIES:
            self.supervision.frequencies += self._serve(entry, read_frequencies) or ()

    def library(self) -> Library:
        """Puts everything on its shelf and checks what one file says about another."""
        shelf = Shelf(self.problems)
        items = [(path, item) for path, one in self.item_files for item in one.items]
        competencies = [(one, f.path) for f in self.frameworks for one in f.competencies]
        library = Library(
            lessons=shelf.once_each("lesson", _in_reading_order(self.lessons)),
            items=shelf.once_each("question", [(i.id, i, p, i.line) for p, i in items]),
            sources=MappingProxyType({one.id: one for some in self.sources for one in some}),
            frameworks=shelf.once_each(
                "framework", [(f.id, f, f.path, None) for f in self.frameworks]
            ),
            competencies=shelf.once_each(
                "competency", [(one.code, one, path, None) for one, path in competencies]
            ),
            blueprints=shelf.once_each(
                "exam blueprint", [(b.id, b, b.path, None) for b in self.blueprints]
            ),
            boards=shelf.once_each("board", [(b.id, b, b.path, None) for b in self.boards]),
            scenarios=shelf.once_each("case", [(s.id, s, p, None) for p, s in self.scenarios]),
            broken_cases=tuple(self.broken_cases),
            supervision=self.supervision.fit_together(
                self.frameworks, shelf_of=self.problems, broken=self.broken
            ),
            second_readings=tuple(self.readings),
            figures=MappingProxyType(self.safe_figures),
            texts=MappingProxyType(self.texts),
            quarantined=tuple(sorted(self.broken)),
            served_old=tuple(self.served_old),
            fingerprint=_fingerprint(self.texts),
        )
        problems = [*self.problems, *cross_check(library, self.broken)]
        return _with_problems(library, problems)

    def _serve(
        self,
        entry: Entry,
        read: Callable[..., _Read[Value]],
        max_bytes: int = MAX_YAML_BYTES,
    ) -> Value | None:
        """Reads a text file, or what served before it broke. None: neither can serve."""
        text, problems = read_text(entry.file, path=entry.told, max_bytes=max_bytes)
        value = None
        if text is not None:
            value, found = read(text, path=entry.told)
            problems += found
        self.problems += problems
        if value is not None and text is not None:
            self.texts[entry.told] = text
            return value
        self.broken[entry.told] = text or ""
        old = self.last_good.get(entry.told)
        value = read(old, path=entry.told)[0] if old is not None else None
        if value is not None and old is not None:
            self.texts[entry.told] = old
            self.served_old.append(entry.told)
        return value

    def _read_lesson(self, text: str, *, path: str) -> _Read[Lesson]:
        folder = PurePosixPath(path).parent
        figures = {name.rpartition("/")[2] for name in self.figures if _is_in(name, folder)}
        return read_lesson(text, path=path, figures=figures)

    def _take_figure(self, entry: Entry) -> None:
        problems = check_figure(entry.file, path=entry.told)
        self.problems += problems
        if not errors_only(problems):
            self.safe_figures[entry.told] = entry.file

    def take_published(self) -> None:
        """Takes cases that were published and have no folder."""
        for case_id in sorted(self.published):
            self._serve_case(f"{SCENARIOS}/{case_id}", self.published[case_id].texts(), [])

    def _take_case(self, entry: Entry) -> None:
        texts, problems = read_case_texts(entry.file, told=entry.told)
        published = self.published.pop(entry.file.name, None)
        if published is not None:
            problems = list(published.compare(texts, told=entry.told))
            texts = published.texts()
        self._serve_case(entry.told, texts, problems)

    def _serve_case(self, told: str, texts: dict[str, str], problems: list[Problem]) -> None:
        scenario, found = read_case_folder(texts, told=told)
        self.problems += [*problems, *found]
        if scenario is None or errors_only([*problems, *found]):
            self.broken_cases += [scenario] if scenario else []
            self.broken[told] = "\n".join(texts.values())
            texts = {path: text for path, text in self.last_good.items() if _is_in(path, told)}
            scenario, found = read_case_folder(texts, told=told)
            if errors_only(found):
                scenario = None
            if scenario is not None:
                self.served_old.append(told)
        if scenario is not None:
            self.texts |= texts
            self.scenarios.append((told, scenario))

    @staticmethod
    def _keep(shelf: list[Value], value: Value | None) -> None:
        if value is not None:
            shelf.append(value)


def _in_reading_order(
    lessons: Iterable[Lesson],
) -> list[tuple[str, Lesson, str, int | None]]:
    found = list(lessons)
    areas = areas_in_order(lesson.area for lesson in found)
    places = {area.id: place for place, area in enumerate(areas)}
    found.sort(key=lambda lesson: (places[lesson.area], lesson.order, lesson.slug))
    return [(lesson.id, lesson, lesson.path, None) for lesson in found]


def _is_in(path: str, folder: PurePosixPath | str) -> bool:
    return path.startswith(f"{folder}/")


def _fingerprint(texts: Mapping[str, str]) -> str:
    return fingerprint("\n".join(f"{path} {fingerprint(texts[path])}" for path in sorted(texts)))


def _with_problems(library: Library, problems: Iterable[Problem]) -> Library:
    return replace(library, problems=tuple(in_reading_order(problems)))
