"""Adding rows that another writer may be adding at the same moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    if rows:
        statement = _insert(session, table).on_conflict_do_nothing()
        session.connection().execute(statement, [dict(row) for row in rows])


def insert_or_change(
    session: Session,
    table: type[Base],
    rows: Sequence[Mapping[str, Any]],
    *,
    keys: Sequence[str],
    changes: Mapping[str, Any] | None = None,
) -> None:
    """Adds rows; one that holds the same keys already takes the new values.

    Shape: `changes` says what becomes of a row that is there; without it, all but the keys is
    replaced. Several rows must come in one order, as for `insert_if_new`.
    """
    if not rows:
        return
    statement = _insert(session, table)
    given = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    session.connection().execute(
        statement.on_conflict_do_update(index_elements=list(keys), set_=dict(changes or given)),
        [dict(row) for row in rows],
    )


def _insert(session: Session, table: type[Base]) -> Any:
    # By name: the dialect in use is loaded already, and the other one is large.
    dialect = import_module(f"sqlalchemy.dialects.{session.connection().dialect.name}")
    return dialect.insert(table.__table__)
