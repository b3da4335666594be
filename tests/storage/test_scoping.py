"""One organisation never reaches another's rows, by no shelf method that takes an id."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain.assignment import Assignment
from app.domain.attempt import Attempt, AttemptKind
from app.domain.exam_clock import Allowance
from app.domain.exam_score import ExamScore
from app.domain.item_report import ItemReport, ReportState
from app.domain.person import Person, Role, RoleGrant
from app.domain.practice_preset import Preset, read_wish
from app.domain.slot_marks import SlotMarks
from app.services.account import add_organisation
from app.storage.attempts import AttemptShelf
from app.storage.audit import AuditEntry, AuditShelf
from app.storage.cohorts import Cohort, CohortShelf
from app.storage.concerned import ConcernedShelf
from app.storage.item_reports import ItemReportShelf
from app.storage.news import News, NewsShelf
from app.storage.people import PeopleShelf
from app.storage.practice import PracticeShelf
from app.storage.queries import learn_pages
from app.storage.reading import ReadingShelf, SectionRead
from app.storage.regrades import RegradeShelf
from app.storage.runs import RunShelf, StoredRun
from app.storage.sittings import KeptReport, SittingShelf
from app.storage.store import Store
from tests.domain.regrades import a_regrade
from tests.learning_builders import A_MOMENT, a_response, a_slot, an_assignment
from tests.report_builders import a_report
from tests.storage.rows import a_step, add_attempt, add_cohort, add_person, add_run, grant


@dataclass(frozen=True, slots=True)
class Home:
    """An organisation with one row of each kind, all of one person."""

    store: Store
    ana: Person
    team: Cohort
    role: RoleGrant
    asked: Assignment
    quiz: Attempt
    check: Attempt
    run: StoredRun
    report: ItemReport
    preset: Preset


@pytest.fixture
def home(store: Store) -> Home:
    with store.writing():
        ana, team = add_person(store), add_cohort(store)
        role = grant(store, ana, Role.CANDIDATE, team)
        asked = an_assignment(cohort_id=team.id, assigned_by=ana.id)
        store.cohorts.assign(asked, now=A_MOMENT)
        quiz = add_attempt(store, ana)
        store.attempts.add_response(store.new_id(A_MOMENT), quiz, a_response())
        check = add_attempt(
            store, ana, kind=AttemptKind.CHECK, title="family/one", request_key="check"
        )
        report = a_report(person_id=ana.id, attempt_id=quiz.id)
        store.item_reports.add(report)
        run = add_run(store, ana)
        mock = add_attempt(
            store, ana, kind=AttemptKind.MOCK, limit=timedelta(hours=1), request_key="mock"
        )
        store.sittings.note(quiz.id, SlotMarks(1, is_flagged=True), now=A_MOMENT)
        store.sittings.begin_break(store.new_id(A_MOMENT), quiz.id, now=A_MOMENT)
        store.sittings.set_allowance(
            store.new_id(A_MOMENT), ana.id, Allowance(50, 10), by=ana.id, now=A_MOMENT
        )
        store.sittings.expose([a_slot().item_id])
        score = ExamScore(3, 4, 600, is_pass=True, parts=())
        kept = KeptReport(quiz.id, ana.id, 1, "submitted", score, A_MOMENT)
        store.sittings.add_reports([(store.new_id(A_MOMENT), kept)])
        store.regrades.add(a_regrade(mock.slot(1), signed_by=ana.id))
        store.runs.add_step(store.new_id(A_MOMENT), run.id, a_step())
        read = SectionRead(ana.id, "family/one", "opening", "v1", A_MOMENT)
        store.reading.mark(store.new_id(A_MOMENT), read)
        exam = add_attempt(store, ana, kind=AttemptKind.MOCK, request_key="exam")
        store.attempts.finish(exam.id, right_count=0, now=A_MOMENT)
        store.sittings.expose([exam.slots[0].item_id])
        outcome = ExamScore(0, 1, 200, is_pass=False, parts=())
        kept = KeptReport(exam.id, ana.id, 1, "submitted", outcome, A_MOMENT)
        store.sittings.add_reports([(store.new_id(A_MOMENT), kept)])
        store.news.add_many([News("news-1", ana.id, "regrade", {}, A_MOMENT)])
        entry = AuditEntry(A_MOMENT, "joined", actor_id=ana.id, subject_id=ana.id)
        store.audit.add(store.new_id(A_MOMENT), entry)
        preset = Preset(store.new_id(A_MOMENT), "Short", read_wish({"length": 5}), A_MOMENT)
        store.practice.add_preset(ana.id, preset)
        store.practice.bookmark(ana.id, "consent-01", now=A_MOMENT)
    return Home(store, ana, team, role, asked, quiz, check, run, report, preset)


@pytest.fixture
def stranger(store: Store) -> Store:
    """A store of another organisation in the same database."""
    return store.for_organisation(add_organisation(store, name="Hill Clinic", now=A_MOMENT))


Look = Callable[[Any, Home], object]

LOOKS: dict[type, dict[str, Look]] = {
    PeopleShelf: {
        "find": lambda shelf, home: shelf.find(home.ana.id),
        "find_by_email": lambda shelf, home: shelf.find_by_email(home.ana.email),
        "everyone": lambda shelf, _: shelf.everyone(),
        "grants_of": lambda shelf, home: shelf.grants_of(home.ana.id),
    },
    CohortShelf: {
        "find": lambda shelf, home: shelf.find(home.team.id),
        "all": lambda shelf, _: shelf.all(),
        "members": lambda shelf, home: shelf.members(home.team.id),
        "assignments": lambda shelf, home: shelf.assignments(frozenset({home.team.id})),
    },
    ReadingShelf: {
        "sections_read": lambda shelf, home: shelf.sections_read(home.ana.id, "family/one"),
        "all_of": lambda shelf, home: shelf.all_of([home.ana.id]),
        "last_read_at": lambda shelf, home: shelf.last_read_at([home.ana.id]),
    },
    AttemptShelf: {
        "find": lambda shelf, home: shelf.find(home.quiz.id),
        "find_by_request": lambda shelf, home: shelf.find_by_request(home.ana.id, "start"),
        "newest_check": lambda shelf, home: shelf.newest_check(home.ana.id, "family/one"),
        "running": lambda shelf, _: shelf.running(),
        "recent_mocks": lambda shelf, home: shelf.recent_mocks(home.ana.id, limit=3),
        "all_responses": lambda shelf, home: shelf.all_responses(home.quiz.id),
        "responses_to": lambda shelf, home: shelf.responses_to(home.quiz.id, 1),
        "current_responses": lambda shelf, home: shelf.current_responses(home.quiz.id),
        "last_right": lambda shelf, home: shelf.last_right(home.ana.id),
    },
    SittingShelf: {
        "marks": lambda shelf, home: shelf.marks(home.quiz.id),
        "breaks": lambda shelf, home: shelf.breaks(home.quiz.id),
        "allowances": lambda shelf, home: shelf.allowances(home.ana.id),
        "allowance": lambda shelf, home: shelf.allowance(home.ana.id) != Allowance(),
        "reports": lambda shelf, home: shelf.reports(home.quiz.id),
        "current_reports": lambda shelf, home: shelf.current_reports([home.quiz.id]),
        "shown": lambda shelf, _: shelf.shown(),
    },
    RegradeShelf: {
        "find": lambda shelf, _: shelf.find("regrade-1"),
        "all": lambda shelf, _: shelf.all(),
        "in_force": lambda shelf, _: shelf.in_force({a_slot().item_id}),
    },
    ItemReportShelf: {
        "find": lambda shelf, home: shelf.find(home.report.id),
        "find_at": lambda shelf, home: shelf.find_at(home.quiz.id, 1),
        "of_person": lambda shelf, home: shelf.of_person(home.ana.id, limit=9),
        "of_item": lambda shelf, home: shelf.of_item(home.report.item_id, limit=9),
        "queue": lambda shelf, _: (
            shelf.queue(ReportState.OPEN, limit=9) or shelf.queue(ReportState.LOOKING, limit=9)
        ),
        "counts": lambda shelf, _: shelf.counts(),
    },
    PracticeShelf: {
        "record": lambda shelf, home: shelf.record(home.ana.id).last,
        "last_times": lambda shelf, home: shelf.last_times(home.ana.id),
        "bookmarks": lambda shelf, home: shelf.bookmarks(home.ana.id),
        "presets": lambda shelf, home: shelf.presets(home.ana.id),
    },
    RunShelf: {
        "find": lambda shelf, home: shelf.find(home.run.id),
        "find_by_request": lambda shelf, home: shelf.find_by_request(home.ana.id, "start"),
        "of_person": lambda shelf, home: shelf.of_person(home.ana.id),
        "steps": lambda shelf, home: shelf.steps(home.run.id),
        "steps_of": lambda shelf, home: shelf.steps_of([home.run.id]),
    },
    ConcernedShelf: {
        "wordings": lambda shelf, home: shelf.wordings(home.quiz.slots[0].item_id),
        "exams": lambda shelf, home: list(
            shelf.exams(home.quiz.slots[0].item_id, home.quiz.slots[0].item_version)
        ),
    },
    NewsShelf: {"unseen": lambda shelf, home: shelf.unseen(home.ana.id)},
    AuditShelf: {
        "newest": lambda shelf, _: shelf.newest(),
        "about": lambda shelf, home: shelf.about(home.ana.id),
    },
}
CHANGES: dict[type, dict[str, Look]] = {
    PeopleShelf: {
        "revoke": lambda shelf, home: shelf.revoke(home.ana.id, home.role),
        "set_active": lambda shelf, home: shelf.set_active(home.ana.id, active=False),
        "set_password_hash": lambda shelf, home: shelf.set_password_hash(home.ana.id, "mine"),
        "set_plan": lambda shelf, home: shelf.set_plan(
            home.ana.id, exam_on=A_MOMENT.date(), minutes_a_day=40
        ),
    },
    CohortShelf: {
        "withdraw": lambda shelf, home: shelf.withdraw(
            home.asked.id, cohort_id=home.team.id, now=A_MOMENT
        ),
    },
    ReadingShelf: {
        "unmark": lambda shelf, home: shelf.unmark(home.ana.id, "family/one", "opening"),
    },
    AttemptShelf: {
        "finish": lambda shelf, home: shelf.finish(home.quiz.id, right_count=0, now=A_MOMENT),
    },
    SittingShelf: {
        "end_breaks": lambda shelf, home: shelf.end_breaks(home.quiz.id, now=A_MOMENT),
    },
    RegradeShelf: {
        "undo": lambda shelf, home: shelf.undo("regrade-1", by=home.ana.id, now=A_MOMENT),
    },
    ItemReportShelf: {
        "settle": lambda shelf, home: shelf.settle(replace(home.report, state=ReportState.LOOKING)),
    },
    PracticeShelf: {
        "change_preset": lambda shelf, home: shelf.change_preset(
            home.ana.id, replace(home.preset, wish=read_wish({"length": 30}))
        ),
        "remove_preset": lambda shelf, home: shelf.remove_preset(home.ana.id, home.preset.id),
        "remove_bookmark": lambda shelf, home: shelf.remove_bookmark(home.ana.id, "consent-01"),
    },
    RunShelf: {
        "end": lambda shelf, home: shelf.end(home.run.id, ending="good", now=A_MOMENT),
    },
    ConcernedShelf: {},
    NewsShelf: {
        "mark_seen": lambda shelf, home: shelf.mark_seen(home.ana.id, ["news-1"], now=A_MOMENT),
    },
    AuditShelf: {},
}
# They name no row that is there already, or speak of the whole installation on purpose.
OF_NO_ORGANISATION: dict[type, set[str]] = {
    PeopleShelf: {
        "add_organisation",
        "any_organisation_id",
        "any_administrator",
        "email_is_taken",
        "organisation_name",
        "hold",
        "add",
        "grant",
    },
    CohortShelf: {"add", "assign", "hold"},
    ReadingShelf: {"mark"},
    AttemptShelf: {"add", "add_response", "freeze", "frozen"},
    SittingShelf: {"note", "begin_break", "set_allowance", "add_reports", "expose"},
    RegradeShelf: {"add"},
    ItemReportShelf: {"add"},
    PracticeShelf: {"add_preset", "bookmark"},
    RunShelf: {"add", "add_step", "ended_of", "freeze", "frozen"},
    ConcernedShelf: {"hold_ledger"},
    NewsShelf: {"add_many"},
    AuditShelf: {"add"},
}
SHELVES: dict[type, str] = {
    PeopleShelf: "people",
    CohortShelf: "cohorts",
    ReadingShelf: "reading",
    AttemptShelf: "attempts",
    SittingShelf: "sittings",
    RegradeShelf: "regrades",
    ItemReportShelf: "item_reports",
    PracticeShelf: "practice",
    RunShelf: "runs",
    ConcernedShelf: "concerned",
    NewsShelf: "news",
    AuditShelf: "audit",
}


@pytest.mark.parametrize("shelf", list(SHELVES), ids=str)
def test_every_method_of_a_shelf_is_in_one_of_the_tables(shelf: type) -> None:
    methods = {name for name, _ in inspect.getmembers(shelf, inspect.isfunction) if name[0] != "_"}

    assert methods == LOOKS[shelf].keys() | CHANGES[shelf].keys() | OF_NO_ORGANISATION[shelf]


def test_a_look_from_another_organisation_finds_nothing(home: Home, stranger: Store) -> None:
    for shelf, looks in LOOKS.items():
        for name, look in looks.items():
            found_at_home = look(getattr(home.store, SHELVES[shelf]), home)
            found = look(getattr(stranger, SHELVES[shelf]), home)

            assert found_at_home, f"{shelf.__name__}.{name} finds nothing even at home"
            assert not found, f"{shelf.__name__}.{name} finds another organisation's {found}"


def test_a_change_from_another_organisation_changes_nothing(home: Home, stranger: Store) -> None:
    before = _everything(home)

    for shelf, changes in CHANGES.items():
        for name, change in changes.items():
            with stranger.writing():
                change(getattr(stranger, SHELVES[shelf]), home)

            assert _everything(home) == before, f"{shelf.__name__}.{name}"


def test_the_same_changes_are_made_at_home(home: Home) -> None:
    """The negative control of the test above."""
    for shelf, changes in CHANGES.items():
        for name, change in changes.items():
            before = _everything(home)

            with home.store.writing():
                change(getattr(home.store, SHELVES[shelf]), home)

            assert _everything(home) != before, f"{shelf.__name__}.{name}"


def test_ended_runs_of_another_organisation_are_not_found(home: Home, stranger: Store) -> None:
    with home.store.writing():
        home.store.runs.end(home.run.id, ending="good", now=A_MOMENT)

    assert home.store.runs.ended_of([home.ana.id])
    assert stranger.runs.ended_of([home.ana.id]) == []


def test_an_organisation_knows_its_own_name_only(home: Home, stranger: Store) -> None:
    assert home.store.people.organisation_name() == "Harbor Counseling"
    assert stranger.people.organisation_name() == "Hill Clinic"


def test_the_pages_of_a_learner_show_nothing_of_another_organisation(
    home: Home, stranger: Store
) -> None:
    assert learn_pages.practice_quizzes(home.store, home.ana.id)
    assert learn_pages.item_counts(home.store, home.ana.id)
    assert learn_pages.bookmark_lines(home.store, home.ana.id, limit=9)

    assert learn_pages.practice_quizzes(stranger, home.ana.id) == []
    assert learn_pages.item_counts(stranger, home.ana.id) == {}
    assert learn_pages.bookmark_lines(stranger, home.ana.id, limit=9) == []


def _everything(home: Home) -> list[object]:
    found = [
        look(getattr(home.store, SHELVES[shelf]), home)
        for shelf, looks in LOOKS.items()
        for look in looks.values()
    ]
    return [*found, home.store.sign_ins.stored_password(home.ana.email)]
