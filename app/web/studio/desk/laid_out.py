"""A draft laid out for the desk: its text in spans, its places, what the checker says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.problem import Problem
from app.domain.scenario import Scenario
from app.library.case_draft import CheckedDraft
from app.library.case_spans import CaseSpans, case_spans
from app.storage.case_drafts import StoredDraft, StoredEdit
from app.web.studio.desk.places import DraftPlace, places_of


@dataclass(frozen=True, slots=True)
class Desk:
    """A draft laid out: its text in spans, its places, what the checker says, its edits."""

    draft: StoredDraft
    checked: CheckedDraft
    edits: Sequence[StoredEdit]
    spans: CaseSpans
    places: tuple[DraftPlace, ...]

    @property
    def start(self) -> str:
        """The id of the first scene, as far as there is one."""
        scenario = self.checked.scenario
        if scenario is not None and self.spans.scene(scenario.start) is not None:
            return scenario.start
        return self.spans.scenes[0].id if self.spans.scenes else ""


def lay_out(draft: StoredDraft, checked: CheckedDraft, edits: Sequence[StoredEdit]) -> Desk:
    """Lays a draft out for the desk."""
    spans = case_spans(draft.files)
    return Desk(draft, checked, edits, spans, places_of(draft.files, spans))


def place_of_problem(desk: Desk, problem: Problem) -> DraftPlace | None:
    """Where a problem stands. None: it belongs to the whole case."""
    name = problem.path.removeprefix(f"{desk.draft.case_id}/")
    for place in desk.places:
        span = place.span
        if place.file_name == name:
            return place
        if span is None or span.file != name or problem.line is None:
            continue
        if span.first <= problem.line <= span.last:
            return place
    return None


def scenario_title(scenario: Scenario | None, draft: StoredDraft) -> str:
    """How a draft is called on its pages."""
    return scenario.title if scenario and scenario.title else draft.case_id
