"""A copy of everything that is kept about oneself, to take along."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.domain.csv_text import csv_text
from app.domain.person import Viewer
from app.domain.person_data import TABLES
from app.services.archive import packed
from app.storage.store import Store

Rows = Sequence[Mapping[str, Any]]
TITLES = {one.table: one.title for one in TABLES}


def copy_of_my_data(store: Store, viewer: Viewer) -> bytes:
    """Everything kept about a person, as an archive.

    Shape: `index.html` to read, `data.json` for machines, a table for each kind, checksums.
    Nothing of an open quiz, exam or case is in it, and no key.
    """
    tables = store.person_data.copy_of(viewer.id)
    store.end_reading()  # packing is slow; nobody should wait for it
    files = {"data.json": _json(tables), "index.html": _index(viewer.person.full_name, tables)}
    files |= {f"tables/{name}.csv": _csv(rows) for name, rows in tables.items() if rows}
    return packed(files)


def _json(tables: Mapping[str, Rows]) -> bytes:
    return json.dumps(tables, indent=1, ensure_ascii=False, default=_plain).encode()


def _csv(rows: Rows) -> bytes:
    lines = [list(rows[0]), *([_words(value) for value in row.values()] for row in rows)]
    return csv_text(lines).encode("utf-8-sig")


def _index(full_name: str, tables: Mapping[str, Rows]) -> bytes:
    lines = "".join(
        f"<li>{html.escape(TITLES[name])}: {len(rows)} "
        + (f'(<a href="tables/{name}.csv">table</a>)' if rows else "")
        + "</li>\n"
        for name, rows in tables.items()
    )
    return f"""<!doctype html>
<html lang="en"><meta charset="utf-8"><title>What Waymark keeps about you</title>
<h1>What Waymark keeps about {html.escape(full_name)}</h1>
<p>Times are UTC. <code>data.json</code> holds the same for machines, and
<code>SHA256SUMS</code> a checksum of every file.</p>
<ul>
{lines}</ul>
<p>Not in this copy: quizzes, exams and cases that are still open, because what you answered
there could tell keys early; drafts of observations until they are finished; and what
supervisors write for themselves alone.</p>
</html>
""".encode()


def _words(value: object) -> str:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    return "" if value is None else _plain(value)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
