"""Hot copies of a SQLite database: made whole, checked, described in a manifest beside them.

PostgreSQL has its own tools for this; here they are only pointed at.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from app.domain.errors import Conflict, InvalidInput, NotFound
from app.storage.engine import WriterGate
from app.storage.sqlite_driver import sqlite3
from app.storage.trouble import StorageTrouble, kind_of_trouble

SQLITE = "sqlite:///"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. Shape: `rows` counts by table; `sha256` is of the whole file."""

    made_at: str
    revision: str
    sha256: str
    rows: dict[str, int]


def sqlite_file(url: str) -> Path:
    """Names the file of a SQLite address. Raises: InvalidInput for other databases."""
    if not url.startswith(SQLITE) or url == SQLITE:
        raise InvalidInput(
            "backup-not-sqlite",
            "This database is not a SQLite file.",
            "Use your database's own tools, such as pg_dump and pg_restore.",
        )
    return Path(url.removeprefix(SQLITE))


def back_up(database: Path, target: Path, *, now: datetime) -> Manifest:
    """Copies a database that may be in use, checks the copy, and writes its manifest.

    One step, so that a busy database cannot make the copy begin again and again.
    Raises: NotFound without a database; Conflict if the target exists; StorageTrouble.
    """
    if not database.is_file():
        raise NotFound("no-database", f"There is no database at {database}.")
    if target.exists():
        raise Conflict("backup-exists", f"{target} exists already.", "Choose another name.")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    try:
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(part)) as copy:
            source.backup(copy, pages=-1)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
        manifest = _describe(part, made_at=now.isoformat())
        part.rename(target)
    except sqlite3.Error as error:
        raise StorageTrouble(kind_of_trouble(str(error)), str(error)) from error
    finally:
        part.unlink(missing_ok=True)
    manifest_file(target).write_text(json.dumps(asdict(manifest), indent=2) + "\n", "utf-8")
    return manifest


def fold_log(database: Path) -> None:
    """Puts what waits in the write-ahead log into the database's own file, where it can be done.

    A server's processes end without closing what they opened, so nobody else would.
    """
    if database.is_file():
        with suppress(sqlite3.Error), closing(sqlite3.connect(database)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def verify(backup: Path) -> Manifest:
    """Restores a backup to a scratch place and compares it with its manifest.

    Raises: NotFound without backup or manifest; InvalidInput if a single byte differs or the
    database in it is damaged.
    """
    told = _read_manifest(backup)
    if _sha256(backup) != told.sha256:
        raise _damaged("The file is not the one that was made: its checksum differs.")
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder) / "restored.db"
        _copy(backup, scratch)
        found = _describe(scratch, made_at=told.made_at)
    if (found.rows, found.revision) != (told.rows, told.revision):
        raise _damaged("The restored database does not hold what the manifest says.")
    return told


def restore(backup: Path, database: Path, *, now: datetime) -> Path | None:
    """Puts a verified backup in the place of a database; what was there is kept beside it.

    None: there was no database before. Writers wait meanwhile; people should be signed out.
    """
    verify(backup)
    database.parent.mkdir(parents=True, exist_ok=True)
    with _no_writers(database):
        kept = None
        if database.is_file():
            kept = database.with_name(f"{database.name}.before-{now:%Y%m%d-%H%M%S}")
            _copy(database, kept)
        _copy(backup, database)
    return kept


def manifest_file(backup: Path) -> Path:
    """The manifest that lies beside a backup."""
    return backup.with_name(backup.name + ".json")


@contextmanager
def _no_writers(database: Path) -> Iterator[None]:
    gate = WriterGate(Path(f"{database}.writer"))
    descriptor = gate.enter()
    try:
        yield
    finally:
        gate.leave(descriptor)


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as first, closing(sqlite3.connect(target)) as second:
        first.backup(second, pages=-1)


def _describe(file: Path, *, made_at: str) -> Manifest:
    try:
        with closing(sqlite3.connect(file)) as connection:
            (state,) = connection.execute("PRAGMA integrity_check").fetchone()
            if state != "ok" or connection.execute("PRAGMA foreign_key_check").fetchone():
                raise _damaged(f"SQLite says: {state}.")
            names = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            ).fetchall()
            # Table names come from the database itself, and are quoted.
            rows = {
                name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
                for (name,) in sorted(names)
            }
            (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError as error:
        raise _damaged(f"SQLite says: {error}.") from error
    return Manifest(made_at, revision, _sha256(file), rows)


def _read_manifest(backup: Path) -> Manifest:
    if not backup.is_file() or not manifest_file(backup).is_file():
        raise NotFound(
            "no-backup",
            f"There is no backup with its manifest at {backup}.",
            "Both files belong together: FILE and FILE.json.",
        )
    try:
        return Manifest(**json.loads(manifest_file(backup).read_text("utf-8")))
    except (ValueError, TypeError) as error:
        raise _damaged("The manifest cannot be read.") from error


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _damaged(words: str) -> InvalidInput:
    return InvalidInput(
        "backup-damaged", f"This backup is damaged. {words}", "Use an older backup."
    )
