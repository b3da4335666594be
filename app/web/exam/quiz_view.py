"""Puts quizzes on screen: the form to build one, a question, the report."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from flask import url_for

from app.domain.attempt import Attempt, Feedback, Response, is_settled
from app.domain.item import Item
from app.domain.practice import practice_pool, supply
from app.domain.score_report import build_score_report
from app.library.library import Library
from app.storage.queries.learn_pages import practice_quizzes
from app.storage.store import Store
from app.web.exam.inputs import PracticeInput
from app.web.exam.pages import (
    ItemPage,
    PracticePage,
    ReportPage,
    ReviewedQuestion,
    TopicChoice,
    TopicGroup,
)
from app.web.shared.faults import field_faults
from app.web.shared.part_data import MapSlot, Way
from app.web.shared.questions import answered_question, shown_question

RECENT = 5
Frozen = Mapping[tuple[str, str], Item]


def practice_page(
    store: Store, library: Library, person_id: str, form: PracticeInput
) -> PracticePage:
    """Gathers what a person can practice."""
    pool = practice_pool(library.items.values())
    last_right = store.attempts.last_right(person_id)
    there = supply(pool, last_right)
    quizzes = practice_quizzes(store, person_id, limit=30)
    return PracticePage(
        form=form,
        faults=field_faults(form),
        groups=_groups(library, pool, last_right, frozenset(form.topic.data or ())),
        total=there.total,
        unseen=there.unseen,
        missed=there.missed,
        open_quizzes=tuple(quiz for quiz in quizzes if quiz.finished_at is None)[:RECENT],
        recent=tuple(quiz for quiz in quizzes if quiz.finished_at is not None)[:RECENT],
    )


def topic_choices(library: Library) -> dict[str, str]:
    """The topics that can be practiced, by id."""
    topics = {item.topic for item in practice_pool(library.items.values())}
    return {topic.id: topic.title for topic in library.topics.values() if topic.id in topics}


def item_page(
    library: Library,
    attempt: Attempt,
    position: int,
    *,
    responses: Mapping[int, Response],
    item: Item,
    fault: tuple[str, str] = ("", ""),
) -> ItemPage:
    """Shows one question as it stands for the person answering."""
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
        slots=tuple(_map_slot(attempt, n, position, responses) for n in range(1, count + 1)),
        previous_url=_item_url(attempt, position - 1) if position > 1 else "",
        next_url=_item_url(attempt, position + 1) if position < count else "",
        all_answered=len(responses) == count,
        is_saved=response is not None,
        fault=fault[0],
        advice=fault[1],
        lesson=_lesson_way(library, item) if settled else None,
        report_url=_report_url(attempt, position) if settled else "",
    )


def report_page(
    library: Library, attempt: Attempt, responses: Mapping[int, Response], frozen: Frozen
) -> ReportPage:
    """Shows the result of a finished quiz."""
    questions = []
    for slot in attempt.slots:
        item = frozen[slot.item_id, slot.item_version]
        position = slot.position
        shown = answered_question(item, slot.option_order, responses.get(position))
        lesson, url = _lesson_way(library, item), _report_url(attempt, position)
        questions.append(ReviewedQuestion(position, shown, lesson, url))
    topics = sorted({frozen[s.item_id, s.item_version].topic for s in attempt.slots})
    return ReportPage(
        title=attempt.title,
        finished_at=attempt.finished_at or attempt.started_at,
        report=build_score_report(attempt, responses, frozen),
        questions=tuple(questions),
        missed_url=url_for("exam.practice", seen="missed", topic=topics),
        again_url=url_for("exam.practice"),
    )


def quiz_title(library: Library, topics: frozenset[str]) -> str:
    """Names a quiz by its topics, so that people know it again."""
    titles = [topic.title for topic in library.topics.values() if topic.id in topics]
    if not titles:
        return "All topics"
    if len(titles) <= 2:
        return " and ".join(titles)
    return f"{titles[0]} and {len(titles) - 1} more"


def _groups(
    library: Library, pool: list[Item], last_right: Mapping[str, bool], chosen: frozenset[str]
) -> tuple[TopicGroup, ...]:
    by_topic: dict[str, list[Item]] = {}
    for item in pool:
        by_topic.setdefault(item.topic, []).append(item)
    titles = {area.id: area.title for area in library.areas}
    topics = [topic for topic in library.topics.values() if topic.id in by_topic]
    return tuple(
        TopicGroup(
            titles.get(area, area),
            tuple(_choice(t.id, t.title, by_topic[t.id], last_right, chosen) for t in group),
        )
        for area, group in groupby(topics, key=lambda topic: topic.area)
    )


def _choice(
    topic_id: str,
    title: str,
    items: list[Item],
    last_right: Mapping[str, bool],
    chosen: frozenset[str],
) -> TopicChoice:
    there = supply(items, last_right)
    return TopicChoice(topic_id, title, topic_id in chosen, there.total, there.unseen, there.missed)


def _map_slot(
    attempt: Attempt, number: int, here: int, responses: Mapping[int, Response]
) -> MapSlot:
    state = "met" if number in responses else "open"
    return MapSlot(number, _item_url(attempt, number), state, number == here)


def _item_url(attempt: Attempt, position: int) -> str:
    return url_for("exam.item", attempt_id=attempt.id, position=position)


def _report_url(attempt: Attempt, position: int) -> str:
    return url_for("exam.report_item", attempt_id=attempt.id, position=position)


def _lesson_way(library: Library, item: Item) -> Way | None:
    lesson = library.lessons.get(item.lesson)
    if lesson is None:
        return None
    return Way(lesson.title, url_for("learn.lesson", area=lesson.area, slug=lesson.slug))
