"""News: what people are told on their start page until they have seen it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.domain.person import Viewer
from app.storage.store import Store

MOST_AT_ONCE = 200  # a page shows fewer


def dismiss_news(store: Store, viewer: Viewer, *, news_ids: Sequence[str], now: datetime) -> None:
    """Marks news as seen; news of somebody else, and what is seen already, stay as they are."""
    if news_ids:
        with store.writing():
            store.news.mark_seen(viewer.id, news_ids[:MOST_AT_ONCE], now=now)
