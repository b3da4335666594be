"""More time, leave, the digests that were sent, and what people choose about them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.declarative import Base, id_column, organisation_column, reference


class ExtensionRow(Base):
    """More time for one person. Rows are added; the newest one counts."""

    __tablename__ = "assignment_extensions"
    __table_args__ = (
        CheckConstraint(
            "reason in ('workload', 'personal', 'access', 'unclear', 'other')",
            name="reason_known",
        ),
    )

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    assignment_id: Mapped[str] = reference("assignments.id", index=True)
    person_id: Mapped[str] = reference("people.id")
    due_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(300))
    given_by: Mapped[str] = reference("people.id")
    given_at: Mapped[datetime]


class LeaveRow(Base):
    """Days on which somebody is away. None: `removed_at` is None while it stands."""

    __tablename__ = "leaves"
    __table_args__ = (CheckConstraint("last_day >= first_day", name="days_in_order"),)

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column()
    person_id: Mapped[str] = reference("people.id", index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    kept_by: Mapped[str] = reference("people.id")
    kept_at: Mapped[datetime]
    removed_by: Mapped[str | None] = reference("people.id", nullable=True)
    removed_at: Mapped[datetime | None]


class NudgeRow(Base):
    """A reminder that a supervisor sent by hand: one for each person, thing and day."""

    __tablename__ = "nudges"
    __table_args__ = (Index("ix_nudges_person_id_day", "person_id", "day"),)

    assignment_id: Mapped[str] = reference("assignments.id", primary_key=True)
    person_id: Mapped[str] = reference("people.id", primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    organisation_id: Mapped[str] = organisation_column()
    sent_by: Mapped[str] = reference("people.id")
    sent_at: Mapped[datetime]


class DigestRow(Base):
    """One digest mail: at most one for each person and day. None: `sent_at` until it has left."""

    __tablename__ = "digests"
    __table_args__ = (Index("ix_digests_organisation_id_day", "organisation_id", "day"),)

    person_id: Mapped[str] = reference("people.id", primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    organisation_id: Mapped[str] = organisation_column()
    tries: Mapped[int]
    held_until: Mapped[datetime]  # whoever tries holds it until then; later another may
    sent_at: Mapped[datetime | None]


class MailChoiceRow(Base):
    """Who wants no routine digests. People without a row get them."""

    __tablename__ = "mail_choices"

    person_id: Mapped[str] = reference("people.id", primary_key=True)
    organisation_id: Mapped[str] = organisation_column()
    is_off: Mapped[bool] = mapped_column(server_default=false())
    changed_at: Mapped[datetime]


class CalendarFeedRow(Base):
    """A person's secret calendar address, kept as a digest. Renewing replaces it."""

    __tablename__ = "calendar_feeds"

    person_id: Mapped[str] = reference("people.id", primary_key=True)
    organisation_id: Mapped[str] = organisation_column()
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    # Fetches of the current hour: several processes count in one place.
    hour_began_at: Mapped[datetime]
    fetches: Mapped[int]
