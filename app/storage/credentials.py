"""The shelf of credentials: which licences and certificates people hold, and until when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.domain.credential import Credential
from app.storage.tables.supervision_hours import CredentialRow

_COLUMNS = (
    CredentialRow.id,
    CredentialRow.person_id,
    CredentialRow.kind,
    CredentialRow.number,
    CredentialRow.issuer,
    CredentialRow.issued_on,
    CredentialRow.expires_on,
)


class CredentialShelf:
    """Gets and saves credentials of one organisation's people."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id

    def add(self, credential: Credential, *, by: str, now: datetime) -> None:
        """Adds a credential."""
        self._session.execute(
            insert(CredentialRow).values(
                id=credential.id,
                organisation_id=self._organisation_id,
                person_id=credential.person_id,
                kind=credential.kind,
                number=credential.number,
                issuer=credential.issuer,
                issued_on=credential.issued_on,
                expires_on=credential.expires_on,
                noted_by=by,
                noted_at=now,
                taken_back_at=None,
            )
        )

    def of_person(self, person_id: str) -> list[Credential]:
        """The credentials of one person, by kind, the latest first."""
        return self.of_people([person_id])

    def of_people(self, person_ids: Collection[str]) -> list[Credential]:
        """The credentials of some people, by person and kind, the latest first."""
        query = (
            select(*_COLUMNS)
            .where(
                CredentialRow.organisation_id == self._organisation_id,
                CredentialRow.person_id.in_(sorted(person_ids)),
                CredentialRow.taken_back_at.is_(None),
            )
            .order_by(
                CredentialRow.person_id,
                CredentialRow.kind,
                CredentialRow.issued_on.desc(),
                CredentialRow.id.desc(),
            )
        )
        return [Credential(*row) for row in self._session.execute(query)]

    def take_back(self, credential_id: str, *, person_id: str, now: datetime) -> bool:
        """Takes a wrong entry of a person back. Says whether there was one."""
        taken = self._session.execute(
            update(CredentialRow)
            .where(
                CredentialRow.id == credential_id,
                CredentialRow.person_id == person_id,
                CredentialRow.organisation_id == self._organisation_id,
                CredentialRow.taken_back_at.is_(None),
            )
            .values(taken_back_at=now)
            .returning(CredentialRow.id)
        )
        return taken.first() is not None
