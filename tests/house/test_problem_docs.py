"""Every code a problem can carry has its help, told once: on its page and in the document."""

from __future__ import annotations

import re

from app.domain import scenario_axes, scenario_condition
from app.domain.scenario_codes import CODES
from app.library import case_limits, walk_file
from app.library.problem_help import code_help, problems_document
from tests.house.tree import ROOT, files_like

CODE = re.compile(r'"((?:YF|LS|IT|SR|XR|IW|SC)[0-9]{3})"')
ROW = re.compile(r"^\| ((?:YF|LS|IT|SR|XR|IW|SC)[0-9]{3}) \| (.+) \| (.+) \|$", re.MULTILINE)
DOCUMENT = ROOT / "docs" / "trainers" / "problems.md"


def _codes_in_use() -> set[str]:
    files = files_like("app/library/*.py", "app/domain/item_*.py", "app/domain/scenario_codes.py")
    return {code for file in files for code in CODE.findall(file.read_text(encoding="utf-8"))}


def test_every_code_has_its_meaning_and_cure() -> None:
    rows = {row[0]: row[1:] for row in ROW.findall(DOCUMENT.read_text(encoding="utf-8"))}

    assert _codes_in_use() - rows.keys() == set()
    assert all(wrong.strip() and cure.strip() for wrong, cure in rows.values())


def test_document_is_what_the_app_shows() -> None:
    """To mend it: python docs/problems.py."""
    assert DOCUMENT.read_text(encoding="utf-8") == problems_document()


def test_every_code_has_a_page_and_every_code_of_cases_an_example() -> None:
    assert set(code_help()) == _codes_in_use()
    for code in CODES:
        example = code_help()[code].example
        assert example is not None, code
        assert example.before != example.after


def test_limits_of_a_case_are_told_as_they_are() -> None:
    limits = {
        value
        for module in (case_limits, walk_file)
        for name, value in vars(module).items()
        if name.startswith(("MOST_", "LONGEST_", "WIDEST_")) and isinstance(value, int)
    }
    limits |= {scenario_condition.LONGEST_CONDITION, scenario_condition.DEEPEST_NESTING}
    limits.add(scenario_axes.LARGEST_DOMAIN)
    told = set(re.findall(r"^\| .+ \| ([0-9,]+) \|$", problems_document(), re.MULTILINE))

    assert told == {f"{limit:,}" for limit in limits}


def test_no_code_is_told_that_nothing_uses_or_told_twice() -> None:
    codes = [row[0] for row in ROW.findall(DOCUMENT.read_text(encoding="utf-8"))]

    assert set(codes) - _codes_in_use() == set()
    assert len(codes) == len(set(codes))
