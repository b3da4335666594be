"""The shelf of training that people did for renewing their credentials."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.domain.renewal import Education
from app.storage.tables.supervision_hours import EducationRow

_COLUMNS = (
    EducationRow.id,
    EducationRow.person_id,
    EducationRow.done_on,
    EducationRow.title,
    EducationRow.provider,
    EducationRow.minutes,
    EducationRow.topic,
    EducationRow.way,
    EducationRow.is_specific,
    EducationRow.area,
)


class EducationShelf:
    """Gets and saves training of one organisation's people."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id

    def add(self, education: Education, *, now: datetime) -> None:
        """Adds training that was done."""
        self._session.execute(
            insert(EducationRow).values(
                id=education.id,
                organisation_id=self._organisation_id,
                person_id=education.person_id,
                done_on=education.done_on,
                title=education.title,
                provider=education.provider,
                minutes=education.minutes,
                topic=education.topic,
                way=education.way,
                is_specific=education.is_specific,
                area=education.area,
                noted_at=now,
                taken_back_at=None,
            )
        )

    def of_people(self, person_ids: Collection[str]) -> list[Education]:
        """The training of some people, the latest first."""
        query = (
            select(*_COLUMNS)
            .where(
                EducationRow.organisation_id == self._organisation_id,
                EducationRow.person_id.in_(sorted(person_ids)),
                EducationRow.taken_back_at.is_(None),
            )
            .order_by(EducationRow.done_on.desc(), EducationRow.id.desc())
        )
        return [Education(**row) for row in self._session.execute(query).mappings()]

    def take_back(self, education_id: str, *, person_id: str, now: datetime) -> bool:
        """Takes a wrong entry of a person back. Says whether there was one."""
        taken = self._session.execute(
            update(EducationRow)
            .where(
                EducationRow.id == education_id,
                EducationRow.person_id == person_id,
                EducationRow.organisation_id == self._organisation_id,
                EducationRow.taken_back_at.is_(None),
            )
            .values(taken_back_at=now)
            .returning(EducationRow.id)
        )
        return taken.first() is not None
