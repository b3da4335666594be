"""Timed practice quizzes: when they end, and with what."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from app.domain.attempt import Attempt, Feedback
from app.domain.errors import Conflict
from app.domain.exam_clock import GRACE, LATE_FOR, Allowance
from app.domain.person import Viewer
from app.domain.practice import PracticeWish, Seen
from app.services import allowances, exam, mock_exam
from app.services.quiz_time import close_overdue_quizzes
from app.storage.store import Store
from tests.cast import NOW, Cast, a_person, as_viewer
from tests.services.quizzes import SOME_ITEMS, answer

END = NOW + timedelta(minutes=10)
OVER = END + GRACE + timedelta(seconds=1)


@pytest.fixture
def ana(store: Store) -> Viewer:
    return as_viewer(store, a_person(store, "Ana Reyes"))


def start_timed(
    store: Store, viewer: Viewer, *, feedback: Feedback = Feedback.EXAM, minutes: int | None = 10
) -> Attempt:
    wish = PracticeWish(frozenset(), 5, Seen.ANY, feedback, minutes=minutes)
    start = exam.PracticeStart(wish, SOME_ITEMS, "Consent", f"timed {minutes}")
    return exam.start_practice(store, viewer, start, now=NOW, random=Random(7))


def allow(store: Store, viewer: Viewer, percent: int) -> None:
    with store.writing():
        allowance = Allowance(extra_percent=percent, break_minutes=30)
        store.sittings.set_allowance(store.new_id(NOW), viewer.id, allowance, by=viewer.id, now=NOW)


def test_the_limit_that_was_asked_for_is_kept_with_the_quiz(store: Store, ana: Viewer) -> None:
    quiz = start_timed(store, ana)

    found = store.attempts.find(quiz.id)

    assert found is not None
    assert found.limit == timedelta(minutes=10)
    assert found.settings["minutes"] == 10


@pytest.mark.parametrize("feedback", list(Feedback))
def test_an_answer_within_the_grace_counts(store: Store, ana: Viewer, feedback: Feedback) -> None:
    quiz = start_timed(store, ana, feedback=feedback)

    answered = answer(store, ana, quiz, now=END + GRACE)

    assert not answered.response.is_late
    assert answered.attempt.is_open


@pytest.mark.parametrize("feedback", list(Feedback))
def test_an_answer_after_the_end_is_kept_uncounted_and_closes_the_quiz(
    store: Store, ana: Viewer, feedback: Feedback
) -> None:
    quiz = start_timed(store, ana, feedback=feedback)
    answer(store, ana, quiz, position=1, key="in time")

    answered = answer(store, ana, quiz, position=2, key="late", now=OVER)

    closed = store.attempts.find(quiz.id)
    assert closed is not None
    assert (closed.finished_at, closed.closed_by_time, closed.right_count) == (END, True, 1)
    assert answered.response.is_late
    assert list(store.attempts.current_responses(quiz.id)) == [1]
    assert len(store.attempts.all_responses(quiz.id)) == 2


def test_a_quiz_that_is_over_is_found_closed_with_what_was_saved(store: Store, ana: Viewer) -> None:
    quiz = start_timed(store, ana)
    answer(store, ana, quiz)

    found = exam.own_quiz(store, ana, quiz.id, now=OVER)

    assert (found.finished_at, found.closed_by_time, found.right_count) == (END, True, 1)
    assert store.attempts.find(quiz.id) == found
    assert exam.own_quiz(store, ana, quiz.id, now=OVER + timedelta(days=3)) == found


def test_a_quiz_whose_time_runs_is_found_open(store: Store, ana: Viewer) -> None:
    quiz = start_timed(store, ana)

    assert exam.own_quiz(store, ana, quiz.id, now=END + GRACE) == quiz


def test_finishing_after_the_end_ends_it_when_the_time_did(store: Store, ana: Viewer) -> None:
    quiz = start_timed(store, ana)

    closed = exam.finish_attempt(store, ana, attempt_id=quiz.id, now=OVER)

    assert (closed.finished_at, closed.closed_by_time) == (END, True)


def test_finishing_in_time_is_no_end_by_time(store: Store, ana: Viewer) -> None:
    quiz = start_timed(store, ana)

    closed = exam.finish_attempt(store, ana, attempt_id=quiz.id, now=END)

    assert (closed.finished_at, closed.closed_by_time) == (END, False)


def test_extra_time_of_the_person_moves_the_end(store: Store, ana: Viewer) -> None:
    allow(store, ana, percent=50)
    quiz = start_timed(store, ana)

    answered = answer(store, ana, quiz, now=NOW + timedelta(minutes=15))
    closed = exam.own_quiz(store, ana, quiz.id, now=NOW + timedelta(minutes=16))

    assert not answered.response.is_late
    assert closed.finished_at == NOW + timedelta(minutes=15)


def test_an_answer_long_after_the_end_is_refused(store: Store, ana: Viewer) -> None:
    quiz = start_timed(store, ana)
    exam.own_quiz(store, ana, quiz.id, now=OVER)

    with pytest.raises(Conflict):
        answer(store, ana, quiz, now=END + LATE_FOR + timedelta(seconds=1))


def test_overdue_quizzes_are_closed_and_others_are_left(store: Store, ana: Viewer) -> None:
    over = start_timed(store, ana, minutes=10)
    running = start_timed(store, ana, minutes=60)
    untimed = start_timed(store, ana, minutes=None)

    closed = close_overdue_quizzes(store, now=OVER, person_id=ana.id)

    assert closed == 1
    still_open = [store.attempts.find(quiz.id).is_open for quiz in (over, running, untimed)]
    assert still_open == [False, True, True]
    assert close_overdue_quizzes(store, now=OVER, person_id=ana.id) == 0


def test_a_timed_quiz_never_stands_in_the_way_of_exams(store: Store, ana: Viewer) -> None:
    start_timed(store, ana)

    assert mock_exam.close_overdue(store, now=OVER, person_id=ana.id) == 0


def test_no_time_is_taken_away_while_a_timed_quiz_runs(store: Store, cast: Cast) -> None:
    ana, cora = as_viewer(store, cast.ana), as_viewer(store, cast.cora)
    allow(store, ana, 100)
    quiz = start_timed(store, ana)
    nothing = Allowance(0, 30)

    with pytest.raises(Conflict, match="a timed quiz"):
        allowances.allow(
            store, cora, person_id=ana.id, allowance=nothing, now=NOW + timedelta(minutes=12)
        )
    allowances.allow(
        store, cora, person_id=ana.id, allowance=nothing, now=NOW + timedelta(minutes=21)
    )

    closed = store.attempts.find(quiz.id)
    assert closed is not None
    assert closed.finished_at == NOW + timedelta(minutes=20)
