"""Reading lessons: marking sections as read, and taking a mark back."""

from __future__ import annotations

from datetime import datetime

from app.domain.errors import NotFound
from app.domain.lesson import Lesson, ReadingState, reading_state
from app.domain.person import Viewer
from app.storage.reading import SectionRead
from app.storage.store import Store


def mark_section(
    store: Store, viewer: Viewer, *, lesson: Lesson, section_id: str, now: datetime
) -> ReadingState:
    """Marks a section as read; doing it twice changes nothing.

    Raises: NotFound if the lesson has no such section (it may have been edited away).
    """
    _known(lesson, section_id)
    with store.writing():
        read = SectionRead(viewer.id, lesson.id, section_id, lesson.version, now)
        store.reading.mark(store.new_id(now), read)
        return reading_state(lesson, store.reading.sections_read(viewer.id, lesson.id))


def unmark_section(
    store: Store, viewer: Viewer, *, lesson: Lesson, section_id: str
) -> ReadingState:
    """Takes a mark back. Raises: NotFound as `mark_section`."""
    _known(lesson, section_id)
    with store.writing():
        store.reading.unmark(viewer.id, lesson.id, section_id)
        return reading_state(lesson, store.reading.sections_read(viewer.id, lesson.id))


def _known(lesson: Lesson, section_id: str) -> None:
    if lesson.section(section_id) is None:
        raise NotFound(
            "section-not-found",
            "This lesson has no such section any more.",
            "Open the lesson again; it was edited since.",
        )
