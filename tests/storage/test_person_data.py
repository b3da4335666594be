"""What is kept about a person: every table says what it means for them."""

from __future__ import annotations

import pytest

from app.domain.person_data import FORMER, TABLES, Fate
from app.storage.tables import Base
from tests.storage.a_home import Home, make_home

# Columns by which a table may be about a person without naming one of our people.
NAMES_SOMEBODY = {"email", "person_id", "full_name", "staff_name", "subject_id"}


@pytest.fixture
def home(store) -> Home:  # type: ignore[no-untyped-def]  # the fixture of the suite
    return make_home(store)


def test_every_table_says_what_it_means_for_a_person() -> None:
    """A new table gets a row in app/domain/person_data.py."""
    assert sorted(one.table for one in TABLES) == sorted(Base.metadata.tables)


def test_a_table_about_nobody_names_nobody() -> None:
    for one in TABLES:
        if one.fate is Fate.NOBODY:
            table = Base.metadata.tables[one.table]
            names = {column.name for column in table.columns}
            people = {key.target_fullname for key in table.foreign_keys}
            assert "people.id" not in people, one.table
            assert not names & NAMES_SOMEBODY, one.table


def test_a_table_that_others_own_has_no_person_it_is_about() -> None:
    for one in TABLES:
        if one.fate is Fate.OTHERS:
            names = {column.name for column in Base.metadata.tables[one.table].columns}
            assert "person_id" not in names, one.table


def test_everything_that_stays_has_a_reason_and_everything_that_goes_a_name() -> None:
    assert [one.table for one in TABLES if one.fate is Fate.KEPT and not one.because] == []
    assert [one.table for one in TABLES if one.is_copied and not one.title] == []


def test_what_refers_to_others_goes_before_them() -> None:
    gone = [one.table for one in TABLES if one.fate is Fate.ERASED]
    for position, name in enumerate(gone):
        later = {
            key.column.table.name
            for table in gone[:position]
            for key in Base.metadata.tables[name].foreign_keys
            if key.column.table.name == table
        }
        assert not later, f"{name} refers to {later}, which goes before it"


def test_a_copy_holds_what_is_kept_and_no_secrets(home: Home) -> None:
    copy = home.store.person_data.copy_of(home.ana.id)

    assert copy["people"][0]["full_name"] == "Ana Reyes"
    for table in ("credentials", "hour_entries", "section_reads", "record_looks", "sign_offs"):
        assert copy[table], table
    columns = {name for rows in copy.values() for row in rows for name in row}
    assert not columns & {"password_hash", "token_digest", "slots", "organisation_id"}


def test_a_copy_holds_nothing_of_what_is_still_open(home: Home) -> None:
    """Whether an answer is right could be read from it before the exam has ended."""
    copy = home.store.person_data.copy_of(home.ana.id)

    assert home.quiz.id not in {row["id"] for row in copy["attempts"]}
    assert home.quiz.id not in {row["attempt_id"] for row in copy["responses"]}
    assert all(row["finished_at"] for row in copy["observations"])
    assert home.run.id not in {row["run_id"] for row in copy["steps"]}


def test_erasing_takes_what_goes_and_strips_what_stays(home: Home) -> None:
    with home.store.writing():
        home.store.person_data.erase(home.ana.id)

    copy = home.store.person_data.copy_of(home.ana.id)
    erased = [one.table for one in TABLES if one.fate is Fate.ERASED and one.is_copied]
    assert [table for table in erased if copy[table]] == []
    person = home.store.people.find(home.ana.id)
    assert person is not None
    assert (person.full_name, person.credential, person.is_active) == (FORMER, "", False)
    assert copy["sign_offs"]
    assert {row["number"] for row in copy["credentials"]} == {""}
    assert {row["staff_name"] for row in copy["hour_entries"]} == {FORMER}
    assert {row["staff_credential"] for row in copy["hour_entries"]} == {""}
    assert home.store.sign_ins.stored_password(home.ana.email) is None
