"""Who has reviewed a piece of content, and when. Nothing pretends to a review that was not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

UNREVIEWED = "unreviewed"


@dataclass(frozen=True, slots=True)
class ReviewMark:
    """The review a lesson, item or case has had.

    None: `by` is "unreviewed" until a licensed clinician has reviewed the piece.
    """

    by: str
    date: date

    @property
    def is_reviewed(self) -> bool:
        """Says whether a licensed clinician has put their name to it."""
        return self.by != UNREVIEWED
