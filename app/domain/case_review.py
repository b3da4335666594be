"""The second reading of a draft: who asked for it, who read it, and for which text.

A review speaks for exactly the text that was read. What happens is kept act by act; how a draft
stands is worked out from them. Source: docs/decisions/0018-second-reader.md.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.errors import Conflict, NotAllowed
from app.domain.person import Role, Viewer


class ReviewAct(StrEnum):
    """What somebody did about the review of a draft."""

    ASKED = "asked"
    WITHDRAWN = "withdrawn"
    READ = "read"
    CHANGES = "changes"


class ReviewStage(StrEnum):
    """How a draft stands. `OUTDATED`: it was read, and its text changed afterwards."""

    WRITING = "writing"
    READY = "ready"
    CHANGES_ASKED = "changes"
    REVIEWED = "reviewed"
    OUTDATED = "outdated"


@dataclass(frozen=True, slots=True)
class CaseReview:
    """One act. Shape: `text_mark` names the text that stood then."""

    act: ReviewAct
    made_by: str
    made_at: datetime
    note: str
    text_mark: str


@dataclass(frozen=True, slots=True)
class ReviewStand:
    """How a draft stands. None: `last` is None while nobody has asked for a reader."""

    stage: ReviewStage
    last: CaseReview | None = None

    @property
    def is_read(self) -> bool:
        """Says whether a second person has read exactly this text and agrees with it."""
        return self.stage is ReviewStage.REVIEWED


def review_stand(acts: Sequence[CaseReview], text_mark: str) -> ReviewStand:
    """Works out how a draft stands. Shape: `acts` in the order they happened."""
    if not acts:
        return ReviewStand(ReviewStage.WRITING)
    last = acts[-1]
    stages = {
        ReviewAct.ASKED: ReviewStage.READY,
        ReviewAct.WITHDRAWN: ReviewStage.WRITING,
        ReviewAct.CHANGES: ReviewStage.CHANGES_ASKED,
        ReviewAct.READ: ReviewStage.REVIEWED,
    }
    stage = stages[last.act]
    if stage is ReviewStage.REVIEWED and last.text_mark != text_mark:
        stage = ReviewStage.OUTDATED
    return ReviewStand(stage, last)


def may_review(viewer: Viewer, writers: Collection[str]) -> bool:
    """Says whether a person can be the second reader: a trainer who wrote nothing of the draft."""
    return viewer.holds(Role.TRAINER) and viewer.id not in writers


def refuse_own_review(viewer: Viewer, writers: Collection[str], stand: ReviewStand) -> None:
    """Refuses a review that would be none.

    Raises: NotAllowed for people who wrote in the draft or are no trainers; Conflict while
    nobody has asked for a reader.
    """
    if not viewer.holds(Role.TRAINER):
        raise NotAllowed(
            "no-trainer", "Cases are reviewed by trainers.", "You can still read and comment."
        )
    if viewer.id in writers:
        raise NotAllowed(
            "own-review",
            "You wrote in this draft, so somebody else has to be its second reader.",
            "Ask another trainer, or publish it knowingly without one.",
        )
    if stand.stage is ReviewStage.WRITING:
        raise Conflict(
            "review-not-asked",
            "This draft is being written again, so there is nothing to review yet.",
            "Leave a comment, or wait until its author asks.",
        )
