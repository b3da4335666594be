"""The signs of how credentials stand."""

from __future__ import annotations

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
