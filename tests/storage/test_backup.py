"""Backups: whole, checked, and refused when a single byte differs."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.errors import Conflict, InvalidInput, NotFound
from app.storage.backup import (
    back_up,
    fold_log,
    manifest_file,
    restore,
    sqlite_file,
    verify,
)
from app.storage.sqlite_driver import sqlite3
from app.storage.trouble import StorageTrouble

NOW = datetime(2026, 11, 21, 22, 0, tzinfo=UTC)


@pytest.fixture
def database(sqlite_template: Path, tmp_path: Path) -> Path:
    file = tmp_path / "waymark.db"
    shutil.copy(sqlite_template, file)
    add_organisations(file, 300)
    return file


def test_a_backup_holds_every_row_and_says_how_many(database: Path, tmp_path: Path) -> None:
    manifest = back_up(database, tmp_path / "b" / "copy.db", now=NOW)

    assert manifest.rows["organisations"] == 300
    assert verify(tmp_path / "b" / "copy.db") == manifest


def test_a_backup_during_writing_is_whole(database: Path, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        number = 1000
        while not stop.is_set():
            add_organisations(database, 5, start=number)
            number += 5

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            manifest = back_up(database, tmp_path / f"copy-{number}.db", now=NOW)
            assert manifest.rows["organisations"] % 5 == 0
    finally:
        stop.set()
        writer.join()


def test_a_restored_database_is_the_one_that_was_backed_up(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(database, copy, now=NOW)
    add_organisations(database, 7, start=5000)

    kept = restore(copy, database, now=NOW)

    assert count(database) == 300
    assert kept is not None
    assert count(kept) == 307


def test_a_database_can_be_restored_where_there_is_none(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(database, copy, now=NOW)

    kept = restore(copy, tmp_path / "elsewhere" / "waymark.db", now=NOW)

    assert kept is None
    assert count(tmp_path / "elsewhere" / "waymark.db") == 300


@pytest.mark.parametrize("place", [0.0, 0.31, 0.62, 0.999])
def test_one_flipped_byte_is_refused_and_nothing_is_touched(
    database: Path, tmp_path: Path, place: float
) -> None:
    copy = tmp_path / "copy.db"
    back_up(database, copy, now=NOW)
    raw = bytearray(copy.read_bytes())
    raw[int(place * (len(raw) - 1))] ^= 0x10
    copy.write_bytes(raw)

    with pytest.raises(InvalidInput, match="damaged"):
        restore(copy, database, now=NOW)

    assert count(database) == 300


def test_a_shortened_backup_is_refused(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(database, copy, now=NOW)
    copy.write_bytes(copy.read_bytes()[:-4096])

    with pytest.raises(InvalidInput, match="damaged"):
        verify(copy)


def test_a_backup_without_its_manifest_or_with_a_broken_one_is_refused(
    database: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    back_up(database, copy, now=NOW)
    manifest_file(copy).write_text("{}")
    with pytest.raises(InvalidInput):
        verify(copy)

    manifest_file(copy).unlink()
    with pytest.raises(NotFound):
        verify(copy)


def test_an_earlier_backup_is_never_overwritten(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(database, copy, now=NOW)

    with pytest.raises(Conflict):
        back_up(database, copy, now=NOW)


def test_a_database_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        back_up(tmp_path / "none.db", tmp_path / "copy.db", now=NOW)

    assert not (tmp_path / "none.db").exists()


def test_postgresql_is_pointed_to_its_own_tools() -> None:
    with pytest.raises(InvalidInput) as refused:
        sqlite_file("postgresql://somewhere/waymark")

    assert "pg_dump" in refused.value.advice


def add_organisations(database: Path, number: int, *, start: int = 0) -> None:
    with sqlite3.connect(database, timeout=10) as connection:
        connection.executemany(
            "INSERT INTO organisations VALUES (?, ?, '2026-11-21 09:00:00')",
            [(f"o{start + place}", f"Organization {start + place}") for place in range(number)],
        )
    connection.close()


def count(database: Path) -> int:
    connection = sqlite3.connect(database)
    (found,) = connection.execute("SELECT count(*) FROM organisations").fetchone()
    connection.close()
    return int(found)


WRITE_AND_END = """
import os, sys
from app.storage.sqlite_driver import sqlite3

connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA journal_mode=WAL")
connection.execute("CREATE TABLE kept (words TEXT)")
connection.execute("INSERT INTO kept VALUES ('acknowledged')")
os._exit(0)  # as a server's processes end: nothing is closed
"""


def test_after_a_stop_the_database_file_alone_holds_everything(tmp_path: Path) -> None:
    database = tmp_path / "waymark.db"
    subprocess.run([sys.executable, "-c", WRITE_AND_END, str(database)], check=True)
    left = words_in(shutil.copy(database, tmp_path / "before.db"))

    fold_log(database)

    assert left == []  # the negative control: it was all in the log
    assert words_in(shutil.copy(database, tmp_path / "after.db")) == ["acknowledged"]
    fold_log(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()


def words_in(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
        return [row[0] for row in connection.execute("SELECT words FROM kept")] if tables else []


def test_a_database_that_cannot_be_read_is_told_in_words(database: Path, tmp_path: Path) -> None:
    database.write_bytes(b"no database at all, but long enough to be taken for one" * 100)

    with pytest.raises(StorageTrouble):
        back_up(database, tmp_path / "copy.db", now=NOW)

    assert not list(tmp_path.glob("copy.db*"))
