"""Organisations, people, their roles, sign-ins, invitations, and the audit trail."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.declarative import (
    Base,
    id_column,
    organisation_column,
    reference,
)


class OrganisationRow(Base):
    """One organisation. Nothing is ever joined across two of them."""

    __tablename__ = "organisations"

    id: Mapped[str] = id_column()
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]


class PersonRow(Base):
    """A person who can sign in."""

    __tablename__ = "people"
    __table_args__ = (
        # The address is what people sign in with, so it is unique over all organisations.
        UniqueConstraint("email"),
        CheckConstraint("status in ('active', 'deactivated')", name="status_known"),
    )

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column(index=True)
    email: Mapped[str] = mapped_column(String(254))  # always lower case
    full_name: Mapped[str] = mapped_column(String(120))
    credential: Mapped[str] = mapped_column(String(60), default="")  # as shown after the name
    password_hash: Mapped[str] = mapped_column(String(200))
    status: Mapped[str] = mapped_column(String(20))
    exam_on: Mapped[date | None]
    minutes_a_day: Mapped[int | None]
    created_at: Mapped[datetime]


class RoleGrantRow(Base):
    """A role a person holds, for one team or for the whole organisation."""

    __tablename__ = "role_grants"
    __table_args__ = (
        CheckConstraint(
            "role in ('candidate', 'trainer', 'supervisor', 'administrator')", name="role_known"
        ),
        UniqueConstraint("person_id", "role", "cohort_id"),
        Index("ix_role_grants_cohort_id_role", "cohort_id", "role"),
        Index("ix_role_grants_person_id_organisation_id", "person_id", "organisation_id"),
    )

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column(index=True)
    person_id: Mapped[str] = reference("people.id")
    role: Mapped[str] = mapped_column(String(20))
    cohort_id: Mapped[str | None] = reference("cohorts.id")  # None: the whole organisation
    granted_at: Mapped[datetime]


class SignInRow(Base):
    """One signed-in browser. The cookie carries a random token, the row only its digest."""

    __tablename__ = "sign_ins"

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column(index=True)
    person_id: Mapped[str] = reference("people.id", index=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[str] = mapped_column(String(200), default="")
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SignInFailureRow(Base):
    """A wrong password, kept so that guessing becomes slow. No address is stored in clear."""

    __tablename__ = "sign_in_failures"
    __table_args__ = (
        Index("ix_sign_in_failures_account_key_failed_at", "account_key", "failed_at"),
        Index("ix_sign_in_failures_address_key_failed_at", "address_key", "failed_at"),
        Index("ix_sign_in_failures_failed_at", "failed_at"),
    )

    id: Mapped[str] = id_column()
    account_key: Mapped[str] = mapped_column(String(64))
    address_key: Mapped[str] = mapped_column(String(64))
    failed_at: Mapped[datetime]


class InvitationRow(Base):
    """An invitation by link, used once."""

    __tablename__ = "invitations"

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = organisation_column(index=True)
    email: Mapped[str] = mapped_column(String(254))
    full_name: Mapped[str] = mapped_column(String(120))
    credential: Mapped[str] = mapped_column(String(60), server_default="")
    role: Mapped[str] = mapped_column(String(20))
    cohort_id: Mapped[str | None] = reference("cohorts.id")
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by: Mapped[str] = reference("people.id")
    invited_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]


class SetupTokenRow(Base):
    """The one-time token by which the first administrator is made."""

    __tablename__ = "setup_tokens"

    id: Mapped[str] = id_column()
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class AuditRow(Base):
    """Who did or saw what, and when. Rows are added, never changed."""

    __tablename__ = "audit"
    __table_args__ = (
        Index("ix_audit_organisation_id_at", "organisation_id", "at"),
        Index("ix_audit_subject_id_at", "subject_id", "at"),
    )

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str | None] = reference("organisations.id")
    at: Mapped[datetime]
    actor_id: Mapped[str | None] = reference("people.id")  # None: nobody was signed in
    action: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[str | None] = mapped_column(String(36))  # the person it concerns
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
