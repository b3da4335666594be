"""The shelf of invitations and of the one-time set-up token. Tokens are kept as digests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, insert, select, update
from sqlalchemy.orm import Session

from app.domain.person import Role, RoleGrant
from app.storage.tables.people import InvitationRow, SetupTokenRow


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation by link. None: `accepted_at` is None while it can be used."""

    id: str
    organisation_id: str
    email: str
    full_name: str
    grant: RoleGrant
    invited_by: str
    invited_at: datetime
    expires_at: datetime
    accepted_at: datetime | None
    credential: str = ""

    def is_open(self, now: datetime) -> bool:
        """Says whether the link still works."""
        return self.accepted_at is None and now < self.expires_at


class InvitationShelf:
    """Gets and saves invitations. Looks across organisations: the link is all one has."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, invitation: Invitation, *, digest: str) -> None:
        """Keeps a new invitation."""
        self._session.execute(
            insert(InvitationRow).values(
                id=invitation.id,
                organisation_id=invitation.organisation_id,
                email=invitation.email,
                full_name=invitation.full_name,
                credential=invitation.credential,
                role=invitation.grant.role,
                cohort_id=invitation.grant.cohort_id,
                token_digest=digest,
                invited_by=invitation.invited_by,
                invited_at=invitation.invited_at,
                expires_at=invitation.expires_at,
                accepted_at=None,
            )
        )

    def find(self, digest: str) -> Invitation | None:
        """Finds the invitation of a link. None: no such link."""
        row = self._session.execute(
            select(InvitationRow.__table__).where(InvitationRow.token_digest == digest)
        ).first()
        return None if row is None else _invitation_from(row)

    def accept(self, invitation_id: str, *, now: datetime) -> bool:
        """Uses an invitation up. Says whether it was still open."""
        used = self._session.execute(
            update(InvitationRow)
            .where(InvitationRow.id == invitation_id, *_is_open(now))
            .values(accepted_at=now)
            .returning(InvitationRow.id)
        )
        return used.first() is not None

    def withdraw(self, invitation_id: str, *, organisation_id: str, now: datetime) -> bool:
        """Closes an invitation, as if it were too old. Says whether it was open."""
        closed = self._session.execute(
            update(InvitationRow)
            .where(
                InvitationRow.id == invitation_id,
                InvitationRow.organisation_id == organisation_id,
                *_is_open(now),
            )
            .values(expires_at=now)
            .returning(InvitationRow.id)
        )
        return closed.first() is not None

    def add_setup_token(self, token_id: str, *, digest: str, now: datetime) -> None:
        """Keeps a set-up token; earlier unused ones stop working."""
        self._session.execute(
            update(SetupTokenRow).where(SetupTokenRow.used_at.is_(None)).values(used_at=now)
        )
        self._session.execute(
            insert(SetupTokenRow).values(
                id=token_id, token_digest=digest, made_at=now, used_at=None
            )
        )

    def setup_token_is_open(self, digest: str) -> bool:
        """Says whether a set-up token can still be used."""
        query = select(SetupTokenRow.id).where(
            SetupTokenRow.token_digest == digest, SetupTokenRow.used_at.is_(None)
        )
        return self._session.execute(query).first() is not None

    def use_setup_token(self, digest: str, *, now: datetime) -> bool:
        """Uses a set-up token up. Says whether it was still unused."""
        used = self._session.execute(
            update(SetupTokenRow)
            .where(SetupTokenRow.token_digest == digest, SetupTokenRow.used_at.is_(None))
            .values(used_at=now)
            .returning(SetupTokenRow.id)
        )
        return used.first() is not None


def _is_open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return InvitationRow.accepted_at.is_(None), InvitationRow.expires_at > now


def _invitation_from(row: Row[*tuple[Any, ...]]) -> Invitation:
    return Invitation(
        id=row.id,
        organisation_id=row.organisation_id,
        email=row.email,
        full_name=row.full_name,
        grant=RoleGrant(Role(row.role), row.cohort_id),
        invited_by=row.invited_by,
        invited_at=row.invited_at,
        expires_at=row.expires_at,
        accepted_at=row.accepted_at,
        credential=row.credential,
    )
