"""Reviewing a draft of a case: asking for a second reader, reading, commenting.

Publishing (case_publishing.py) asks how the draft stands; nothing here changes its text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.case_review import (
    CaseReview,
    ReviewAct,
    ReviewStand,
    refuse_own_review,
    review_stand,
)
from app.domain.errors import InvalidInput, NotFound
from app.domain.person import Viewer
from app.library.case_draft import text_mark
from app.services.case_drafts import own_draft, refuse_unseen
from app.storage.case_drafts import StoredDraft
from app.storage.case_reviews import CaseComment
from app.storage.store import Store

LONGEST_NOTE = 2_000
MOST_COMMENTS = 500  # on one draft


@dataclass(frozen=True, slots=True)
class DraftReview:
    """How a draft stands with its second reader.

    Shape: `writers` are ids of people whose words are in it; `comments` as they came.
    """

    stand: ReviewStand
    writers: frozenset[str]
    comments: tuple[CaseComment, ...]
    history: tuple[CaseReview, ...]

    @property
    def open_comments(self) -> tuple[CaseComment, ...]:
        """Those that nobody has dealt with yet."""
        return tuple(one for one in self.comments if one.settled_at is None)


@dataclass(frozen=True, slots=True)
class GivenReview:
    """What a reader says of the text they saw. Shape: `change` is the draft's counter then."""

    change: int
    is_fine: bool
    note: str


def draft_review(store: Store, draft: StoredDraft) -> DraftReview:
    """How a draft stands."""
    acts = store.case_reviews.of_draft(draft.id)
    return DraftReview(
        stand=review_stand(acts, text_mark(draft.files)),
        writers=writers_of(store, draft),
        comments=tuple(store.case_reviews.comments(draft.id)),
        history=tuple(acts),
    )


def writers_of(store: Store, draft: StoredDraft) -> frozenset[str]:
    """Whoever began a draft, and whoever made an edit that still stands in it."""
    edits = store.case_drafts.edits(draft.id)
    return frozenset({draft.made_by} | {one.made_by for one in edits if not one.is_undone})


def stands(store: Store, drafts: Sequence[StoredDraft]) -> dict[str, ReviewStand]:
    """How each of several open drafts stands. Cost: one query for all of them."""
    acts = store.case_reviews.of_open_drafts()
    return {one.id: review_stand(acts.get(one.id, ()), text_mark(one.files)) for one in drafts}


def ask_for_review(
    store: Store, viewer: Viewer, draft_id: str, *, note: str, now: datetime
) -> None:
    """Offers a draft to a second reader."""
    with store.writing():
        _add(store, own_draft(store, draft_id, lock=True), viewer, ReviewAct.ASKED, note, now)


def withdraw_review(store: Store, viewer: Viewer, draft_id: str, *, now: datetime) -> None:
    """Takes the draft back into writing."""
    with store.writing():
        _add(store, own_draft(store, draft_id, lock=True), viewer, ReviewAct.WITHDRAWN, "", now)


def give_review(
    store: Store, viewer: Viewer, draft_id: str, given: GivenReview, *, now: datetime
) -> None:
    """Keeps what a second reader says of exactly the text that stands.

    Raises: Conflict if it changed after their page was made, or nobody asked; NotAllowed for
    people who wrote in it; InvalidInput for changes asked without saying which.
    """
    with store.writing():
        draft = own_draft(store, draft_id, lock=True)
        refuse_unseen(draft, given.change)
        found = draft_review(store, draft)
        refuse_own_review(viewer, found.writers, found.stand)
        if not given.is_fine and not given.note.strip() and not found.open_comments:
            raise InvalidInput(
                "review-says-nothing",
                "Nothing says yet what should change.",
                "Write it here, or comment on a place of the case first.",
            )
        act = ReviewAct.READ if given.is_fine else ReviewAct.CHANGES
        _add(store, draft, viewer, act, given.note, now)


def add_comment(
    store: Store, viewer: Viewer, draft_id: str, *, place: str, words: str, now: datetime
) -> None:
    """Keeps a comment on one place. Raises: InvalidInput for an empty or endless one."""
    told = words.strip()
    if not told or len(told) > LONGEST_NOTE:
        raise InvalidInput(
            "comment-words",
            "A comment has between one and 2,000 letters.",
            "Write what you noticed, and leave the comment again.",
        )
    with store.writing():
        own_draft(store, draft_id, lock=True)
        if len(store.case_reviews.comments(draft_id)) >= MOST_COMMENTS:
            raise InvalidInput(
                "too-many-comments",
                f"A draft has at most {MOST_COMMENTS} comments.",
                "Talk it over, or write at the draft yourself.",
            )
        comment = CaseComment(store.new_id(now), place, told, viewer.id, now)
        store.case_reviews.add_comment(draft_id, comment)


def settle_comment(
    store: Store, draft_id: str, comment_id: str, *, is_settled: bool, now: datetime
) -> CaseComment:
    """Keeps whether a comment is dealt with. Raises: NotFound for one of another draft."""
    with store.writing():
        own_draft(store, draft_id)
        known = {one.id: one for one in store.case_reviews.comments(draft_id)}
        if comment_id not in known:
            raise NotFound("comment-not-found", "There is no such comment on this draft.")
        store.case_reviews.settle(draft_id, comment_id, now=now if is_settled else None)
        return known[comment_id]


def _add(
    store: Store, draft: StoredDraft, viewer: Viewer, act: ReviewAct, note: str, now: datetime
) -> None:
    told = note.strip()[:LONGEST_NOTE]
    review = CaseReview(act, viewer.id, now, told, text_mark(draft.files))
    store.case_reviews.add(draft.id, review, id=store.new_id(now))
