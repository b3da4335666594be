"""Submits at one moment: one report, equal replies, and exactly what was acknowledged counts."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from app.domain.attempt import Attempt
from app.domain.errors import Conflict
from app.domain.exam_clock import GRACE
from app.domain.person import Viewer
from app.services import mock_exam
from app.services.housekeeping import SETTLING, close_left_open
from app.services.mock_exam import Saved
from app.storage.store import Store
from tests.at_once import at_once
from tests.cast import NOW, a_person, as_viewer
from tests.faults import exams
from tests.faults.counts import times
from tests.learning_builders import an_answer

RACES = times(100, long=1_000)
TABS = 5
MINUTES = 60
OVER = NOW + timedelta(minutes=MINUTES) + GRACE + timedelta(seconds=1)

HandIn = Callable[..., Attempt]


@pytest.fixture
def ana(store: Store) -> Viewer:
    return as_viewer(store, a_person(store, "Ana Reyes"))


def test_an_exam_handed_in_at_once_in_every_tab_has_one_report(store: Store, ana: Viewer) -> None:
    faults = [_race_of_submits(store, ana, number, mock_exam.hand_in) for number in range(RACES)]

    assert [fault for fault in faults if fault] == []


def test_a_submit_that_looks_before_its_turn_is_caught(store: Store, ana: Viewer) -> None:
    """The negative control: looked at outside the transaction, every tab finds the exam open."""
    everybody_looked = threading.Barrier(TABS)

    def hand_in(store: Store, viewer: Viewer, *, attempt_id: str, now: object) -> Attempt:
        attempt = store.attempts.find(attempt_id)
        store.end_reading()
        everybody_looked.wait(timeout=30)
        assert attempt is not None
        with store.writing():
            return mock_exam._close(store, attempt, now=NOW, cause="submitted")

    assert _race_of_submits(store, ana, 1, hand_in)


def test_answers_on_the_way_while_an_exam_is_handed_in(store: Store, ana: Viewer) -> None:
    for number in range(RACES):
        exam = exams.start_exam(store, ana, key=str(number))
        hand_in = partial(mock_exam.hand_in, viewer=ana, attempt_id=exam.id, now=NOW)
        answers = [_answer(ana, exam, position) for position in (1, 2, 3)]

        *replies, first, second = at_once(store, *answers, hand_in, hand_in)

        saved = [reply.response for reply in replies if isinstance(reply, Saved)]
        refused = [reply.code for reply in replies if isinstance(reply, Conflict)]
        assert len(saved) + len(refused) == len(replies), replies
        assert set(refused) <= {"attempt-finished"}
        assert _by_position(store, exam) == sorted(r.position for r in saved if r)
        assert first == second == store.attempts.find(exam.id)
        assert isinstance(first, Attempt)
        assert first.right_count == len(saved)
        assert [r.score.right for r in store.sittings.reports(exam.id)] == [len(saved)]


def test_an_exam_whose_time_runs_out_in_every_tab_is_closed_once(store: Store, ana: Viewer) -> None:
    for number in range(RACES):
        exam = exams.start_exam(store, ana, minutes=MINUTES, key=str(number))
        exams.save(store, ana, exam, an_answer(request_key="in time"))
        closings: list[Callable[[Store], object]] = [
            partial(mock_exam.hand_in, viewer=ana, attempt_id=exam.id, now=OVER),
            partial(mock_exam.hand_in, viewer=ana, attempt_id=exam.id, now=OVER),
            partial(mock_exam.close_overdue, now=OVER, person_id=ana.id),
            partial(close_left_open, now=OVER + SETTLING),
            _answer(ana, exam, 2, after=OVER - NOW),
        ]

        replies = at_once(store, *closings)

        assert not [reply for reply in replies if isinstance(reply, Exception)], replies
        assert replies[0] == replies[1] == store.attempts.find(exam.id)
        reports = store.sittings.reports(exam.id)
        assert [(r.cause, r.score.right) for r in reports] == [("time", 1)]
        assert [r.is_late for r in store.attempts.all_responses(exam.id)] == [False, True]


def test_an_exam_started_at_once_in_every_tab_is_one_exam(store: Store, ana: Viewer) -> None:
    for number in range(RACES):
        start = partial(exams.start_exam, viewer=ana, key=str(number))
        other = partial(exams.start_exam, viewer=ana, key=f"{number} again")

        *same, another = at_once(store, *[start] * (TABS - 1), other)

        running = store.attempts.running(ana.id)
        assert len(running) == 1
        won, refused = (same, [another]) if same[0] == running[0] else ([another], same)
        assert won == running * len(won)
        assert {r.code for r in refused if isinstance(r, Conflict)} == {"exam-running"}
        mock_exam.hand_in(store, ana, attempt_id=running[0].id, now=NOW)


def _race_of_submits(store: Store, viewer: Viewer, number: int, hand_in: HandIn) -> str:
    """Lets every tab hand in one exam. Gives what is wrong afterwards; empty when nothing is."""
    exam = exams.start_exam(store, viewer, key=str(number))
    exams.save(store, viewer, exam, an_answer())

    replies = at_once(store, *[partial(hand_in, viewer=viewer, attempt_id=exam.id, now=NOW)] * TABS)

    reports = store.sittings.reports(exam.id)
    kept = store.attempts.find(exam.id)
    store.end_reading()
    if replies != [kept] * TABS:
        return f"unequal replies: {replies}"
    if [(report.number, report.score.right) for report in reports] != [(1, 1)]:
        return f"reports: {reports}"
    return ""


def _answer(
    viewer: Viewer, exam: Attempt, position: int, *, after: timedelta = timedelta(0)
) -> Callable[[Store], Saved]:
    sent = an_answer(position=position, request_key=f"key-{position}")
    return partial(
        exams.save, viewer=viewer, exam=exam, answer=sent, position=position, now=NOW + after
    )


def _by_position(store: Store, exam: Attempt) -> list[int]:
    return sorted(store.attempts.current_responses(exam.id))
