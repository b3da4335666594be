"""Reading a table of people from a spreadsheet's CSV: every fault is told with its line.

Knows no database: who is here already is asked by the service.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.domain.csv_text import FORMULA_SIGNS
from app.domain.person import TEAM_ROLES, Role

COLUMNS = ("name", "email", "role", "team", "credential")
NEEDED = ("name", "email", "role")
LARGEST_FILE = 200_000  # bytes
MOST_ROWS = 500
LONGEST_CELL = 254
BOM = b"\xef\xbb\xbf"
EMPTY = "The file is empty."


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person of the file.

    Shape: `line` counts from 1; `team` and `credential` are empty without one.
    """

    line: int
    name: str
    email: str
    role: Role
    team: str
    credential: str = ""


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong in a line, and what to change. Units: `line` from 1; 0 is the whole file."""

    line: int
    words: str


@dataclass(frozen=True, slots=True)
class PeopleFile:
    """What a file says. Shape: lines with a fault are in `faults` and not in `rows`."""

    rows: tuple[PersonRow, ...] = ()
    faults: tuple[RowFault, ...] = ()


def read_people(data: bytes) -> PeopleFile:
    """Reads a file: UTF-8 with or without byte order mark, commas or semicolons, quoted cells."""
    if len(data) > LARGEST_FILE:
        return _whole(f"The file is larger than {LARGEST_FILE // 1000} kB. Split it.")
    try:
        text = data.removeprefix(BOM).decode("utf-8")
    except UnicodeDecodeError:
        return _whole("The file is not UTF-8. Save it as “CSV UTF-8” in your spreadsheet.")
    if "\0" in text:
        return _whole("The file is no text. Save it as “CSV UTF-8” in your spreadsheet.")
    if not text.strip():
        return _whole(EMPTY)
    try:
        # One letter has one form: an address must not pass as two.
        lines = list(_lines(unicodedata.normalize("NFC", text)))
    except csv.Error:
        return _whole("A quoted cell is not closed, or has text after its closing quote.")
    if not lines:  # nothing but separators
        return _whole(EMPTY)
    return _read_lines(lines)


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    head = text.splitlines()[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = 0
    for cells in reader:
        line, before = before + 1, reader.line_num  # a quoted cell may hold line breaks
        if any(cell.strip() for cell in cells):
            yield line, cells


def _read_lines(lines: Sequence[tuple[int, list[str]]]) -> PeopleFile:
    (_, head), *rest = lines
    columns = [cell.strip().lower() for cell in head]
    fault = _head_fault(columns)
    if fault:
        return _whole(fault)
    if not rest:
        return _whole("The file has a heading and nobody below it.")
    if len(rest) > MOST_ROWS:
        return _whole(f"The file has {len(rest)} people; {MOST_ROWS} fit into one. Split it.")
    rows: list[PersonRow] = []
    faults: list[RowFault] = []
    seen: dict[str, int] = {}
    for line, cells in rest:
        row = _row(line, columns, cells)
        if isinstance(row, PersonRow):
            first = seen.setdefault(row.email.lower(), line)
            if first != line:
                row = RowFault(line, f"The same address stands in line {first}.")
        if isinstance(row, RowFault):
            faults.append(row)
        else:
            rows.append(row)
    return PeopleFile(tuple(rows), tuple(faults))


def _head_fault(columns: Sequence[str]) -> str:
    unknown = [one for one in columns if one not in COLUMNS]
    if unknown:
        return f"The heading names “{unknown[0][:40]}”; columns are {', '.join(COLUMNS)}."
    missing = [one for one in NEEDED if one not in columns]
    if missing:
        return f"The heading lacks “{missing[0]}”; columns are {', '.join(COLUMNS)}."
    return "A column stands twice in the heading." if len(set(columns)) < len(columns) else ""


def _row(line: int, columns: Sequence[str], cells: Sequence[str]) -> PersonRow | RowFault:
    if len(cells) != len(columns):
        return RowFault(line, f"{len(cells)} cells where the heading has {len(columns)}.")
    for name, cell in zip(columns, cells, strict=True):
        fault = _cell_fault(cell)
        if fault:
            return RowFault(line, f"{name}: {fault}")
    told = {name: " ".join(cell.split()) for name, cell in zip(columns, cells, strict=True)}
    for name in NEEDED:
        if not told[name]:
            return RowFault(line, f"{name}: nothing is filled in.")
    try:
        role = Role(told["role"].lower())
    except ValueError:
        return RowFault(line, f"role: “{told['role'][:40]}” is none of {', '.join(Role)}.")
    team = told.get("team", "")
    if role in TEAM_ROLES and not team:
        return RowFault(line, f"team: a {role} needs one.")
    if role not in TEAM_ROLES and team:
        return RowFault(line, f"team: a {role} is for the whole organisation; leave it empty.")
    return PersonRow(line, told["name"], told["email"], role, team, told.get("credential", ""))


def _cell_fault(cell: str) -> str:
    if cell.lstrip(" \n\u00a0\ufeff").startswith(FORMULA_SIGNS):
        return (
            f"begins with “{cell.strip()[:1] or 'a tab'}”, which a spreadsheet runs as a formula."
        )
    if len(cell) > LONGEST_CELL:
        return f"longer than {LONGEST_CELL} characters."
    return ""


def _whole(words: str) -> PeopleFile:
    return PeopleFile(faults=(RowFault(0, words),))
