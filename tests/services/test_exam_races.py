"""The same thing done at one moment from several tabs: every outcome is one of those in a row."""

from __future__ import annotations

from random import Random

import pytest
from sqlalchemy import Engine

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
ROUNDS = range(4)
LESSON = a_lesson()
CHECKS = exam.LessonChecks(LESSON, SOME_ITEMS)


@pytest.fixture
def ana(store: Store) -> Viewer:
    return as_viewer(store, a_person(store, "Ana Reyes"))


def test_a_quiz_started_in_every_tab_is_one_quiz(engine: Engine, store: Store, ana: Viewer) -> None:
    for number in ROUNDS:
        replies = at_once(
            engine, ana.organisation_id, *[lambda s: start_quiz(s, ana, key=str(number))] * TABS
        )

        assert replies == [replies[0]] * TABS
        assert isinstance(replies[0], Attempt)
    assert len(practice_quizzes(store, ana.id)) == len(ROUNDS)


def test_people_who_start_on_new_questions_at_once_all_get_a_quiz(
    engine: Engine, store: Store, ana: Viewer
) -> None:
    people = [ana, *(as_viewer(store, a_person(store, f"Person{n} Price")) for n in range(3))]
    store.end_reading()

    for number in ROUNDS:
        items = [an_item(id=f"new-{number}-{n}") for n in range(8)]
        replies = at_once(
            engine,
            ana.organisation_id,
            *[
                lambda s, who=person: start_quiz(s, who, items=items, key=str(number))
                for person in people
            ],
        )

        assert [len(quiz.slots) for quiz in replies if isinstance(quiz, Attempt)] == [8] * 4


def test_one_answer_posted_many_times_is_one_answer(
    engine: Engine, store: Store, ana: Viewer
) -> None:
    quiz = start_quiz(store, ana)

    for position in ROUNDS:
        replies = at_once(
            engine,
            ana.organisation_id,
            *[lambda s: answer(s, ana, quiz, position=position + 1, key=f"k{position}")] * TABS,
        )

        assert replies == [replies[0]] * TABS
        assert len(store.attempts.responses_to(quiz.id, position + 1)) == 1
        store.end_reading()


def test_of_different_answers_at_one_moment_one_is_kept_and_the_others_are_told(
    engine: Engine, store: Store, ana: Viewer
) -> None:
    quiz = start_quiz(store, ana)

    for position in (1, 2, 3):
        replies = at_once(
            engine,
            ana.organisation_id,
            *[
                lambda s, option=option: answer(
                    s, ana, quiz, option, position=position, key=f"{position}{option}"
                )
                for option in "abcd"
            ],
        )

        kept = [reply.response for reply in replies if isinstance(reply, exam.Answered)]
        told = [reply.code for reply in replies if isinstance(reply, Conflict)]
        assert store.attempts.responses_to(quiz.id, position) == kept
        assert (len(kept), told) == (1, ["answered-elsewhere"] * 3)
        store.end_reading()


def test_finishing_while_answers_come_in_counts_exactly_what_was_acknowledged(
    engine: Engine, store: Store, ana: Viewer
) -> None:
    for number in ROUNDS:
        quiz = start_quiz(store, ana, key=str(number))
        store.end_reading()

        replies = at_once(
            engine,
            ana.organisation_id,
            *[
                lambda s, p=position: answer(s, ana, quiz, position=p, key=f"k{p}")
                for position in (1, 2, 3, 4)
            ],
            *[lambda s: exam.finish_attempt(s, ana, attempt_id=quiz.id, now=NOW)] * 2,
        )

        *answers, first, second = replies
        acknowledged = [reply.response for reply in answers if isinstance(reply, exam.Answered)]
        late = [reply.code for reply in answers if isinstance(reply, Conflict)]
        assert late == ["attempt-finished"] * (4 - len(acknowledged))
        assert list(store.attempts.current_responses(quiz.id).values()) == acknowledged
        assert first == second == store.attempts.find(quiz.id)
        assert isinstance(first, Attempt)
        assert first.right_count == len(acknowledged)
        store.end_reading()


def test_first_answers_to_a_lesson_in_several_tabs_start_one_check(
    engine: Engine, store: Store, ana: Viewer
) -> None:
    for number in ROUNDS:
        replies = at_once(
            engine,
            ana.organisation_id,
            *[
                lambda s, item=item: _check(s, ana, item.id, f"{number}-{item.id}")
                for item in SOME_ITEMS
            ],
        )

        check = exam.current_check(store, ana, LESSON)
        assert check is not None
        acknowledged = [reply.response for reply in replies if isinstance(reply, exam.Answered)]
        assert len(acknowledged) == len(SOME_ITEMS)
        assert list(store.attempts.current_responses(check.id).values()) == acknowledged
        exam.ask_checks_again(store, ana, lesson=LESSON, now=NOW)


def test_asking_again_while_answers_come_in_never_adds_to_a_closed_check(
    engine: Engine, store: Store, ana: Viewer
) -> None:
    for number in ROUNDS:
        first = _check(store, ana, "item-1", f"{number}-first").attempt

        at_once(
            engine,
            ana.organisation_id,
            lambda s: exam.ask_checks_again(s, ana, lesson=LESSON, now=NOW),
            *[
                lambda s, item=item: _check(s, ana, item.id, f"{number}-{item.id}")
                for item in SOME_ITEMS[1:]
            ],
        )

        closed = store.attempts.find(first.id)
        kept = store.attempts.current_responses(first.id)
        assert closed is not None
        assert closed.right_count == len(kept)
        exam.ask_checks_again(store, ana, lesson=LESSON, now=NOW)


def test_a_section_marked_in_every_tab_is_marked_once(
    engine: Engine, store: Store, ana: Viewer
) -> None:
    replies = at_once(
        engine,
        ana.organisation_id,
        *[lambda s: reading.mark_section(s, ana, lesson=LESSON, section_id="opening", now=NOW)]
        * TABS,
    )

    assert replies == [replies[0]] * TABS
    assert store.reading.sections_read(ana.id, LESSON.id) == {"opening"}


def _check(store: Store, viewer: Viewer, item_id: str, key: str) -> exam.Answered:
    sent = an_answer("b", request_key=key)
    return exam.answer_check(
        store, viewer, CHECKS, item_id=item_id, answer=sent, now=NOW, random=Random(1)
    )
