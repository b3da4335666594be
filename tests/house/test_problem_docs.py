"""Every code a problem can carry has its line in docs/trainers/problems.md, and no other has."""

from __future__ import annotations

import re

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


def test_no_code_is_told_that_nothing_uses_or_told_twice() -> None:
    codes = [row[0] for row in ROW.findall(DOCUMENT.read_text(encoding="utf-8"))]

    assert set(codes) - _codes_in_use() == set()
    assert len(codes) == len(set(codes))
