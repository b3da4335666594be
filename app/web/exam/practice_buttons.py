"""Buttons of practice that stand on several pages: what was missed, bookmarks."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from flask import url_for

from app.domain.attempt import Attempt
from app.web.shared.part_data import BookmarkButton, MissedButton


def missed_button(label: str = "Practice what I missed", **hidden: Iterable[str]) -> MissedButton:
    """One press that starts a quiz on what was missed; `hidden` narrows it."""
    sent = {name: tuple(values) for name, values in hidden.items()}
    return MissedButton(url_for("exam.start_missed"), label, secrets.token_urlsafe(12), sent)


def bookmark_button(
    attempt: Attempt, position: int, bookmarked: frozenset[str], *, back: str
) -> BookmarkButton:
    """Bookmarks the question at a place, or takes the bookmark away."""
    return BookmarkButton(
        url=url_for("exam.bookmark", attempt_id=attempt.id, position=position),
        is_on=attempt.slot(position).item_id in bookmarked,
        back=back,
        position=position,
    )
