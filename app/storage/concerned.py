"""The shelf of what a regrade concerns: finished exams that asked one wording of an item.

Read in batches and with few queries, because a regrade may concern a hundred thousand exams.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from json import JSONDecoder
from typing import Any

from sqlalchemy import Row, Select, Text, bindparam, cast, select
from sqlalchemy.orm import Session

from app.domain.attempt import AttemptKind, Response, Slot
from app.storage.attempts import slot_from_json
from app.storage.engine import connection_of
from app.storage.sittings import KeptReport, SittingShelf
from app.storage.tables.exam import ItemExposureRow
from app.storage.tables.learning import AttemptRow, ItemVersionRow, ResponseRow
from app.storage.tables.people import OrganisationRow

_FORM = cast(AttemptRow.slots, Text).label("form")
_DECODER = JSONDecoder()
A_BATCH = 2_000  # exams: at 150 questions about 25 MB


@dataclass(frozen=True, slots=True)
class ConcernedExam:
    """A finished exam, the place of its form that asked the wording, and the report that counts.

    None: `response` is None when the question was left without an answer.
    """

    attempt_id: str
    person_id: str
    title: str
    settings: Mapping[str, object]
    slot: Slot
    response: Response | None
    report: KeptReport


class ConcernedShelf:
    """Finds the finished exams of one organisation that asked a wording."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id

    def hold_ledger(self, *, shared: bool = False) -> None:
        """Lets one transaction at a time change the ledger of this organisation.

        Exams that end hold it together: each waits only while the ledger changes, and is then
        scored by what it says (PostgreSQL; SQLite has one writer anyhow).
        """
        query = select(OrganisationRow.id).where(OrganisationRow.id == self._organisation_id)
        held = query.with_for_update(read=True) if shared else query.with_for_update(key_share=True)
        self._session.execute(held)

    def wordings(self, item_id: str) -> list[str]:
        """The versions of an item that finished exams have asked, the one kept last first.

        Cost: reads exams until one is found for each wording.
        """
        shown = select(ItemExposureRow.item_id).where(
            ItemExposureRow.organisation_id == self._organisation_id,
            ItemExposureRow.item_id == item_id,
        )
        if self._session.execute(shown).first() is None:
            return []
        kept = (
            select(ItemVersionRow.version)
            .where(ItemVersionRow.item_id == item_id)
            .order_by(ItemVersionRow.stored_at.desc(), ItemVersionRow.version)
        )
        return [
            version
            for version in self._session.execute(kept).scalars()
            if self._session.execute(self._asking(version).limit(1)).first()
        ]

    def exams(
        self, item_id: str, version: str, *, batch: int = A_BATCH
    ) -> Iterator[list[ConcernedExam]]:
        """Every finished exam that asked a wording, in batches."""
        sittings = SittingShelf(self._session, self._organisation_id)
        for asked in self._asked(item_id, version, batch=batch):
            ids = [row.id for row, _ in asked]
            reports = sittings.current_reports(ids)
            responses = self._responses((row.id, slot.position) for row, slot in asked)
            yield [
                ConcernedExam(
                    attempt_id=row.id,
                    person_id=row.person_id,
                    title=row.title,
                    settings=row.settings,
                    slot=slot,
                    response=responses.get(row.id),
                    report=reports[row.id],
                )
                for row, slot in asked
                if row.id in reports
            ]

    def _asked(
        self, item_id: str, version: str, *, batch: int
    ) -> Iterator[list[tuple[Row[*tuple[Any, ...]], Slot]]]:
        """Exams with the place that asks the wording. A form never asks an item twice."""
        last = ""
        while True:
            query = self._asking(version).where(AttemptRow.id > last)
            rows = self._session.execute(query.order_by(AttemptRow.id).limit(batch)).all()
            if not rows:
                return
            last = rows[-1].id
            found = [(row, _place(row.form, item_id, version)) for row in rows]
            yield [(row, slot) for row, slot in found if slot is not None]

    def _asking(self, version: str) -> Select[*tuple[Any, ...]]:
        """Finished exams whose form names a version, which no two items share."""
        return select(
            AttemptRow.id, AttemptRow.person_id, AttemptRow.title, AttemptRow.settings, _FORM
        ).where(
            AttemptRow.organisation_id == self._organisation_id,
            AttemptRow.kind == AttemptKind.MOCK,
            AttemptRow.finished_at.is_not(None),
            # A wording has no index of its own: this is a look at each exam's form as text.
            _FORM.contains(version, autoescape=True),
        )

    def _responses(self, places: Iterable[tuple[str, int]]) -> dict[str, Response]:
        """The answers that count at some places, by attempt."""
        by_position: dict[int, list[str]] = defaultdict(list)
        for attempt_id, position in places:
            by_position[position].append(attempt_id)
        return {
            row[0]: Response(row[1], row[2], tuple(row[3]), *row[4:])
            for position, attempts in by_position.items()
            for row in connection_of(self._session).execute(
                _ANSWERS,
                {
                    "organisation": self._organisation_id,
                    "position": position,
                    "attempts": attempts,
                },
            )
        }


# One position at a time: SQLite reads the whole table for a list of pairs.
_ANSWERS = (
    select(
        ResponseRow.attempt_id,
        ResponseRow.position,
        ResponseRow.revision,
        ResponseRow.chosen,
        ResponseRow.is_right,
        ResponseRow.request_key,
        ResponseRow.answered_at,
    )
    .where(
        ResponseRow.attempt_id.in_(bindparam("attempts", expanding=True)),
        ResponseRow.position == bindparam("position"),
        ResponseRow.organisation_id == bindparam("organisation"),
        ResponseRow.is_late.is_(False),
    )
    .order_by(ResponseRow.revision)
)


def _place(form: str, item_id: str, version: str) -> Slot | None:
    """Reads the place that asks a wording from the text of a form. None: no place does.

    Only this place is parsed: parsing whole forms would take most of the time of a regrade.
    """
    at = form.find(f'"{version}"')
    if at < 0:
        return None
    start = form.rfind("[", 0, at)
    told, _ = _DECODER.raw_decode(form, start)
    if told[:2] != [item_id, version]:
        return None
    # One bracket opens the form; each place before opened its own and that of its options.
    return slot_from_json((form.count("[", 0, start) - 1) // 2 + 1, told)
