"""Databases in trouble, made without special file systems: full, read-only, held, damaged, gone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Engine, event

from app.storage.engine import open_engine
from app.storage.sqlite_driver import sqlite3

PAGES_FREED = 100_000


def file_of(url: str) -> Path:
    """The file of a SQLite address."""
    return Path(url.removeprefix("sqlite:///"))


def read_only(url: str) -> str:
    """The address of the same database, opened as a read-only disk would let it be opened.

    Not by the mode of the file: tests may run as root, whom no mode stops.
    """
    if url.startswith("sqlite"):
        return f"sqlite:///file:{file_of(url)}?mode=ro&uri=true"
    joint = "&" if "?" in url else "?"
    return f"{url}{joint}options=-c%20default_transaction_read_only%3Don"


def full(url: str) -> Engine:
    """The same SQLite database on a disk with no room left."""
    engine = open_engine(url)

    @event.listens_for(engine, "connect")
    def _no_more_pages(raw: sqlite3.Connection, _record: object) -> None:
        raw.execute("PRAGMA max_page_count=1")  # SQLite takes the pages there are instead

    return engine


def free_the_disk(engine: Engine) -> None:
    """Makes room again on a disk of `full`, with the connections still open."""
    with engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.execute(f"PRAGMA max_page_count={PAGES_FREED}")


def impatient(url: str) -> Engine:
    """The same SQLite database, by a program that does not wait for locks."""
    engine = open_engine(url)

    @event.listens_for(engine, "connect")
    def _wait_shortly(raw: sqlite3.Connection, _record: object) -> None:
        raw.execute("PRAGMA busy_timeout=20")

    return engine


@contextmanager
def held(url: str) -> Iterator[None]:
    """Somebody else, who knows nothing of our gate, holds the write lock of a SQLite database."""
    with closing(sqlite3.connect(file_of(url), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def damage(url: str) -> None:
    """Overwrites everything of a SQLite file but its first page."""
    path = file_of(url)
    content = path.read_bytes()
    page = int.from_bytes(content[16:18], "big")
    path.write_bytes(content[:page] + b"\xff" * (len(content) - page))
