"""One organisation never reaches another's rows, by no shelf method that takes an id."""

from __future__ import annotations

import inspect

import pytest

from app.services.account import add_organisation
from app.storage.answer_tallies import AnswerTallyShelf
from app.storage.attempts import AttemptShelf
from app.storage.audit import AuditShelf
from app.storage.audit_packets import AuditPacketShelf
from app.storage.case_drafts import CaseDraftShelf
from app.storage.case_reviews import CaseReviewShelf
from app.storage.cohorts import CohortShelf
from app.storage.concerned import ConcernedShelf
from app.storage.credentials import CredentialShelf
from app.storage.development_goals import GoalShelf
from app.storage.digests import DigestShelf
from app.storage.due_days import DueDayShelf
from app.storage.education import EducationShelf
from app.storage.erasures import ErasureShelf
from app.storage.hours import HourShelf
from app.storage.item_reports import ItemReportShelf
from app.storage.news import NewsShelf
from app.storage.observation_requests import ObservationRequestShelf
from app.storage.observations import ObservationShelf
from app.storage.own_frameworks import OwnFrameworkShelf
from app.storage.people import PeopleShelf
from app.storage.person_data import PersonDataShelf
from app.storage.practice import PracticeShelf
from app.storage.private_notes import PrivateNoteShelf
from app.storage.queries import learn_pages
from app.storage.ratings import RatingShelf
from app.storage.reading import ReadingShelf
from app.storage.record_looks import RecordLookShelf
from app.storage.regrades import RegradeShelf
from app.storage.requirements import RequirementShelf
from app.storage.runs import RunShelf
from app.storage.sent_forms import SentFormShelf
from app.storage.sign_offs import SignOffShelf
from app.storage.sittings import SittingShelf
from app.storage.store import Store
from app.storage.supervision_contracts import ContractShelf
from tests.learning_builders import A_MOMENT
from tests.storage.a_home import Home, make_home
from tests.storage.every_look import CHANGES, LOOKS, SHELVES


@pytest.fixture
def home(store: Store) -> Home:
    return make_home(store)


@pytest.fixture
def stranger(store: Store) -> Store:
    """A store of another organisation in the same database."""
    return store.for_organisation(add_organisation(store, name="Hill Clinic", now=A_MOMENT))


# They name no row that is there already, or speak of the whole installation on purpose.
OF_NO_ORGANISATION: dict[type, set[str]] = {
    PeopleShelf: {
        "add_organisation",
        "any_organisation_id",
        "organisation_ids",
        "any_administrator",
        "email_is_taken",
        "organisation_name",
        "hold_organisation",
        "has_administrator",
        "hold",
        "add",
        "grant",
    },
    CohortShelf: {"add", "assign", "hold"},
    DigestShelf: {"claim", "choose"},
    DueDayShelf: {"extend", "keep_leave", "nudge"},
    ReadingShelf: {"mark"},
    AttemptShelf: {"add", "add_response", "freeze", "frozen"},
    SittingShelf: {"note", "begin_break", "set_allowance", "add_reports", "expose"},
    AnswerTallyShelf: set(),
    RegradeShelf: {"add"},
    ItemReportShelf: {"add"},
    PracticeShelf: {"add_preset", "bookmark"},
    RunShelf: {"add", "add_step", "ended_of", "freeze", "frozen", "keep_commitment"},
    CaseDraftShelf: {"add", "add_edit"},
    CaseReviewShelf: {"add", "add_comment"},
    ConcernedShelf: {"hold_ledger"},
    CredentialShelf: {"add"},
    EducationShelf: {"add"},
    HourShelf: {"add", "start_phase"},
    ContractShelf: {"add", "accept"},
    GoalShelf: {"add"},
    ObservationShelf: {"add", "reply"},
    ObservationRequestShelf: {"add"},
    RatingShelf: {"add", "add_note"},
    SignOffShelf: {"add", "add_entry"},
    PrivateNoteShelf: {"add"},
    SentFormShelf: {"take"},
    NewsShelf: {"add_many"},
    RequirementShelf: {"add"},
    OwnFrameworkShelf: {"add"},
    AuditPacketShelf: {"add", "add_part"},
    RecordLookShelf: {"add"},
    ErasureShelf: {"add"},
    PersonDataShelf: set(),
    AuditShelf: {"add"},
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
