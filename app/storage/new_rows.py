"""Adding rows that another writer may be adding at the same moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.storage.tables import Base


def insert_if_new(session: Session, table: type[Base], *rows: Mapping[str, Any]) -> None:
    """Adds rows; one that holds the same keys already stays as it is.

    On PostgreSQL two writers may start the same thing at once; one of them then waits here and
    adds nothing, instead of failing. Two writers of several rows must bring them in one order,
    or each could wait for the other.
    """
    if rows:
        statement = _adding(session.connection().dialect.name, table)
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
    dialect = session.connection().dialect.name
    if changes is None:
        names = tuple(name for name in rows[0] if name not in keys)
        statement = _replacing(dialect, table, tuple(keys), names)
    else:
        statement = _insert(dialect, table).on_conflict_do_update(
            index_elements=list(keys), set_=dict(changes)
        )
    session.connection().execute(statement, [dict(row) for row in rows])


def add_counts(
    session: Session,
    table: type[Base],
    counted: Select[*tuple[Any, ...]],
    *,
    keys: Sequence[str],
    count: str,
    values: Mapping[str, object],
) -> None:
    """Counts rows by keys, and adds each count to the one that is kept under the same keys.

    Shape: `counted` gives one row for each thing, with the columns of `keys` in their order;
    `values` are what it asks for by name.
    Counts come sorted by their keys, so that two writers never wait for each other.
    """
    things = counted.subquery()
    by = [things.c[key] for key in keys]
    counts = select(*by, func.count()).group_by(*by).order_by(*by)
    adding = _insert(session.connection().dialect.name, table)
    adding = adding.from_select([*keys, count], counts)
    total = getattr(table, count) + adding.excluded[count]
    session.connection().execute(
        adding.on_conflict_do_update(index_elements=list(keys), set_={count: total}), values
    )


@cache
def _adding(dialect: str, table: type[Base]) -> Any:
    return _insert(dialect, table).on_conflict_do_nothing()


@cache
def _replacing(
    dialect: str, table: type[Base], keys: tuple[str, ...], names: tuple[str, ...]
) -> Any:
    """Put together once: building it takes longer than running it."""
    statement = _insert(dialect, table)
    given = {name: statement.excluded[name] for name in names}
    return statement.on_conflict_do_update(index_elements=list(keys), set_=given)


def _insert(dialect: str, table: type[Base]) -> Any:
    # By name: the dialect in use is loaded already, and the other one is large.
    return import_module(f"sqlalchemy.dialects.{dialect}").insert(table.__table__)
