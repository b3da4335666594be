"""Reading, attempts and responses. Responses are added, never changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.declarative import Base, id_column, organisation_column, reference


class SectionReadRow(Base):
    """A section of a lesson that a person marked as read, and the wording they read."""

    __tablename__ = "section_reads"
    __table_args__ = (UniqueConstraint("person_id", "lesson_id", "section_id"),)

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    person_id: Mapped[str] = reference("people.id")
    lesson_id: Mapped[str] = mapped_column(String(120))
    section_id: Mapped[str] = mapped_column(String(80))
    lesson_version: Mapped[str] = mapped_column(String(32))
    read_at: Mapped[datetime]


class ItemVersionRow(Base):
    """The exact wording, key and rationale of an item, frozen when it was first used."""

    __tablename__ = "item_versions"
    __table_args__ = (Index("ix_item_versions_version", "version"),)  # names one item alone

    item_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    version: Mapped[str] = mapped_column(String(32), primary_key=True)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    stored_at: Mapped[datetime]


RUNNING = text("finished_at is null and limit_seconds is not null")
SAT = text("kind = 'mock' and finished_at is not null")


class AttemptRow(Base):
    """One person sitting one exam form. The form is fixed when the attempt starts."""

    __tablename__ = "attempts"
    __table_args__ = (
        CheckConstraint("kind in ('practice', 'check', 'mock')", name="kind_known"),
        CheckConstraint("feedback in ('tutor', 'exam')", name="feedback_known"),
        # A start posted twice carries the same request key and finds the same attempt.
        UniqueConstraint("person_id", "request_key"),
        Index("ix_attempts_person_id_started_at", "person_id", "started_at"),
        # Exams that run: looked for to close those whose time is over.
        Index(
            "ix_attempts_running",
            "organisation_id",
            "started_at",
            sqlite_where=RUNNING,
            postgresql_where=RUNNING,
        ),
        # Finished exams in the order in which a regrade reaches them.
        Index("ix_attempts_sat", "organisation_id", "id", sqlite_where=SAT, postgresql_where=SAT),
        # One person's: asked for at every start.
        Index(
            "ix_attempts_running_of_person",
            "person_id",
            "organisation_id",
            "started_at",
            sqlite_where=RUNNING,
            postgresql_where=RUNNING,
        ),
    )

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    person_id: Mapped[str] = reference("people.id")
    kind: Mapped[str] = mapped_column(String(20))
    feedback: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
    slots: Mapped[list[list[Any]]] = mapped_column(JSON)
    asked_count: Mapped[int]  # how many slots: lists need no more of them
    request_key: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    right_count: Mapped[int | None]  # set when finished
    limit_seconds: Mapped[int | None]  # of timed exams, without anybody's extra time
    closed_by_time: Mapped[bool] = mapped_column(server_default=false())


class ResponseRow(Base):
    """One answer to one slot. A changed answer is a new row with the next revision."""

    __tablename__ = "responses"
    __table_args__ = (
        # Two tabs cannot both write the same revision; a resent post finds its first row.
        UniqueConstraint("attempt_id", "position", "revision"),
        UniqueConstraint("attempt_id", "request_key"),
        Index("ix_responses_person_id_item_id", "person_id", "item_id"),
        Index("ix_responses_item_id_item_version", "item_id", "item_version"),
    )

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    person_id: Mapped[str] = reference("people.id")
    attempt_id: Mapped[str] = reference("attempts.id")
    position: Mapped[int]
    revision: Mapped[int]
    item_id: Mapped[str] = mapped_column(String(120))
    item_version: Mapped[str] = mapped_column(String(32))
    chosen: Mapped[list[str]] = mapped_column(JSON)
    is_right: Mapped[bool]
    request_key: Mapped[str] = mapped_column(String(64))
    answered_at: Mapped[datetime]
    is_late: Mapped[bool] = mapped_column(server_default=false())  # kept, and not counted
