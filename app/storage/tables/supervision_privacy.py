"""Who opened whose record, and people who asked to be forgotten."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.declarative import Base, id_column, organisation_column, reference

ASKED = text("done_at is null and taken_back_at is null")


class RecordLookRow(Base):
    """That somebody opened one kind of page of another person's record on a day. Never changed."""

    __tablename__ = "record_looks"

    person_id: Mapped[str] = reference("people.id", primary_key=True)  # whose record it is
    day: Mapped[date] = mapped_column(primary_key=True)
    viewer_id: Mapped[str] = reference("people.id", primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    organisation_id: Mapped[str] = organisation_column()


class ErasureRequestRow(Base):
    """That a person asked to be forgotten, until it is taken back or done."""

    __tablename__ = "erasure_requests"
    __table_args__ = (
        CheckConstraint("taken_back_at is null or done_at is null", name="one_end"),
        # One wish of a person at a time.
        Index(
            "ix_erasure_requests_asked",
            "person_id",
            unique=True,
            sqlite_where=ASKED,
            postgresql_where=ASKED,
        ),
        Index("ix_erasure_requests_organisation_id_asked_at", "organisation_id", "asked_at"),
    )

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    person_id: Mapped[str] = reference("people.id")
    asked_at: Mapped[datetime]
    from_day: Mapped[date]  # the first day on which an administrator may do it
    taken_back_at: Mapped[datetime | None]
    taken_back_by: Mapped[str | None] = reference("people.id", nullable=True)
    done_at: Mapped[datetime | None]
    done_by: Mapped[str | None] = reference("people.id", nullable=True)
