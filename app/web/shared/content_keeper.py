"""Keeps the library of this process, and notices when a content file has changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial

from flask import Flask, current_app, g, has_app_context

from app.library.library import Library, signature
from app.library.places import Places
from app.services.content import load_content
from app.storage.store import Store, open_store
from app.web.shared.clock import now
from app.web.shared.database import db

LOOKS_EVERY_SECONDS = 2.0

OpenedStore = Callable[[], AbstractContextManager[Store]]


class ContentKeeper:
    """Holds an immutable library; swaps it whole when files or publications have changed."""

    def __init__(self, places: Places, opened: OpenedStore) -> None:
        self.places = places
        self._opened = opened
        self._lock = threading.Lock()
        self._signature = self._state()
        self._looked_at = time.monotonic()
        self._library = self._load()

    def library(self) -> Library:
        """The library as the files stand, at most a few seconds old."""
        if time.monotonic() - self._looked_at > LOOKS_EVERY_SECONDS:
            self._look()
        return self._library

    def look_now(self) -> None:
        """Looks at once, because this process has just published something.

        It waits for a look that is under way: that one may have begun too early to see it.
        """
        with self._lock:
            self._take_in()

    def _look(self) -> None:
        if not self._lock.acquire(blocking=False):
            return  # another thread is looking; this one serves what there is
        try:
            self._take_in()
        finally:
            self._lock.release()

    def _take_in(self) -> None:
        found = self._state()
        if found != self._signature:
            self._library = self._load()
            self._signature = found
        self._looked_at = time.monotonic()

    def _state(self) -> str:
        """Names what there is to read: the files, and what was published in the studio."""
        with self._opened() as store:
            return f"{signature(self.places)} {store.case_publications.mark()}"

    def _load(self) -> Library:
        if has_app_context() and "store" in g:
            g.store.end_reading()  # on SQLite this request's own reading would block the keeping
        with self._opened() as store:
            return load_content(store, self.places, now=now())


def install_content(app: Flask, places: Places) -> None:
    """Loads the content of this app."""
    with app.app_context():
        app.extensions["waymark-content"] = ContentKeeper(places, partial(open_store, db.engine))
        db.engine.dispose()  # a connection must never be carried into a forked worker


def current_library() -> Library:
    """The library that this request reads."""
    keeper: ContentKeeper = current_app.extensions["waymark-content"]
    return keeper.library()
