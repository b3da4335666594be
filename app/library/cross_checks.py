"""What one content file says about another: ids that lead nowhere, keys without firm ground.

Files put aside for errors of their own are not punished twice: what they may hold is not missed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from app.domain.item import Item
from app.domain.lesson import Lesson
from app.domain.problem import Problem, Severity
from app.domain.second_reading import CaseReading, SecondReading, gone_choices
from app.library.catalog import Library


class _Where(NamedTuple):
    path: str
    line: int
    subject: str


def cross_check(library: Library, broken: Mapping[str, str]) -> list[Problem]:
    """Checks every reference between files.

    Shape: `broken` maps the paths of files put aside to the text they have.
    """
    checker = _CrossChecker(library, broken)
    checker.check_there_is_ground()
    for item in library.items.values():
        checker.check_item(item)
    for lesson in library.lessons.values():
        checker.check_lesson(lesson)
    checker.check_order()
    checker.check_competencies()
    checker.check_blueprints()
    checker.check_boards()
    checker.check_supervision()
    for reading in library.second_readings:
        checker.check_reading(reading)
    return checker.problems


class _CrossChecker:
    def __init__(self, library: Library, broken: Mapping[str, str]) -> None:
        self.library = library
        self.broken = broken
        self.problems: list[Problem] = []
        self.lines: dict[str, list[str]] = {}

    def check_there_is_ground(self) -> None:
        """Says once when there is nothing to refer to, instead of at every reference."""
        for what, found, path in (
            ("sources", self.library.sources, "content/sources.yaml"),
            ("competencies", self.library.competencies, "content/competencies"),
            ("exam blueprints", self.library.blueprints, "content/blueprints"),
        ):
            if not found and not any(broken.startswith(path) for broken in self.broken):
                message = f"There are no {what}, so nothing that refers to them was checked."
                problem = Problem("XR500", Severity.ERROR, path, message, "Add them to the folder.")
                self.problems.append(problem)

    def check_item(self, item: Item) -> None:
        """Checks where an item points to, and what its key rests on."""
        where = _Where(item.path, item.line, item.id)
        if item.lesson and item.lesson not in self.library.lessons:
            self._missing("XR502", "lesson", item.lesson, where, self.library.lessons)
        self._check_codes(item.competencies, item.domain, where)
        self._check_sources(item.refs, where)
        known = [self.library.sources[ref] for ref in item.refs if ref in self.library.sources]
        if len(known) == len(item.refs) and not any(one.can_decide_a_key for one in known):
            message = "The key rests on no source that can decide it."
            advice = "Add a verified source to refs; popular, example and unread ones do not count."
            self._add("XR509", where, message, advice)

    def check_lesson(self, lesson: Lesson) -> None:
        """Checks where a lesson points to, and which questions it asks."""
        where = _Where(lesson.path, 1, lesson.id)
        self._check_codes(lesson.competencies, lesson.domain, where)
        self._check_sources(lesson.refs, where)
        for section in lesson.sections:
            for item_id in section.checks:
                self._check_asked(item_id, _Where(lesson.path, section.line, lesson.id))

    def check_order(self) -> None:
        """Checks that no two lessons of an area claim the same place."""
        seen: dict[tuple[str, int], Lesson] = {}
        for lesson in self.library.lessons.values():
            other = seen.setdefault((lesson.area, lesson.order), lesson)
            if other is not lesson:
                message = f"The place {lesson.order} in this area is taken by {other.path} too."
                advice = "Give each lesson of an area its own order."
                where = _Where(lesson.path, 1, lesson.id)
                self._add("XR511", where, message, advice, needle="order:", is_warning=True)

    def check_competencies(self) -> None:
        """Checks the crosswalks of the frameworks, and the sources they name."""
        for framework in self.library.frameworks.values():
            if framework.source:
                self._check_sources([framework.source], _Where(framework.path, 1, framework.id))
            for one in framework.competencies:
                line = self._line(framework.path, f"code: {one.code}", 1)
                where = _Where(framework.path, line, one.code)
                for domain in one.domains:
                    self._check_domain(domain, where)
                for code in one.maps_to:
                    if code not in self.library.competencies:
                        self._missing("XR503", "competency", code, where, self.library.competencies)

    def check_blueprints(self) -> None:
        """Checks that blueprints name a known source and share no domain code."""
        seen: dict[str, str] = {}
        for blueprint in self.library.blueprints.values():
            where = _Where(blueprint.path, 1, blueprint.id)
            self._check_sources([blueprint.source], where)
            for domain in blueprint.domains:
                other = seen.setdefault(domain.code, blueprint.id)
                if other != blueprint.id:
                    message = f"The blueprint “{other}” has a domain “{domain.code}” too."
                    self._add("XR510", where, message, "Give it another code.", domain.code)

    def check_boards(self) -> None:
        """Checks what the rules of boards name: core functions, sources, each phase once."""
        seen: dict[str, str] = {}
        for board in self.library.boards.values():
            where = _Where(board.path, 1, board.id)
            for code in board.functions:
                if self.library.competencies and code not in self.library.competencies:
                    self._missing("XR503", "competency", code, where, self.library.competencies)
            for grounds in board.grounds:
                self._check_sources(grounds.sources, where)
            for name in (*(one.id for one in board.phases), *(one.kind for one in board.renewals)):
                if seen.setdefault(name, board.id) != board.id:
                    message = f"The rules of “{seen[name]}” have “{name}” too."
                    self._add("XR515", where, message, "Give it another name.", name)

    def check_supervision(self) -> None:
        """Checks the sources that scales, rules, sets, thresholds, signing and frequencies name."""
        told = self.library.supervision
        for kind, dated in (("mi-thresholds", told.mi), ("signing", told.signing)):
            if dated is not None:
                where = _Where(f"content/supervision/{kind}.yaml", 1, kind)
                self._check_sources([dated.source], where)
        for frequency in told.frequencies.values():
            where = _Where("content/supervision/observation-frequency.yaml", 1, frequency.id)
            self._check_sources(frequency.grounds.sources if frequency.grounds else (), where)
        for kind, things in (
            ("level-scales", told.scales.values()),
            ("evidence-rules", told.evidence.values()),
            ("requirement-sets", told.sets.values()),
        ):
            for one in things:
                if one.source:
                    where = _Where(f"content/supervision/{kind}.yaml", 1, one.id)
                    self._check_sources([one.source], where)

    def check_reading(self, reading: SecondReading) -> None:
        """Checks that a second reading speaks about questions and options there are."""
        for answer in reading.answers:
            where = _Where(reading.path, 1, answer.item_id)
            item = self.library.items.get(answer.item_id)
            if item is None:
                if not self._may_be_broken(answer.item_id):
                    self._gone("question", answer.item_id, where)
            elif item.option(answer.chosen) is None:
                message = f"The question “{answer.item_id}” has no option “{answer.chosen}”."
                self._add("XR513", where, message, "Correct the answer.", answer.item_id)
        for case in reading.cases:
            self._check_case_reading(case, reading.path)

    def _check_case_reading(self, reading: CaseReading, path: str) -> None:
        scenario = self.library.scenarios.get(reading.case_id)
        where = _Where(path, self._line(path, f"case: {reading.case_id}", 1), reading.case_id)
        if scenario is None:
            if not self._may_be_broken(reading.case_id):
                self._gone("case", reading.case_id, where)
            return
        for decision in reading.decisions:
            scene = scenario.scene(decision.scene_id)
            if scene is None:
                self._gone("scene", decision.scene_id, where)
                continue
            for choice in gone_choices(decision, scene):
                self._gone("scored choice", choice, where)

    def _gone(self, what: str, name: str, where: _Where) -> None:
        """Warns that a record speaks of something that has gone since."""
        message = f"There is no {what} “{name}” any more."
        advice = "Keep the record; nothing is counted for it."
        self._add("XR512", where, message, advice, name, is_warning=True)

    def _check_asked(self, item_id: str, where: _Where) -> None:
        item = self.library.items.get(item_id)
        if item is None:
            self._missing("XR506", "question", item_id, where, self.library.items)
        elif item.pool != "practice":
            message = f"The question “{item_id}” is kept for mock exams and cannot be asked here."
            self._add("XR508", where, message, "Ask one of the practice pool.", item_id)
        elif not item.is_offered:
            message = f"The question “{item_id}” is {item.status}, so this lesson will not ask it."
            advice = "Ask another one, or wait until it is live."
            self._add("XR507", where, message, advice, item_id, is_warning=True)
        elif item.lesson != where.subject:
            message = f"The question “{item_id}” belongs to the lesson {item.lesson}."
            advice = "Ask a question of this lesson, or change the question's lesson."
            self._add("XR514", where, message, advice, item_id, is_warning=True)

    def _check_codes(self, competencies: Iterable[str], domain: str, where: _Where) -> None:
        for code in competencies:
            if self.library.competencies and code not in self.library.competencies:
                self._missing("XR503", "competency", code, where, self.library.competencies)
        self._check_domain(domain, where)

    def _check_domain(self, domain: str, where: _Where) -> None:
        if self.library.domains and domain not in self.library.domains:
            self._missing("XR504", "exam domain", domain, where, self.library.domains)

    def _check_sources(self, refs: Iterable[str], where: _Where) -> None:
        for ref in refs:
            if self.library.sources and ref not in self.library.sources:
                self._missing("XR505", "source", ref, where, self.library.sources)

    def _missing(
        self,
        code: str,
        what: str,
        name: str,
        where: _Where,
        known: Collection[str],
    ) -> None:
        """Tells that something named is nowhere, unless a file put aside may hold it."""
        if self._may_be_broken(name):
            return
        close = _nearest(name, known)
        advice = f"Did you mean “{close}”?" if close else f"Correct the id, or add the {what}."
        self._add(code, where, f"There is no {what} “{name}”.", advice, name)

    def _may_be_broken(self, name: str) -> bool:
        lesson = f"content/lessons/{name}.md"
        return lesson in self.broken or any(name in text for text in self.broken.values())

    def _add(
        self,
        code: str,
        where: _Where,
        message: str,
        advice: str,
        needle: str = "",
        *,
        is_warning: bool = False,
    ) -> None:
        severity = Severity.WARNING if is_warning else Severity.ERROR
        line = self._line(where.path, needle, where.line)
        self.problems.append(
            Problem(code, severity, where.path, message, advice, line=line, subject=where.subject)
        )

    def _line(self, path: str, needle: str, start: int) -> int:
        """Finds the line on which a name stands, from a line on; else that line itself."""
        if path not in self.lines:
            self.lines[path] = self.library.texts.get(path, "").split("\n")
        later = enumerate(self.lines[path][start - 1 :], start=start)
        return next((number for number, line in later if needle and needle in line), start)


def _nearest(name: str, known: Collection[str]) -> str:
    return next(iter(get_close_matches(name, known, n=1, cutoff=0.75)), "")
