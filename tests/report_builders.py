"""Reports about questions, with defaults."""

from __future__ import annotations

from typing import Any

from app.domain.item_report import ItemReport, ReportDecision, ReportKind, ReportState
from tests.builders import an_item
from tests.learning_builders import A_MOMENT


def a_report(**changes: Any) -> ItemReport:
    """An open report that the best answer of the first question seems wrong."""
    item = an_item()
    fields: dict[str, Any] = {
        "id": "report-1",
        "person_id": "person-1",
        "attempt_id": "attempt-1",
        "position": 1,
        "item_id": item.id,
        "item_version": item.version,
        "kind": ReportKind.KEY,
        "words": "Is c not safer here?",
        "sent_at": A_MOMENT,
    }
    return ItemReport(**{**fields, **changes})


def a_decision(state: ReportState = ReportState.MENDED, **changes: Any) -> ReportDecision:
    """A trainer's decision on a report that nobody has touched."""
    fields: dict[str, Any] = {"answer": "Thank you. The key is mended.", "seen_stamp": ""}
    return ReportDecision(state, **{**fields, **changes})
