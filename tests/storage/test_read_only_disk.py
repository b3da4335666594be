"""A disk that becomes read-only while Waymark runs, and comes back.

The disk is only said to be so: a test cannot mount one. By hand, on a disk mounted read-only, the
same was seen with a running server.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from app.storage import engine as engines
from app.storage import read_only_disk
from app.storage.engine import open_engine, sqlite_journal_mode
from app.storage.sqlite_driver import sqlite3
from app.storage.store import Store, open_store
from app.storage.trouble import StorageTrouble, TroubleKind
from tests.cast import NOW
from tests.troubled_databases import file_of

KEPT = {"content/lessons/kept.md": "kept"}


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


class Disk:
    """Says of every disk whether it takes writes."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_read_only = False
        for module in (engines, read_only_disk):
            monkeypatch.setattr(module, "is_read_only", lambda _folder: self.is_read_only)


def test_reading_goes_on_and_writing_comes_back_with_the_disk(
    sqlite_url: str, sqlite_store: Store, disk: Disk
) -> None:
    sqlite_store.end_reading()
    with closing(sqlite3.connect(file_of(sqlite_url))) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # nothing waits in the log
    disk.is_read_only = True  # connections opened from now on are for reading
    with _store_on(sqlite_url, sqlite_store) as store:
        assert store.people.organisation_name() == "Harbor Counseling"
        store.end_reading()
        with pytest.raises(StorageTrouble) as trouble, store.writing():
            store.content_files.keep(KEPT, present=frozenset(KEPT), now=NOW)
        disk.is_read_only = False
        with store.writing():
            store.content_files.keep(KEPT, present=frozenset(KEPT), now=NOW)

    assert trouble.value.kind is TroubleKind.READ_ONLY
    assert sqlite_store.content_files.texts() == KEPT


def test_an_unchanging_database_is_opened_only_while_nothing_waits_in_its_log(
    sqlite_url: str, sqlite_store: Store, disk: Disk
) -> None:
    """What lies in the log alone would be missed, so SQLite decides what it can open."""
    if sqlite_journal_mode() != "WAL":
        pytest.skip("no log beside the database with this SQLite")
    sqlite_store.end_reading()
    with closing(sqlite3.connect(file_of(sqlite_url))) as other:
        other.execute("UPDATE organisations SET name = 'In the log'")
        other.commit()
        disk.is_read_only = True
        with _store_on(sqlite_url, sqlite_store) as store:
            name = store.people.organisation_name()

    assert name == "In the log"


def test_what_an_operator_reads_names_the_next_step() -> None:
    for kind in TroubleKind:
        words = StorageTrouble(kind, "the technical words").in_words()

        assert "the technical words" in words
        assert kind is TroubleKind.OTHER or words != "the technical words"


@contextmanager
def _store_on(url: str, of: Store) -> Iterator[Store]:
    engine = open_engine(url)
    with open_store(engine) as store:
        yield store.for_organisation(of.organisation_id)
    engine.dispose()
