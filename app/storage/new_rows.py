"""Adding a row that another writer may be adding at the same moment."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.storage.tables import Base


def insert_if_new(session: Session, table: type[Base], **values: Any) -> None:
    """Adds a row; one that holds the same keys already stays as it is.

    On PostgreSQL two writers may start the same thing at once; one of them then waits here and
    adds nothing, instead of failing.
    """
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    new_row = postgresql.insert if is_postgresql else sqlite.insert
    session.execute(new_row(table).values(**values).on_conflict_do_nothing())
