"""Which files lie in the content folders, what each of them is, and which are misplaced."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from app.domain.problem import Problem, Severity
from app.library.places import CONTENT, SCENARIOS, Places

CASE_FILE = "case.md"
_FIGURES = frozenset({".svg", ".png", ".jpg", ".jpeg", ".webp"})
_NOTES = frozenset({"README.md", "LICENSE", "LICENSE.md"})  # for people, not for the reader


class Kind(StrEnum):
    """What a file is, told by where it lies."""

    SOURCES = "sources"
    COMPETENCIES = "competencies"
    BLUEPRINT = "blueprints"
    LESSON = "lessons"
    ITEMS = "questions"
    REVIEW = "reviews"
    BOARD = "rules of a board"
    LEVEL_SCALES = "level scales"
    EVIDENCE_RULES = "evidence rules"
    REQUIREMENTS = "requirement sets"
    MI_THRESHOLDS = "thresholds of interviews"
    SIGNING = "signing"
    FREQUENCIES = "frequencies of observation"
    FIGURE = "figure"
    CASE = "case"


_FILES: dict[str, Kind] = {  # that there is one of, each in its place
    "sources.yaml": Kind.SOURCES,
    "supervision/level-scales.yaml": Kind.LEVEL_SCALES,
    "supervision/evidence-rules.yaml": Kind.EVIDENCE_RULES,
    "supervision/requirement-sets.yaml": Kind.REQUIREMENTS,
    "supervision/mi-thresholds.yaml": Kind.MI_THRESHOLDS,
    "supervision/signing.yaml": Kind.SIGNING,
    "supervision/observation-frequency.yaml": Kind.FREQUENCIES,
}
_FOLDERS: dict[str, tuple[Kind, int, str]] = {  # folder → kind, folders above the file, ending
    "competencies": (Kind.COMPETENCIES, 1, ".yaml"),
    "blueprints": (Kind.BLUEPRINT, 1, ".yaml"),
    "reviews": (Kind.REVIEW, 1, ".yaml"),
    "supervision": (Kind.BOARD, 1, ".yaml"),
    "questions": (Kind.ITEMS, 2, ".yaml"),
    "lessons": (Kind.LESSON, 2, ".md"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One file to read, or one case folder.

    Shape: `told` is the path as people are told it; for a case it names the folder.
    """

    told: str
    kind: Kind
    file: Path


def find_entries(places: Places) -> tuple[list[Entry], list[Problem]]:
    """Lists everything there is to read, by path, and what will not be read.

    Cost: walks both folders, opens no file.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    for name, folder in ((CONTENT, places.content), (SCENARIOS, places.scenarios)):
        if not folder.is_dir():
            message = f"There is no folder {folder}."
            advice = "Create it, or correct the setting that names it."
            problems.append(Problem("YF117", Severity.ERROR, name, message, advice))
    for relative in files_below(places.content):
        entry = _content_entry(relative, places)
        if entry is not None:
            entries.append(entry)
        elif Path(relative).name not in _NOTES:
            problems.append(_stray(f"{CONTENT}/{relative}"))
    for relative in files_below(places.scenarios):
        parts = relative.split("/")
        if parts[-1] == CASE_FILE and len(parts) == 2:
            folder = places.scenarios / parts[0]
            entries.append(Entry(f"{SCENARIOS}/{parts[0]}", Kind.CASE, folder))
    return entries, problems


def files_below(folder: Path) -> Iterator[str]:
    """Names the ordinary files below a folder in a stable order, hidden ones left out.

    Shape: paths relative to the folder, with slashes. Links to folders are not followed.
    """
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        for name in sorted(names):
            file = Path(root, name)
            if not name.startswith(".") and not name.endswith("~") and file.is_file():
                yield file.relative_to(folder).as_posix()


def signature(places: Places) -> str:
    """Names the state of both folders by paths, sizes and times of change.

    Cost: one walk and one look at each file; no file is opened.
    """
    state = sha256()
    for folder in (places.content, places.scenarios):
        for relative in files_below(folder):
            try:
                seen = (folder / relative).stat()
            except OSError:  # gone since it was listed: the next look will settle it
                continue
            state.update(f"{relative}\0{seen.st_mtime_ns}\0{seen.st_size}\n".encode())
        state.update(b"\0")
    return state.hexdigest()


def _content_entry(relative: str, places: Places) -> Entry | None:
    parts = relative.split("/")
    told, file = f"{CONTENT}/{relative}", places.content / relative
    if relative in _FILES:
        return Entry(told, _FILES[relative], file)
    kind, depth, ending = _FOLDERS.get(parts[0], (None, 0, ""))
    if kind is None or len(parts) != depth + 1 or parts[-1] in _NOTES:
        return None
    if kind is Kind.LESSON and file.suffix in _FIGURES:
        return Entry(told, Kind.FIGURE, file)
    return Entry(told, kind, file) if file.suffix == ending else None


def _stray(told: str) -> Problem:
    message = "This file is not read: nothing is expected by this name in this place."
    advice = "Move or rename it: lessons/<area>/*.md, questions/<area>/*.yaml, and so on."
    return Problem("YF116", Severity.WARNING, told, message, advice)
