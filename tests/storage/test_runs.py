from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.errors import Conflict
from app.domain.person import Person
from app.storage.runs import StoredStep
from app.storage.store import Store
from tests.learning_builders import A_MOMENT
from tests.storage.rows import a_step, add_person, add_run

LATER = A_MOMENT + timedelta(hours=1)


@pytest.fixture
def ana(store: Store) -> Person:
    return add_person(store)


def take(store: Store, run_id: str, *steps: StoredStep) -> None:
    with store.writing():
        for step in steps:
            store.runs.add_step(store.new_id(A_MOMENT), run_id, step)


def test_a_run_comes_back_as_it_was_started(store: Store, ana: Person) -> None:
    run = add_run(store, ana, seed=2_000_000_000)

    assert store.runs.find(run.id) == run
    assert store.runs.find(run.id, lock=True) == run
    assert store.runs.find("another") is None


def test_a_start_is_found_by_its_key_for_its_person_only(store: Store, ana: Person) -> None:
    luis = add_person(store, "Luis Ferro")
    run = add_run(store, ana, request_key="once")

    assert store.runs.find_by_request(ana.id, "once") == run
    assert store.runs.find_by_request(ana.id, "twice") is None
    assert store.runs.find_by_request(luis.id, "once") is None


def test_a_second_start_with_one_key_keeps_the_first(store: Store, ana: Person) -> None:
    first = add_run(store, ana, request_key="once")

    add_run(store, ana, request_key="once", started_at=LATER)

    assert store.runs.of_person(ana.id) == [first]


def test_steps_come_back_in_order_and_as_they_were_taken(store: Store, ana: Person) -> None:
    run = add_run(store, ana)
    answered = a_step(2, {"scene": "map", "kind": "activity", "answer": {"ties": [["a", "b"]]}})

    take(store, run.id, answered, a_step(1), a_step(3))

    assert store.runs.steps(run.id) == [a_step(1), answered, a_step(3)]
    assert store.runs.steps("another") == []


@pytest.mark.parametrize(
    "second",
    [a_step(1, request_key="other"), a_step(2, request_key="key-1")],
    ids=["same place", "same request key"],
)
def test_the_database_refuses_a_second_move_in_the_place_of_a_first(
    store: Store, ana: Person, second: StoredStep
) -> None:
    run = add_run(store, ana)
    take(store, run.id, a_step(1))

    with pytest.raises(Conflict):
        take(store, run.id, second)

    assert store.runs.steps(run.id) == [a_step(1)]


def test_steps_of_several_runs_come_apart(store: Store, ana: Person) -> None:
    first, second = (add_run(store, ana, request_key=key) for key in ("one", "two"))
    take(store, first.id, a_step(1), a_step(2))
    take(store, second.id, a_step(1))

    steps = store.runs.steps_of([first.id, second.id, "another"])

    assert steps == {first.id: [a_step(1), a_step(2)], second.id: [a_step(1)]}
    assert store.runs.steps_of([]) == {}


def test_a_run_ends_at_its_ending(store: Store, ana: Person) -> None:
    run, other = (add_run(store, ana, request_key=key) for key in ("one", "two"))

    with store.writing():
        store.runs.end(run.id, ending="ruth-comes", now=LATER)

    ended = replace(run, ended_at=LATER, ending="ruth-comes")
    assert store.runs.find(run.id) == ended
    assert store.runs.find(other.id) == other
    assert store.runs.ended_of([ana.id]) == [ended]


def test_runs_come_newest_first(store: Store, ana: Person) -> None:
    old = add_run(store, ana, request_key="old")
    new = add_run(store, ana, request_key="new", started_at=LATER)

    assert store.runs.of_person(ana.id) == [new, old]


def test_ended_runs_are_those_of_the_people_asked_for(store: Store, ana: Person) -> None:
    luis = add_person(store, "Luis Ferro")
    for person in (ana, luis):
        run = add_run(store, person)
        with store.writing():
            store.runs.end(run.id, ending="good", now=LATER)

    assert [run.person_id for run in store.runs.ended_of([luis.id])] == [luis.id]
    assert store.runs.ended_of([]) == []


def test_a_case_is_kept_in_the_words_it_was_first_played_in(store: Store) -> None:
    files = {"case.md": "# Lena\n\n“Ruth?”\r\n", "walks/good.yaml": "steps: []\n"}

    with store.writing():
        store.runs.freeze("lena", "r1", files, now=A_MOMENT)
        store.runs.freeze("lena", "r1", {"case.md": "changed"}, now=LATER)
        store.runs.freeze("lena", "r2", {"case.md": "changed"}, now=LATER)

    assert store.runs.frozen("lena", "r1") == files
    assert store.runs.frozen("lena", "r2") == {"case.md": "changed"}
    assert store.runs.frozen("lena", "r3") is None
