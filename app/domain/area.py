"""The parts of the curriculum, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

AREA_TITLES = {
    "foundations": "Foundations",
    "advocacy": "Advocacy",
    "family": "Family and social network",
    "resiliency": "Resiliency and strengths",
    "screening": "Screening and assessment",
    "planning": "Planning and collaboration",
    "counseling": "Counseling and education",
    "profession": "Profession and ethics",
}
_ORDER = {area_id: place for place, area_id in enumerate(AREA_TITLES)}


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the curriculum. Shape: `id` is the name of its folder."""

    id: str
    title: str


def areas_in_order(area_ids: Iterable[str]) -> tuple[Area, ...]:
    """Names the areas once each: the core curriculum first, all others by alphabet."""
    ordered = sorted(set(area_ids), key=lambda area_id: (_ORDER.get(area_id, len(_ORDER)), area_id))
    return tuple(Area(area_id, area_title(area_id)) for area_id in ordered)


def area_title(area_id: str) -> str:
    """Tells the name people read; an area of a trainer's own is named after its folder."""
    return AREA_TITLES.get(area_id) or area_id.replace("-", " ").capitalize()
