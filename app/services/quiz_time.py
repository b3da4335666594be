"""The time of practice quizzes: when a timed one is over, and closing it with what was saved."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.domain.attempt import Attempt, AttemptKind
from app.domain.exam_clock import NO_LIMIT, ExamClock, exam_clock
from app.storage.store import Store


def quiz_clock(store: Store, attempt: Attempt, *, now: datetime) -> ExamClock:
    """The time of a quiz as it stands, with what is allowed to the person; it has no breaks."""
    if attempt.limit is None:
        return NO_LIMIT
    return exam_clock(
        started_at=attempt.started_at,
        limit=attempt.limit,
        allowance=replace(store.sittings.allowance(attempt.person_id), break_minutes=0),
        breaks=(),
        now=now,
    )


def close_quiz(store: Store, attempt: Attempt, *, now: datetime) -> Attempt:
    """Closes a quiz and counts it; one whose time was over before ends when the time did."""
    clock = quiz_clock(store, attempt, now=now)
    by_time = clock.ends_at is not None and clock.is_over(now)
    ended = clock.ends_at if by_time and clock.ends_at is not None else now
    responses = store.attempts.current_responses(attempt.id)
    right = sum(response.is_right for response in responses.values())
    store.attempts.finish(attempt.id, right_count=right, now=ended, by_time=by_time)
    return replace(attempt, finished_at=ended, right_count=right, closed_by_time=by_time)


def close_if_over(store: Store, attempt: Attempt, *, now: datetime) -> Attempt:
    """Gives an attempt as it is by now: closed, if its time is over."""
    if not attempt.is_open or not quiz_clock(store, attempt, now=now).is_over(now):
        return attempt
    with store.writing():
        current = store.attempts.find(attempt.id, lock=True)
        if current is None or not current.is_open:
            return current or attempt
        if not quiz_clock(store, current, now=now).is_over(now):
            return current
        return close_quiz(store, current, now=now)


def close_overdue_quizzes(store: Store, *, now: datetime, person_id: str) -> int:
    """Closes timed quizzes of a person whose time is over. Gives how many it closed."""
    running = store.attempts.running(person_id, kind=AttemptKind.PRACTICE)
    return sum(not close_if_over(store, attempt, now=now).is_open for attempt in running)
