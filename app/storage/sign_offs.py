"""The shelf of sign-offs and of what is said beside them: added to, read, never changed."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, insert, select
from sqlalchemy.orm import Session

from app.domain.sign_off import EntryKind, SignOff, SignOffEntry
from app.storage.tables.supervision_chain import SignOffAmendmentRow, SignOffRow


class SignOffShelf:
    """Gets and adds the sign-offs of one organisation."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id

    def add(self, signed: SignOff) -> None:
        """Adds a sign-off."""
        self._session.execute(
            insert(SignOffRow).values(
                id=signed.id,
                organisation_id=self._organisation_id,
                person_id=signed.person_id,
                target_kind=signed.target_kind,
                target_code=signed.target,
                framework_id=signed.framework_id,
                framework_version=signed.framework_version,
                scale_id=signed.scale_id,
                level=signed.level,
                level_title=signed.level_title,
                evidence=list(signed.evidence),
                shortfalls=list(signed.shortfalls),
                exception=signed.exception,
                statement=signed.statement,
                typed_name=signed.typed_name,
                signed_by=signed.signed_by,
                credential_id=signed.credential_id,
                credential=signed.credential,
                signed_at=signed.signed_at,
            )
        )

    def add_entry(self, entry: SignOffEntry) -> None:
        """Adds something said beside a sign-off."""
        self._session.execute(
            insert(SignOffAmendmentRow).values(
                id=entry.id,
                organisation_id=self._organisation_id,
                sign_off_id=entry.sign_off_id,
                kind=entry.kind,
                words=entry.words,
                said_by=entry.by,
                credential=entry.credential,
                said_at=entry.at,
            )
        )

    def find(self, sign_off_id: str, *, lock: bool = False) -> SignOff | None:
        """Finds a sign-off. None: not in this organisation. `lock` as for attempts."""
        query = select(SignOffRow.__table__).where(
            SignOffRow.id == sign_off_id, SignOffRow.organisation_id == self._organisation_id
        )
        row = self._session.execute(query.with_for_update() if lock else query).first()
        return None if row is None else _sign_off_from(row)

    def of_people(self, person_ids: Collection[str]) -> list[SignOff]:
        """The sign-offs of some people, the newest first."""
        query = (
            select(SignOffRow.__table__)
            .where(
                SignOffRow.organisation_id == self._organisation_id,
                SignOffRow.person_id.in_(sorted(person_ids)),
            )
            .order_by(SignOffRow.signed_at.desc(), SignOffRow.id.desc())
        )
        return [_sign_off_from(row) for row in self._session.execute(query)]

    def entries(self, sign_off_ids: Collection[str]) -> list[SignOffEntry]:
        """What was said beside some sign-offs, in order."""
        query = (
            select(
                SignOffAmendmentRow.id,
                SignOffAmendmentRow.sign_off_id,
                SignOffAmendmentRow.kind,
                SignOffAmendmentRow.words,
                SignOffAmendmentRow.said_by,
                SignOffAmendmentRow.said_at,
                SignOffAmendmentRow.credential,
            )
            .where(
                SignOffAmendmentRow.organisation_id == self._organisation_id,
                SignOffAmendmentRow.sign_off_id.in_(sorted(sign_off_ids)),
            )
            .order_by(SignOffAmendmentRow.said_at, SignOffAmendmentRow.id)
        )
        return [
            SignOffEntry(row[0], row[1], EntryKind(row[2]), *row[3:])
            for row in self._session.execute(query)
        ]


def _sign_off_from(row: Row[*tuple[Any, ...]]) -> SignOff:
    return SignOff(
        id=row.id,
        person_id=row.person_id,
        target_kind=row.target_kind,
        target=row.target_code,
        framework_id=row.framework_id,
        framework_version=row.framework_version,
        scale_id=row.scale_id,
        level=row.level,
        level_title=row.level_title,
        evidence=tuple(row.evidence),
        shortfalls=tuple(row.shortfalls),
        exception=row.exception,
        statement=row.statement,
        typed_name=row.typed_name,
        signed_by=row.signed_by,
        credential_id=row.credential_id,
        credential=row.credential,
        signed_at=row.signed_at,
    )
