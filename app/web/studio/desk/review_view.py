"""Puts the second reading of a draft on screen: how it stands, what was said, who may do what."""

from __future__ import annotations

from collections.abc import Iterable

from flask import url_for

from app.domain.case_review import CaseReview, ReviewAct, ReviewStage, may_review
from app.domain.person import Role, Viewer
from app.storage.case_reviews import CaseComment
from app.web.shared.part_data import Way
from app.web.studio.desk.laid_out import Desk
from app.web.studio.desk.review_pages import CommentRow, ReviewCard
from app.web.studio.readers import moment, person_name, stand_cell

ACTS = {
    ReviewAct.ASKED: "asked for a second reader",
    ReviewAct.WITHDRAWN: "took it back into writing",
    ReviewAct.READ: "read it and agrees",
    ReviewAct.CHANGES: "read it and asks for changes",
}
WORDS = {
    ReviewStage.WRITING: "Nobody has been asked to read it yet.",
    ReviewStage.READY: "It waits for a trainer who did not write in it.",
    ReviewStage.CHANGES_ASKED: "When the changes are made, ask for another reading.",
    ReviewStage.REVIEWED: "The review speaks for exactly this text; a change makes it older.",
    ReviewStage.OUTDATED: (
        "The review speaks for an earlier text. Ask for another one, or take the change back."
    ),
}


def review_card(desk: Desk, viewer: Viewer) -> ReviewCard:
    """Everything about the second reading of a draft."""
    found, stage = desk.review, desk.review.stand.stage
    asks = stage in {ReviewStage.READY, ReviewStage.CHANGES_ASKED, ReviewStage.REVIEWED}
    can = may_review(viewer, found.writers)
    return ReviewCard(
        stand=stand_cell(found.stand),
        words=WORDS[stage],
        history=tuple(_told(one) for one in found.history),
        comments=comment_rows(desk, found.open_comments),
        change=desk.draft.change,
        review_url=url_for("studio.review_draft", draft_id=desk.draft.id),
        read_url=url_for("studio.read_draft", draft_id=desk.draft.id),
        may_ask=stage not in {ReviewStage.READY, ReviewStage.REVIEWED},
        may_withdraw=asks and not can,
        may_review=can and stage is not ReviewStage.WRITING,
        why_not=_why_not(viewer, found.writers, stage),
    )


def comment_rows(
    desk: Desk, comments: Iterable[CaseComment], place_id: str = ""
) -> tuple[CommentRow, ...]:
    """Comments to show, those of one place if it is named; open ones first."""
    titles = {place.id: place.title for place in desk.places}
    own = [one for one in comments if not place_id or one.place == place_id]
    own.sort(key=lambda one: one.settled_at is not None)
    return tuple(
        CommentRow(
            who=person_name(one.made_by),
            when=moment(one.made_at),
            words=one.words,
            place=Way(
                titles.get(one.place, one.place),
                desk.url(one.place if one.place in titles else ""),
            ),
            is_settled=one.settled_at is not None,
            settle_url=url_for("studio.settle_comment", draft_id=desk.draft.id, comment_id=one.id),
        )
        for one in own
    )


def _told(one: CaseReview) -> tuple[str, str]:
    return f"{person_name(one.made_by)} {ACTS[one.act]}, {moment(one.made_at)}", one.note


def _why_not(viewer: Viewer, writers: frozenset[str], stage: ReviewStage) -> str:
    if stage is ReviewStage.WRITING:
        return "It is being written, so there is nothing to review yet. You can comment."
    if not viewer.holds(Role.TRAINER):
        return "Cases are reviewed by trainers. You can read and comment."
    if viewer.id in writers:
        return "You wrote in it, so somebody else has to be its second reader. You can comment."
    return ""
