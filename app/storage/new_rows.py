"""Adding rows that another writer may be adding at the same moment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
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
    new_rows = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = new_rows(table.__table__).on_conflict_do_nothing()  # type: ignore[arg-type]  # a Table
    connection.execute(statement, [dict(row) for row in rows])
