"""The shelf of learners' reports about questions, and of the news that they are settled."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, Select, func, select, update
from sqlalchemy.orm import Session

from app.domain.item_report import ItemReport, ReportKind, ReportState
from app.storage.new_rows import insert_if_new
from app.storage.tables.exam import ItemReportRow


class ItemReportShelf:
    """Gets and saves the reports of one organisation."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id

    def add(self, report: ItemReport) -> None:
        """Keeps a new report; one that stands at the same place already stays as it is."""
        row = {
            "id": report.id,
            "organisation_id": self._organisation_id,
            "person_id": report.person_id,
            "attempt_id": report.attempt_id,
            "position": report.position,
            "item_id": report.item_id,
            "item_version": report.item_version,
            "kind": str(report.kind),
            "words": report.words,
            "sent_at": report.sent_at,
            "state": str(report.state),
            "answer": report.answer,
            "answered_by": report.answered_by,
            "answered_at": report.answered_at,
        }
        insert_if_new(self._session, ItemReportRow, row)

    def settle(self, report: ItemReport) -> None:
        """Keeps where a report stands now, with its answer."""
        self._session.execute(
            update(ItemReportRow)
            .where(
                ItemReportRow.id == report.id,
                ItemReportRow.organisation_id == self._organisation_id,
            )
            .values(
                state=report.state,
                answer=report.answer,
                answered_by=report.answered_by,
                answered_at=report.answered_at,
            )
        )

    def find(self, report_id: str, *, lock: bool = False) -> ItemReport | None:
        """Finds a report. None: not in this organisation.

        With `lock`, other writers wait until this transaction ends.
        """
        query = self._select().where(ItemReportRow.id == report_id)
        row = self._session.execute(query.with_for_update() if lock else query).first()
        return None if row is None else _report_from(row)

    def find_at(self, attempt_id: str, position: int) -> ItemReport | None:
        """Finds the report about a place of an attempt. None: nobody has sent one."""
        query = self._select().where(
            ItemReportRow.attempt_id == attempt_id, ItemReportRow.position == position
        )
        row = self._session.execute(query).first()
        return None if row is None else _report_from(row)

    def of_person(self, person_id: str, *, limit: int) -> list[ItemReport]:
        """The reports a person has sent, newest first."""
        newest_first = (ItemReportRow.sent_at.desc(), ItemReportRow.id.desc())
        query = self._select().where(ItemReportRow.person_id == person_id)
        return self._reports(query.order_by(*newest_first).limit(limit))

    def of_item(self, item_id: str, *, limit: int) -> list[ItemReport]:
        """The reports about an item in any of its wordings, newest first."""
        newest_first = (ItemReportRow.sent_at.desc(), ItemReportRow.id.desc())
        query = self._select().where(ItemReportRow.item_id == item_id)
        return self._reports(query.order_by(*newest_first).limit(limit))

    def queue(self, state: ReportState, *, limit: int, skip: int = 0) -> list[ItemReport]:
        """The reports in one state, those that have waited longest first."""
        query = self._select().where(ItemReportRow.state == state)
        oldest_first = (ItemReportRow.sent_at, ItemReportRow.id)
        return self._reports(query.order_by(*oldest_first).limit(limit).offset(skip))

    def counts(self) -> dict[ReportState, int]:
        """How many reports stand in each state; states without any are absent."""
        query = (
            select(ItemReportRow.state, func.count())
            .where(ItemReportRow.organisation_id == self._organisation_id)
            .group_by(ItemReportRow.state)
        )
        return {ReportState(row[0]): row[1] for row in self._session.execute(query)}

    def _reports(self, query: Select[*tuple[Any, ...]]) -> list[ItemReport]:
        return [_report_from(row) for row in self._session.execute(query)]

    def _select(self) -> Select[*tuple[Any, ...]]:
        return select(ItemReportRow.__table__).where(
            ItemReportRow.organisation_id == self._organisation_id
        )


def _report_from(row: Row[*tuple[Any, ...]]) -> ItemReport:
    return ItemReport(
        id=row.id,
        person_id=row.person_id,
        attempt_id=row.attempt_id,
        position=row.position,
        item_id=row.item_id,
        item_version=row.item_version,
        kind=ReportKind(row.kind),
        words=row.words,
        sent_at=row.sent_at,
        state=ReportState(row.state),
        answer=row.answer,
        answered_by=row.answered_by,
        answered_at=row.answered_at,
    )
