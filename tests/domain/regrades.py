"""Regrades for tests."""

from __future__ import annotations

from typing import Any

from app.domain.attempt import Slot
from app.domain.regrade import Regrade, RegradePolicy
from tests.learning_builders import A_MOMENT


def a_regrade(slot: Slot, **changes: Any) -> Regrade:
    """A regrade of the wording that stands at a place of a form: full credit by default."""
    fields: dict[str, Any] = {
        "id": "regrade-1",
        "item_id": slot.item_id,
        "item_version": slot.item_version,
        "policy": RegradePolicy.CREDIT,
        "accepted": (),
        "never_lower": False,
        "reason": "Two answers are defensible.",
        "signed_by": "trainer-1",
        "signed_at": A_MOMENT,
    }
    return Regrade(**{**fields, **changes})
