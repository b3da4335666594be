"""What the checker says about the content in use, worked out once for each reading of it."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.domain.cue_guesser import GuesserReport, cue_guesser
from app.domain.problem import Problem, Severity
from app.domain.scenario import Scenario
from app.library.content_check import check_library
from app.library.library import Library
from app.library.places import SCENARIOS
from app.web.shared.filters import say_count
from app.web.shared.part_data import Cell

SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.INFO)
SEVERITY_WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
SEVERITY_SIGNS = {Severity.ERROR: "below", Severity.WARNING: "ageing", Severity.INFO: "info"}
NO_PROBLEMS = Cell("none", state="none")


@dataclass(frozen=True)
class Checked:
    """Every problem of the content in use, in reading order, and where each belongs."""

    problems: tuple[Problem, ...]
    guesser: GuesserReport

    def of_item(self, item_id: str) -> tuple[Problem, ...]:
        """The problems of one item."""
        return self._by_subject.get(item_id, ())

    def of_file(self, path: str) -> tuple[Problem, ...]:
        """The problems of one file."""
        return self._by_path.get(path, ())

    def of_case(self, scenario: Scenario) -> tuple[Problem, ...]:
        """The problems of a case: of its text and of its walks."""
        folder = case_folder(scenario)
        return tuple(one for one in self.problems if one.path.startswith(f"{folder}/"))

    @cached_property
    def _by_subject(self) -> Mapping[str, tuple[Problem, ...]]:
        return _grouped((one.subject, one) for one in self.problems)

    @cached_property
    def _by_path(self) -> Mapping[str, tuple[Problem, ...]]:
        return _grouped((one.path, one) for one in self.problems)


_lock = threading.Lock()
_latest: list[tuple[Library, Checked]] = []


def checked(library: Library) -> Checked:
    """Checks the content in use.

    Cost: the first call after a change explores every case and compares all items; later calls
    find the answer kept. Kept by the library itself, not by its fingerprint: a file that broke
    and is served from its last good text changes the problems and not the fingerprint.
    """
    with _lock:
        if not _latest or _latest[0][0] is not library:
            offered = [item for item in library.items.values() if item.is_offered]
            found = Checked(tuple(check_library(library)), cue_guesser(offered))
            _latest[:] = [(library, found)]
        return _latest[0][1]


def case_folder(scenario: Scenario) -> str:
    """The folder of a case, as people are told it."""
    return f"{SCENARIOS}/{scenario.path.removeprefix(f'{SCENARIOS}/')}"


def problem_cell(problems: Sequence[Problem]) -> Cell:
    """Counts problems in a chip: the worst kind in words, all of them in the detail."""
    counts = {kind: sum(one.severity is kind for one in problems) for kind in SEVERITIES}
    found = [kind for kind in SEVERITIES if counts[kind]]
    if not found:
        return NO_PROBLEMS
    worst, *others = found
    more = ", ".join(say_count(counts[kind], SEVERITY_WORDS[kind]) for kind in others)
    words = say_count(counts[worst], SEVERITY_WORDS[worst])
    return Cell(words, state=SEVERITY_SIGNS[worst], detail=more)


def _grouped(pairs: Iterable[tuple[str, Problem]]) -> Mapping[str, tuple[Problem, ...]]:
    found: dict[str, list[Problem]] = defaultdict(list)
    for key, problem in pairs:
        found[key].append(problem)
    return {key: tuple(problems) for key, problems in found.items()}
