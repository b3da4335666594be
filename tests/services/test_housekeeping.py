"""Exams and quizzes left open end by themselves, and no answer is lost to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

import pytest

from app.domain.attempt import Attempt, Feedback
from app.domain.exam_clock import GRACE, Allowance
from app.domain.person import Viewer
from app.domain.practice import PracticeWish, Seen
from app.services import exam, mock_exam
from app.services.account import add_organisation
from app.services.allowances import allow
from app.services.housekeeping import SETTLING, close_left_open
from app.storage.store import Store
from tests.cast import NOW, Cast, a_person, as_viewer
from tests.exam_builders import save, start_exam
from tests.services.quizzes import SOME_ITEMS

END = NOW + timedelta(minutes=12)
LAST_MOMENT = END + GRACE
SETTLED = LAST_MOMENT + SETTLING + timedelta(seconds=1)


@pytest.fixture
def ana(store: Store, cast: Cast) -> Viewer:
    return as_viewer(store, cast.ana)


def start_timed_quiz(store: Store, viewer: Viewer) -> Attempt:
    wish = PracticeWish(frozenset(), 5, Seen.ANY, Feedback.EXAM, minutes=10)
    start = exam.PracticeStart(wish, SOME_ITEMS, "Consent", "timed")
    return exam.start_practice(store, viewer, start, now=NOW, random=Random(7))


def is_open(store: Store, attempt: Attempt) -> bool:
    found = store.attempts.find(attempt.id)
    assert found is not None
    return found.is_open


def test_what_everybody_left_open_is_closed_once(store: Store, ana: Viewer, cast: Cast) -> None:
    start_exam(store, ana)
    start_exam(store, as_viewer(store, cast.luis))
    start_timed_quiz(store, ana)

    assert close_left_open(store, now=SETTLED) == 3
    assert close_left_open(store, now=SETTLED) == 0


def test_an_exam_left_open_ends_when_its_time_did_with_what_was_saved(
    store: Store, ana: Viewer
) -> None:
    attempt = start_exam(store, ana)
    save(store, ana, attempt, "b")

    close_left_open(store, now=NOW + timedelta(days=3))

    closed = store.attempts.find(attempt.id)
    assert closed is not None
    assert (closed.finished_at, closed.closed_by_time) == (END, True)
    assert [report.cause for report in store.sittings.reports(attempt.id)] == ["time"]


def test_other_organisations_are_looked_after_too(store: Store, ana: Viewer) -> None:
    start_exam(store, ana)
    elsewhere = store.for_organisation(add_organisation(store, name="Elsewhere", now=NOW))
    start_exam(elsewhere, as_viewer(elsewhere, a_person(elsewhere, "Else Where")))

    assert close_left_open(store, now=SETTLED) == 2


def test_exams_that_still_run_are_left_alone(store: Store, ana: Viewer, cast: Cast) -> None:
    attempt = start_exam(store, ana)
    allow(store, as_viewer(store, cast.cora), person_id=ana.id, allowance=Allowance(50, 0), now=NOW)

    assert close_left_open(store, now=SETTLED) == 0
    assert is_open(store, attempt)
    assert close_left_open(store, now=SETTLED + timedelta(minutes=6)) == 1


def test_an_answer_in_time_counts_though_its_turn_to_be_written_came_late(
    store: Store, ana: Viewer
) -> None:
    assert not is_late_after(store, ana, close_left_open)


def test_closing_without_waiting_would_make_that_answer_late(store: Store, ana: Viewer) -> None:
    """The negative control."""

    def at_once(store: Store, *, now: datetime) -> int:
        return mock_exam.close_overdue(store, now=now, person_id=ana.id)

    assert is_late_after(store, ana, at_once)


def is_late_after(store: Store, ana: Viewer, close: Callable[..., int]) -> bool:
    """Lets somebody close exams while an answer of the last moment waits, then writes it."""
    attempt = start_exam(store, ana)
    close(store, now=LAST_MOMENT + SETTLING)
    saved = save(store, ana, attempt, "b", now=LAST_MOMENT)
    assert saved.response is not None
    return saved.response.is_late
