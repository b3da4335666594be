"""Second readers in words: how a draft stands, who read a published wording, and when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flask import g

from app.domain.case_review import ReviewStage, ReviewStand
from app.storage.case_publications import Publication
from app.web.shared.part_data import Cell
from app.web.shared.request_store import open_store

STANDS: Mapping[ReviewStage, Cell] = {
    ReviewStage.WRITING: Cell("in writing", state="open"),
    ReviewStage.READY: Cell("ready for review", state="here"),
    ReviewStage.CHANGES_ASKED: Cell("changes asked", state="ageing"),
    ReviewStage.REVIEWED: Cell("reviewed", state="met"),
    ReviewStage.OUTDATED: Cell("changed after its review", state="ageing"),
}


def stand_cell(stand: ReviewStand) -> Cell:
    """How a draft stands, in two words."""
    return STANDS[stand.stage]


def reader_words(publication: Publication, *, is_short: bool = False) -> str:
    """Who read a wording before it was published; empty where that was not kept."""
    review = publication.review
    if review is not None and is_short:
        return f"reviewed by {person_name(review.made_by)}"
    if review is not None:
        note = f": {review.note}" if review.note else ""
        return f"reviewed by {person_name(review.made_by)}, {moment(review.made_at)}{note}"
    return "published without a second reader" if publication.is_unread else ""


def person_name(person_id: str) -> str:
    """The name of somebody of this organisation; others stay unnamed. Cost: one query a person."""
    known: dict[str, str] = g.setdefault("names_on_desk", {})
    if person_id not in known:
        person = open_store().people.find(person_id)
        known[person_id] = person.full_name if person else "a trainer elsewhere"
    return known[person_id]


def moment(at: datetime) -> str:
    """A moment as the studio writes it."""
    return f"{at:%Y-%m-%d %H:%M} UTC"
