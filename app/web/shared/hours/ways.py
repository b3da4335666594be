"""Where the pages about somebody's hours lie: for themselves, or for their supervisor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for


@dataclass(frozen=True, slots=True)
class Ways:
    """Addresses of one person's ledger. Shape: `cohort_id` is empty for the person themselves."""

    person_id: str
    cohort_id: str = ""

    @property
    def is_own(self) -> bool:
        """Says whether somebody looks at their own hours."""
        return not self.cohort_id

    def to(self, name: str, **values: Any) -> str:
        """The address of a page or an action."""
        if self.is_own:
            return url_for(f"hours.{name}", **values)
        return url_for(
            f"team.hours_{name}", cohort_id=self.cohort_id, person_id=self.person_id, **values
        )
