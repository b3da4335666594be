"""Nothing grows past its ceiling, and no file is called a drawer (docs/contributors/house.md)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.house.tree import files_like, lines_of, name_of, parsed, project_files

# The first row that fits counts.
CEILINGS = (
    ("app/storage/migrations/versions/*.py", 1000),  # written once, never edited
    ("app/web/**/*.py", 300),
    ("app/**/*.py", 400),
    ("app/web/templates/parts/*.html", 100),
    ("app/web/templates/**/*.html", 150),
    ("app/web/static/css/**/*.css", 250),
    ("app/web/static/js/**/*.mjs", 250),
    ("**/conftest.py", 150),
    ("tests/**/*.py", 500),
    ("bench/**/*.py", 400),
    ("README.md", 150),
    ("CONTRIBUTING.md", 250),
    ("docs/decisions/*.md", 60),
)
FUNCTION_CEILING = 60
DRAWERS = frozenset({"util", "utils", "helpers", "common", "misc", "manager", "base"})
DRAWERS_WITH_A_REASON = {
    "app/web/static/css/base.css": "the name of its cascade layer: element styles",
}


@pytest.mark.parametrize(("pattern", "ceiling"), CEILINGS)
def test_files_stay_under_their_ceiling(pattern: str, ceiling: int) -> None:
    too_long = [
        f"{name_of(path)}: {length} lines"
        for path in files_like(pattern)
        if _first_fit(path) == pattern and (length := len(lines_of(path))) > ceiling
    ]

    assert not too_long, f"more than {ceiling} lines; split by task: {too_long}"


def test_functions_stay_under_their_ceiling() -> None:
    too_long = [
        f"{name_of(path)}:{node.lineno} {node.name}: {length} lines"
        for path in files_like("app/**/*.py", "tests/**/*.py", "bench/**/*.py")
        if "migrations/versions" not in name_of(path)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_CEILING
    ]

    assert not too_long, f"more than {FUNCTION_CEILING} lines: {too_long}"


def test_no_file_is_called_a_drawer() -> None:
    drawers = [
        name_of(path)
        for path in project_files()
        if path.stem in DRAWERS and name_of(path) not in DRAWERS_WITH_A_REASON
    ]

    assert not drawers, f"name them by what they hold: {drawers}"


def _first_fit(path: Path) -> str:
    return next(p for p, _ in CEILINGS if path in _fitting(p))


_known: dict[str, frozenset[Path]] = {}


def _fitting(pattern: str) -> frozenset[Path]:
    if pattern not in _known:
        _known[pattern] = frozenset(files_like(pattern))
    return _known[pattern]
