"""Loading content: broken files step back to their last good text, good texts are kept."""

from __future__ import annotations

import logging
from datetime import datetime

from app.library.library import Library, PublishedCase, good_texts, read_library
from app.library.places import Places
from app.storage.store import Store
from app.storage.trouble import StorageTrouble

log = logging.getLogger("waymark")


def load_content(store: Store, places: Places, *, now: datetime) -> Library:
    """Reads all content and keeps what is good of it.

    A disk that cannot be written does not stop reading: the texts are then not kept.
    """
    library = read_library(
        places, last_good=store.content_files.texts(), published=published_cases(store)
    )
    store.end_reading()
    for path in sorted(library.quarantined):
        log.warning(
            "content file %s has errors; its last good text is served if there is one", path
        )
    try:
        keep_content(store, library, now=now)
    except StorageTrouble as trouble:
        log.warning("good content was not kept: %s", trouble)
    return library


def published_cases(store: Store) -> dict[str, PublishedCase]:
    """The wordings of cases that trainers published, by case."""
    return {
        one.case_id: PublishedCase(one.case_id, one.files, one.revision, one.disk_revision)
        for one in store.case_publications.newest().values()
    }


def keep_content(store: Store, library: Library, *, now: datetime) -> int:
    """Keeps the good texts of a library. Gives the count of files that changed."""
    texts = good_texts(library)
    known = store.content_files.texts()
    broken = tuple(library.quarantined)
    waiting = frozenset(
        path for path in known if path in broken or path.startswith(tuple(f"{b}/" for b in broken))
    )
    present = frozenset(texts) | waiting
    if known.keys() == present and all(known[path] == text for path, text in texts.items()):
        return 0
    with store.writing():
        return store.content_files.keep(texts, present=present, now=now)
