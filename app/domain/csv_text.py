"""Tables as CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Writes rows as CSV (RFC 4180, lines end with CR LF).

    A cell that a spreadsheet could run gets an apostrophe in front, also behind leading blanks.
    """
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def safe_cell(text: str) -> str:
    """The text of a cell, with an apostrophe in front where it could be taken for a formula."""
    if text[:1].isalnum():  # nearly every cell
        return text
    bare = text.lstrip(" \u00a0\ufeff")
    return f"'{text}" if bare.startswith(FORMULA_SIGNS) else text
