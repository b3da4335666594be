"""Looks at somebody's record: which kinds of pages there are, and which looks are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

# The part of an address that says what is opened of a person, and what people read for it.
KINDS = MappingProxyType(
    {
        "": "overview",
        "account": "account",
        "close": "account",
        "open": "account",
        "roles": "account",
        "credential": "account",
        "looks": "who opened the record",
        "erasure": "wish to be forgotten",
        "exam-time": "exam time",
        "competencies": "competencies",
        "supervision": "supervision",
        "observations": "observation",
        "requests": "supervision",
        "gaps": "supervision",
        "private-notes": "supervision",
        "contract": "supervision contract",
        "contracts": "supervision contract",
        "goals": "development plan",
        "plan": "development plan",
        "sign-offs": "sign-off",
        "hours": "hours",
        "credentials": "credentials",
        "education": "training",
        "renewals": "credentials",
        "assignments": "assignments",
        "leave": "assignments",
        "packet": "audit packet",
        "packets": "audit packet",
    }
)
OTHER = "another page"  # of an address that nobody has named yet: kept all the same


@dataclass(frozen=True, slots=True)
class Look:
    """That somebody opened a page of a person's record on a day; what stood there is not kept."""

    person_id: str
    viewer_id: str
    kind: str
    day: date
    viewer_name: str = ""


def look_kind(parts: Sequence[str]) -> str:
    """Names what an address opens.

    Shape: the fixed parts of the address without those that lead to any person, in order.
    """
    if not parts:
        return KINDS[""]
    return next((KINDS[part] for part in parts if part in KINDS), OTHER)


def is_kept(*, viewer_id: str, person_id: str) -> bool:
    """Says whether a look is kept: everybody may look at themselves unnoticed."""
    return viewer_id != person_id
