"""Docstrings open with one full, short sentence; ruff's D rules see that there are any."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.house.tree import files_like, name_of, parsed

FLOORS = tuple(f"app/{floor}/**/*.py" for floor in ("domain", "library", "storage", "services"))
LONGEST_FIRST_LINE = 96  # of the 100 a line of code may have
LONGEST_MODULE_DOCSTRING = 6  # lines
LABELS = ("Units", "Shape", "None", "Cost", "Raises", "Source")

Documented = ast.Module | ast.ClassDef | ast.FunctionDef


def test_first_lines_are_full_short_sentences() -> None:
    odd = [
        f"{place}: {text.splitlines()[0]}"
        for place, text in _docstrings()
        if not text.splitlines()[0].rstrip().endswith((".", "?", ":", "…"))
        or len(text.splitlines()[0]) > LONGEST_FIRST_LINE
        or text.startswith(("This function", "This method", "This class"))
    ]

    assert not odd, odd


def test_labels_come_in_their_order() -> None:
    odd = [
        place
        for place, text in _docstrings()
        if (ranks := [r for line in text.splitlines() if (r := _rank(line)) is not None])
        != sorted(ranks)
    ]

    assert not odd, f"the order is {LABELS}: {odd}"


def test_modules_open_with_a_few_lines() -> None:
    odd = [
        name_of(path)
        for path in files_like("app/**/*.py")
        if "migrations/" not in name_of(path)
        and not 1
        <= len((ast.get_docstring(parsed(path)) or "").splitlines())
        <= LONGEST_MODULE_DOCSTRING
    ]

    assert not odd, odd


def _docstrings() -> Iterator[tuple[str, str]]:
    for path in files_like(*FLOORS):
        if "migrations/" in name_of(path):
            continue
        for node in ast.walk(parsed(path)):
            if isinstance(node, Documented) and (text := ast.get_docstring(node)):
                name = getattr(node, "name", "module")
                yield f"{name_of(path)}: {name}", text


def _rank(line: str) -> int | None:
    head = line.strip().split(":")[0]
    return LABELS.index(head) if head in LABELS and ":" in line else None
