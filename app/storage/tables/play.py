"""Published wordings of cases, and the runs people play. Steps are added, never changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.declarative import Base, id_column, organisation_column, reference

OPEN = text("ended_at is null")


class ScenarioRevisionRow(Base):
    """The text of a case as it was played: kept for as long as a run needs it."""

    __tablename__ = "scenario_revisions"

    scenario_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    revision: Mapped[str] = mapped_column(String(32), primary_key=True)
    files: Mapped[dict[str, str]] = mapped_column(JSON)
    stored_at: Mapped[datetime]


class RunRow(Base):
    """One person walking one revision of a case."""

    __tablename__ = "runs"
    __table_args__ = (
        CheckConstraint("mode in ('practice', 'assessed')", name="mode_known"),
        UniqueConstraint("person_id", "request_key"),
        Index("ix_runs_person_id_started_at", "person_id", "started_at"),
        Index(
            "ix_runs_open",
            "organisation_id",
            "scenario_id",
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
    )

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    person_id: Mapped[str] = reference("people.id")
    scenario_id: Mapped[str] = mapped_column(String(120))
    revision: Mapped[str] = mapped_column(String(32))
    mode: Mapped[str] = mapped_column(String(20), server_default="practice")
    seed: Mapped[int]
    request_key: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ending: Mapped[str | None] = mapped_column(String(120))  # id of the ending scene


class StepRow(Base):
    """One move of a run: what was chosen, never what it was worth."""

    __tablename__ = "steps"
    __table_args__ = (
        # One move per place in the run: a second tab or a resent post cannot add another.
        UniqueConstraint("run_id", "position"),
        UniqueConstraint("run_id", "request_key"),
    )

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    run_id: Mapped[str] = reference("runs.id")
    position: Mapped[int]
    move: Mapped[dict[str, Any]] = mapped_column(JSON)
    request_key: Mapped[str] = mapped_column(String(64))
    taken_at: Mapped[datetime]


class CommitmentRow(Base):
    """What a learner wrote after a run: the one thing they will do next time."""

    __tablename__ = "commitments"

    run_id: Mapped[str] = reference("runs.id", primary_key=True)
    organisation_id: Mapped[str] = organisation_column()
    person_id: Mapped[str] = reference("people.id")
    words: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]
