"""Bookmarks, saved choices, and how items went the last time, as they come back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.attempt import AttemptKind, Feedback
from app.domain.errors import Conflict
from app.domain.person import Person
from app.domain.practice import Difficulty, LastTime, PracticeWish, Seen
from app.domain.practice_preset import Preset
from app.domain.slot_marks import Confidence, SlotMarks
from app.storage.store import Store
from tests.builders import an_item
from tests.learning_builders import A_MOMENT, a_response
from tests.storage.rows import add_attempt, add_person

LATER = A_MOMENT + timedelta(days=1)
WISH = PracticeWish(
    frozenset({"consent", "family"}),
    15,
    Seen.SURE_AND_WRONG,
    Feedback.EXAM,
    domains=frozenset({"AADC-4"}),
    competencies=frozenset({"TAP21-109"}),
    difficulties=frozenset({Difficulty.HARD, Difficulty.EASY}),
    minutes=20,
)


@pytest.fixture
def ana(store: Store) -> Person:
    return add_person(store)


def answer(store: Store, person: Person, chosen: str, *, day: int = 0, **attempt: object) -> str:
    """Answers one question in an attempt of its own; gives the attempt."""
    at = A_MOMENT + timedelta(days=day)
    quiz = add_attempt(store, person, request_key=f"quiz {day}", started_at=at, **attempt)
    with store.writing():
        store.attempts.add_response(store.new_id(at), quiz, a_response(chosen, answered_at=at))
    return quiz.id


def mark(store: Store, attempt_id: str, **marks: object) -> None:
    with store.writing():
        store.sittings.note(attempt_id, SlotMarks(1, **marks), now=A_MOMENT)


def test_an_answer_is_found_with_what_stood_beside_it(store: Store, ana: Person) -> None:
    mark(store, answer(store, ana, "a"), confidence=Confidence.SURE, is_flagged=True)

    found = store.practice.last_times(ana.id)

    assert found == {"consent-01": LastTime(False, Confidence.SURE, is_flagged=True)}


def test_an_answer_without_marks_has_none(store: Store, ana: Person) -> None:
    answer(store, ana, "b")

    assert store.practice.last_times(ana.id) == {"consent-01": LastTime(True)}


def test_the_newest_answer_counts_and_marks_of_earlier_ones_do_not(
    store: Store, ana: Person
) -> None:
    mark(store, answer(store, ana, "a"), confidence=Confidence.SURE, is_flagged=True)
    answer(store, ana, "a", day=1)

    assert store.practice.last_times(ana.id) == {"consent-01": LastTime(False)}


def test_an_exam_that_runs_tells_nothing_and_a_finished_one_does(store: Store, ana: Person) -> None:
    timed = {"kind": AttemptKind.MOCK, "limit": timedelta(minutes=30)}
    exam = answer(store, ana, "a", feedback=Feedback.EXAM, **timed)
    mark(store, exam, confidence=Confidence.SURE)
    assert store.practice.last_times(ana.id) == {}

    with store.writing():
        store.attempts.finish(exam, right_count=0, now=LATER)

    assert store.practice.last_times(ana.id) == {"consent-01": LastTime(False, Confidence.SURE)}


def test_a_late_answer_tells_nothing(store: Store, ana: Person) -> None:
    quiz = add_attempt(store, ana)
    with store.writing():
        late = a_response("a", is_late=True)
        store.attempts.add_response(store.new_id(A_MOMENT), quiz, late)

    assert store.practice.last_times(ana.id) == {}


def test_answers_of_others_tell_nothing(store: Store, ana: Person) -> None:
    answer(store, add_person(store, "Luis Ferro"), "a")

    assert store.practice.last_times(ana.id) == {}


def test_a_bookmark_set_twice_is_one_and_taken_away_twice_is_gone(
    store: Store, ana: Person
) -> None:
    luis = add_person(store, "Luis Ferro")
    with store.writing():
        for person in (ana, ana, luis):
            store.practice.bookmark(person.id, "consent-01", now=A_MOMENT)
    assert store.practice.record(ana.id).bookmarked == {"consent-01"}

    with store.writing():
        store.practice.remove_bookmark(ana.id, "consent-01")
        store.practice.remove_bookmark(ana.id, "consent-01")

    assert store.practice.bookmarks(ana.id) == frozenset()
    assert store.practice.bookmarks(luis.id) == {"consent-01"}


def test_saved_choices_come_back_whole_and_by_name(store: Store, ana: Person) -> None:
    long = Preset(store.new_id(A_MOMENT), "Übung “lang”", WISH, A_MOMENT)
    short = Preset(store.new_id(A_MOMENT), "Short", replace(WISH, minutes=None), A_MOMENT)
    with store.writing():
        store.practice.add_preset(ana.id, long)
        store.practice.add_preset(ana.id, short)

    assert store.practice.presets(ana.id) == [short, long]


def test_the_database_refuses_one_name_twice(store: Store, ana: Person) -> None:
    def add() -> None:
        with store.writing():
            preset = Preset(store.new_id(A_MOMENT), "Short", WISH, A_MOMENT)
            store.practice.add_preset(ana.id, preset)

    add()

    with pytest.raises(Conflict):
        add()


def test_choices_are_changed_and_forgotten_by_their_owner_only(store: Store, ana: Person) -> None:
    luis = add_person(store, "Luis Ferro")
    preset = Preset(store.new_id(A_MOMENT), "Short", WISH, A_MOMENT)
    changed = replace(preset, wish=replace(WISH, length=5), made_at=LATER)
    with store.writing():
        store.practice.add_preset(ana.id, preset)
        store.practice.change_preset(luis.id, changed)
        store.practice.remove_preset(luis.id, preset.id)
    assert store.practice.presets(ana.id) == [preset]

    with store.writing():
        store.practice.change_preset(ana.id, changed)
    assert store.practice.presets(ana.id) == [changed]

    with store.writing():
        store.practice.remove_preset(ana.id, preset.id)
    assert store.practice.presets(ana.id) == []


def test_a_timed_quiz_is_no_running_exam(store: Store, ana: Person) -> None:
    quiz = add_attempt(store, ana, an_item(), limit=timedelta(minutes=5))

    assert store.attempts.running(ana.id) == []
    assert store.attempts.running(ana.id, kind=AttemptKind.PRACTICE) == [quiz]
