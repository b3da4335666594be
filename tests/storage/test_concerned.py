from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.attempt import Attempt, AttemptKind
from app.domain.exam_score import ExamScore
from app.domain.item import Item
from app.domain.person import Person
from app.domain.regrade import EVERY_EXAM, NO_EXAM
from app.storage.concerned import ConcernedExam
from app.storage.sittings import KeptReport
from app.storage.store import Store
from tests.builders import an_item
from tests.learning_builders import A_MOMENT, a_response
from tests.storage.rows import add_attempt, add_person

ASKED, OTHER = an_item(id="asked"), an_item(id="other")


@pytest.fixture
def ana(store: Store) -> Person:
    return add_person(store)


def sat(
    store: Store,
    person: Person,
    *items: Item,
    key: str,
    finished: bool = True,
    kind: AttemptKind = AttemptKind.MOCK,
) -> Attempt:
    """An exam with one score report for each time it was scored."""
    attempt = add_attempt(store, person, *items, request_key=key, kind=kind, settings={"a": 1})
    with store.writing():
        store.sittings.expose(item.id for item in items)
        if finished:
            store.attempts.finish(attempt.id, right_count=0, now=A_MOMENT)
            reports = [report(attempt, number) for number in (1, 2)]
            store.sittings.add_reports((store.new_id(A_MOMENT), one) for one in reports)
    return attempt


def report(attempt: Attempt, number: int) -> KeptReport:
    score = ExamScore(number, 10, 300, is_pass=False, parts=())
    return KeptReport(attempt.id, attempt.person_id, number, "submitted", score, A_MOMENT)


def found(store: Store, item: Item = ASKED, *, batch: int = 2) -> list[ConcernedExam]:
    exams, upto = [], NO_EXAM
    while upto != EVERY_EXAM:
        stretch = store.concerned.stretch(item.id, item.version, after=upto, size=batch)
        exams += stretch.exams
        upto = stretch.upto
    return exams


def test_finished_exams_that_asked_the_wording_are_found_with_its_place(
    store: Store, ana: Person
) -> None:
    first = sat(store, ana, ASKED, OTHER, key="1")
    second = sat(store, ana, OTHER, an_item(id="third"), ASKED, key="2")
    sat(store, ana, OTHER, key="3")
    sat(store, ana, replace(ASKED, stem="Reworded"), key="4")
    sat(store, ana, ASKED, key="5", finished=False)
    sat(store, ana, ASKED, key="6", kind=AttemptKind.PRACTICE)

    exams = found(store)

    assert {one.attempt_id: one.slot for one in exams} == {
        first.id: first.slots[0],
        second.id: second.slots[2],
    }
    assert all(one.report.number == 2 for one in exams)
    assert all(one.settings == {"a": 1} and one.person_id == ana.id for one in exams)


def test_an_unscored_place_is_told_as_such(store: Store, ana: Person) -> None:
    attempt = add_attempt(store, ana, ASKED, request_key="1")
    slots = (replace(attempt.slots[0], is_scored=False),)
    pretest = replace(attempt, id="pretest", kind=AttemptKind.MOCK, slots=slots)
    with store.writing():
        store.attempts.add(pretest, request_key="2")
        store.attempts.finish(pretest.id, right_count=0, now=A_MOMENT)
        store.sittings.add_reports([(store.new_id(A_MOMENT), report(pretest, 1))])

    (exam,) = found(store)

    assert exam.slot == slots[0]


def test_the_answer_that_counts_is_the_last_one_that_was_not_late(
    store: Store, ana: Person
) -> None:
    attempt = sat(store, ana, OTHER, ASKED, key="1")
    silent = sat(store, ana, ASKED, key="2")
    answers = [
        a_response("a", position=2, revision=1, request_key="1"),
        a_response("c", position=2, revision=2, request_key="2"),
        a_response("b", position=2, revision=3, request_key="3", is_late=True),
        a_response("d", position=1, revision=1, request_key="4"),
    ]
    with store.writing():
        for answer in answers:
            store.attempts.add_response(store.new_id(A_MOMENT), attempt, answer)

    responses = {one.attempt_id: one.response for one in found(store)}

    assert responses == {attempt.id: answers[1], silent.id: None}


@pytest.mark.parametrize("batch", [1, 2, 3, 100])
def test_batches_leave_nobody_out_and_take_nobody_twice(
    store: Store, ana: Person, batch: int
) -> None:
    made = [sat(store, ana, ASKED, key=str(number)).id for number in range(5)]

    assert sorted(one.attempt_id for one in found(store, batch=batch)) == sorted(made)


def test_wordings_are_kept_ones_of_items_that_exams_showed(store: Store, ana: Person) -> None:
    reworded = replace(ASKED, stem="Reworded")
    sat(store, ana, ASKED, key="1")
    add_attempt(store, ana, reworded, request_key="2")
    add_attempt(store, ana, OTHER, request_key="3")

    assert set(store.concerned.wordings(ASKED.id)) == {ASKED.version, reworded.version}
    assert store.concerned.wordings(OTHER.id) == []
    assert store.concerned.wordings("unheard-of") == []


def test_only_answers_in_finished_exams_say_that_a_wording_was_met(
    store: Store, ana: Person
) -> None:
    quiz = add_attempt(store, ana, ASKED, request_key="1")
    running = sat(store, ana, ASKED, key="2", finished=False)
    finished = sat(store, ana, ASKED, key="3")

    def answered(attempt: Attempt) -> bool:
        with store.writing():
            store.attempts.add_response(store.new_id(A_MOMENT), attempt, a_response())
        return store.concerned.was_answered(ASKED.id, ASKED.version)

    assert [answered(one) for one in (quiz, running, finished)] == [False, False, True]


def test_finished_exams_are_counted_up_to_one_of_them(store: Store, ana: Person) -> None:
    made = sorted(sat(store, ana, ASKED, key=str(number)).id for number in range(3))
    sat(store, ana, ASKED, key="running", finished=False)

    assert store.concerned.count() == 3
    assert [store.concerned.count(upto=one) for one in (NO_EXAM, *made)] == [0, 1, 2, 3]


def test_a_stretch_ends_after_so_many_exams_whether_they_asked_or_not(
    store: Store, ana: Person
) -> None:
    exam = sat(store, ana, OTHER, key="1")

    one = store.concerned.stretch(ASKED.id, ASKED.version, after=NO_EXAM, size=1)
    two = store.concerned.stretch(ASKED.id, ASKED.version, after=one.upto, size=1)

    assert (one.exams, one.upto) == ([], exam.id)
    assert (two.exams, two.upto) == ([], EVERY_EXAM)


def test_a_pattern_in_place_of_a_version_finds_nothing(store: Store, ana: Person) -> None:
    sat(store, ana, ASKED, key="1")

    assert store.concerned.stretch(ASKED.id, "%", after=NO_EXAM).exams == []
