"""What pages show of the second reading of a draft."""

from __future__ import annotations

from dataclasses import dataclass

from app.web.shared.part_data import Cell, Way


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A comment on a place. Shape: `settle_url` is where a form says that it is dealt with."""

    who: str
    when: str
    words: str
    place: Way
    is_settled: bool
    settle_url: str


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """How a draft stands with its second reader.

    Shape: `history` tells act by act; `may_ask` and `may_withdraw` for those who write,
    `may_review` for a second reader; `why_not` says why a reader cannot be one.
    """

    stand: Cell
    words: str
    history: tuple[tuple[str, str], ...]
    comments: tuple[CommentRow, ...]
    change: int
    review_url: str
    read_url: str
    may_ask: bool
    may_withdraw: bool
    may_review: bool
    why_not: str
