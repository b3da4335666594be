"""The shelf of what belongs to sitting exams: marks, breaks, allowances, reports, exposure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, Executable, Row, bindparam, insert, select, update
from sqlalchemy.orm import Session

from app.domain.exam_clock import Allowance, Break
from app.domain.exam_score import ExamScore
from app.domain.score_report import PartScore
from app.domain.slot_marks import Confidence, SlotMarks
from app.storage.engine import connection_of
from app.storage.new_rows import insert_or_change
from app.storage.tables.exam import (
    AllowanceRow,
    BreakRow,
    ItemExposureRow,
    ScoreReportRow,
    SlotMarkRow,
)


@dataclass(frozen=True, slots=True)
class KeptReport:
    """A score report as it was worked out once. None: `regrade_id` when no regrade made it."""

    attempt_id: str
    person_id: str
    number: int
    cause: str  # submitted, time, regrade, undone
    score: ExamScore
    made_at: datetime
    regrade_id: str | None = None


@dataclass(frozen=True, slots=True)
class SetAllowance:
    """An allowance, and who set it when."""

    allowance: Allowance
    set_by: str
    set_at: datetime


class SittingShelf:
    """Gets and saves what belongs to the exams of one organisation."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id

    def note(self, attempt_id: str, marks: SlotMarks, *, now: datetime) -> None:
        """Keeps the marks at one place; the newest ones count."""
        row = {
            "attempt_id": attempt_id,
            "position": marks.position,
            "organisation_id": self._organisation_id,
            "is_flagged": marks.is_flagged,
            "struck": list(marks.struck),
            "confidence": str(marks.confidence),
            "note": marks.note,
            "noted_at": now,
        }
        insert_or_change(self._session, SlotMarkRow, [row], keys=("attempt_id", "position"))

    def marks(self, attempt_id: str) -> dict[int, SlotMarks]:
        """The marks of an attempt by position; places without any are absent."""
        rows = self._ask(_MARKS, attempt_id)
        return {
            row[0]: SlotMarks(row[0], row[1], tuple(row[2]), Confidence(row[3]), row[4])
            for row in rows
        }

    def begin_break(self, row_id: str, attempt_id: str, *, now: datetime) -> None:
        """Starts a break."""
        self._session.execute(
            insert(BreakRow).values(
                id=row_id,
                organisation_id=self._organisation_id,
                attempt_id=attempt_id,
                started_at=now,
                ended_at=None,
            )
        )

    def end_breaks(self, attempt_id: str, *, now: datetime) -> None:
        """Ends the break of an attempt that lasts."""
        self._session.execute(
            update(BreakRow)
            .where(
                BreakRow.attempt_id == attempt_id,
                BreakRow.organisation_id == self._organisation_id,
                BreakRow.ended_at.is_(None),
            )
            .values(ended_at=now)
        )

    def breaks(self, attempt_id: str) -> list[Break]:
        """The breaks of an attempt, oldest first."""
        return [Break(*row) for row in self._ask(_BREAKS, attempt_id)]

    def set_allowance(
        self, row_id: str, person_id: str, allowance: Allowance, *, by: str, now: datetime
    ) -> None:
        """Gives a person extra time and breaks from now on. Earlier settings stay on record."""
        self._session.execute(
            insert(AllowanceRow).values(
                id=row_id,
                organisation_id=self._organisation_id,
                person_id=person_id,
                extra_percent=allowance.extra_percent,
                break_minutes=allowance.break_minutes,
                set_by=by,
                set_at=now,
            )
        )

    def allowance(self, person_id: str) -> Allowance:
        """What a person gets beyond the limit now."""
        newest = self.allowances(person_id, limit=1)
        return newest[0].allowance if newest else Allowance()

    def allowance_at(self, person_id: str, moment: datetime) -> Allowance:
        """What a person got beyond the limit at a moment in the past."""
        values = {"person": person_id, "organisation": self._organisation_id, "moment": moment}
        row = connection_of(self._session).execute(_ALLOWANCE_AT, values).first()
        return Allowance() if row is None else Allowance(row[0], row[1])

    def allowances(self, person_id: str, *, limit: int = 20) -> list[SetAllowance]:
        """Every setting for a person, newest first."""
        values = {"person": person_id, "organisation": self._organisation_id, "most": limit}
        rows = connection_of(self._session).execute(_ALLOWANCES, values)
        return [SetAllowance(Allowance(row[0], row[1]), row[2], row[3]) for row in rows]

    def add_reports(self, rows: Iterable[tuple[str, KeptReport]]) -> None:
        """Adds score reports under their ids. Earlier ones stay."""
        values = [
            {
                "id": row_id,
                "organisation_id": self._organisation_id,
                "person_id": report.person_id,
                "attempt_id": report.attempt_id,
                "number": report.number,
                "cause": report.cause,
                "regrade_id": report.regrade_id,
                "right_count": report.score.right,
                "scored_count": report.score.scored,
                "scaled": report.score.scaled,
                "is_pass": report.score.is_pass,
                "parts": [[p.code, p.title, p.right, p.asked] for p in report.score.parts],
                "made_at": report.made_at,
            }
            for row_id, report in rows
        ]
        if values:
            connection_of(self._session).execute(insert(ScoreReportRow), values)

    def reports(self, attempt_id: str) -> list[KeptReport]:
        """Every score report of an attempt, oldest first; the last one counts."""
        query = (
            select(ScoreReportRow.__table__)
            .where(
                ScoreReportRow.attempt_id == attempt_id,
                ScoreReportRow.organisation_id == self._organisation_id,
            )
            .order_by(ScoreReportRow.number)
        )
        return [_report_from(row) for row in self._session.execute(query)]

    def current_reports(self, attempt_ids: Sequence[str]) -> dict[str, KeptReport]:
        """The report that counts for each of some attempts, by attempt."""
        found: dict[str, KeptReport] = {}
        for start in range(0, len(attempt_ids), 500):  # SQLite takes so many parameters at once
            query = (
                select(ScoreReportRow.__table__)
                .where(
                    ScoreReportRow.attempt_id.in_(attempt_ids[start : start + 500]),
                    ScoreReportRow.organisation_id == self._organisation_id,
                )
                .order_by(ScoreReportRow.number)
            )
            found.update(
                (row.attempt_id, _report_from(row)) for row in self._session.execute(query)
            )
        return found

    def expose(self, item_ids: Iterable[str]) -> None:
        """Counts that items stand on one form more. Sorted, so that two starts never lock up."""
        rows = [
            {"organisation_id": self._organisation_id, "item_id": item_id, "shown": 1}
            for item_id in sorted(item_ids)
        ]
        insert_or_change(
            self._session,
            ItemExposureRow,
            rows,
            keys=("organisation_id", "item_id"),
            changes={"shown": ItemExposureRow.shown + 1},
        )

    def shown(self) -> dict[str, int]:
        """On how many forms each item has stood, by item id."""
        query = select(ItemExposureRow.item_id, ItemExposureRow.shown).where(
            ItemExposureRow.organisation_id == self._organisation_id
        )
        return {row[0]: row[1] for row in self._session.execute(query)}

    def _ask(self, statement: Executable, attempt_id: str) -> CursorResult[*tuple[Any, ...]]:
        values = {"attempt": attempt_id, "organisation": self._organisation_id}
        return connection_of(self._session).execute(statement, values)


# Put together once: these are asked for on nearly every step of a quiz or an exam.
_MARKS = select(
    SlotMarkRow.position,
    SlotMarkRow.is_flagged,
    SlotMarkRow.struck,
    SlotMarkRow.confidence,
    SlotMarkRow.note,
).where(
    SlotMarkRow.attempt_id == bindparam("attempt"),
    SlotMarkRow.organisation_id == bindparam("organisation"),
)
_BREAKS = (
    select(BreakRow.started_at, BreakRow.ended_at)
    .where(
        BreakRow.attempt_id == bindparam("attempt"),
        BreakRow.organisation_id == bindparam("organisation"),
    )
    .order_by(BreakRow.started_at, BreakRow.id)
)
_NEWEST_ALLOWANCES = (
    select(
        AllowanceRow.extra_percent,
        AllowanceRow.break_minutes,
        AllowanceRow.set_by,
        AllowanceRow.set_at,
    )
    .where(
        AllowanceRow.person_id == bindparam("person"),
        AllowanceRow.organisation_id == bindparam("organisation"),
    )
    .order_by(AllowanceRow.set_at.desc(), AllowanceRow.id.desc())
)
_ALLOWANCES = _NEWEST_ALLOWANCES.limit(bindparam("most"))
_ALLOWANCE_AT = _NEWEST_ALLOWANCES.where(AllowanceRow.set_at <= bindparam("moment")).limit(1)


def _report_from(row: Row[*tuple[Any, ...]]) -> KeptReport:
    parts = tuple(PartScore(*part) for part in row.parts)
    score = ExamScore(row.right_count, row.scored_count, row.scaled, row.is_pass, parts)
    return KeptReport(
        attempt_id=row.attempt_id,
        person_id=row.person_id,
        number=row.number,
        cause=row.cause,
        score=score,
        made_at=row.made_at,
        regrade_id=row.regrade_id,
    )
