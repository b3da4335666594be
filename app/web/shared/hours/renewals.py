"""Which of somebody's credentials is to be renewed, and the signs of its states."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.domain.credential import Credential
from app.domain.renewal import RenewalState

STATE_SIGNS = {
    RenewalState.NOT_BEGUN: "open",
    RenewalState.ENDLESS: "met",
    RenewalState.VALID: "met",
    RenewalState.AGEING: "ageing",
    RenewalState.EXPIRED: "expired",
    RenewalState.LATE: "expired",
    RenewalState.LAPSED: "below",
}


def newest_of_each_kind(credentials: Iterable[Credential]) -> list[Credential]:
    """Of each kind the one that holds longest: a renewal takes the place of what it renews."""
    found: dict[str, Credential] = {}
    for one in credentials:
        known = found.get(one.kind)
        if known is None or (one.expires_on or date.max) > (known.expires_on or date.max):
            found[one.kind] = one
    return [found[kind] for kind in sorted(found)]
