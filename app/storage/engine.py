"""How each database is opened: durable, one writer at a time, never a silent upgrade of a lock.

SQLite settings and the writer gate: docs/decisions/0004-sqlite-durability.md.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import (
    DatabaseError,
    DataError,
    IntegrityError,
    NotSupportedError,
    ProgrammingError,
)
from sqlalchemy.orm import Session

from app.domain.errors import Conflict, DomainError, InvalidInput
from app.storage.sqlite_driver import sqlite3
from app.storage.trouble import StorageTrouble, TroubleKind, kind_of_trouble

WRITING: ContextVar[bool] = ContextVar("waymark_writing", default=False)

PRAGMAS = (
    "synchronous=FULL",
    "busy_timeout=5000",
    "foreign_keys=ON",
    "secure_delete=ON",  # what is erased is overwritten, also where SQLite was built without it
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "cache_size=-8000",
    "temp_store=MEMORY",
    "journal_size_limit=67108864",  # a log that grew once gives its room back
)
# The first releases without the write-ahead-log reset race, by line.
SAFE_WAL = ((3, 44, 6), (3, 50, 7), (3, 51, 3))
WRITE_VERBS = ("INSERT", "UPDATE", "DELETE", "REPLACE")
OF_THE_STATEMENT = (IntegrityError, NotSupportedError, ProgrammingError)
A_REST = 0.01  # seconds: enough for who waits at the gate to wake up
UNDEFINED_TABLE = "42P01"  # PostgreSQL's code


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Says whether a SQLite release may use write-ahead logging here.

    Source: docs/decisions/0004-sqlite-durability.md (the race of 3.7.0 to 3.51.2).
    """
    return (
        any(version[:2] == line[:2] and version >= line for line in SAFE_WAL)
        or version >= SAFE_WAL[-1]
    )


def sqlite_journal_mode(version: tuple[int, int, int] | None = None) -> str:
    """Picks the journal mode that is safe with the SQLite that is linked."""
    linked = sqlite3.sqlite_version_info if version is None else version
    return "WAL" if wal_is_safe((linked[0], linked[1], linked[2])) else "TRUNCATE"


def open_engine(url: str) -> Engine:
    """Opens a database outside the web server: command line, tests, backups."""
    return prepare_engine(create_engine(normal_url(url), **engine_options(url)))


def normal_url(url: str) -> str:
    """Names the driver we ship, so that a plain postgresql:// address works."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def engine_options(url: str) -> dict[str, Any]:
    """The options that an engine for this address is made with."""
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": 5}, "module": sqlite3}
    return {"pool_pre_ping": True, "pool_size": 5, "max_overflow": 10}


def prepare_engine(engine: Engine) -> Engine:
    """Puts our rules on an engine: settings, IMMEDIATE writes, the gate, translated errors."""
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    event.listen(engine, "before_cursor_execute", _refuse_stray_write)
    event.listen(engine, "handle_error", _translate)
    return engine


def _prepare_sqlite(engine: Engine) -> None:
    version = engine.dialect.dbapi.sqlite_version_info  # type: ignore[union-attr]  # it is loaded
    journal_mode = sqlite_journal_mode(version)
    database = engine.url.database or ":memory:"
    if database != ":memory:":
        _GATES[engine] = WriterGate(Path(database + ".writer"))

    @event.listens_for(engine, "connect")
    def _connect(dbapi: sqlite3.Connection, _record: object) -> None:
        dbapi.isolation_level = None  # we say BEGIN ourselves
        cursor = dbapi.cursor()
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        # Neither a read-only disk nor others who are at work let the mode be changed.
        with contextlib.suppress(sqlite3.OperationalError):
            cursor.execute(f"PRAGMA journal_mode={journal_mode}")
        (mode,) = cursor.execute("PRAGMA journal_mode").fetchone()
        cursor.close()
        if mode == "wal" and not wal_is_safe(version):
            raise sqlite3.OperationalError(
                "database is locked: another program with a newer SQLite has it open"
            )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if WRITING.get() else "BEGIN DEFERRED")


class WriterGate:
    """Lets one writer of all processes through at a time, in the order of arrival.

    SQLite's own busy handler sleeps and retries, which is unfair: a few writers wait for very
    long. A lock file queues them (figures: docs/performance.md).
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def enter(self) -> int | None:
        """Waits for a turn and gives the descriptor that ends it when closed.

        None: the folder cannot be written, so the database will refuse the write itself.
        """
        try:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError:
            return None
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        return descriptor

    @staticmethod
    def leave(descriptor: int | None) -> None:
        """Ends a turn."""
        if descriptor is not None:
            os.close(descriptor)


def give_way(session: Session) -> None:
    """Rests between two turns: one who comes back at once is let in before those who wait."""
    if session.get_bind() in _GATES:
        time.sleep(A_REST)


_GATES: WeakKeyDictionary[object, WriterGate] = WeakKeyDictionary()  # by engine


@contextmanager
def writer_turn(bind: object) -> Iterator[None]:
    """Waits for a turn to write, where the database needs turns, and ends it whatever happens."""
    gate = _GATES.get(bind)
    descriptor = None if gate is None else gate.enter()
    try:
        yield
    finally:
        WriterGate.leave(descriptor)


def _refuse_stray_write(*arguments: Any) -> None:
    """Stops a write outside `Store.writing`: it would take its lock late, and could lose."""
    statement: str = arguments[2]
    if statement.lstrip().upper().startswith(WRITE_VERBS) and not WRITING.get():
        raise RuntimeError("a write outside Store.writing(): " + statement.split("\n", 1)[0])


def _translate(context: ExceptionContext) -> StorageTrouble | DomainError | None:
    """Gives what SQLAlchemy raises instead. None: the statement is at fault, not the database."""
    error = context.sqlalchemy_exception
    if not isinstance(error, DatabaseError):
        return None
    if isinstance(error, DataError):
        # PostgreSQL takes no null characters and no text that is too long; SQLite takes both.
        return InvalidInput("data-unusable", "Something that was sent cannot be stored.")
    if isinstance(error, IntegrityError) and "unique" in str(error.orig).lower():
        # The rules look first; only somebody else at the same moment can still be met here.
        return Conflict(
            "already-there",
            "Something else was kept at the same moment, so this was not.",
            "Load the page again to see what is there.",
        )
    if isinstance(error, OF_THE_STATEMENT) and not _table_is_missing(error):
        return None
    technical = str(error.orig or error)
    kind = kind_of_trouble(technical)
    if "unable to open" in technical.lower() and _is_on_read_only_disk(context.engine):
        kind = TroubleKind.READ_ONLY
    return StorageTrouble(kind, technical)


def _is_on_read_only_disk(engine: Engine | None) -> bool:
    # In write-ahead logging SQLite opens nothing there: it keeps files beside the database.
    gate = None if engine is None else _GATES.get(engine)
    try:
        return gate is not None and bool(os.statvfs(gate.path.parent).f_flag & os.ST_RDONLY)
    except OSError:
        return False


def _table_is_missing(error: DatabaseError) -> bool:
    """PostgreSQL blames the statement when nothing has been made in the database yet."""
    return getattr(error.orig, "sqlstate", None) == UNDEFINED_TABLE


@contextmanager
def write_mode() -> Iterator[None]:
    """Marks everything inside as writing; the next transaction begins IMMEDIATE."""
    token = WRITING.set(True)
    try:
        yield
    finally:
        WRITING.reset(token)


def connection_of(session: Session) -> Connection:
    """The connection of a session's transaction, found without asking the session each time."""
    known: Connection | None = session.info.get("connection")
    if known is not None and not known.closed and known.in_transaction():
        return known
    session.info["connection"] = session.connection()
    connection: Connection = session.info["connection"]
    return connection
