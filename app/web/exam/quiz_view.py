"""Puts quizzes on screen: a question, the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from app.domain.attempt import Attempt, Feedback, Response, is_settled
from app.domain.exam_clock import ExamClock
from app.domain.item import Item
from app.domain.score_report import build_score_report
from app.domain.slot_marks import SlotMarks
from app.library.library import Library
from app.services.quiz_time import quiz_clock
from app.storage.store import Store
from app.web.exam.mock_pages import ClockOnScreen
from app.web.exam.pages import ItemPage, ReportPage, ReviewedQuestion
from app.web.exam.practice_buttons import bookmark_button, missed_button
from app.web.shared.part_data import MapSlot, Way
from app.web.shared.questions import answered_question, shown_question


@dataclass(frozen=True, slots=True)
class QuizStand:
    """A quiz at one moment. Shape: responses and marks by position."""

    attempt: Attempt
    responses: Mapping[int, Response]
    marks: Mapping[int, SlotMarks]
    bookmarked: frozenset[str]
    clock: ExamClock
    now: datetime


def stand_of(store: Store, attempt: Attempt, *, now: datetime) -> QuizStand:
    """Reads how a quiz stands."""
    return QuizStand(
        attempt,
        responses=store.attempts.current_responses(attempt.id),
        marks=store.sittings.marks(attempt.id),
        bookmarked=store.practice.bookmarks(attempt.person_id),
        clock=quiz_clock(store, attempt, now=now),
        now=now,
    )


def item_page(
    library: Library,
    stand: QuizStand,
    position: int,
    *,
    item: Item,
    fault: tuple[str, str] = ("", ""),
    sent: SlotMarks | None = None,
) -> ItemPage:
    """Shows one question as it stands for the person answering.

    None: `sent` is None unless marks were sent with an answer that was refused.
    """
    attempt, responses = stand.attempt, stand.responses
    slot = attempt.slot(position)
    response = responses.get(position)
    settled = is_settled(attempt, position, responses)
    count = len(attempt.slots)
    return ItemPage(
        title=attempt.title,
        position=position,
        count=count,
        answered=len(responses),
        question=answered_question(item, slot.option_order, response)
        if settled
        else shown_question(item, slot.option_order, response),
        is_settled=settled,
        is_tutor=attempt.feedback is Feedback.TUTOR,
        action_url=_item_url(attempt, position),
        finish_url=url_for("exam.finish", attempt_id=attempt.id),
        slots=tuple(_map_slot(stand, number, position) for number in range(1, count + 1)),
        previous_url=_item_url(attempt, position - 1) if position > 1 else "",
        next_url=_item_url(attempt, position + 1) if position < count else "",
        all_answered=len(responses) == count,
        is_saved=response is not None,
        fault=fault[0],
        advice=fault[1],
        lesson=_lesson_way(library, item) if settled else None,
        report_url=_report_url(attempt, position) if settled else "",
        marks=sent or stand.marks.get(position, SlotMarks(position)),
        clock=_clock_on_screen(stand),
        bookmark=bookmark_button(attempt, position, stand.bookmarked, back="item")
        if settled
        else None,
        result_url="" if attempt.is_open else url_for("exam.report", attempt_id=attempt.id),
    )


def report_page(store: Store, library: Library, stand: QuizStand) -> ReportPage:
    """Shows the result of a finished quiz."""
    attempt, responses = stand.attempt, stand.responses
    frozen = store.attempts.frozen((slot.item_id, slot.item_version) for slot in attempt.slots)
    questions = []
    for slot in attempt.slots:
        item = frozen[slot.item_id, slot.item_version]
        position = slot.position
        shown = answered_question(item, slot.option_order, responses.get(position))
        lesson, url = _lesson_way(library, item), _report_url(attempt, position)
        bookmark = bookmark_button(attempt, position, stand.bookmarked, back="report")
        questions.append(ReviewedQuestion(position, shown, lesson, url, bookmark))
    return ReportPage(
        title=attempt.title,
        finished_at=attempt.finished_at or attempt.started_at,
        report=build_score_report(attempt, responses, frozen),
        questions=tuple(questions),
        by_time=attempt.closed_by_time,
        late=sum(response.is_late for response in store.attempts.all_responses(attempt.id)),
        missed_button=missed_button(topic=sorted({one.topic for one in frozen.values()})),
        again_url=url_for("exam.practice"),
    )


def _clock_on_screen(stand: QuizStand) -> ClockOnScreen | None:
    if stand.clock.ends_at is None or not stand.attempt.is_open:
        return None
    return ClockOnScreen(
        ends_at=stand.clock.ends_at,
        seconds_left=stand.clock.seconds_left(stand.now),
        minutes_of_break=0,
        url="",
    )


def _map_slot(stand: QuizStand, number: int, here: int) -> MapSlot:
    mark = stand.marks.get(number)
    return MapSlot(
        number,
        _item_url(stand.attempt, number),
        "met" if number in stand.responses else "open",
        number == here,
        mark is not None and mark.is_flagged,
    )


def _item_url(attempt: Attempt, position: int) -> str:
    return url_for("exam.item", attempt_id=attempt.id, position=position)


def _report_url(attempt: Attempt, position: int) -> str:
    return url_for("exam.report_item", attempt_id=attempt.id, position=position)


def _lesson_way(library: Library, item: Item) -> Way | None:
    lesson = library.lessons.get(item.lesson)
    if lesson is None:
        return None
    return Way(lesson.title, url_for("learn.lesson", area=lesson.area, slug=lesson.slug))
