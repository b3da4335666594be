"""The places of a draft: the parts of its text, each scene, each walk, and their addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import url_for

from app.domain.errors import NotFound
from app.library.case_lines import MAIN_FILE
from app.library.case_spans import CaseSpans, Span, text_at

PARTS = {
    "front": "Front matter",
    "brief": "Brief",
    "debrief": "Debrief",
    "notes": "Trainer notes",
}
HINTS = {
    "front": "What the case declares: people, what it keeps track of, releases, facts, rules.",
    "brief": "What the learner reads first.",
    "debrief": "Parts with “## Title”; text under “::: if …” shows when it fits the run.",
    "notes": "Never shown to learners.",
}
SCENE, FILE = "scene:", "file:"
MAP = "map"  # the view of a place that shows it among all others


@dataclass(frozen=True, slots=True)
class DraftPlace:
    """One place of a draft.

    Shape: `id` is a name of `PARTS`, or `scene:` and an id, or `file:` and a name.
    None: `span` is None where nothing is written yet, and for whole files.
    """

    id: str
    title: str
    span: Span | None

    @property
    def scene_id(self) -> str:
        """The id of the scene; empty for other places."""
        return self.id.removeprefix(SCENE) if self.id.startswith(SCENE) else ""

    @property
    def file_name(self) -> str:
        """The name of the file, for whole files; empty for other places."""
        return self.id.removeprefix(FILE) if self.id.startswith(FILE) else ""


def places_of(files: Mapping[str, str], spans: CaseSpans) -> tuple[DraftPlace, ...]:
    """Every place of a draft in the order of the outline."""
    return tuple(_places(files, spans))


def find_place(places: tuple[DraftPlace, ...], wanted: str, *, start: str) -> DraftPlace:
    """The place an address asks for; the first scene when it asks for none.

    Raises: NotFound when the draft has no such place (any more).
    """
    wanted = wanted or f"{SCENE}{start}"
    found = next((place for place in places if place.id == wanted), None)
    if found is not None:
        return found
    if wanted == f"{SCENE}{start}":
        return places[0]
    raise NotFound(
        "place-not-found",
        "This place is not in the draft any more.",
        "Choose another one from the outline.",
    )


def place_text(files: Mapping[str, str], place: DraftPlace) -> str:
    """The text of a place as it stands in the file; empty where nothing is written."""
    if place.file_name:
        return files.get(place.file_name, "")
    return text_at(files, place.span) if place.span else ""


def place_url(
    draft_id: str,
    place_id: str = "",
    *,
    view: str = "",
    find: str = "",
    part: str = "",
    is_reading: bool = False,
) -> str:
    """The address of a place, on the desk or for its second reader.

    Shape: `find` and `part` say what the outline shows.
    """
    return url_for(
        "studio.read_draft" if is_reading else "studio.desk",
        draft_id=draft_id,
        at=place_id or None,
        view=view or None,
        find=find or None,
        part=part or None,
    )


def _places(files: Mapping[str, str], spans: CaseSpans) -> Iterator[DraftPlace]:
    yield DraftPlace("front", PARTS["front"], spans.front)
    yield DraftPlace("brief", PARTS["brief"], spans.brief)
    for scene in spans.scenes:
        yield DraftPlace(f"{SCENE}{scene.id}", scene.title or scene.id, scene.span)
    yield DraftPlace("debrief", PARTS["debrief"], spans.debrief)
    yield DraftPlace("notes", PARTS["notes"], spans.notes)
    for name in sorted(files):
        if name != MAIN_FILE:
            yield DraftPlace(f"{FILE}{name}", name, None)
