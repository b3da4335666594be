"""Credentials of people."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.declarative import Base, id_column, organisation_column, reference


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
