"""The shelf of published wordings of cases: rows are added, and the newest one serves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select
from sqlalchemy.orm import Session

from app.storage.tables.studio import CasePublicationRow


@dataclass(frozen=True, slots=True)
class PublishedReview:
    """The second reader of a published wording."""

    made_by: str
    made_at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Publication:
    """A wording of a case that a trainer published.

    Shape: `files` by their names in the folder of the case; `changes` in words;
    `disk_revision` names the text in the folder then, empty when there was none; `is_unread`
    when it was published knowingly without a second reader.
    None: `review` is None without a second reader; with neither, nobody was asked then.
    """

    id: str
    case_id: str
    number: int  # from 1, per case
    revision: str
    disk_revision: str
    files: Mapping[str, str]
    changes: tuple[str, ...]
    note: str
    published_by: str
    published_at: datetime
    review: PublishedReview | None = None
    is_unread: bool = False


class CasePublicationShelf:
    """Cases are content: everybody of an installation plays the same ones."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, publication: Publication, *, organisation_id: str) -> None:
        """Adds a wording; the number of a case must be free."""
        review = publication.review
        self._session.execute(
            insert(CasePublicationRow).values(
                id=publication.id,
                organisation_id=organisation_id,
                case_id=publication.case_id,
                number=publication.number,
                revision=publication.revision,
                disk_revision=publication.disk_revision,
                files=dict(publication.files),
                changes=list(publication.changes),
                note=publication.note,
                published_by=publication.published_by,
                published_at=publication.published_at,
                reviewed_by=review.made_by if review else None,
                reviewed_at=review.made_at if review else None,
                review_note=review.note if review else "",
                is_unread=publication.is_unread,
            )
        )

    def newest(self) -> dict[str, Publication]:
        """The wording that serves, by case."""
        newest = select(
            CasePublicationRow.case_id, func.max(CasePublicationRow.number).label("number")
        ).group_by(CasePublicationRow.case_id)
        of_each = newest.subquery()
        query = select(CasePublicationRow.__table__).join(
            of_each,
            (CasePublicationRow.case_id == of_each.c.case_id)
            & (CasePublicationRow.number == of_each.c.number),
        )
        return {row.case_id: _publication_from(row) for row in self._session.execute(query)}

    def of_case(self, case_id: str) -> list[Publication]:
        """Every wording of a case, newest first."""
        query = (
            select(CasePublicationRow.__table__)
            .where(CasePublicationRow.case_id == case_id)
            .order_by(CasePublicationRow.number.desc())
        )
        return [_publication_from(row) for row in self._session.execute(query)]

    def mark(self) -> str:
        """Names what is published, so that a process notices a change. Cost: one small query."""
        # Counted as well: a clock that was set back gives a new row an id below the highest.
        count, newest = self._session.execute(
            select(func.count(), func.max(CasePublicationRow.id))
        ).one()
        return f"{count} {newest or ''}"


def _publication_from(row: Row[*tuple[Any, ...]]) -> Publication:
    return Publication(
        id=row.id,
        case_id=row.case_id,
        number=row.number,
        revision=row.revision,
        disk_revision=row.disk_revision,
        files=row.files,
        changes=tuple(row.changes),
        note=row.note,
        published_by=row.published_by,
        published_at=row.published_at,
        review=PublishedReview(row.reviewed_by, row.reviewed_at, row.review_note)
        if row.reviewed_by
        else None,
        is_unread=row.is_unread,
    )
