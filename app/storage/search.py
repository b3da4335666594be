"""Full-text search over texts that are already in memory, in a private SQLite index.

The same results come out whichever database holds people's records
(docs/decisions/0008-search.md). Nothing of it is kept: it is built again when content changes.
"""

from __future__ import annotations

import threading
import unicodedata
import weakref
from collections.abc import Iterable
from dataclasses import dataclass

from app.storage.sqlite_driver import sqlite3

HIT_START, HIT_END = "\x02", "\x03"  # control characters: no text can hold them
MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One thing that can be found."""

    key: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One thing found. Shape: `snippet` pieces are (text, whether it matches)."""

    key: str
    snippet: tuple[tuple[str, bool], ...]


class SearchIndex:
    """An index of some documents. Safe to use from several threads."""

    def __init__(self, documents: Iterable[SearchDocument]) -> None:
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(":memory:", check_same_thread=False)
        weakref.finalize(self, self._connection.close)
        self._connection.execute(
            "CREATE VIRTUAL TABLE documents USING fts5("
            "key UNINDEXED, title, body, tokenize='porter unicode61 remove_diacritics 2')"
        )
        self._connection.executemany(
            "INSERT INTO documents VALUES (?, ?, ?)",
            [(document.key, document.title, document.body) for document in documents],
        )

    def find(self, words: str, *, limit: int = 20) -> list[SearchHit]:
        """Finds documents that hold every word, the best first; the last word may be begun.

        Shape: empty when nothing matches or nothing was asked.
        """
        query = match_query(words)
        if not query:
            return []
        with self._lock:
            rows = self._connection.execute(
                "SELECT key, snippet(documents, 2, ?, ?, '…', 26) FROM documents "
                "WHERE documents MATCH ? ORDER BY bm25(documents, 0, 6.0, 1.0) LIMIT ?",
                (HIT_START, HIT_END, query, limit),
            ).fetchall()
        return [SearchHit(key, _pieces(snippet)) for key, snippet in rows]


def match_query(words: str) -> str:
    """Quotes every word, so that nothing a person types is read as an operator."""
    cleaned = "".join(c if _is_of_a_word(c) else " " for c in words)
    tokens = [token.strip("'’") for token in cleaned.split()]
    quoted = ['"' + token + '"' for token in tokens[:MOST_WORDS] if token]
    if quoted:
        quoted[-1] = f"({quoted[-1]} OR {quoted[-1]}*)"  # as a whole word, or begun
    return " AND ".join(quoted)


def _is_of_a_word(character: str) -> bool:
    """Letters, digits and apostrophes; marks too, which some keyboards send apart from letters."""
    is_mark = unicodedata.category(character).startswith("M")
    return character.isalnum() or is_mark or character in "'’"


def _pieces(snippet: str) -> tuple[tuple[str, bool], ...]:
    pieces: list[tuple[str, bool]] = []
    for part in snippet.split(HIT_START):
        hit, mark, rest = part.partition(HIT_END)
        if mark:
            pieces.append((hit, True))
            pieces.append((rest, False))
        else:
            pieces.append((part, False))
    return tuple((text, matches) for text, matches in pieces if text)
