"""The shelf of news: what people should hear of, until they have seen it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.storage.engine import connection_of
from app.storage.tables.exam import NewsRow


@dataclass(frozen=True, slots=True)
class News:
    """Something one person should hear of. Shape: what `about` holds depends on the kind."""

    id: str
    person_id: str
    kind: str  # regrade, report, reminder
    about: Mapping[str, Any]
    made_at: datetime


class NewsShelf:
    """Gets and saves the news of one organisation's people."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id

    def add_many(self, news: Iterable[News]) -> None:
        """Adds news, unseen."""
        rows = [
            {
                "id": one.id,
                "organisation_id": self._organisation_id,
                "person_id": one.person_id,
                "kind": one.kind,
                "about": dict(one.about),
                "made_at": one.made_at,
                "seen_at": None,
            }
            for one in news
        ]
        if rows:
            connection_of(self._session).execute(insert(NewsRow), rows)

    def unseen(self, person_id: str, *, limit: int = 20) -> list[News]:
        """What a person has not seen yet, newest first."""
        query = (
            select(NewsRow.id, NewsRow.person_id, NewsRow.kind, NewsRow.about, NewsRow.made_at)
            .where(
                NewsRow.person_id == person_id,
                NewsRow.organisation_id == self._organisation_id,
                NewsRow.seen_at.is_(None),
            )
            .order_by(NewsRow.made_at.desc(), NewsRow.id.desc())
            .limit(limit)
        )
        return [News(*row) for row in self._session.execute(query)]

    def mark_seen(self, person_id: str, news_ids: Collection[str], *, now: datetime) -> None:
        """Marks news of a person as seen; what is marked already keeps its moment."""
        self._session.execute(
            update(NewsRow)
            .where(
                NewsRow.id.in_(sorted(news_ids)),
                NewsRow.person_id == person_id,
                NewsRow.organisation_id == self._organisation_id,
                NewsRow.seen_at.is_(None),
            )
            .values(seen_at=now)
        )
