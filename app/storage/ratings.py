"""The shelf of ratings and of the notes that explain wide gaps: added to, read, never changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select
from sqlalchemy.orm import Session

from app.domain.rating import Rating, RatingSource
from app.storage.tables.supervision_chain import RatingRow, ReconcilingNoteRow


@dataclass(frozen=True, slots=True)
class ReconcilingNote:
    """What somebody wrote about two ratings that lie far apart."""

    id: str
    person_id: str
    lower_rating_id: str
    higher_rating_id: str
    words: str
    written_by: str
    written_at: datetime

    @property
    def pair(self) -> frozenset[str]:
        """The ids of both ratings, in no order."""
        return frozenset({self.lower_rating_id, self.higher_rating_id})


class RatingShelf:
    """Gets and adds the ratings of one organisation."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id

    def add(self, ratings: Iterable[Rating]) -> None:
        """Adds ratings."""
        rows = [_row_of(one, self._organisation_id) for one in ratings]
        if rows:
            self._session.execute(insert(RatingRow), rows)

    def of_people(self, person_ids: Collection[str]) -> list[Rating]:
        """Every rating of some people, in the order they were made."""
        query = (
            select(RatingRow.__table__)
            .where(
                RatingRow.organisation_id == self._organisation_id,
                RatingRow.person_id.in_(sorted(person_ids)),
            )
            .order_by(RatingRow.rated_at, RatingRow.competency_code, RatingRow.id)
        )
        return [_rating_from(row) for row in self._session.execute(query)]

    def add_note(self, note: ReconcilingNote) -> None:
        """Adds a note about two ratings."""
        self._session.execute(
            insert(ReconcilingNoteRow).values(
                id=note.id,
                organisation_id=self._organisation_id,
                person_id=note.person_id,
                lower_rating_id=note.lower_rating_id,
                higher_rating_id=note.higher_rating_id,
                words=note.words,
                written_by=note.written_by,
                written_at=note.written_at,
            )
        )

    def notes_of(self, person_id: str) -> list[ReconcilingNote]:
        """The notes about a person's ratings, in order."""
        return self.notes_of_people([person_id])

    def notes_of_people(self, person_ids: Collection[str]) -> list[ReconcilingNote]:
        """The notes about the ratings of some people, in order."""
        query = (
            select(
                ReconcilingNoteRow.id,
                ReconcilingNoteRow.person_id,
                ReconcilingNoteRow.lower_rating_id,
                ReconcilingNoteRow.higher_rating_id,
                ReconcilingNoteRow.words,
                ReconcilingNoteRow.written_by,
                ReconcilingNoteRow.written_at,
            )
            .where(
                ReconcilingNoteRow.organisation_id == self._organisation_id,
                ReconcilingNoteRow.person_id.in_(sorted(person_ids)),
            )
            .order_by(ReconcilingNoteRow.written_at, ReconcilingNoteRow.id)
        )
        return [ReconcilingNote(*row) for row in self._session.execute(query)]


def _row_of(rating: Rating, organisation_id: str) -> dict[str, object]:
    return {
        "id": rating.id,
        "organisation_id": organisation_id,
        "person_id": rating.person_id,
        "competency_code": rating.competency,
        "framework_id": rating.framework_id,
        "framework_version": rating.framework_version,
        "scale_id": rating.scale_id,
        "level": rating.level,
        "level_title": rating.level_title,
        "observed_support": rating.observed_support,
        "source": rating.source,
        "observation_id": rating.observation_id or None,
        "rater_id": rating.rater_id,
        "rater_credential": rating.rater_credential,
        "note": rating.note,
        "rated_at": rating.rated_at,
    }


def _rating_from(row: Row[*tuple[Any, ...]]) -> Rating:
    return Rating(
        id=row.id,
        person_id=row.person_id,
        competency=row.competency_code,
        framework_id=row.framework_id,
        framework_version=row.framework_version,
        scale_id=row.scale_id,
        level=row.level,
        level_title=row.level_title,
        source=RatingSource(row.source),
        rater_id=row.rater_id,
        rated_at=row.rated_at,
        observed_support=row.observed_support,
        observation_id=row.observation_id or "",
        rater_credential=row.rater_credential,
        note=row.note,
    )
