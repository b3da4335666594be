"""Answering questions: practice quizzes and the checks inside lessons.

Every answer is one transaction: looked up, decided by the rules, kept, then acknowledged.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from app.domain.access import own
from app.domain.attempt import (
    AnswerGiven,
    Attempt,
    AttemptKind,
    Feedback,
    Response,
    record_response,
)
from app.domain.errors import NotFound
from app.domain.item import Item
from app.domain.lesson import Lesson
from app.domain.person import Viewer
from app.domain.practice import PracticeWish, assemble_practice, lay_out
from app.domain.practice_preset import tell_wish
from app.domain.slot_marks import SlotMarks, tidy_marks
from app.services.quiz_time import close_if_over, close_quiz, quiz_clock
from app.storage.store import Store

QUIZ_KINDS = frozenset({AttemptKind.PRACTICE, AttemptKind.CHECK})


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of an answer: it is committed. `finished` when it was the last of a check."""

    attempt: Attempt
    response: Response


@dataclass(frozen=True, slots=True)
class PracticeStart:
    """A quiz asked for. Shape: `pool` holds the items practice may use."""

    wish: PracticeWish
    pool: Sequence[Item]
    title: str
    request_key: str


@dataclass(frozen=True, slots=True)
class LessonChecks:
    """The questions a lesson asks of its reader, in reading order."""

    lesson: Lesson
    items: Sequence[Item]


def start_practice(
    store: Store, viewer: Viewer, start: PracticeStart, *, now: datetime, random: Random
) -> Attempt:
    """Starts a practice quiz; the same request key finds the quiz it started before.

    Raises: InvalidInput if nothing fits the wish.
    """
    wish = start.wish
    with store.writing():
        store.people.hold(viewer.id)  # two tabs must not both find that nothing was started
        started = store.attempts.find_by_request(viewer.id, start.request_key)
        if started is not None:
            return started
        record = store.practice.record(viewer.id)
        items = assemble_practice(start.pool, wish, record=record, random=random)
        attempt = Attempt(
            id=store.new_id(now),
            person_id=viewer.id,
            kind=AttemptKind.PRACTICE,
            feedback=wish.feedback,
            title=start.title,
            slots=lay_out(items, random),
            started_at=now,
            settings=tell_wish(wish),
            limit=None if wish.minutes is None else timedelta(minutes=wish.minutes),
        )
        _keep(store, attempt, items, request_key=start.request_key, now=now)
    return attempt


def answer_item(
    store: Store,
    viewer: Viewer,
    *,
    attempt_id: str,
    answer: AnswerGiven,
    now: datetime,
    marks: SlotMarks | None = None,
) -> Answered:
    """Keeps an answer and the marks beside it. The same request key again changes nothing.

    An answer after the end of a timed quiz is kept as late and never counts; the quiz is closed.
    Raises: NotFound for an attempt of someone else; what `record_response` raises.
    """
    with store.writing():
        attempt = own_attempt(store, viewer, attempt_id, lock=True)
        return _answer(store, attempt, answer, now=now, marks=marks)


def finish_attempt(store: Store, viewer: Viewer, *, attempt_id: str, now: datetime) -> Attempt:
    """Closes an attempt and counts it; closing it again gives the same result."""
    with store.writing():
        attempt = own_attempt(store, viewer, attempt_id, lock=True)
        return close_quiz(store, attempt, now=now) if attempt.is_open else attempt


def own_quiz(store: Store, viewer: Viewer, attempt_id: str, *, now: datetime) -> Attempt:
    """Finds a quiz of the viewer's own as it is by now: closed, if its time is over.

    Raises: NotFound for any other.
    """
    return close_if_over(store, own_attempt(store, viewer, attempt_id), now=now)


def answer_check(
    store: Store,
    viewer: Viewer,
    checks: LessonChecks,
    *,
    item_id: str,
    answer: AnswerGiven,
    now: datetime,
    random: Random,
) -> Answered:
    """Keeps an answer to a check question of a lesson, starting its attempt when needed.

    Shape: `answer.position` is ignored; the place follows from `item_id`.
    Raises: NotFound if the lesson does not ask this question; what `record_response` raises.
    """
    with store.writing():
        store.people.hold(viewer.id)  # two tabs must not both start a check
        attempt = current_check(store, viewer, checks.lesson)
        if attempt is None:
            attempt = _start_check(store, viewer, checks, now=now, random=random)
        position = next((s.position for s in attempt.slots if s.item_id == item_id), None)
        if position is None:
            raise NotFound("no-such-question", "This lesson does not ask that question.")
        return _answer(store, attempt, replace(answer, position=position), now=now)


def ask_checks_again(store: Store, viewer: Viewer, *, lesson: Lesson, now: datetime) -> None:
    """Closes the check of a lesson, so that its questions can be answered afresh."""
    with store.writing():
        store.people.hold(viewer.id)  # no answer may come in while the check is counted
        attempt = current_check(store, viewer, lesson)
        if attempt is not None:
            close_quiz(store, attempt, now=now)


def current_check(store: Store, viewer: Viewer, lesson: Lesson) -> Attempt | None:
    """The open check attempt of a lesson. None: none is open."""
    attempt = store.attempts.newest_check(viewer.id, lesson.id)
    return attempt if attempt is not None and attempt.is_open else None


def own_attempt(
    store: Store,
    viewer: Viewer,
    attempt_id: str,
    *,
    kinds: Collection[AttemptKind] = QUIZ_KINDS,
    lock: bool = False,
) -> Attempt:
    """Finds an attempt of the viewer's own, of the kinds a step is for.

    Raises: NotFound for any other; an exam has a clock, which no step of a quiz knows.
    """
    attempt = store.attempts.find(attempt_id, lock=lock)
    if attempt is not None and attempt.kind not in kinds:
        attempt = None
    own(viewer, attempt.person_id if attempt else None, thing="quiz")
    assert attempt is not None  # noqa: S101 (own() has raised otherwise)
    return attempt


def _answer(
    store: Store,
    attempt: Attempt,
    answer: AnswerGiven,
    *,
    now: datetime,
    marks: SlotMarks | None = None,
) -> Answered:
    slot = attempt.slot(answer.position)
    key = (slot.item_id, slot.item_version)
    earlier = store.attempts.responses_to(attempt.id, answer.position)
    clock = quiz_clock(store, attempt, now=now)
    response = record_response(
        attempt,
        answer,
        earlier=earlier,
        item=store.attempts.frozen([key])[key],
        now=now,
        clock=clock,
    )
    if response not in earlier:
        store.attempts.add_response(store.new_id(now), attempt, response)
        if marks is not None and not response.is_late:
            store.sittings.note(attempt.id, tidy_marks(marks, slot.option_order), now=now)
    if attempt.is_open and clock.is_over(now):
        attempt = close_quiz(store, attempt, now=now)
    return Answered(attempt, response)


def _start_check(
    store: Store, viewer: Viewer, checks: LessonChecks, *, now: datetime, random: Random
) -> Attempt:
    attempt = Attempt(
        id=store.new_id(now),
        person_id=viewer.id,
        kind=AttemptKind.CHECK,
        feedback=Feedback.TUTOR,
        title=checks.lesson.id,
        slots=lay_out(checks.items, random),
        started_at=now,
    )
    _keep(store, attempt, checks.items, request_key=attempt.id, now=now)
    return attempt


def _keep(
    store: Store, attempt: Attempt, items: Sequence[Item], *, request_key: str, now: datetime
) -> None:
    store.attempts.freeze(items, now=now)
    store.attempts.add(attempt, request_key=request_key)
