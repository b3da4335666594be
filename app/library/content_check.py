"""The whole check of content: files, references, item writing and cases, in one list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.domain.item_writing import check_items
from app.domain.problem import Problem, Severity, errors_only, in_reading_order
from app.domain.scenario_check import check_scenario
from app.library.blueprint_file import read_blueprint
from app.library.catalog import Library
from app.library.competency_file import read_framework
from app.library.entries import CASE_FILE
from app.library.evidence_rules_file import read_evidence_rules
from app.library.frequency_file import read_frequencies
from app.library.item_file import read_item_file
from app.library.lesson_file import read_lesson
from app.library.level_scale_file import read_level_scales
from app.library.library import read_library
from app.library.mi_thresholds_file import read_mi_thresholds
from app.library.places import SCENARIOS, Places
from app.library.requirement_file import read_requirement_sets
from app.library.review_file import read_second_reading
from app.library.signing_file import read_signing
from app.library.source_file import read_sources
from app.library.text_file import MAX_YAML_BYTES, read_text

_CONTENT_MARKS = ("sources.yaml", "questions", "lessons", "competencies", "blueprints")
_READERS: tuple[tuple[str, Callable[..., tuple[object, list[Problem]]]], ...] = (
    ("items:", read_item_file),
    ("sources:", read_sources),
    ("competencies:", read_framework),
    ("reader:", read_second_reading),
    ("domains:", read_blueprint),
    ("scales:", read_level_scales),
    ("rules:", read_evidence_rules),
    ("sets:", read_requirement_sets),
    ("measures:", read_mi_thresholds),
    ("credentials:", read_signing),
    ("frequencies:", read_frequencies),
)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found. Shape: problems in reading order; `counts` says what was looked at."""

    problems: tuple[Problem, ...]
    counts: tuple[tuple[str, int], ...]

    @property
    def has_errors(self) -> bool:
        """Says whether anything must be mended before the content can serve."""
        return bool(errors_only(self.problems))


def check_library(library: Library) -> list[Problem]:
    """Tells everything wrong with what was read: files, references, wording, cases.

    Cost: explores every case exactly and compares all items; seconds for a large bank.
    """
    problems = [*library.problems, *check_items(list(library.items.values()))]
    for scenario in (*library.scenarios.values(), *library.broken_cases):
        found = check_scenario(scenario, known_competencies=frozenset(library.competencies))
        problems += [_from_scenarios(problem) for problem in found]
    return in_reading_order(dict.fromkeys(problems))


def check_paths(places: Places, paths: Sequence[Path] = ()) -> CheckResult:
    """Checks all content, or what lies under some paths, as one command does it.

    The rest of the content is read all the same, so that references can be followed. A path
    outside both folders is checked where it stands, with the content around it if there is any.
    """
    if not paths:
        library = read_library(places)
        return CheckResult(tuple(check_library(library)), _counts(library))
    problems: list[Problem] = []
    checked: dict[Places, list[Problem]] = {}
    counts: tuple[tuple[str, int], ...] = ()
    for path in paths:
        if not path.exists():
            problems.append(_not_there(path))
            continue
        around = places if places.told(path) else _places_around(path, places)
        if around is None:
            problems += _check_alone(path)
            continue
        if around not in checked:
            library = read_library(around)
            checked[around] = check_library(library)
            counts = _counts(library)
        problems += _under(checked[around], around.told(path) or "")
    return CheckResult(tuple(in_reading_order(dict.fromkeys(problems))), counts)


def _under(problems: Iterable[Problem], told: str) -> list[Problem]:
    return [one for one in problems if one.path == told or one.path.startswith(f"{told}/")]


def _places_around(path: Path, places: Places) -> Places | None:
    """Finds the content folder or the folder of cases that a path outside belongs to."""
    resolved = path.resolve()
    for folder in (resolved, *resolved.parents):
        if (folder / CASE_FILE).is_file():
            return replace(places, scenarios=folder.parent)
        if folder == resolved and any(folder.glob(f"*/{CASE_FILE}")):
            return replace(places, scenarios=folder)
        marked = sum((folder / mark).exists() for mark in _CONTENT_MARKS)
        if marked >= 2:
            return replace(places, content=folder)
    return None


def _check_alone(path: Path) -> list[Problem]:
    """Checks a single file for its own faults; nothing it refers to can be followed."""
    told = str(path)
    text, problems = read_text(path, path=told, max_bytes=MAX_YAML_BYTES)
    if text is None:
        return problems
    if path.suffix == ".md":
        return problems + read_lesson(text, path=told)[1]
    for key, read in _READERS:
        if f"\n{key}" in f"\n{text}":
            return problems + read(text, path=told)[1]
    message = "It cannot be told what kind of content this is."
    advice = "Name a file or folder of content/ or scenarios/."
    return [*problems, Problem("YF118", Severity.ERROR, told, message, advice)]


def _from_scenarios(problem: Problem) -> Problem:
    if problem.path.startswith(f"{SCENARIOS}/"):
        return problem
    return replace(problem, path=f"{SCENARIOS}/{problem.path}")


def _not_there(path: Path) -> Problem:
    message = "There is no such file or folder."
    return Problem("YF119", Severity.ERROR, str(path), message, "Correct the path.")


def _counts(library: Library) -> tuple[tuple[str, int], ...]:
    return (
        ("lessons", len(library.lessons)),
        ("questions", len(library.items)),
        ("cases", len(library.scenarios)),
        ("blueprints", len(library.blueprints)),
        ("competencies", len(library.competencies)),
        ("sources", len(library.sources)),
    )
