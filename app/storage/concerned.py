"""The shelf of what a regrade concerns: finished exams that asked one wording of an item.

Read in stretches and with few queries, because a regrade may concern a hundred thousand exams.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from json import JSONDecoder
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Text,
    bindparam,
    cast,
    func,
    literal_column,
    select,
    tuple_,
)
from sqlalchemy.orm import Session

from app.domain.attempt import Response, Slot
from app.domain.regrade import EVERY_EXAM
from app.storage.attempts import slot_from_json
from app.storage.engine import connection_of
from app.storage.sittings import KeptReport, SittingShelf
from app.storage.tables.exam import ItemExposureRow
from app.storage.tables.learning import AttemptRow, ItemVersionRow, ResponseRow
from app.storage.tables.people import OrganisationRow

_FORM = cast(AttemptRow.slots, Text).label("form")
_DECODER = JSONDecoder()
A_STRETCH = 100  # exams: at 150 questions about 1 MB, and 40 ms of the processor
# In these words the index of finished exams is defined: a value that is sent apart hides it.
_IS_SAT = (AttemptRow.kind == literal_column("'mock'"), AttemptRow.finished_at.is_not(None))


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


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some finished exams in the order of their ids.

    Shape: `exams` are those that asked the wording; `upto` is the last id that was looked at,
    or `EVERY_EXAM`.
    """

    exams: list[ConcernedExam]
    upto: str


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
        """The kept versions of an item that exams have shown, the one kept last first."""
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
        return list(self._session.execute(kept).scalars())

    def was_answered(self, item_id: str, version: str) -> bool:
        """Says whether anybody answered a wording in an exam that is finished."""
        query = (
            select(ResponseRow.id)
            .join(AttemptRow, AttemptRow.id == ResponseRow.attempt_id)
            .where(
                ResponseRow.organisation_id == self._organisation_id,
                ResponseRow.item_id == item_id,
                ResponseRow.item_version == version,
                *_IS_SAT,
            )
        )
        return self._session.execute(query.limit(1)).first() is not None

    def count(self, *, upto: str = EVERY_EXAM) -> int:
        """How many exams are finished, up to one in the order of their ids."""
        query = select(func.count()).select_from(AttemptRow).where(*self._sat())
        if upto != EVERY_EXAM:
            query = query.where(AttemptRow.id <= upto)
        return int(self._session.execute(query).scalar_one())

    def stretch(self, item_id: str, version: str, *, after: str, size: int = A_STRETCH) -> Stretch:
        """Looks at the next finished exams after one, for those that asked a wording."""
        upto = self._end_of_stretch(after, size)
        query = select(
            AttemptRow.id, AttemptRow.person_id, AttemptRow.title, AttemptRow.settings, _FORM
        ).where(
            *self._sat(),
            AttemptRow.id > after,
            # A wording has no index of its own: this is a look at each exam's form as text. No
            # two items share a version.
            _FORM.contains(version, autoescape=True),
        )
        if upto != EVERY_EXAM:
            query = query.where(AttemptRow.id <= upto)
        rows = self._session.execute(query.order_by(AttemptRow.id)).all()
        asked = [(row, slot) for row in rows if (slot := _place(row.form, item_id, version))]
        return Stretch(self._exams(asked), upto)

    def _end_of_stretch(self, after: str, size: int) -> str:
        query = select(AttemptRow.id).where(*self._sat(), AttemptRow.id > after)
        last = self._session.execute(query.order_by(AttemptRow.id).limit(1).offset(size - 1))
        return last.scalar_one_or_none() or EVERY_EXAM

    def _sat(self) -> tuple[ColumnElement[bool], ...]:
        return (AttemptRow.organisation_id == self._organisation_id, *_IS_SAT)

    def _exams(self, asked: Sequence[tuple[Row[*tuple[Any, ...]], Slot]]) -> list[ConcernedExam]:
        reports = SittingShelf(self._session, self._organisation_id).current_reports(
            [row.id for row, _ in asked]
        )
        responses = self._responses([(row.id, slot.position) for row, slot in asked])
        return [
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

    def _responses(self, places: Sequence[tuple[str, int]]) -> dict[str, Response]:
        """The answers that count at some places of exams, by exam."""
        asked = {
            "organisation": self._organisation_id,
            "attempts": [attempt_id for attempt_id, _ in places],
            "places": list(places),
        }
        return {
            row[0]: Response(row[1], row[2], tuple(row[3]), *row[4:])
            for row in connection_of(self._session).execute(_ANSWERS, asked)
        }


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
        # The exams lead to an index; for the pairs alone SQLite would read every answer there is.
        ResponseRow.attempt_id.in_(bindparam("attempts", expanding=True)),
        tuple_(ResponseRow.attempt_id, ResponseRow.position).in_(
            bindparam("places", expanding=True)
        ),
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
