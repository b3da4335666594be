"""How the studio says what lessons, questions and cases have in common."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.review_mark import ReviewMark
from app.domain.source import Source
from app.library.library import Library
from app.web.shared.part_data import Cell
from app.web.studio.pages import Fact


def competency_facts(library: Library, codes: Iterable[str]) -> tuple[Fact, ...]:
    """Names competencies. Shape: (code, title), unknown codes with a word that says so."""
    known = library.competencies
    return tuple(
        (code, known[code].title if code in known else "not in the frameworks") for code in codes
    )


def known_sources(library: Library, refs: Iterable[str]) -> tuple[Source, ...]:
    """The sources that are cited and there."""
    return tuple(library.sources[ref] for ref in refs if ref in library.sources)


def review_cell(mark: ReviewMark | None) -> Cell:
    """Says whether a clinician has reviewed a piece."""
    if mark is None or not mark.is_reviewed:
        return Cell("not yet", state="open", spoken="not yet reviewed")
    return Cell("reviewed", state="met", detail=mark.by)
