"""A license or certificate a person holds: who gave it, its number, and how long it is valid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Credential:
    """One credential for one period. A renewal is another one, with later dates.

    Shape: `kind` is its short name, such as "CCS". None: `expires_on` is None when it never
    expires.
    """

    id: str
    person_id: str
    kind: str
    number: str
    issuer: str
    issued_on: date
    expires_on: date | None

    def is_valid(self, on: date) -> bool:
        """Says whether it holds on a day. The day it expires on is the last one it holds."""
        return self.issued_on <= on and (self.expires_on is None or on <= self.expires_on)

    def is_of(self, kinds: Iterable[str]) -> bool:
        """Says whether it is of one of some kinds, however its name was typed."""
        return self.kind.casefold() in {kind.casefold() for kind in kinds}

    @property
    def words(self) -> str:
        """The credential in one line, as it is frozen beside a signature."""
        number = f" {self.number}" if self.number else ""
        until = "" if self.expires_on is None else f", valid until {self.expires_on.isoformat()}"
        return f"{self.kind}{number} ({self.issuer}{until})"


def valid_ones(credentials: Iterable[Credential], on: date) -> list[Credential]:
    """Those that hold on a day, by kind; of one kind only that which holds longest."""
    longest: dict[str, Credential] = {}
    for one in credentials:
        if one.is_valid(on):
            known = longest.get(one.kind)
            if known is None or _last_day(one) > _last_day(known):
                longest[one.kind] = one
    return [longest[kind] for kind in sorted(longest)]


def longest_of_each_kind(credentials: Iterable[Credential]) -> list[Credential]:
    """Of each person and kind the one that holds longest: a renewal replaces what it renews."""
    found: dict[tuple[str, str], Credential] = {}
    for one in credentials:
        key = (one.person_id, one.kind)
        if key not in found or _last_day(one) > _last_day(found[key]):
            found[key] = one
    return [found[key] for key in sorted(found)]


def _last_day(credential: Credential) -> date:
    return credential.expires_on or date.max
