"""A lesson's text as pieces of prose and places for questions, for any page that shows lessons."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from app.domain.lesson import Lesson, Section
from app.library.library import Library
from app.library.markup import CheckSlot, MarkupContext, split_at_checks
from app.web.shared.safe_html import render_in


def section_pieces(
    library: Library,
    lesson: Lesson,
    section: Section,
    *,
    shown_in: str,
    figure_url: Callable[[str], str],
) -> tuple[str | CheckSlot, ...]:
    """Renders a section. Shape: HTML that is safe to show, and slots for questions, in order.

    `shown_in` names the part of the site: its figures have addresses of their own, and what is
    rendered is kept for each part.
    """
    context = MarkupContext(
        key=f"{shown_in} {library.fingerprint} {lesson.id}",
        refs=lesson.refs,
        titles={key: library.sources[key].title for key in lesson.refs if key in library.sources},
        media_url=figure_url,
    )
    return _split(render_in(section.source, context))


@lru_cache(maxsize=512)
def _split(html: str) -> tuple[str | CheckSlot, ...]:
    return tuple(split_at_checks(html))
