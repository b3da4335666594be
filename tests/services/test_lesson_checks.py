from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

import pytest

from app.domain.attempt import AttemptKind, Feedback
from app.domain.errors import Conflict, InvalidInput, NotFound
from app.domain.person import Viewer
from app.services import exam
from app.storage.queries.learn_pages import practice_quizzes
from app.storage.store import Store
from tests.builders import a_lesson, an_item
from tests.cast import NOW, a_person, as_viewer
from tests.learning_builders import an_answer

LATER = NOW + timedelta(minutes=10)
LESSON = a_lesson()
CHECKS = exam.LessonChecks(LESSON, [an_item(id="check-1"), an_item(id="check-2")])


@pytest.fixture
def ana(store: Store) -> Viewer:
    return as_viewer(store, a_person(store, "Ana Reyes"))


def answer(
    store: Store,
    viewer: Viewer,
    item_id: str = "check-1",
    chosen: str = "b",
    *,
    key: str = "key-1",
    checks: exam.LessonChecks = CHECKS,
    now: datetime = NOW,
) -> exam.Answered:
    sent = an_answer(chosen, position=99, request_key=key)  # the place follows from the item
    return exam.answer_check(
        store, viewer, checks, item_id=item_id, answer=sent, now=now, random=Random(1)
    )


def test_the_first_answer_starts_the_check(store: Store, ana: Viewer) -> None:
    before = exam.current_check(store, ana, LESSON)
    store.end_reading()

    answered = answer(store, ana, "check-2", "a")

    check = exam.current_check(store, ana, LESSON)
    assert before is None
    assert check == answered.attempt
    assert (check.kind, check.feedback) == (AttemptKind.CHECK, Feedback.TUTOR)
    assert [slot.item_id for slot in check.slots] == ["check-1", "check-2"]
    assert store.attempts.current_responses(check.id) == {2: answered.response}


def test_the_next_answer_joins_the_same_check(store: Store, ana: Viewer) -> None:
    first = answer(store, ana, "check-1", key="k1")
    second = answer(store, ana, "check-2", key="k2")

    assert second.attempt == first.attempt
    assert store.attempts.current_responses(first.attempt.id).keys() == {1, 2}


def test_a_check_is_locked_once_answered(store: Store, ana: Viewer) -> None:
    first = answer(store, ana, chosen="a", key="k1")

    with pytest.raises(Conflict) as refused:
        answer(store, ana, chosen="b", key="k2")
    resent = answer(store, ana, chosen="a", key="k1")

    assert refused.value.code == "already-answered"
    assert resent.response == first.response


def test_a_refused_first_answer_starts_nothing(store: Store, ana: Viewer) -> None:
    with pytest.raises(InvalidInput):
        answer(store, ana, chosen="z")
    with pytest.raises(NotFound):
        answer(store, ana, "of-another-lesson")

    assert exam.current_check(store, ana, LESSON) is None


def test_questions_can_be_asked_again(store: Store, ana: Viewer) -> None:
    first = answer(store, ana, chosen="a", key="k1").attempt

    exam.ask_checks_again(store, ana, lesson=LESSON, now=LATER)
    between = exam.current_check(store, ana, LESSON)
    store.end_reading()
    second = answer(store, ana, chosen="b", key="k2", now=LATER).attempt

    closed = store.attempts.find(first.id)
    assert between is None
    assert second.id != first.id
    assert closed is not None
    assert (closed.finished_at, closed.right_count) == (LATER, 0)
    assert exam.current_check(store, ana, LESSON) == second


def test_asking_again_before_the_first_answer_changes_nothing(store: Store, ana: Viewer) -> None:
    exam.ask_checks_again(store, ana, lesson=LESSON, now=LATER)

    assert exam.current_check(store, ana, LESSON) is None


def test_a_check_is_ones_own(store: Store, ana: Viewer) -> None:
    luis = as_viewer(store, a_person(store, "Luis Ferro"))

    mine, his = answer(store, ana).attempt, answer(store, luis, chosen="c").attempt
    exam.ask_checks_again(store, luis, lesson=LESSON, now=LATER)

    assert mine.id != his.id
    assert exam.current_check(store, ana, LESSON) == mine


def test_two_lessons_are_checked_apart(store: Store, ana: Viewer) -> None:
    other = exam.LessonChecks(a_lesson(id="family/two"), [an_item(id="check-1")])

    answer(store, ana)
    answer(store, ana, checks=other)
    exam.ask_checks_again(store, ana, lesson=LESSON, now=LATER)

    assert exam.current_check(store, ana, LESSON) is None
    assert exam.current_check(store, ana, other.lesson) is not None


def test_a_check_that_was_begun_keeps_its_wording_through_an_edit(
    store: Store, ana: Viewer
) -> None:
    edited = exam.LessonChecks(LESSON, [an_item(id="check-1"), an_item(id="check-2", key=("c",))])
    answer(store, ana, "check-1", key="k1")

    judged = answer(store, ana, "check-2", "b", key="k2", checks=edited)

    assert judged.response.is_right


def test_checks_are_no_practice_quizzes(store: Store, ana: Viewer) -> None:
    answer(store, ana)

    assert practice_quizzes(store, ana.id) == []
