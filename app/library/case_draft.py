"""A draft of a case, read and checked as it stands, however broken it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.domain.errors import InvalidInput
from app.domain.ids import fingerprint
from app.domain.problem import Problem, in_reading_order
from app.domain.scenario import Scenario
from app.domain.scenario_axes import LARGEST_DOMAIN, LIVE_DOMAIN
from app.domain.scenario_check import check_scenario
from app.domain.scenario_states import Exploration, explore
from app.library.case_lines import MAIN_FILE
from app.library.scenario_text import WALK_ENDING, WALK_FOLDER, read_case

LARGEST_DRAFT = 950_000  # bytes of all files: 1,000 scenes fit, and a form can carry them
MOST_FILES = 200
SHORT_CASE = 60  # scenes; up to here all that can be proven is proven at once
FILE_NAME = re.compile(r"(?:walks/)?[a-z0-9][a-z0-9-]{0,60}(?:\.md|\.walk)")
_VERSION = re.compile(r"^version:[ \t]*(\d{1,6})[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class CheckedDraft:
    """What the checker says about a draft.

    Shape: `exploration` tells everything that is true of all plays.
    None: `scenario` is None when there is no scene to read at all, `exploration` when there is
    nothing to play yet.
    """

    scenario: Scenario | None
    problems: tuple[Problem, ...]
    exploration: Exploration | None


def check_draft(
    files: Mapping[str, str],
    *,
    case_id: str,
    known_competencies: Collection[str],
    plays_habits: bool = True,
) -> CheckedDraft:
    """Reads and checks a draft. Every fault is a problem; their paths are names in the folder.

    Shape: without `plays_habits`, what simple habits would earn is left out: while one types,
    that takes longer than everything else.
    Cost: milliseconds for an ordinary case, a third of a second for the largest we ship.
    """
    scenario, problems = read_case(files, path=case_id)
    exploration = None
    if scenario is not None:
        largest = _largest(scenario, is_live=not plays_habits)
        exploration = explore(scenario, largest_domain=largest)
        problems = problems + check_scenario(
            scenario,
            known_competencies=known_competencies,
            largest_domain=largest,
            plays_habits=plays_habits,
            exploration=exploration,
        )
        if scenario.scene(scenario.start) is None:
            exploration = None
    told = tuple(in_reading_order(dict.fromkeys(problems)))
    return CheckedDraft(scenario, told, exploration)


def _largest(scenario: Scenario, *, is_live: bool) -> int:
    """How many combinations are followed: fewer in a long case while somebody types."""
    is_long = len(scenario.scenes) > SHORT_CASE
    return LIVE_DOMAIN if is_live and is_long else LARGEST_DOMAIN


def refuse_unfit_files(files: Mapping[str, str]) -> None:
    """Refuses what could not be a case folder.

    Raises: InvalidInput for names that fit nowhere, or for too much text.
    """
    for name in files:
        in_walks = name.startswith(WALK_FOLDER)
        if not FILE_NAME.fullmatch(name) or in_walks != name.endswith(WALK_ENDING):
            raise InvalidInput(
                "draft-file-name",
                f"“{name[:80]}” is no file of a case.",
                "Use small letters, digits and hyphens: case.md, part-two.md, walks/good.walk.",
            )
    if MAIN_FILE not in files:
        raise InvalidInput("draft-no-case", "There is no case.md.", "A case starts with one.")
    if len(files) > MOST_FILES:
        raise InvalidInput("draft-too-many", f"A case has at most {MOST_FILES} files.")
    if sum(len(text.encode()) for text in files.values()) > LARGEST_DRAFT:
        raise InvalidInput(
            "draft-too-large",
            f"A case has at most {LARGEST_DRAFT // 1000} kB of text.",
            "Split it into two cases.",
        )


def text_mark(files: Mapping[str, str]) -> str:
    """Names the text of a case as a reader meets it; test walks do not belong to it."""
    told = (f"{name}\0{files[name]}" for name in sorted(files) if not name.endswith(WALK_ENDING))
    return fingerprint("\0".join(told))


def has_version(files: Mapping[str, str]) -> bool:
    """Says whether the front matter has a line with a version that can be raised."""
    return _VERSION.search(files[MAIN_FILE]) is not None


def with_version(files: Mapping[str, str], version: int) -> dict[str, str]:
    """The files with another version in the front matter; unchanged if none is written there."""
    told = _VERSION.sub(f"version: {version}", files[MAIN_FILE], count=1)
    return {**files, MAIN_FILE: told}
