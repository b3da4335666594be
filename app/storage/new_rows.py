"""Adding rows that another writer may be adding at the same moment."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from sqlalchemy.orm import Session

from app.storage.tables import Base


def insert_if_new(session: Session, table: type[Base], *rows: Mapping[str, Any]) -> None:
    """Adds rows; one that holds the same keys already stays as it is.

    On PostgreSQL two writers may start the same thing at once; one of them then waits here and
    adds nothing, instead of failing. Two writers of several rows must bring them in one order,
    or each could wait for the other.
    """
    if not rows:
        return
    connection = session.connection()
    # By name: the dialect in use is loaded already, and the other one is large.
    dialect = import_module(f"sqlalchemy.dialects.{connection.dialect.name}")
    statement = dialect.insert(table.__table__).on_conflict_do_nothing()
    connection.execute(statement, [dict(row) for row in rows])
