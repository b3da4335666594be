"""Cohorts (screens say "team") and what is asked of them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, String, UniqueConstraint, false
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
    """Something asked of a team, of one of its people, of a role, or of whoever joins."""

    __tablename__ = "assignments"
    __table_args__ = (
        CheckConstraint(
            "kind in ('lesson', 'scenario', 'quiz', 'mock', 'plan')", name="kind_known"
        ),
        # Either a day, or days after joining the team.
        CheckConstraint("(due_on is null) <> (days_after_joining is null)", name="due_one_way"),
    )

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    cohort_id: Mapped[str] = reference("cohorts.id", index=True)
    person_id: Mapped[str | None] = reference("people.id")  # None: not one person alone
    kind: Mapped[str] = mapped_column(String(20))
    target_id: Mapped[str] = mapped_column(String(120))  # lesson, case, topic, outline/shape
    due_on: Mapped[date | None]
    days_after_joining: Mapped[int | None]
    role: Mapped[str] = mapped_column(String(60), server_default="")  # a credential, or everyone
    # Said when it was asked, and never changed afterwards.
    shows_result: Mapped[bool] = mapped_column(server_default=false())
    quiz_questions: Mapped[int] = mapped_column(server_default="0")
    quiz_percent: Mapped[int] = mapped_column(server_default="0")
    assigned_by: Mapped[str] = reference("people.id")
    assigned_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
