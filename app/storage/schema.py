"""Brings a database to the shape the code needs, and says which shape it has."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from app.storage.engine import write_mode, writer_turn
from app.storage.revisions import current_revision, newest_revision
from app.storage.trouble import StorageTrouble, TroubleKind

MIGRATIONS = Path(__file__).with_name("migrations")
UPGRADE_LOCK = 7_301_960_142  # any fixed number: PostgreSQL's lock for "someone is upgrading"


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Migrates up, in one transaction. Does nothing when the database is up to date.

    Raises: StorageTrouble when the database was made by newer code.
    """
    known = {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    current = current_revision(engine)
    if current and current not in known:
        raise StorageTrouble(
            TroubleKind.OTHER,
            f"The database was made by a newer Waymark (revision {current}). "
            "Install that version, or restore an older backup.",
        )
    if revision == "head" and current == newest_revision():
        return
    with _migrating(engine) as config:
        command.upgrade(config, revision)


def downgrade(engine: Engine, revision: str = "base") -> None:
    """Migrates down. Meant for tests and for going back after a failed upgrade."""
    with _migrating(engine) as config:
        command.downgrade(config, revision)


@contextmanager
def _migrating(engine: Engine) -> Iterator[Config]:
    with (
        write_mode(),
        writer_turn(engine),  # a long migration outlasts the patience of SQLite's own lock
        engine.connect() as connection,
        _foreign_keys_off(connection),
        connection.begin(),
    ):
        if connection.dialect.name == "postgresql":
            # Two processes that start together must not both migrate.
            lock = text("SELECT pg_advisory_xact_lock(:key)")
            connection.execute(lock, {"key": UPGRADE_LOCK})
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        yield config
        _refuse_dangling(connection)


@contextmanager
def _foreign_keys_off(connection: Connection) -> Iterator[None]:
    """Alembic rebuilds SQLite tables; with foreign keys on, that deletes child rows silently."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection.cursor()
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")
        raw.close()


def _refuse_dangling(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if dangling:
        raise RuntimeError(f"the migration left {len(dangling)} rows without what they refer to")
