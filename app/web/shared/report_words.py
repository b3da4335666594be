"""How reports about questions are named on screen, to learners and to trainers."""

from __future__ import annotations

from app.domain.item_report import ReportKind, ReportState
from app.web.shared.part_data import Cell

KIND_WORDS = {
    ReportKind.KEY: "The best answer seems wrong",
    ReportKind.UNCLEAR: "It is unclear",
    ReportKind.OUTDATED: "It is outdated",
    ReportKind.TYPO: "There is a typing error",
    ReportKind.OTHER: "Something else",
}
STATE_WORDS = {
    ReportState.OPEN: "Open",
    ReportState.LOOKING: "Looking into it",
    ReportState.MENDED: "Question mended",
    ReportState.KEPT: "Question kept as it is",
}
STATE_SIGNS = {
    ReportState.OPEN: "open",
    ReportState.LOOKING: "here",
    ReportState.MENDED: "met",
    ReportState.KEPT: "done",
}


def state_cell(state: ReportState) -> Cell:
    """A chip that says how far a report has come."""
    return Cell(STATE_WORDS[state], state=STATE_SIGNS[state])
