"""Sources that lessons, items and cases cite, with how sure we are of each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A work that content cites.

    None: `year` is None when undated; `where` is empty when no address was confirmed.
    """

    id: str
    title: str
    by: str
    year: int | None
    where: str
    kind: str  # law, guidance, study, standard, board, reference, practice-example, popular
    mark: str  # verified, third-party, unverified
    note: str

    @property
    def can_decide_a_key(self) -> bool:
        """Says whether a key may rest on this source alone."""
        return self.mark == "verified" and self.kind not in {"practice-example", "popular"}
