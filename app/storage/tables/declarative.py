"""The base of all rows: naming of constraints, portable column types."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, ForeignKey, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

ID_LENGTH = 36  # a hyphenated UUID, readable in both databases


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in time. Aware values go in, UTC-aware values come out, on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turns an aware moment into UTC; SQLite keeps it without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment needs a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Gives every moment back as UTC-aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """All rows. Constraints are named by rule, so that migrations can refer to them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime}  # noqa: RUF012 (SQLAlchemy's own attribute)


def id_column() -> Mapped[str]:
    """A primary key holding a time-ordered id."""
    return mapped_column(String(ID_LENGTH), primary_key=True)


def organisation_column(*, index: bool = False) -> Mapped[str]:
    """The organisation a row belongs to: present on every table that holds people's data.

    Indexed only where a page lists the whole organisation: SQLite would take that index for
    what is asked about one person too, and read the rows of everybody.
    """
    return mapped_column(String(ID_LENGTH), ForeignKey("organisations.id"), index=index)


def reference(target: str, **options: Any) -> Mapped[Any]:
    """A column that names a row of another table."""
    return mapped_column(String(ID_LENGTH), ForeignKey(target), **options)
