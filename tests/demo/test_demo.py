from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from app.demo.activity import HABITS
from app.demo.cast import CAST, DEMO_PASSWORD, ORGANISATION
from app.demo.load import BEGAN_DAYS_AGO, add_cast, at_hour, demo_is_loaded, load_demo
from app.domain.errors import Conflict
from app.domain.hours import counting
from app.domain.item_report import ReportState
from app.domain.person import Role, RoleGrant, Viewer
from app.library.library import Library, read_library
from app.library.places import find_places
from app.services.account import add_organisation
from app.services.regrade import preview_undo
from app.services.sign_in import SignInRequest, find_viewer, sign_in
from app.storage.engine import open_engine
from app.storage.queries.learn_pages import practice_quizzes
from app.storage.schema import upgrade
from app.storage.store import Store, open_store
from tests.storage.rows import last_read_at

TODAY = date(2026, 11, 21)
BEGAN = at_hour(TODAY - timedelta(days=BEGAN_DAYS_AGO), 9)
OVER = at_hour(TODAY + timedelta(days=1), 0)
COUNTED = (
    "people",
    "role_grants",
    "cohorts",
    "assignments",
    "section_reads",
    "item_versions",
    "attempts",
    "responses",
    "scenario_revisions",
    "runs",
    "steps",
    "score_reports",
    "bookmarks",
    "practice_presets",
    "item_reports",
    "regrades",
    "news",
    "audit",
    "credentials",
    "education",
    "phase_starts",
    "hour_entries",
)


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(find_places(None, None))


@pytest.fixture(scope="module")
def loaded(library: Library, databases_folder: Path) -> Iterator[Store]:
    """The demo on SQLite, loaded once; no test may change it."""
    engine = open_engine(f"sqlite:///{databases_folder / 'demo.db'}")
    upgrade(engine)
    with open_store(engine) as store:
        load_demo(store, library, today=TODAY)
        yield store.for_organisation(store.people.any_organisation_id() or "")
    engine.dispose()


def test_the_demo_is_the_same_every_time_and_on_every_database(
    engine: Engine, library: Library, loaded: Store
) -> None:
    with open_store(engine) as store:
        people = load_demo(store, library, today=TODAY)
        again = store.for_organisation(store.people.any_organisation_id() or "")

        assert people == len(CAST)
        assert counts(again) == counts(loaded)
        assert deeds(again) == deeds(loaded)


def test_far_from_utc_the_month_lies_on_the_same_days(engine: Engine, library: Library) -> None:
    with open_store(engine, zone="Pacific/Honolulu") as store:
        load_demo(store, library, today=TODAY)
        there = store.for_organisation(store.people.any_organisation_id() or "")
        asked = there.cohorts.assignments({team.id for team in there.cohorts.all()})

        assert min(one.asked_on for one in asked) == TODAY - timedelta(days=BEGAN_DAYS_AGO)
        assert max(one.asked_on for one in asked) < TODAY


def test_there_is_something_of_everything(loaded: Store) -> None:
    assert [table for table, count in counts(loaded).items() if count == 0] == []


def test_nobody_outside_the_cast_is_there(loaded: Store) -> None:
    people = loaded.people.everyone()

    assert {person.email for person in people} == {member.email for member in CAST}
    assert all(person.email.endswith("@demo.waymark.example") for person in people)
    assert loaded.people.organisation_name() == ORGANISATION
    assert len(_all(loaded, "SELECT id FROM organisations")) == 1


def test_everybody_holds_the_roles_that_the_cast_says(loaded: Store) -> None:
    teams = {team.id: team.name for team in loaded.cohorts.all()}

    for member in CAST:
        person = loaded.people.find_by_email(member.email)
        assert person is not None
        held = {
            (str(grant.role), teams.get(grant.cohort_id or ""))
            for grant in loaded.people.grants_of(person.id)
        }
        assert held == set(member.roles), member.key


def test_everybody_can_sign_in_with_the_demo_password(engine: Engine) -> None:
    with open_store(engine) as store:
        scoped = store.for_organisation(add_organisation(store, name="Demo", now=BEGAN))
        add_cast(scoped, now=BEGAN)
        for member in CAST:
            request = SignInRequest(member.email, DEMO_PASSWORD, "192.0.2.1", "a browser")
            viewer = find_viewer(store, sign_in(store, request, now=BEGAN), now=BEGAN)

            assert viewer is not None
            assert viewer.person.full_name == member.full_name


def test_everything_happened_in_the_month_before_the_day(loaded: Store) -> None:
    for table, column in (
        ("attempts", "started_at"),
        ("attempts", "finished_at"),
        ("responses", "answered_at"),
        ("section_reads", "read_at"),
        ("runs", "started_at"),
        ("steps", "taken_at"),
        ("assignments", "assigned_at"),
        ("bookmarks", "made_at"),
        ("item_reports", "sent_at"),
        ("regrades", "signed_at"),
        ("news", "made_at"),
        ("audit", "at"),
    ):
        ((first, last),) = _all(loaded, f"SELECT min({column}), max({column}) FROM {table}")

        assert f"{BEGAN:%Y-%m-%d %H}" <= first, f"{table}.{column}"
        assert last < f"{OVER:%Y-%m-%d %H}", f"{table}.{column}"


def test_every_habit_is_kept(loaded: Store) -> None:
    for member in CAST:
        person = loaded.people.find_by_email(member.email)
        assert person is not None
        habit = HABITS.get(member.key)
        quizzes = practice_quizzes(loaded, person.id)

        assert len(quizzes) == (habit.quizzes if habit else 0), member.key
        assert all(quiz.finished_at and quiz.right is not None for quiz in quizzes)


def test_supervisors_find_work_that_is_done_due_and_overdue(loaded: Store) -> None:
    for team in loaded.cohorts.all():
        due = [one.due_on for one in loaded.cohorts.assignments(frozenset({team.id})) if one.due_on]

        assert loaded.cohorts.members(team.id)
        assert loaded.cohorts.members(team.id, Role.SUPERVISOR)
        assert min(due) < TODAY < max(due)


def test_a_case_is_left_unfinished_for_a_supervisor_to_see(loaded: Store) -> None:
    endings = [ended_at for (ended_at,) in _all(loaded, "SELECT ended_at FROM runs")]

    assert any(endings)
    assert None in endings


def test_a_report_is_open_and_another_has_its_answer(loaded: Store) -> None:
    states = {one.state: one for one in loaded.item_reports.of_person(_id(loaded, "ana"), limit=9)}

    assert states.keys() == {ReportState.OPEN, ReportState.KEPT}
    assert states[ReportState.KEPT].answer
    assert states[ReportState.KEPT].answered_by == _id(loaded, "ben")


def test_a_regrade_in_force_is_told_to_a_learner_and_another_is_undone(loaded: Store) -> None:
    undone, in_force = sorted(loaded.regrades.all(), key=lambda one: one.signed_at)

    told = loaded.news.unseen(_id(loaded, "luis"))

    assert undone.undone_at is not None
    assert in_force.is_in_force
    assert [(one.kind, one.about["cause"]) for one in told] == [("regrade", "regrade")]
    assert told[0].about["after"] > told[0].about["before"]


def test_enough_people_sat_what_was_regraded_for_its_effect_to_be_told(loaded: Store) -> None:
    ben = Viewer(loaded.people.find(_id(loaded, "ben")), frozenset({RoleGrant(Role.TRAINER)}))
    in_force = next(one for one in loaded.regrades.all() if one.is_in_force)

    _, _, effect = preview_undo(loaded, ben, in_force.id)

    assert effect.is_told
    assert effect.falls


def test_a_database_with_somebody_in_it_is_refused(store: Store, library: Library) -> None:
    before = counts(store)

    with pytest.raises(Conflict) as refused:
        load_demo(store, library, today=TODAY)

    assert refused.value.code == "not-empty"
    assert counts(store) == before
    assert not demo_is_loaded(store)


def test_a_second_loading_is_refused_and_adds_nothing(loaded: Store, library: Library) -> None:
    before = counts(loaded)

    with pytest.raises(Conflict):
        load_demo(loaded, library, today=TODAY)

    assert demo_is_loaded(loaded)
    assert counts(loaded) == before


def counts(store: Store) -> dict[str, int]:
    """How many rows each table of people's data has."""
    return {table: _all(store, f"SELECT count(*) FROM {table}")[0][0] for table in COUNTED}


def deeds(store: Store) -> dict[str, Any]:
    """What everybody did and when, without the ids, which are random."""
    return {person.email: _deeds_of(store, person.id) for person in store.people.everyone()}


def _id(store: Store, key: str) -> str:
    person = store.people.find_by_email(f"{key}@demo.waymark.example")
    assert person is not None
    return person.id


def _deeds_of(store: Store, person_id: str) -> dict[str, Any]:
    attempts = [store.attempts.find(line.id) for line in practice_quizzes(store, person_id)]
    runs = store.runs.of_person(person_id)
    return {
        "reading": store.reading.all_of([person_id]).get(person_id),
        "read": sorted(when for when in last_read_at(store, person_id).values()),
        "forms": [(a.title, a.started_at, a.finished_at, a.slots) for a in attempts if a],
        "answers": [store.attempts.current_responses(a.id) for a in attempts if a],
        "runs": [(run.scenario_id, run.seed, run.started_at, run.ended_at) for run in runs],
        "steps": [store.runs.steps(run.id) for run in runs],
        "bookmarks": store.practice.bookmarks(person_id),
        "reports": [
            (one.item_id, one.words, one.state, one.answer, one.answered_at)
            for one in store.item_reports.of_person(person_id, limit=99)
        ],
        "signed": [
            (one.item_id, one.policy, one.accepted, one.signed_at, one.undone_at)
            for one in store.regrades.all()
            if one.signed_by == person_id
        ],
        "news": [
            (one.kind, one.about.get("after"), one.made_at) for one in store.news.unseen(person_id)
        ],
    }


def _all(store: Store, query: str) -> list[Any]:
    return list(store.session.execute(text(query)).all())


def test_ana_is_in_her_practicum_with_hours_signed_and_waiting(loaded: Store) -> None:
    ana = loaded.people.find_by_email("ana@demo.waymark.example")
    assert ana is not None
    lines = [one.entry for one in loaded.hours.of_people([ana.id])]
    loaded.end_reading()

    assert 80 * 60 < sum(one.minutes for one in counting(lines) if one.meeting is None) < 300 * 60
    assert any(one.meeting is not None for one in counting(lines))
    assert any(one.supervisor is None for one in lines)


def test_something_expires_and_something_has(loaded: Store) -> None:
    found = loaded.credentials.of_people([one.id for one in loaded.people.everyone()])
    loaded.end_reading()

    days = [(one.expires_on - TODAY).days for one in found if one.expires_on is not None]
    assert any(0 <= left <= 90 for left in days)
    assert any(left < 0 for left in days)
