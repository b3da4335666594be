"""Tells cheaply whether a database has the shape the code needs.

The migration tool takes a tenth of a second to load; a start that finds nothing to do goes
without it.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, inspect, text

VERSIONS = Path(__file__).with_name("migrations") / "versions"
STAMP = "yyyymmdd_hhmm"  # how every migration's file name begins; it is the revision too


def newest_revision() -> str:
    """The newest revision this code knows, from the names of the migrations."""
    return max(path.name[: len(STAMP)] for path in VERSIONS.glob("2*_*.py"))


def current_revision(engine: Engine) -> str:
    """The revision a database has; empty when nothing has been made in it."""
    if not inspect(engine).has_table("alembic_version"):
        return ""
    with engine.connect() as connection:
        return connection.scalar(text("SELECT version_num FROM alembic_version")) or ""


def is_current(engine: Engine) -> bool:
    """Whether the database already is at the newest revision."""
    return current_revision(engine) == newest_revision()
