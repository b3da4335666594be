"""The shelf of what is said about drafts of cases: reviews act by act, and comments."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from app.domain.case_review import CaseReview, ReviewAct
from app.storage.tables.studio import CaseCommentRow, CaseDraftRow, CaseReviewRow

_ACT = (
    CaseReviewRow.act,
    CaseReviewRow.made_by,
    CaseReviewRow.made_at,
    CaseReviewRow.note,
    CaseReviewRow.text_mark,
)


@dataclass(frozen=True, slots=True)
class CaseComment:
    """A reader's words about one place of a draft.

    Shape: `place` is a place of the desk, as `scene:voicemail`. None: `settled_at` while open.
    """

    id: str
    place: str
    words: str
    made_by: str
    made_at: datetime
    settled_at: datetime | None = None


class CaseReviewShelf:
    """Gets and saves what one organisation says about its drafts."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id

    def add(self, draft_id: str, review: CaseReview, *, id: str) -> None:
        """Adds an act after those there are."""
        number = select(func.coalesce(func.max(CaseReviewRow.number), 0) + 1).where(
            CaseReviewRow.draft_id == draft_id
        )
        self._session.execute(
            insert(CaseReviewRow).values(
                id=id,
                organisation_id=self._organisation_id,
                draft_id=draft_id,
                number=number.scalar_subquery(),
                act=review.act.value,
                made_by=review.made_by,
                made_at=review.made_at,
                note=review.note,
                text_mark=review.text_mark,
            )
        )

    def of_draft(self, draft_id: str) -> list[CaseReview]:
        """The acts about a draft in order."""
        query = (
            select(*_ACT)
            .where(
                CaseReviewRow.draft_id == draft_id,
                CaseReviewRow.organisation_id == self._organisation_id,
            )
            .order_by(CaseReviewRow.number)
        )
        return [_review_from(row) for row in self._session.execute(query)]

    def of_open_drafts(self) -> dict[str, list[CaseReview]]:
        """The acts about every open draft in order, by draft; drafts without any are left out."""
        query = (
            select(CaseReviewRow.draft_id, *_ACT)
            .join(CaseDraftRow, CaseDraftRow.id == CaseReviewRow.draft_id)
            .where(
                CaseDraftRow.organisation_id == self._organisation_id,
                CaseDraftRow.closed_at.is_(None),
            )
            .order_by(CaseReviewRow.draft_id, CaseReviewRow.number)
        )
        found: dict[str, list[CaseReview]] = defaultdict(list)
        for draft_id, *row in self._session.execute(query):
            found[draft_id].append(_review_from(row))
        return dict(found)

    def add_comment(self, draft_id: str, comment: CaseComment) -> None:
        """Adds a comment."""
        self._session.execute(
            insert(CaseCommentRow).values(
                id=comment.id,
                organisation_id=self._organisation_id,
                draft_id=draft_id,
                place=comment.place,
                words=comment.words,
                made_by=comment.made_by,
                made_at=comment.made_at,
                settled_at=None,
            )
        )

    def comments(self, draft_id: str) -> list[CaseComment]:
        """The comments on a draft as they came, settled ones too."""
        query = (
            select(
                CaseCommentRow.id,
                CaseCommentRow.place,
                CaseCommentRow.words,
                CaseCommentRow.made_by,
                CaseCommentRow.made_at,
                CaseCommentRow.settled_at,
            )
            .where(
                CaseCommentRow.draft_id == draft_id,
                CaseCommentRow.organisation_id == self._organisation_id,
            )
            .order_by(CaseCommentRow.id)
        )
        return [CaseComment(*row) for row in self._session.execute(query)]

    def settle(self, draft_id: str, comment_id: str, *, now: datetime | None) -> None:
        """Keeps that a comment is dealt with. None: `now` opens it again."""
        self._session.execute(
            update(CaseCommentRow)
            .where(
                CaseCommentRow.id == comment_id,
                CaseCommentRow.draft_id == draft_id,
                CaseCommentRow.organisation_id == self._organisation_id,
            )
            .values(settled_at=now)
        )


def _review_from(row: Any) -> CaseReview:
    act, made_by, made_at, note, text_mark = row
    return CaseReview(ReviewAct(act), made_by, made_at, note, text_mark)
