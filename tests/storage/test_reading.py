from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from app.domain.person import Person
from app.storage.reading import SectionRead
from app.storage.store import Store
from tests.learning_builders import A_MOMENT
from tests.storage.rows import add_person, last_read_at

LATER = A_MOMENT + timedelta(days=1)


@pytest.fixture
def ana(store: Store) -> Person:
    return add_person(store)


def mark(
    store: Store,
    person: Person,
    section_id: str,
    *,
    lesson_id: str = "family/one",
    at: datetime = A_MOMENT,
) -> None:
    with store.writing():
        read = SectionRead(person.id, lesson_id, section_id, "v1", at)
        store.reading.mark(store.new_id(at), read)


def test_marked_sections_are_those_of_one_person_and_one_lesson(store: Store, ana: Person) -> None:
    luis = add_person(store, "Luis Ferro")

    mark(store, ana, "opening")
    mark(store, ana, "even-a-yes")
    mark(store, ana, "elsewhere", lesson_id="family/two")
    mark(store, luis, "last")

    assert store.reading.sections_read(ana.id, "family/one") == {"opening", "even-a-yes"}
    assert store.reading.sections_read(luis.id, "family/one") == {"last"}
    assert store.reading.sections_read(ana.id, "family/three") == frozenset()


def test_a_section_marked_again_keeps_its_first_day(store: Store, ana: Person) -> None:
    mark(store, ana, "opening", at=A_MOMENT)
    mark(store, ana, "opening", at=LATER)

    assert last_read_at(store, ana.id) == {(ana.id, "family/one"): A_MOMENT}


def test_a_mark_is_taken_back_and_only_that_one(store: Store, ana: Person) -> None:
    mark(store, ana, "opening")
    mark(store, ana, "even-a-yes")
    mark(store, ana, "opening", lesson_id="family/two")

    with store.writing():
        store.reading.unmark(ana.id, "family/one", "opening")
        store.reading.unmark(ana.id, "family/one", "never-marked")

    assert store.reading.all_of([ana.id]) == {
        ana.id: {"family/one": frozenset({"even-a-yes"}), "family/two": frozenset({"opening"})}
    }


def test_reading_of_several_people_comes_by_person_and_lesson(store: Store, ana: Person) -> None:
    luis, noor = add_person(store, "Luis Ferro"), add_person(store, "Noor Haddad")
    mark(store, ana, "opening")
    mark(store, luis, "opening", lesson_id="family/two")
    mark(store, noor, "opening")

    assert store.reading.all_of([ana.id, luis.id]) == {
        ana.id: {"family/one": frozenset({"opening"})},
        luis.id: {"family/two": frozenset({"opening"})},
    }
    assert store.reading.all_of([]) == {}
