"""What is asked about a person, an attempt or an item is found by it, however many others are.

SQLite plans by the indexes there are, not by how full a table is, so a small store tells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event, text

from app.storage.engine import write_mode
from app.storage.queries import (
    done_days,
    learn_pages,
    need_rows,
    own_answers,
    play_pages,
    rated_rows,
    team_pages,
)
from app.storage.queries.team_pages import Member, TeamView
from app.storage.store import Store
from tests.builders import an_item
from tests.learning_builders import A_MOMENT
from tests.storage.a_home import Home, make_home
from tests.storage.every_look import CHANGES, LOOKS, SHELVES

# They list a whole organisation on purpose: for administrators, trainers, and what all share.
LISTS = {
    "people.everyone",
    "cohorts.all",
    "attempts.running",
    "case_drafts.all_open",
    "case_reviews.of_open_drafts",
    "attempts.past_their_limit",  # those that run, by an index of these alone
    "sittings.shown",
    "regrades.all",
    "regrades.unsettled",  # a decision of a trainer each: a few hundred in years
    "item_reports.queue",
    "item_reports.counts",
    "audit.newest",
    "concerned.count",
    "own_frameworks.newest",
    "digests.turned_off",
    "erasures.all_open",  # a handful of wishes, for administrators
    "person_data.copy_of",  # now and then, by the person
    "person_data.erase",  # once in the life of an account
    "digests.last_sent",  # the round of mails, for everybody at once
    "answer_tallies.rebuild",  # nothing of the product but a command does it
}
# By the organisation first: any more of its columns lead on.
BY_ORGANISATION_ONLY = re.compile(r"\(organisation_id=\?\)")
# What is asked for, as a table of its own, is read whole.
A_SCAN = re.compile(r"SCAN (?!CONSTANT ROW|\d+ CONSTANT ROWS|\(?subquery|anon_)")
OTHERS: dict[str, Callable[[Home], object]] = {
    "running exams of a person": lambda home: home.store.attempts.running(person_id=home.ana.id),
    "wordings to keep": lambda home: home.store.attempts.freeze([an_item()], now=A_MOMENT),
    "wordings kept": lambda home: home.store.attempts.frozen([("an-item", "never-kept")]),
    "reports of several exams": lambda home: home.store.sittings.current_reports(["a", "b"]),
    "quizzes": lambda home: learn_pages.practice_quizzes(home.store, home.ana.id),
    "item counts": lambda home: learn_pages.item_counts(home.store, home.ana.id),
    "runs": lambda home: play_pages.runs_of(home.store, home.ana.id),
    "ended runs": lambda home: home.store.runs.ended_of([home.ana.id, "other"]),
    "exams up to one": lambda home: home.store.concerned.count(upto=home.exam.id),
    "the next exams": lambda home: home.store.concerned.stretch("item", "v", after="a", size=1),
    "reading of a team": lambda home: done_days.days_read(
        home.store, [home.ana.id, "other"], ["family/one"]
    ),
    "cases of a team": lambda home: done_days.days_ended(
        home.store, [home.ana.id, "other"], ["case"]
    ),
    "quizzes of a team": lambda home: done_days.quizzes_done(
        home.store, [home.ana.id, "other"], since=A_MOMENT
    ),
    "mock exams of a team": lambda home: done_days.mocks_done(
        home.store, [home.ana.id, "other"], since=A_MOMENT
    ),
    "ratings of a team": lambda home: rated_rows.ratings_as_evidence(
        home.store, [home.ana.id, "other"], scale_id="five-steps"
    ),
    "sign-offs of a team": lambda home: rated_rows.sign_offs_as_evidence(
        home.store, [home.ana.id, "other"], scale_id="five-steps", areas={}
    ),
    "days a team was observed": lambda home: need_rows.days_observed(
        home.store, [home.ana.id, "other"]
    ),
    "ratings of a team to look at": lambda home: need_rows.ratings_to_look_at(
        home.store, [home.ana.id, "other"]
    ),
    "comments of a team": lambda home: need_rows.comments_on(
        home.store, home.ana.id, [home.ana.id, "other"], since=A_MOMENT
    ),
    "last looks": lambda home: need_rows.last_looks(
        home.store, home.ana.id, [home.ana.id, "other"], kind="x", since=A_MOMENT.date()
    ),
    "contested sign-offs of a team": lambda home: need_rows.contested_sign_offs(
        home.store, [home.ana.id, "other"]
    ),
    "practice of a team": lambda home: need_rows.practice_minutes(
        home.store, [home.ana.id, "other"], until=A_MOMENT.date()
    ),
    "hours of a team by day": lambda home: need_rows.hour_sums(
        home.store, [home.ana.id, "other"], since=A_MOMENT.date()
    ),
    "one's own answers": lambda home: own_answers.own_answers(
        home.store, home.ana.id, kinds=["practice"]
    ),
    "who asked a team": lambda home: team_pages.names_of_askers(home.store, a_team(home)),
    "viewer": lambda home: home.store.sign_ins.viewer("digest", now=A_MOMENT),
    "failures": lambda home: home.store.sign_ins.failures(account="a", address="b", since=A_MOMENT),
    "forgotten failures": lambda home: home.store.sign_ins.forget_failures(
        account="a", before=A_MOMENT
    ),
}


def a_team(home: Home) -> TeamView:
    return TeamView(home.team.id, home.team.name, (Member(home.ana.id, "Ana"),), ())


@pytest.fixture
def home(sqlite_store: Store) -> Home:
    return make_home(sqlite_store)


@contextmanager
def plans(engine: Engine) -> Iterator[list[tuple[str, str]]]:
    """Gathers what is asked meanwhile, each statement with each step of its plan."""
    found: list[tuple[str, str]] = []

    def explain(_connection, cursor, statement, parameters, _context, many) -> None:  # type: ignore[no-untyped-def]
        if statement.startswith("BEGIN") or (
            statement.startswith("INSERT") and "SELECT" not in statement
        ):
            return
        first = parameters[0] if many else parameters
        steps = cursor.connection.cursor().execute(f"EXPLAIN QUERY PLAN {statement}", first)
        found.extend((statement, row[3]) for row in steps.fetchall())

    event.listen(engine, "after_cursor_execute", explain)
    try:
        yield found
    finally:
        event.remove(engine, "after_cursor_execute", explain)


def faults(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [
        (statement, step)
        for statement, step in found
        if A_SCAN.search(step) or BY_ORGANISATION_ONLY.search(step)
    ]


def test_no_look_at_one_thing_reads_those_of_everybody(home: Home, sqlite_engine: Engine) -> None:
    for shelf, looks in LOOKS.items():
        for name, look in looks.items():
            with plans(sqlite_engine) as found:
                look(getattr(home.store, SHELVES[shelf]), home)

            if f"{SHELVES[shelf]}.{name}" not in LISTS:
                assert found, name
                assert faults(found) == [], f"{SHELVES[shelf]}.{name}"


def test_no_change_of_one_thing_reads_those_of_everybody(home: Home, sqlite_engine: Engine) -> None:
    for shelf, changes in CHANGES.items():
        for name, change in changes.items():
            with plans(sqlite_engine) as found, home.store.writing():
                change(getattr(home.store, SHELVES[shelf]), home)

            if f"{SHELVES[shelf]}.{name}" not in LISTS:
                assert found, name
                assert faults(found) == [], f"{SHELVES[shelf]}.{name}"


@pytest.mark.parametrize("name", list(OTHERS))
def test_no_question_of_a_page_reads_the_rows_of_everybody(
    home: Home, sqlite_engine: Engine, name: str
) -> None:
    with plans(sqlite_engine) as found, home.store.writing():
        OTHERS[name](home)

    assert found
    assert faults(found) == []


def test_a_regrade_finds_the_next_exams_by_their_order(home: Home, sqlite_engine: Engine) -> None:
    with plans(sqlite_engine) as found:
        home.store.concerned.stretch("item", "v", after="a", size=1)

    steps = [step for _, step in found if "SEARCH attempts" in step]
    assert steps
    assert all("ix_attempts_sat (organisation_id=? AND id>?" in step for step in steps)


def test_an_index_by_organisation_alone_would_be_taken(home: Home, sqlite_engine: Engine) -> None:
    """The negative control of the tests above."""
    with write_mode(), sqlite_engine.begin() as connection:
        connection.execute(text("CREATE INDEX everybody ON bookmarks (organisation_id)"))

    with plans(sqlite_engine) as found:
        home.store.practice.bookmarks(home.ana.id)

    assert faults(found) != []


@pytest.mark.parametrize("others", [0, 1])
def test_a_persons_other_answers_are_found_by_the_person(
    home: Home, sqlite_engine: Engine, others: int
) -> None:
    """Not by the wording: that would read the answers of everybody who met it."""
    slot = home.exam.slots[0]
    keys = [(slot.item_id, slot.item_version), ("another", "never-kept")][: 1 + others]

    with plans(sqlite_engine) as found, home.store.writing():
        home.store.answer_tallies.of_others(keys, person_id=home.ana.id)
        home.store.answer_tallies.count_in(home.exam.id)

    steps = [step for _, step in found if "SEARCH responses " in step]
    by_person = "ix_responses_person_id_item_id (person_id=? AND item_id=?)"
    assert sum(by_person in step for step in steps) == 2
    assert not any("ix_responses_item_id" in step for step in steps)
