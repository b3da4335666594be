"""Credentials, training for their renewal, phases of supervised work, and the ledger of hours.

A line of the ledger that both have signed never changes; a correction is a line of its own.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.declarative import Base, id_column, organisation_column, reference

STANDS = text("amends is not null and taken_back_at is null")
WAITS = text("(staff_signed_at is null or supervisor_signed_at is null) and taken_back_at is null")


class CredentialRow(Base):
    """A credential for one period. A renewal is another row; a wrong entry is taken back."""

    __tablename__ = "credentials"
    __table_args__ = (
        CheckConstraint("expires_on is null or expires_on >= issued_on", name="dates_in_order"),
        Index("ix_credentials_person_id_kind", "person_id", "kind"),
    )

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    person_id: Mapped[str] = reference("people.id")
    kind: Mapped[str] = mapped_column(String(40))
    number: Mapped[str] = mapped_column(String(60))
    issuer: Mapped[str] = mapped_column(String(120))
    issued_on: Mapped[date]
    expires_on: Mapped[date | None]
    noted_by: Mapped[str] = reference("people.id")
    noted_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]


class EducationRow(Base):
    """Training somebody did for a renewal. A wrong entry is taken back."""

    __tablename__ = "education"
    __table_args__ = (
        CheckConstraint("minutes between 1 and 60000", name="minutes_sensible"),
        Index("ix_education_person_id_done_on", "person_id", "done_on"),
    )

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    person_id: Mapped[str] = reference("people.id")
    done_on: Mapped[date]
    title: Mapped[str] = mapped_column(String(200))
    provider: Mapped[str] = mapped_column(String(120))
    minutes: Mapped[int]
    topic: Mapped[str] = mapped_column(String(80))  # empty: none of those a renewal asks for
    way: Mapped[str] = mapped_column(String(80))
    is_specific: Mapped[bool]  # about substance use disorders
    area: Mapped[str] = mapped_column(String(80), server_default="")  # framework/group it taught
    noted_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]


class PhaseStartRow(Base):
    """From which day a person is in a phase of supervised work. Rows are only added."""

    __tablename__ = "phase_starts"
    __table_args__ = (Index("ix_phase_starts_person_id_set_at", "person_id", "set_at"),)

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    person_id: Mapped[str] = reference("people.id")
    phase_id: Mapped[str] = mapped_column(String(80))  # empty: supervision ends
    begins_on: Mapped[date]
    set_by: Mapped[str] = reference("people.id")
    set_at: Mapped[datetime]


class HourEntryRow(Base):
    """One line of the ledger: practice hours, or a supervision meeting with start and end."""

    __tablename__ = "hour_entries"
    __table_args__ = (
        CheckConstraint("minutes between 1 and 1440", name="minutes_within_a_day"),
        CheckConstraint(
            "(started_at is null) = (ended_at is null) and (started_at is null or"
            " ended_at > started_at)",
            name="start_before_end",
        ),
        CheckConstraint("group_kind in ('', 'individual', 'group')", name="group_known"),
        CheckConstraint("mode in ('', 'in person', 'live video')", name="mode_known"),
        CheckConstraint(
            "supervisor_signed_at is null or supervisor_id is not null", name="signer_named"
        ),
        Index("ix_hour_entries_person_id_day", "person_id", "day"),
        # One correction of a line at a time.
        Index(
            "ix_hour_entries_amends",
            "amends",
            unique=True,
            sqlite_where=STANDS,
            postgresql_where=STANDS,
        ),
        Index("ix_hour_entries_waiting", "person_id", sqlite_where=WAITS, postgresql_where=WAITS),
    )

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    person_id: Mapped[str] = reference("people.id")
    day: Mapped[date]  # where it was
    minutes: Mapped[int]
    function: Mapped[str] = mapped_column(String(80))  # of practice; empty for a meeting
    note: Mapped[str] = mapped_column(Text)
    supervisor_id: Mapped[str | None] = reference("people.id", nullable=True)
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    zone: Mapped[str] = mapped_column(String(60))
    group_kind: Mapped[str] = mapped_column(String(20))
    mode: Mapped[str] = mapped_column(String(20))
    functions: Mapped[list[str]] = mapped_column(JSON)
    co_supervisor: Mapped[str] = mapped_column(String(120))
    staff_name: Mapped[str] = mapped_column(String(120))
    staff_credential: Mapped[str] = mapped_column(Text)
    staff_signed_at: Mapped[datetime | None]
    supervisor_name: Mapped[str] = mapped_column(String(120))
    supervisor_credential: Mapped[str] = mapped_column(Text)
    supervisor_signed_at: Mapped[datetime | None]
    signed_for: Mapped[str] = mapped_column(String(120), server_default="")  # who held it, by name
    signed_for_why: Mapped[str] = mapped_column(Text, server_default="")
    amends: Mapped[str | None] = reference("hour_entries.id", nullable=True)
    reason: Mapped[str] = mapped_column(Text)
    is_void: Mapped[bool]
    entered_by: Mapped[str] = reference("people.id")
    entered_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]
