"""The same thing done at one moment from several tabs: every outcome is one of those in a row."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from random import Random

import pytest

from app.domain.attempt import Attempt
from app.domain.errors import Conflict
from app.domain.person import Viewer
from app.services import exam, reading
from app.storage.queries.learn_pages import practice_quizzes
from app.storage.store import Store
from tests.at_once import at_once
from tests.builders import a_lesson, an_item
from tests.cast import NOW, a_person, as_viewer
from tests.learning_builders import an_answer
from tests.services.quizzes import SOME_ITEMS, answer, start_quiz

TABS = 6
ROUNDS = range(1, 5)
LESSON = a_lesson()
CHECKS = exam.LessonChecks(LESSON, SOME_ITEMS)


@pytest.fixture
def ana(store: Store) -> Viewer:
    return as_viewer(store, a_person(store, "Ana Reyes"))


def test_a_quiz_started_in_every_tab_is_one_quiz(store: Store, ana: Viewer) -> None:
    for number in ROUNDS:
        start = partial(start_quiz, viewer=ana, key=str(number))

        replies = at_once(store, *[start] * TABS)

        assert replies == [replies[0]] * TABS
        assert isinstance(replies[0], Attempt)
    assert len(practice_quizzes(store, ana.id)) == len(ROUNDS)


def test_people_who_start_on_new_questions_at_once_all_get_a_quiz(
    store: Store, ana: Viewer
) -> None:
    people = [ana, *(as_viewer(store, a_person(store, f"Person{n} Price")) for n in range(3))]

    for number in ROUNDS:
        items = [an_item(id=f"new-{number}-{n}") for n in range(8)]
        starts = [partial(start_quiz, viewer=one, items=items, key=str(number)) for one in people]

        replies = at_once(store, *starts)

        assert not [reply for reply in replies if isinstance(reply, Exception)]
        assert [len(quiz.slots) for quiz in replies if isinstance(quiz, Attempt)] == [8] * 4


def test_one_answer_posted_many_times_is_one_answer(store: Store, ana: Viewer) -> None:
    quiz = start_quiz(store, ana)

    for position in ROUNDS:
        post = partial(answer, viewer=ana, quiz=quiz, position=position, key=f"k{position}")

        replies = at_once(store, *[post] * TABS)

        assert replies == [replies[0]] * TABS
        assert len(store.attempts.responses_to(quiz.id, position)) == 1


def test_of_different_answers_at_one_moment_one_is_kept_and_the_others_are_told(
    store: Store, ana: Viewer
) -> None:
    quiz = start_quiz(store, ana)

    for position in ROUNDS:
        post = partial(answer, viewer=ana, quiz=quiz, position=position)

        replies = at_once(
            store, *[partial(post, chosen=option, key=f"{position}{option}") for option in "abcd"]
        )

        kept = [reply.response for reply in replies if isinstance(reply, exam.Answered)]
        told = [reply.code for reply in replies if isinstance(reply, Conflict)]
        assert store.attempts.responses_to(quiz.id, position) == kept
        assert (len(kept), told) == (1, ["answered-elsewhere"] * 3)


def test_finishing_while_answers_come_in_counts_exactly_what_was_acknowledged(
    store: Store, ana: Viewer
) -> None:
    for number in ROUNDS:
        quiz = start_quiz(store, ana, key=str(number))
        finish = partial(exam.finish_attempt, viewer=ana, attempt_id=quiz.id, now=NOW)
        posts = [
            partial(answer, viewer=ana, quiz=quiz, position=position, key=f"k{position}")
            for position in (1, 2, 3, 4)
        ]

        *answers, first, second = at_once(store, *posts, finish, finish)

        acknowledged = [reply.response for reply in answers if isinstance(reply, exam.Answered)]
        late = [reply.code for reply in answers if isinstance(reply, Conflict)]
        assert late == ["attempt-finished"] * (4 - len(acknowledged))
        assert list(store.attempts.current_responses(quiz.id).values()) == acknowledged
        assert first == second == store.attempts.find(quiz.id)
        assert isinstance(first, Attempt)
        assert first.right_count == len(acknowledged)


def test_first_answers_to_a_lesson_in_several_tabs_start_one_check(
    store: Store, ana: Viewer
) -> None:
    for number in ROUNDS:
        now = NOW + timedelta(hours=number)

        replies = at_once(store, *_checks(ana, [item.id for item in SOME_ITEMS], now=now))

        check = exam.current_check(store, ana, LESSON)
        acknowledged = [reply.response for reply in replies if isinstance(reply, exam.Answered)]
        assert check is not None
        assert len(acknowledged) == len(SOME_ITEMS)
        assert list(store.attempts.current_responses(check.id).values()) == acknowledged
        exam.ask_checks_again(store, ana, lesson=LESSON, now=now)


def test_asking_again_while_answers_come_in_never_adds_to_a_closed_check(
    store: Store, ana: Viewer
) -> None:
    for number in ROUNDS:
        now = NOW + timedelta(hours=number)
        (begin,) = _checks(ana, ["item-1"], now=now)
        begun = begin(store).attempt
        again = partial(exam.ask_checks_again, viewer=ana, lesson=LESSON, now=now)

        replies = at_once(
            store, again, *_checks(ana, ["item-2", "item-3"], now=now + timedelta(minutes=1))
        )

        closed = store.attempts.find(begun.id)
        assert not [reply for reply in replies if isinstance(reply, Exception)]
        assert closed is not None
        assert closed.right_count == len(store.attempts.current_responses(begun.id))
        exam.ask_checks_again(store, ana, lesson=LESSON, now=now)


def test_a_section_marked_in_every_tab_is_marked_once(store: Store, ana: Viewer) -> None:
    for section in LESSON.sections:
        mark = partial(
            reading.mark_section, viewer=ana, lesson=LESSON, section_id=section.id, now=NOW
        )

        replies = at_once(store, *[mark] * TABS)

        assert replies == [replies[0]] * TABS
        assert section.id in store.reading.sections_read(ana.id, LESSON.id)


def _checks(viewer: Viewer, item_ids: list[str], *, now: datetime) -> list[partial[exam.Answered]]:
    """Right answers to some check questions, waiting for the store to give them with."""
    return [
        partial(
            exam.answer_check,
            viewer=viewer,
            checks=CHECKS,
            item_id=item_id,
            answer=an_answer("b", request_key=f"{now}{item_id}"),
            now=now,
            random=Random(1),
        )
        for item_id in item_ids
    ]
