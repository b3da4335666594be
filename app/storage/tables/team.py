"""Cohorts (screens say "team") and what is asked of them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.declarative import Base, id_column, organisation_column, reference


class CohortRow(Base):
    """A team: people with their supervisors."""

    __tablename__ = "cohorts"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    name: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]


class AssignmentRow(Base):
    """A lesson or case asked of a team or of one person in it, with a due date."""

    __tablename__ = "assignments"
    __table_args__ = (CheckConstraint("kind in ('lesson', 'scenario')", name="kind_known"),)

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    cohort_id: Mapped[str] = reference("cohorts.id", index=True)
    person_id: Mapped[str | None] = reference("people.id")  # None: everyone in the team
    kind: Mapped[str] = mapped_column(String(20))
    target_id: Mapped[str] = mapped_column(String(120))  # id of the lesson or case
    due_on: Mapped[date]
    assigned_by: Mapped[str] = reference("people.id")
    assigned_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
