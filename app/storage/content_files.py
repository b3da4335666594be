"""The shelf of content files as they last passed the checker."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.ids import fingerprint
from app.storage.new_rows import insert_if_new
from app.storage.tables.content import ContentFileRow


class ContentFileShelf:
    """Keeps good texts, so that a broken edit takes nothing away from learners."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def texts(self) -> dict[str, str]:
        """Every kept text by path."""
        query = select(ContentFileRow.path, ContentFileRow.text)
        return {path: text for path, text in self._session.execute(query)}

    def fingerprints(self) -> dict[str, str]:
        """The fingerprint of every kept text by path."""
        query = select(ContentFileRow.path, ContentFileRow.fingerprint)
        return {path: mark for path, mark in self._session.execute(query)}

    def keep(self, texts: Mapping[str, str], *, present: frozenset[str], now: datetime) -> int:
        """Keeps good texts and forgets files that are gone. Gives the count of changed rows.

        Shape: `present` names every file there is, the broken ones included.
        """
        known = self.fingerprints()
        gone = sorted(set(known) - present)
        changed = {
            path: text for path, text in texts.items() if known.get(path) != fingerprint(text)
        }
        outdated = gone + [path for path in changed if path in known]
        if outdated:
            self._session.execute(delete(ContentFileRow).where(ContentFileRow.path.in_(outdated)))
        rows = [
            {"path": path, "fingerprint": fingerprint(text), "text": text, "stored_at": now}
            for path, text in sorted(changed.items())
        ]
        insert_if_new(self._session, ContentFileRow, *rows)
        return len(gone) + len(changed)
