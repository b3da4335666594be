"""Reading goes on where a disk has become read-only.

In write-ahead logging SQLite opens nothing on such a disk, because it cannot make the files it
works with beside the database. Where nothing waits in the log, the database is all in its file and
nobody can change it, so it is opened as one that never changes.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError

from app.storage.sqlite_driver import sqlite3

UNCHANGING = "unchanging"


def is_read_only(folder: Path) -> bool:
    """Says whether the disk that holds a folder takes no writes; False where there is no folder."""
    try:
        return bool(os.statvfs(folder).f_flag & os.ST_RDONLY)
    except OSError:
        return False


def read_on_read_only_disk(engine: Engine, database: Path) -> None:
    """Lets an engine read a SQLite file while its disk is read-only, and no longer than that."""

    def is_unchanging() -> bool:
        return is_read_only(database.parent) and not _waits_in_the_log(database)

    @event.listens_for(engine, "do_connect")
    def _open(_dialect: object, record: Any, _c: object, options: dict[str, Any]) -> Any:
        record.info.pop(UNCHANGING, None)
        if not is_unchanging():
            return None  # SQLAlchemy opens it the usual way
        record.info[UNCHANGING] = True
        return sqlite3.connect(f"{database.absolute().as_uri()}?immutable=1", uri=True, **options)

    @event.listens_for(engine, "checkout")
    def _look_again(_connection: object, record: Any, _proxy: object) -> None:
        if UNCHANGING in record.info and not is_unchanging():
            raise DisconnectionError  # the pool opens another one, the usual way


def _waits_in_the_log(database: Path) -> bool:
    try:
        return database.with_name(f"{database.name}-wal").stat().st_size > 0
    except OSError:
        return False
