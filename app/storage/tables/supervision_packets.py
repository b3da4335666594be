"""Audit packets: who asked for which, how far it is, and its archive until it expires."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.declarative import Base, id_column, organisation_column, reference


class AuditPacketRow(Base):
    """One packet. None: `person_id` for a whole team; `held_until` while nobody makes it."""

    __tablename__ = "audit_packets"
    __table_args__ = (
        CheckConstraint("state in ('waiting', 'making', 'ready', 'failed')", name="state_known"),
        CheckConstraint("(ready_at is null) = (state <> 'ready')", name="ready_has_a_moment"),
        Index("ix_audit_packets_cohort_id_as_of", "cohort_id", "as_of"),
        Index("ix_audit_packets_person_id", "person_id"),
        # Those to make and those that have expired are looked for every half a minute.
        # Not by organization first: SQLite would take that for what is asked of one team, too.
        Index("ix_audit_packets_state", "state"),
        Index("ix_audit_packets_expires_at", "expires_at"),
    )

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    cohort_id: Mapped[str] = reference("cohorts.id")
    person_id: Mapped[str | None] = reference("people.id", nullable=True)
    asked_by: Mapped[str] = reference("people.id")
    as_of: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(20))
    done: Mapped[int]
    total: Mapped[int]
    tries: Mapped[int]
    held_until: Mapped[datetime | None]
    data_sha256: Mapped[str] = mapped_column(String(64))
    archive_sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    ready_at: Mapped[datetime | None]
    expires_at: Mapped[datetime]


class AuditPacketPartRow(Base):
    """A piece of an archive: small enough that writing it keeps nobody waiting."""

    __tablename__ = "audit_packet_parts"

    packet_id: Mapped[str] = reference("audit_packets.id", primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    organisation_id: Mapped[str] = organisation_column()
    content: Mapped[bytes] = mapped_column(LargeBinary)
