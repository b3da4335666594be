"""Puts a lesson on screen: its sections, the checks inside them, and what has been read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from app.domain.attempt import Attempt, Response
from app.domain.item import Item
from app.domain.lesson import OPENING, Lesson, Section
from app.library.library import Library
from app.library.markup import CheckSlot
from app.web.learn.pages import (
    CheckOnScreen,
    CompetencyLine,
    LessonPage,
    Piece,
    SectionOnScreen,
)
from app.web.shared.lesson_body import section_pieces
from app.web.shared.part_data import TrailStop, Way
from app.web.shared.questions import answered_question, shown_question
from app.web.shared.safe_html import trusted_html


@dataclass(frozen=True, slots=True)
class CheckState:
    """Where a person stands with the questions of a lesson.

    None: `attempt` is None while nothing has been answered.
    """

    attempt: Attempt | None
    responses: Mapping[int, Response]
    frozen: Mapping[tuple[str, str], Item]


def lesson_url(lesson: Lesson, section_id: str = "") -> str:
    """The address of a lesson, or of a section in it."""
    anchor = section_id if section_id != OPENING else ""
    return url_for("learn.lesson", area=lesson.area, slug=lesson.slug, _anchor=anchor or None)


def lesson_page(
    library: Library,
    lesson: Lesson,
    *,
    read: frozenset[str],
    checks: CheckState,
    asked: tuple[str, ...] = (),
) -> LessonPage:
    """Gathers what a lesson shows to one reader."""
    return LessonPage(
        title=lesson.title,
        area=Way(_area_title(library, lesson.area), url_for("learn.lessons", _anchor=lesson.area)),
        summary=lesson.summary,
        minutes=lesson.minutes,
        objectives=lesson.objectives,
        sections=tuple(
            _section(library, lesson, section, read=read, checks=checks)
            for section in lesson.sections
        ),
        contents=contents(lesson, read),
        sections_read=sum(section.id in read for section in lesson.sections),
        sources=tuple(library.sources[key] for key in lesson.refs if key in library.sources),
        competencies=tuple(
            CompetencyLine(code, library.competencies[code].title)
            for code in lesson.competencies
            if code in library.competencies
        ),
        reviewed=lesson.reviewed,
        previous=_way(library.previous_lesson(lesson.id)),
        following=_way(library.next_lesson(lesson.id)),
        practice_url=url_for("exam.practice", topic=_topics_of(library, lesson)),
        again_url=url_for("learn.ask_again", area=lesson.area, slug=lesson.slug),
        has_answers=bool(checks.responses),
        asked=asked,
    )


def contents(lesson: Lesson, read: frozenset[str]) -> tuple[TrailStop, ...]:
    """The trail of sections: read, here, ahead."""
    stops = []
    is_here_found = False
    for section in lesson.sections:
        state = "done" if section.id in read else "open"
        if state == "open" and not is_here_found:
            state, is_here_found = "here", True
        anchor = f"#{section.id}"
        stops.append(TrailStop(section.title or "Opening", state=state, url=anchor))
    return tuple(stops)


def check_on_screen(
    lesson: Lesson, item: Item, checks: CheckState, fault: str = ""
) -> CheckOnScreen:
    """A check question as this reader should see it now."""
    url = url_for("learn.answer_check", area=lesson.area, slug=lesson.slug, item_id=item.id)
    anchor = f"check-{item.id}"
    slot = None
    if checks.attempt is not None:
        slot = next((s for s in checks.attempt.slots if s.item_id == item.id), None)
    response = checks.responses.get(slot.position) if slot is not None else None
    if checks.attempt is not None and slot is not None and response is not None:
        asked = checks.frozen[slot.item_id, slot.item_version]
        question = answered_question(asked, slot.option_order, response)
        report_url = url_for(
            "exam.report_item", attempt_id=checks.attempt.id, position=slot.position
        )
        return CheckOnScreen(anchor, url, question, is_settled=True, report_url=report_url)
    order = slot.option_order if slot else tuple(option.id for option in item.options)
    asked = checks.frozen[slot.item_id, slot.item_version] if slot else item
    return CheckOnScreen(anchor, url, shown_question(asked, order), is_settled=False, fault=fault)


def _section(
    library: Library,
    lesson: Lesson,
    section: Section,
    *,
    read: frozenset[str],
    checks: CheckState,
) -> SectionOnScreen:
    pieces = []
    written = section_pieces(
        library,
        lesson,
        section,
        shown_in="learn",
        figure_url=lambda name: url_for("learn.figure", area=lesson.area, name=name),
    )
    for piece in written:
        if isinstance(piece, CheckSlot):
            item = library.items.get(piece.item_id)
            if item is not None and item.is_offered:
                pieces.append(Piece(check=check_on_screen(lesson, item, checks)))
        else:
            pieces.append(Piece(html=trusted_html(piece)))
    mark_url = url_for(
        "learn.mark_section", area=lesson.area, slug=lesson.slug, section_id=section.id
    )
    return SectionOnScreen(section.id, section.title, tuple(pieces), section.id in read, mark_url)


def _area_title(library: Library, area_id: str) -> str:
    return next((area.title for area in library.areas if area.id == area_id), area_id)


def _topics_of(library: Library, lesson: Lesson) -> list[str]:
    return sorted({item.topic for item in library.items_of_lesson(lesson.id)})


def _way(lesson: Lesson | None) -> Way | None:
    return None if lesson is None else Way(lesson.title, lesson_url(lesson))
