"""Puts lessons on screen for trainers: the list, and each as learners see it."""

from __future__ import annotations

from functools import partial

from flask import url_for

from app.domain.item import Item
from app.domain.lesson import Lesson, Section
from app.library.library import Library
from app.library.markup import CheckSlot
from app.web.shared.filters import say_count
from app.web.shared.lesson_body import section_pieces
from app.web.shared.part_data import Cell, Way
from app.web.shared.questions import answered_question, shown_question
from app.web.shared.safe_html import trusted_html
from app.web.studio.checked import Checked, problem_cell
from app.web.studio.pages import (
    AreaRows,
    CheckPreview,
    LessonPreviewPage,
    LessonsPage,
    Piece,
    Row,
    SectionPreview,
)
from app.web.studio.wording import competency_facts, known_sources, review_cell


def lessons_page(library: Library, checked: Checked) -> LessonsPage:
    """Lists all lessons in reading order."""
    areas = (
        AreaRows(area.title, tuple(_row(one, checked) for one in library.lessons_in(area.id)))
        for area in library.areas
    )
    return LessonsPage(tuple(area for area in areas if area.rows))


def lesson_preview_page(library: Library, lesson: Lesson, checked: Checked) -> LessonPreviewPage:
    """Shows a lesson without any reader's marks."""
    return LessonPreviewPage(
        title=lesson.title,
        back=Way("Lessons", url_for("studio.lessons")),
        summary=lesson.summary,
        minutes=lesson.minutes,
        objectives=lesson.objectives,
        competencies=competency_facts(library, lesson.competencies),
        sections=tuple(_section(library, lesson, one) for one in lesson.sections),
        sources=known_sources(library, lesson.refs),
        reviewed=lesson.reviewed,
        problems=checked.of_file(lesson.path),
        facts=(
            ("File", lesson.path),
            ("Version", lesson.version),
            ("Exam domain", lesson.domain),
            ("Questions in the bank", str(len(library.items_of_lesson(lesson.id)))),
        ),
        previous=_way(library.previous_lesson(lesson.id)),
        following=_way(library.next_lesson(lesson.id)),
    )


def lesson_way(lesson: Lesson) -> Way:
    """The way to a lesson's preview."""
    return Way(lesson.title, url_for("studio.lesson", area=lesson.area, slug=lesson.slug))


def _row(lesson: Lesson, checked: Checked) -> Row:
    checks = sum(len(section.checks) for section in lesson.sections)
    size = f"{say_count(len(lesson.sections), 'section')}, {say_count(checks, 'question')}"
    return (
        Cell(lesson.title, detail=size, url=lesson_way(lesson).url),
        f"{lesson.minutes} min",
        review_cell(lesson.reviewed),
        problem_cell(checked.of_file(lesson.path)),
    )


def _section(library: Library, lesson: Lesson, section: Section) -> SectionPreview:
    figure_url = partial(_figure_url, lesson.area)
    pieces = []
    for piece in section_pieces(library, lesson, section, shown_in="studio", figure_url=figure_url):
        if not isinstance(piece, CheckSlot):
            pieces.append(Piece(html=trusted_html(piece)))
        elif piece.item_id in library.items:
            pieces.append(Piece(check=_check(library.items[piece.item_id])))
    return SectionPreview(section.id, section.title, tuple(pieces))


def _figure_url(area: str, name: str) -> str:
    return url_for("studio.figure", area=area, name=name)


def _check(item: Item) -> CheckPreview:
    order = [option.id for option in item.options]
    status = "" if item.is_offered else f"{item.status}: learners do not meet it"
    return CheckPreview(
        anchor=f"check-{item.id}",
        question=shown_question(item, order),
        answers=answered_question(item, order, None),
        preview=Way(item.id, url_for("studio.item", item_id=item.id)),
        status=status,
    )


def _way(lesson: Lesson | None) -> Way | None:
    return None if lesson is None else lesson_way(lesson)
