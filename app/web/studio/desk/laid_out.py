"""A draft laid out for the desk: its text in spans, its places, what the checker says."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from flask import url_for

from app.domain.case_chapters import Chapter, chapters_of
from app.domain.problem import Problem
from app.domain.scenario import Scenario
from app.library.case_draft import CheckedDraft
from app.library.case_spans import CaseSpans, SceneSpan, case_spans
from app.services.case_reviews import DraftReview
from app.storage.case_drafts import StoredDraft, StoredEdit
from app.web.studio.desk.places import MAP, SCENE, DraftPlace, place_url, places_of


@dataclass(frozen=True)
class Desk:
    """A draft laid out: its text in spans, its places, what the checker says, its edits.

    Shape: `is_reading` where a second reader looks at it, who changes nothing.
    """

    draft: StoredDraft
    checked: CheckedDraft
    edits: Sequence[StoredEdit]
    spans: CaseSpans
    places: tuple[DraftPlace, ...]
    review: DraftReview
    is_reading: bool = False

    @property
    def start(self) -> str:
        """The id of the first scene, as far as there is one."""
        scenario = self.checked.scenario
        if scenario is not None and self.spans.scene(scenario.start) is not None:
            return scenario.start
        return self.spans.scenes[0].id if self.spans.scenes else ""

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        """The chapters of a long case; none of a short one."""
        return chapters_of([(one.span.file, one.id) for one in self.spans.scenes])

    @cached_property
    def scene_spans(self) -> Mapping[str, SceneSpan]:
        """Every scene by its id; the first one when an id was used twice."""
        return {one.id: one for one in reversed(self.spans.scenes)}

    @cached_property
    def by_line(self) -> Mapping[str, tuple[list[int], list[DraftPlace]]]:
        """The places of each file from its top, with their first lines."""
        found: dict[str, list[DraftPlace]] = {}
        for place in self.places:
            if place.span is not None:
                found.setdefault(place.span.file, []).append(place)
        for some in found.values():
            some.sort(key=lambda place: place.span.first if place.span else 0)
        return {
            file: ([place.span.first for place in some if place.span], some)
            for file, some in found.items()
        }

    def url(self, place_id: str = "", **asked: str) -> str:
        """The address of a place, for whoever writes or whoever reads; on the map, of its box."""
        url = place_url(self.draft.id, place_id, is_reading=self.is_reading, **asked)
        on_map = asked.get("view") == MAP and place_id.startswith(SCENE)
        return f"{url}#case-at-{place_id.removeprefix(SCENE)}" if on_map else url

    def trial_url(self, moves: Sequence[str]) -> str:
        """The address of a trial play of the draft."""
        reading = "yes" if self.is_reading else None
        told = ",".join(moves) or None
        return url_for("studio.try_draft", draft_id=self.draft.id, reading=reading, moves=told)


def lay_out(
    draft: StoredDraft,
    checked: CheckedDraft,
    edits: Sequence[StoredEdit],
    review: DraftReview,
    *,
    is_reading: bool = False,
) -> Desk:
    """Lays a draft out for the desk."""
    spans = case_spans(draft.files)
    places = places_of(draft.files, spans)
    return Desk(draft, checked, edits, spans, places, review, is_reading)


def place_of_problem(desk: Desk, problem: Problem) -> DraftPlace | None:
    """Where a problem stands. None: it belongs to the whole case."""
    name = problem.path.removeprefix(f"{desk.draft.case_id}/")
    if problem.line is not None and name in desk.by_line:
        firsts, places = desk.by_line[name]
        at = bisect(firsts, problem.line) - 1
        if at >= 0 and (span := places[at].span) is not None and problem.line <= span.last:
            return places[at]
    return next((place for place in desk.places if place.file_name == name), None)


def scenario_title(scenario: Scenario | None, draft: StoredDraft) -> str:
    """How a draft is called on its pages."""
    return scenario.title if scenario and scenario.title else draft.case_id
