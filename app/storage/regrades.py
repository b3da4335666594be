"""The shelf of regrades: a ledger, added to and undone, never rewritten."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, case, insert, select, update
from sqlalchemy.orm import Session

from app.domain.regrade import EVERY_EXAM, Regrade, RegradePolicy
from app.storage.tables.exam import RegradeRow


class RegradeShelf:
    """Gets and saves the regrades of one organisation."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id

    def add(self, regrade: Regrade) -> None:
        """Signs a regrade into the ledger."""
        self._session.execute(
            insert(RegradeRow).values(
                id=regrade.id,
                organisation_id=self._organisation_id,
                item_id=regrade.item_id,
                item_version=regrade.item_version,
                policy=regrade.policy,
                accepted=list(regrade.accepted),
                never_lower=regrade.never_lower,
                reason=regrade.reason,
                signed_by=regrade.signed_by,
                signed_at=regrade.signed_at,
                undone_by=None,
                undone_at=None,
                applied_to=regrade.applied_to,
                undone_to=regrade.undone_to,
                moved=0,
            )
        )

    def undo(self, regrade_id: str, *, by: str, now: datetime) -> bool:
        """Takes a regrade out of force, for no exam yet. Says whether it was in force."""
        result = self._session.execute(
            update(RegradeRow)
            .where(
                RegradeRow.id == regrade_id,
                RegradeRow.organisation_id == self._organisation_id,
                RegradeRow.undone_at.is_(None),
            )
            .values(undone_by=by, undone_at=now, moved=0)
            .returning(RegradeRow.id)
        )
        return result.first() is not None

    def reach(self, regrade: Regrade, *, moved: int) -> int:
        """Keeps how far the step of a regrade has come. Gives how many exams it has moved so far.

        Shape: `moved` counts those of the newest stretch.
        """
        result = self._session.execute(
            update(RegradeRow)
            .where(
                RegradeRow.id == regrade.id,
                RegradeRow.organisation_id == self._organisation_id,
            )
            .values(
                applied_to=regrade.applied_to,
                undone_to=regrade.undone_to,
                moved=RegradeRow.moved + moved,
            )
            .returning(RegradeRow.moved)
        )
        return int(result.scalar_one_or_none() or 0)

    def find(self, regrade_id: str) -> Regrade | None:
        """Finds a regrade. None: not in this organisation."""
        row = self._session.execute(self._select().where(RegradeRow.id == regrade_id)).first()
        return None if row is None else _regrade_from(row)

    def all(self, *, limit: int = 200) -> list[Regrade]:
        """The ledger, newest entry first."""
        newest_first = (RegradeRow.signed_at.desc(), RegradeRow.id.desc())
        rows = self._session.execute(self._select().order_by(*newest_first).limit(limit))
        return [_regrade_from(row) for row in rows]

    def standing(self, item_ids: Collection[str]) -> list[Regrade]:
        """The regrades of some items that count for any exam, oldest first.

        One that is being undone is among them until undoing has reached every exam.
        """
        query = self._select().where(
            RegradeRow.item_id.in_(sorted(item_ids)), RegradeRow.undone_to != EVERY_EXAM
        )
        rows = self._session.execute(query.order_by(RegradeRow.signed_at, RegradeRow.id))
        return [_regrade_from(row) for row in rows]

    def unsettled(self) -> list[Regrade]:
        """The regrades whose step has not reached every exam, oldest first."""
        query = self._select().where(
            case(
                (RegradeRow.undone_at.is_(None), RegradeRow.applied_to != EVERY_EXAM),
                else_=RegradeRow.undone_to != EVERY_EXAM,
            )
        )
        rows = self._session.execute(query.order_by(RegradeRow.signed_at, RegradeRow.id))
        return [_regrade_from(row) for row in rows]

    def counting_for(self, attempt_id: str, item_ids: Collection[str]) -> list[Regrade]:
        """The regrades of some items that one exam counts by now, oldest first."""
        return [one for one in self.standing(item_ids) if one.counts_for(attempt_id)]

    def _select(self) -> Select[*tuple[Any, ...]]:
        return select(RegradeRow.__table__).where(
            RegradeRow.organisation_id == self._organisation_id
        )


def _regrade_from(row: Row[*tuple[Any, ...]]) -> Regrade:
    return Regrade(
        id=row.id,
        item_id=row.item_id,
        item_version=row.item_version,
        policy=RegradePolicy(row.policy),
        accepted=tuple(row.accepted),
        never_lower=row.never_lower,
        reason=row.reason,
        signed_by=row.signed_by,
        signed_at=row.signed_at,
        undone_by=row.undone_by,
        undone_at=row.undone_at,
        applied_to=row.applied_to,
        undone_to=row.undone_to,
    )
