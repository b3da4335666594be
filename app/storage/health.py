"""Says whether the database answers, what it is, and how safely it writes."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, text

from app.storage.trouble import StorageTrouble


@dataclass(frozen=True, slots=True)
class Health:
    """The state of the database. Empty texts when it does not answer."""

    answers: bool
    kind: str = ""  # for example "sqlite 3.40.1"
    mode: str = ""  # SQLite's journal mode


def check_health(engine: Engine) -> Health:
    """Asks the database a small question that needs its tables."""
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT version_num FROM alembic_version")).all()
            if engine.dialect.name != "sqlite":
                version = connection.execute(text("SHOW server_version")).scalar_one()
                return Health(True, f"postgresql {version}")
            version = connection.execute(text("SELECT sqlite_version()")).scalar_one()
            mode = connection.execute(text("PRAGMA journal_mode")).scalar_one()
            return Health(True, f"sqlite {version}", str(mode))
    except StorageTrouble:
        return Health(False)
