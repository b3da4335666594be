"""The shelf of the audit trail: added to, read, never changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.storage.tables.people import AuditRow, PersonRow


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did or saw what.

    None: `actor_id` is None when nobody was signed in; `subject_id` when it concerns no person.
    """

    at: datetime
    action: str
    actor_id: str | None = None
    subject_id: str | None = None
    details: dict[str, Any] = field(default_factory=dict)
    actor_name: str = ""


class AuditShelf:
    """Adds and reads entries of one organisation."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id

    def add(self, row_id: str, entry: AuditEntry) -> None:
        """Adds an entry. Details never hold passwords, tokens or answers."""
        self._session.execute(
            insert(AuditRow).values(
                id=row_id,
                organisation_id=self._organisation_id or None,
                at=entry.at,
                actor_id=entry.actor_id,
                action=entry.action,
                subject_id=entry.subject_id,
                details=entry.details,
            )
        )

    def newest(self, limit: int = 200) -> list[AuditEntry]:
        """The newest entries of the organisation, newest first."""
        return self._entries(limit=limit)

    def about(self, person_id: str, limit: int = 50) -> list[AuditEntry]:
        """Who did or saw what of one person, newest first."""
        return self._entries(AuditRow.subject_id == person_id, limit=limit)

    def _entries(self, *conditions: Any, limit: int) -> list[AuditEntry]:
        query = (
            select(
                AuditRow.at,
                AuditRow.action,
                AuditRow.actor_id,
                AuditRow.subject_id,
                AuditRow.details,
                PersonRow.full_name,
            )
            .outerjoin(PersonRow, PersonRow.id == AuditRow.actor_id)
            .where(AuditRow.organisation_id == self._organisation_id, *conditions)
            .order_by(AuditRow.at.desc(), AuditRow.id.desc())
            .limit(limit)
        )
        return [
            AuditEntry(row[0], row[1], row[2], row[3], row[4], row[5] or "")
            for row in self._session.execute(query)
        ]
