"""Puts the list of lessons and the glossary on screen."""

from __future__ import annotations

from flask import url_for

from app.domain.lesson import Lesson, reading_state
from app.domain.person import Viewer
from app.library.library import Library
from app.storage.store import Store
from app.web.learn.lesson_view import lesson_url
from app.web.learn.pages import AreaOfLessons, GlossaryPage, LessonCard, LessonsPage, TermLine
from app.web.shared.safe_html import inline_html


def lessons_page(store: Store, library: Library, viewer: Viewer) -> LessonsPage:
    """Lists all lessons with how far this person is."""
    read = store.reading.all_of([viewer.id]).get(viewer.id, {})
    areas = tuple(
        AreaOfLessons(
            area.id,
            area.title,
            tuple(_card(one, read.get(one.id, frozenset())) for one in library.lessons_in(area.id)),
        )
        for area in library.areas
    )
    return LessonsPage(
        areas=tuple(area for area in areas if area.lessons),
        search_url=url_for("learn.search"),
        glossary_url=url_for("learn.glossary"),
    )


def glossary_page(library: Library) -> GlossaryPage:
    """Lists every term with the place that explains it."""
    lines = []
    for entry in library.glossary:
        lesson = library.lessons[entry.lesson]
        url = lesson_url(lesson, entry.section)
        lines.append(TermLine(entry.name, inline_html(entry.meaning), url, lesson.title))
    return GlossaryPage(tuple(lines))


def _card(lesson: Lesson, read: frozenset[str]) -> LessonCard:
    state = reading_state(lesson, read)
    return LessonCard(
        title=lesson.title,
        summary=lesson.summary,
        minutes=lesson.minutes,
        url=lesson_url(lesson),
        sections_read=state.sections_read,
        sections_total=state.sections_total,
        state="done" if state.is_complete else ("here" if state.is_started else "open"),
    )
