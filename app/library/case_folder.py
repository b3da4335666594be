"""One folder of a case: which of its files are read, and how its problems name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from app.domain.problem import Problem
from app.domain.scenario import Scenario
from app.library.case_limits import MOST_CHARACTERS
from app.library.entries import files_below
from app.library.places import SCENARIOS
from app.library.scenario_text import read_case
from app.library.text_file import MAX_YAML_BYTES, read_text

_ENDINGS = frozenset({".md", ".walk"})


def read_case_texts(folder: Path, *, told: str) -> tuple[dict[str, str], list[Problem]]:
    """Reads the texts of a case folder by the path people are told.

    Shape: reading ends with the file that makes the case too large; checking it then says so.
    """
    left = MOST_CHARACTERS
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for relative in files_below(folder):
        if left < 0:
            break
        file, path = folder / relative, f"{told}/{relative}"
        if file.suffix not in _ENDINGS or file.name == "README.md":
            continue
        text, found = read_text(file, path=path, max_bytes=MAX_YAML_BYTES)
        problems += found
        if text is not None:
            texts[path] = text
            left -= len(text)
    return texts, problems


def read_case_folder(
    texts: Mapping[str, str], *, told: str
) -> tuple[Scenario | None, list[Problem]]:
    """Reads a case from its texts. None: the case has errors and cannot serve."""
    folder = told.removeprefix(f"{SCENARIOS}/")
    files = {path.removeprefix(f"{told}/"): text for path, text in texts.items()}
    scenario, problems = read_case(files, path=folder)
    return scenario, [replace(problem, path=f"{SCENARIOS}/{problem.path}") for problem in problems]
