from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from app.services.account import add_organisation
from app.storage.store import Store, open_store
from tests.learning_builders import A_MOMENT
from tests.storage.rows import add_cohort, add_person


def test_a_change_that_fails_keeps_nothing(store: Store) -> None:
    def fail_half_way() -> None:
        with store.writing():
            add_person(store, "Ana Reyes")
            add_cohort(store)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()

    assert store.people.everyone() == []
    assert store.cohorts.all() == []


def test_a_change_that_is_interrupted_keeps_nothing(store: Store) -> None:
    """Not even when what stops it is no ordinary exception."""

    def stop_half_way() -> None:
        with store.writing():
            add_person(store)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stop_half_way()

    assert store.people.everyone() == []


def test_a_change_is_kept_for_everybody_when_its_block_ends(engine: Engine, store: Store) -> None:
    with open_store(engine, store.organisation_id) as other:
        before = other.people.everyone()
        other.end_reading()
        person = add_person(store)
        after = other.people.everyone()

    assert before == []
    assert after == [person]


def test_a_change_inside_a_change_belongs_to_it(engine: Engine, store: Store) -> None:
    def fail_after_an_inner_change() -> None:
        with store.writing():
            with store.writing():
                add_person(store)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_an_inner_change()

    assert store.people.everyone() == []


def test_a_change_for_another_organisation_joins_the_one_that_goes_on(store: Store) -> None:
    def fail_after_changing_both() -> None:
        with store.writing():
            other = store.for_organisation(add_organisation(store, name="Hill", now=A_MOMENT))
            add_person(other)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_changing_both()

    assert not store.people.email_is_taken("ana@hill")
    assert store.people.any_organisation_id() == store.organisation_id


def test_after_a_failed_change_the_next_one_is_kept(store: Store) -> None:
    def fail() -> None:
        with store.writing():
            add_person(store, "Luis Ferro")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    person = add_person(store, "Ana Reyes")

    assert store.people.everyone() == [person]


def test_a_change_decides_on_facts_of_now_and_not_of_an_earlier_look(
    engine: Engine, store: Store
) -> None:
    store.people.everyone()  # opens a reading transaction, which SQLite would hold on to
    store.end_reading()
    with open_store(engine, store.organisation_id) as other:
        added = add_person(other)

    with store.writing():
        seen = store.people.everyone()

    assert seen == [added]


def test_reading_ends_when_a_change_begins(engine: Engine, store: Store) -> None:
    """A reader who turns writer lets go first; otherwise two of them could wait for each other."""
    with open_store(engine, store.organisation_id) as other:
        other.people.everyone()
        with other.writing():
            add_person(other, "Ana Reyes")
        with store.writing():
            add_person(store, "Luis Ferro")

        assert [person.full_name for person in other.people.everyone()] == [
            "Ana Reyes",
            "Luis Ferro",
        ]


def test_a_change_goes_on_when_something_inside_it_ends_reading(store: Store) -> None:
    with store.writing():
        person = add_person(store)
        store.end_reading()

    assert store.people.everyone() == [person]


def test_before_anybody_signs_in_a_store_finds_nobody(engine: Engine, store: Store) -> None:
    person = add_person(store)

    with open_store(engine) as nobodys:
        assert nobodys.people.find(person.id) is None
        assert nobodys.people.everyone() == []
        assert nobodys.audit.newest() == []
        assert nobodys.organisation_id == ""


def test_ids_sort_by_the_time_they_were_made_at(store: Store) -> None:
    moments = [A_MOMENT + timedelta(milliseconds=n) for n in range(50)]

    ids = [store.new_id(moment) for moment in moments]

    assert ids == sorted(ids)
    assert len({store.new_id(A_MOMENT) for _ in range(200)}) == 200
