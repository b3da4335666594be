"""The shelf of requests to be observed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.orm import Session

from app.storage.tables.supervision_chain import ObservationRequestRow

PLANNED, DECLINED = "planned", "declined"


@dataclass(frozen=True, slots=True)
class ObservationRequest:
    """Somebody's wish to be observed, and the answer.

    Shape: `competency` is empty without a focus, `answer` while nobody has answered.
    None: `answered_by` and `answered_at` are None until then.
    """

    id: str
    person_id: str
    competency: str
    words: str
    wished_on: date
    asked_at: datetime
    answer: str = ""
    answer_words: str = ""
    answered_by: str | None = None
    answered_at: datetime | None = None


_COLUMNS = (
    ObservationRequestRow.id,
    ObservationRequestRow.person_id,
    ObservationRequestRow.competency_code,
    ObservationRequestRow.words,
    ObservationRequestRow.wished_on,
    ObservationRequestRow.asked_at,
    ObservationRequestRow.answer,
    ObservationRequestRow.answer_words,
    ObservationRequestRow.answered_by,
    ObservationRequestRow.answered_at,
)


class ObservationRequestShelf:
    """Gets and saves the requests of one organisation."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id

    def add(self, request: ObservationRequest) -> None:
        """Keeps a wish."""
        self._session.execute(
            insert(ObservationRequestRow).values(
                id=request.id,
                organisation_id=self._organisation_id,
                person_id=request.person_id,
                competency_code=request.competency,
                words=request.words,
                wished_on=request.wished_on,
                asked_at=request.asked_at,
                answer="",
                answer_words="",
                answered_by=None,
                answered_at=None,
            )
        )

    def answer(self, request: ObservationRequest) -> bool:
        """Keeps the answer. Says whether nobody had answered before."""
        answered = self._session.execute(
            update(ObservationRequestRow)
            .where(
                ObservationRequestRow.id == request.id,
                ObservationRequestRow.organisation_id == self._organisation_id,
                ObservationRequestRow.answer == "",
            )
            .values(
                answer=request.answer,
                answer_words=request.answer_words,
                answered_by=request.answered_by,
                answered_at=request.answered_at,
            )
            .returning(ObservationRequestRow.id)
        )
        return answered.first() is not None

    def of_people(self, person_ids: Collection[str]) -> list[ObservationRequest]:
        """What some people have asked, the newest first."""
        return self._all(person_ids)

    def waiting_of(self, person_ids: Collection[str]) -> list[ObservationRequest]:
        """What some people have asked and nobody has answered, the newest first."""
        return self._all(person_ids, ObservationRequestRow.answer == "")

    def _all(self, person_ids: Collection[str], *conditions: Any) -> list[ObservationRequest]:
        query = (
            select(*_COLUMNS)
            .where(
                ObservationRequestRow.organisation_id == self._organisation_id,
                ObservationRequestRow.person_id.in_(sorted(person_ids)),
                *conditions,
            )
            .order_by(ObservationRequestRow.asked_at.desc(), ObservationRequestRow.id.desc())
        )
        return [_request_from(row) for row in self._session.execute(query)]


def _request_from(row: Row[*tuple[Any, ...]]) -> ObservationRequest:
    return ObservationRequest(*row)
