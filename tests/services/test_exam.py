from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.domain.attempt import Attempt, Feedback
from app.domain.errors import Conflict, InvalidInput, NotFound
from app.domain.person import Viewer
from app.domain.practice import Seen
from app.domain.score_report import build_score_report
from app.services import exam
from app.storage.queries.learn_pages import practice_quizzes
from app.storage.store import Store
from tests.builders import an_item
from tests.cast import NOW, a_person, as_viewer
from tests.services.quizzes import SOME_ITEMS, answer, start_quiz

LATER = NOW + timedelta(minutes=10)


@pytest.fixture
def ana(store: Store) -> Viewer:
    return as_viewer(store, a_person(store, "Ana Reyes"))


@pytest.fixture
def luis(store: Store) -> Viewer:
    return as_viewer(store, a_person(store, "Luis Ferro"))


def test_a_quiz_is_started_with_its_form_fixed(store: Store, ana: Viewer) -> None:
    quiz = start_quiz(store, ana, length=3)

    assert store.attempts.find(quiz.id) == quiz
    assert (quiz.person_id, quiz.is_open, len(quiz.slots)) == (ana.id, True, 3)
    wordings = {(item.id, item.version): item for item in SOME_ITEMS}
    keys = [(slot.item_id, slot.item_version) for slot in quiz.slots]
    assert store.attempts.frozen(keys) == {key: wordings[key] for key in keys}


def test_a_start_sent_twice_is_one_quiz(store: Store, ana: Viewer) -> None:
    first = start_quiz(store, ana, key="once")
    second = start_quiz(store, ana, key="once", length=2, now=LATER)
    third = start_quiz(store, ana, key="another")

    assert second == first
    assert {line.id for line in practice_quizzes(store, ana.id)} == {first.id, third.id}


def test_two_people_may_start_with_the_same_key(store: Store, ana: Viewer, luis: Viewer) -> None:
    assert start_quiz(store, ana, key="once").id != start_quiz(store, luis, key="once").id


def test_when_nothing_fits_no_quiz_is_started(store: Store, ana: Viewer) -> None:
    with pytest.raises(InvalidInput):
        start_quiz(store, ana, seen=Seen.MISSED)

    assert practice_quizzes(store, ana.id) == []


def test_missed_questions_come_again_until_they_are_right(store: Store, ana: Viewer) -> None:
    first = start_quiz(store, ana, length=2, key="first", feedback=Feedback.TUTOR)
    missed, _ = (slot.item_id for slot in first.slots)
    answer(store, ana, first, "a", position=1, key="k1")
    answer(store, ana, first, "b", position=2, key="k2")

    second = start_quiz(
        store, ana, seen=Seen.MISSED, key="second", now=LATER, feedback=Feedback.TUTOR
    )
    unseen = start_quiz(store, ana, seen=Seen.UNSEEN, key="third", now=LATER)
    answer(store, ana, second, "b", now=LATER)

    assert [slot.item_id for slot in second.slots] == [missed]
    assert len(unseen.slots) == len(SOME_ITEMS) - 2
    with pytest.raises(InvalidInput):
        start_quiz(store, ana, seen=Seen.MISSED, key="fourth", now=LATER)


def test_an_answer_is_kept_when_it_is_acknowledged(store: Store, ana: Viewer) -> None:
    quiz = start_quiz(store, ana)

    answered = answer(store, ana, quiz, "b", position=2)

    assert answered.attempt == quiz
    assert store.attempts.current_responses(quiz.id) == {2: answered.response}
    assert answered.response.is_right


def test_an_answer_sent_twice_is_acknowledged_twice_and_kept_once(
    store: Store, ana: Viewer
) -> None:
    quiz = start_quiz(store, ana)
    first = answer(store, ana, quiz, "b", key="once")
    answer(store, ana, quiz, "c", base=1, key="changed")

    again = answer(store, ana, quiz, "b", key="once", now=LATER)

    assert again == first
    assert [r.chosen for r in store.attempts.responses_to(quiz.id, 1)] == [("b",), ("c",)]


def test_a_stale_tab_overwrites_nothing(store: Store, ana: Viewer) -> None:
    quiz = start_quiz(store, ana)
    saved = answer(store, ana, quiz, "b", key="first tab").response

    with pytest.raises(Conflict) as refused:
        answer(store, ana, quiz, "a", key="second tab")

    assert refused.value.code == "answered-elsewhere"
    assert store.attempts.current_responses(quiz.id) == {1: saved}


@pytest.mark.parametrize("base", [0, 1])
def test_a_blank_never_wins(store: Store, ana: Viewer, base: int) -> None:
    quiz = start_quiz(store, ana)
    saved = answer(store, ana, quiz, "b").response

    with pytest.raises(InvalidInput):
        answer(store, ana, quiz, "", base=base, key="blank")

    assert store.attempts.current_responses(quiz.id) == {1: saved}


def test_with_reasons_shown_the_first_answer_counts(store: Store, ana: Viewer) -> None:
    quiz = start_quiz(store, ana, feedback=Feedback.TUTOR)
    saved = answer(store, ana, quiz, "a").response

    with pytest.raises(Conflict) as refused:
        answer(store, ana, quiz, "b", base=1, key="second thoughts")

    assert refused.value.code == "already-answered"
    assert store.attempts.current_responses(quiz.id) == {1: saved}


def test_an_option_or_a_question_that_is_not_there_keeps_nothing(store: Store, ana: Viewer) -> None:
    quiz = start_quiz(store, ana)

    with pytest.raises(InvalidInput):
        answer(store, ana, quiz, "z")
    with pytest.raises(NotFound):
        answer(store, ana, quiz, "b", position=99)

    assert store.attempts.current_responses(quiz.id) == {}


REACHES: dict[str, Callable[[Store, Viewer, Attempt], object]] = {
    "answer": answer,
    "finish": lambda store, viewer, quiz: exam.finish_attempt(
        store, viewer, attempt_id=quiz.id, now=LATER
    ),
    "open": lambda store, viewer, quiz: exam.own_attempt(store, viewer, quiz.id),
}


@pytest.mark.parametrize("reach", REACHES.values(), ids=REACHES)
def test_a_quiz_of_somebody_else_is_not_found(
    store: Store,
    ana: Viewer,
    luis: Viewer,
    reach: Callable[[Store, Viewer, Attempt], object],
) -> None:
    quiz = start_quiz(store, ana)

    with pytest.raises(NotFound) as others:
        reach(store, luis, quiz)
    with pytest.raises(NotFound) as nobodys:
        reach(store, luis, _like(quiz, "no-such-quiz"))

    assert others.value.user_message == nobodys.value.user_message
    assert store.attempts.find(quiz.id) == quiz
    assert store.attempts.current_responses(quiz.id) == {}


def test_a_finished_quiz_counts_what_was_right(store: Store, ana: Viewer) -> None:
    quiz = start_quiz(store, ana)
    answer(store, ana, quiz, "b", position=1, key="k1")
    answer(store, ana, quiz, "a", position=2, key="k2")
    answer(store, ana, quiz, "a", position=3, key="k3")
    answer(store, ana, quiz, "b", position=3, key="k4", base=1)

    finished = exam.finish_attempt(store, ana, attempt_id=quiz.id, now=LATER)

    assert (finished.right_count, finished.finished_at) == (2, LATER)
    assert store.attempts.find(quiz.id) == finished


def test_finishing_twice_gives_the_same_result(store: Store, ana: Viewer) -> None:
    quiz = start_quiz(store, ana)
    first = exam.finish_attempt(store, ana, attempt_id=quiz.id, now=NOW)

    second = exam.finish_attempt(store, ana, attempt_id=quiz.id, now=LATER)

    assert second == first


def test_a_finished_quiz_takes_no_more_but_still_acknowledges_what_it_has(
    store: Store, ana: Viewer
) -> None:
    quiz = start_quiz(store, ana)
    saved = answer(store, ana, quiz, "b", key="in time").response
    exam.finish_attempt(store, ana, attempt_id=quiz.id, now=NOW)

    with pytest.raises(Conflict) as refused:
        answer(store, ana, quiz, "b", position=2, key="too late", now=LATER)
    resent = answer(store, ana, quiz, "b", key="in time", now=LATER).response

    assert refused.value.code == "attempt-finished"
    assert resent == saved
    assert store.attempts.current_responses(quiz.id) == {1: saved}


def test_an_edit_after_the_start_changes_nothing_of_a_quiz(store: Store, ana: Viewer) -> None:
    asked = an_item(topic_title="Consent")
    edited = an_item(key=("c",), stem="Another wording.", topic_title="Renamed")
    quiz = start_quiz(store, ana, items=[asked], key="before")
    newer = start_quiz(store, ana, items=[edited], key="after", now=LATER)

    answer(store, ana, quiz, "b")
    answer(store, ana, newer, "b")
    counts = [
        exam.finish_attempt(store, ana, attempt_id=one.id, now=LATER).right_count
        for one in (quiz, newer)
    ]

    frozen = store.attempts.frozen([(slot.item_id, slot.item_version) for slot in quiz.slots])
    report = build_score_report(quiz, store.attempts.current_responses(quiz.id), frozen)
    assert counts == [1, 0]
    assert list(frozen.values()) == [asked]
    assert (report.right, report.topics[0].title) == (1, "Consent")


def _like(quiz: Attempt, attempt_id: str) -> Attempt:
    return Attempt(
        attempt_id, quiz.person_id, quiz.kind, quiz.feedback, "", quiz.slots, quiz.started_at
    )
