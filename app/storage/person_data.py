"""Everything kept about one person, read for a copy and erased, table by table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, or_, select, update
from sqlalchemy.orm import Session

from app.domain.person_data import FORMER, LEFT_OUT, TABLES, Fate, Kept
from app.storage.tables import Base
from app.storage.tables.people import PersonRow

BY_NAME: Mapping[str, Kept] = {one.table: one for one in TABLES}


class PersonDataShelf:
    """Copies and erases what is kept about people of one organisation."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id

    def copy_of(self, person_id: str) -> dict[str, list[dict[str, Any]]]:
        """Every finished row about a person, by table. Other people are told by name."""
        return {
            one.table: self._rows(one, person_id)
            for one in TABLES
            if one.is_copied and one.fate in {Fate.ERASED, Fate.KEPT}
        }

    def erase(self, person_id: str) -> None:
        """Erases what goes and takes the name off what stays. Once done it cannot be undone."""
        for one in TABLES:
            table = Base.metadata.tables[one.table]
            if one.fate is Fate.ERASED:
                self._session.execute(delete(table).where(self._about(one, person_id)))
            elif one.fate is Fate.KEPT:
                self._strip(one, table, person_id)
        self._session.execute(
            update(PersonRow)
            .where(PersonRow.id == person_id, PersonRow.organisation_id == self._organisation_id)
            .values(
                email=f"{person_id}@erased.invalid",
                full_name=FORMER,
                credential="",
                password_hash="!",  # noqa: S106 (no password has this digest)
                status="deactivated",
                exam_on=None,
                minutes_a_day=None,
            )
        )

    def _strip(self, one: Kept, table: Table, person_id: str) -> None:
        about = self._about(one, person_id)
        if one.complete:
            self._session.execute(delete(table).where(about, table.c[one.complete].is_(None)))
        if one.blank:
            self._session.execute(update(table).where(about).values(dict(one.blank)))

    def _rows(self, one: Kept, person_id: str) -> list[dict[str, Any]]:
        table = Base.metadata.tables[one.table]
        names = [column.name for column in table.columns if column.name not in LEFT_OUT]
        query = select(*(table.c[name] for name in names)).where(
            self._about(one, person_id, is_complete=True)
        )
        query = query.order_by(*table.primary_key.columns)
        rows = [dict(row) for row in self._session.execute(query).mappings()]
        people = _people_columns(table) & set(names)
        known = self._names({row[name] for row in rows for name in people if row[name]})
        for row in rows:
            for name in people:
                row[name] = known.get(row[name], row[name])
        return rows

    def _about(
        self, one: Kept, person_id: str, *, is_complete: bool = False
    ) -> ColumnElement[bool]:
        """The rows of a table that are about a person."""
        table = Base.metadata.tables[one.table]
        parts: list[ColumnElement[bool]] = []
        if one.parent is not None:
            column, parent = one.parent
            inner = self._about(BY_NAME[parent], person_id, is_complete=is_complete)
            parts.append(
                table.c[column].in_(select(Base.metadata.tables[parent].c.id).where(inner))
            )
        elif one.owner == ("email",):
            email = select(PersonRow.email).where(PersonRow.id == person_id)
            parts.append(table.c.email.in_(email))
        else:
            parts.append(or_(*(table.c[name] == person_id for name in one.owner)))
        if is_complete and one.complete:
            parts.append(table.c[one.complete].is_not(None))
        parts.append(table.c.organisation_id == self._organisation_id)
        whole = parts[0]
        for part in parts[1:]:
            whole = whole & part
        return whole

    def _names(self, ids: set[str]) -> dict[str, str]:
        query = select(PersonRow.id, PersonRow.full_name).where(
            PersonRow.id.in_(sorted(ids)), PersonRow.organisation_id == self._organisation_id
        )
        return {row.id: row.full_name for row in self._session.execute(query)}


def _people_columns(table: Table) -> set[str]:
    """The columns that name people, the one that is a row's own key left out."""
    return {
        column.name
        for column in table.columns
        for key in column.foreign_keys
        if key.target_fullname == "people.id"
    }
