"""What is asked of a team in competencies, and frameworks an organisation brought with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.declarative import Base, id_column, organisation_column, reference


class TeamRequirementsRow(Base):
    """All requirements of a team in one framework from a moment on. The newest row counts."""

    __tablename__ = "team_requirements"
    __table_args__ = (
        Index("ix_team_requirements_cohort_id_framework_id", "cohort_id", "framework_id", "set_at"),
    )

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    cohort_id: Mapped[str] = reference("cohorts.id")
    framework_id: Mapped[str] = mapped_column(String(80))
    requirements: Mapped[list[list[Any]]] = mapped_column(JSON)  # [target, level, role, months]
    set_by: Mapped[str] = reference("people.id")
    set_at: Mapped[datetime]


class OwnFrameworkRow(Base):
    """A framework that an organisation imported, as the package it came in. Never changed."""

    __tablename__ = "own_frameworks"
    __table_args__ = (
        # The same version twice would leave open which of them a rating names.
        UniqueConstraint("organisation_id", "framework_id", "version"),
    )

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    framework_id: Mapped[str] = mapped_column(String(80))
    version: Mapped[str] = mapped_column(String(60))
    package: Mapped[dict[str, Any]] = mapped_column(JSON)
    imported_by: Mapped[str] = reference("people.id")
    imported_at: Mapped[datetime]
