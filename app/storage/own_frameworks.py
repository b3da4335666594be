"""The shelf of frameworks an organisation brought with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.storage.tables.supervision_evidence import OwnFrameworkRow


class OwnFrameworkShelf:
    """Gets and adds imported frameworks of one organisation."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id

    def add(
        self,
        row_id: str,
        framework_id: str,
        version: str,
        package: Mapping[str, Any],
        *,
        by: str,
        now: datetime,
    ) -> None:
        """Keeps an imported framework."""
        self._session.execute(
            insert(OwnFrameworkRow).values(
                id=row_id,
                organisation_id=self._organisation_id,
                framework_id=framework_id,
                version=version,
                package=dict(package),
                imported_by=by,
                imported_at=now,
            )
        )

    def newest(self) -> dict[str, dict[str, Any]]:
        """The package of every framework in the version imported last, by id."""
        query = (
            select(OwnFrameworkRow.framework_id, OwnFrameworkRow.package)
            .where(OwnFrameworkRow.organisation_id == self._organisation_id)
            .order_by(OwnFrameworkRow.imported_at, OwnFrameworkRow.id)
        )
        return {row[0]: row[1] for row in self._session.execute(query)}

    def has(self, framework_id: str, version: str) -> bool:
        """Says whether a version of a framework is here."""
        query = select(OwnFrameworkRow.id).where(
            OwnFrameworkRow.organisation_id == self._organisation_id,
            OwnFrameworkRow.framework_id == framework_id,
            OwnFrameworkRow.version == version,
        )
        return self._session.execute(query).first() is not None
