from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.csv_text import csv_text, safe_cell


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\u00a0=1", "\ufeff=1", "|x", "＝1"],
)
def test_what_a_spreadsheet_could_run_gets_an_apostrophe(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "Ana Reyes", "2026-11-22", "1 h 30 min", "CF-1, CF-2", "5 = 5"]
)
def test_plain_words_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == text


@given(st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=4), min_size=1, max_size=5))
def test_any_table_comes_back_whole(rows: list[list[str]]) -> None:
    found = list(csv.reader(StringIO(csv_text(rows), newline="")))

    assert found == [[safe_cell(cell) for cell in row] for row in rows]
