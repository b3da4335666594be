from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Engine

from app.domain.errors import Conflict, DomainError, InvalidInput, NotAllowed, NotFound
from app.domain.person import Person, Role, RoleGrant
from app.services import account
from app.services.sign_in import find_viewer, open_sign_in
from app.storage.store import Store, open_store
from tests.at_once import at_once
from tests.cast import NOW, PASSWORD, a_person, as_viewer

ELI = account.NewPerson("Eli Moreau", "Eli@Harbor.example", PASSWORD, "  CCS ")
DAY = timedelta(days=1)


@pytest.fixture
def empty(engine: Engine) -> Iterator[Store]:
    """A store of a database in which nothing has been set up."""
    with open_store(engine) as store:
        yield store


def set_up(store: Store, token: str, person: account.NewPerson = ELI) -> Person:
    return account.set_up(store, token, organisation="Harbor Clinic", person=person, now=NOW)


def test_the_first_administrator_comes_in_by_the_set_up_token(empty: Store) -> None:
    token = account.make_setup_token(empty, now=NOW)
    assert token is not None
    account.open_setup(empty, token)

    eli = set_up(empty, token)

    scoped = empty.for_organisation(eli.organisation_id)
    assert scoped.people.find(eli.id) == eli
    assert (eli.email, eli.credential) == ("eli@harbor.example", "CCS")
    assert scoped.people.organisation_name() == "Harbor Clinic"
    assert scoped.people.grants_of(eli.id) == {RoleGrant(Role.ADMINISTRATOR)}
    assert [entry.action for entry in scoped.audit.about(eli.id)] == ["joined"]


def test_a_set_up_token_works_once(empty: Store) -> None:
    token = account.make_setup_token(empty, now=NOW) or ""
    set_up(empty, token)

    with pytest.raises(NotFound):
        account.open_setup(empty, token)
    with pytest.raises(NotFound):
        set_up(empty, token, account.NewPerson("Second", "second@harbor.example", PASSWORD))

    assert account.make_setup_token(empty, now=NOW) is None


def test_a_set_up_posted_many_times_makes_one_administrator(empty: Store) -> None:
    token = account.make_setup_token(empty, now=NOW) or ""

    replies = at_once(empty, *[partial(set_up, token=token)] * 4)

    made = [reply for reply in replies if isinstance(reply, Person)]
    assert len(made) == 1
    assert all(isinstance(reply, Person | DomainError) for reply in replies)
    assert empty.for_organisation(made[0].organisation_id).people.everyone() == made


def test_a_set_up_token_is_worth_nothing_once_there_is_an_administrator(empty: Store) -> None:
    token = account.make_setup_token(empty, now=NOW) or ""
    harbor = empty.for_organisation(account.add_organisation(empty, name="Harbor", now=NOW))
    first = a_person(harbor, "Nora Quinn", role=Role.ADMINISTRATOR)  # by the command line

    with pytest.raises(NotFound):
        set_up(empty, token)

    assert harbor.people.everyone() == [first]


@pytest.mark.parametrize(
    "person",
    [
        account.NewPerson("Eli Moreau", "no address", PASSWORD),
        account.NewPerson("   ", "eli@harbor.example", PASSWORD),
        account.NewPerson("Eli Moreau", "eli@harbor.example", "password"),
    ],
    ids=["address", "name", "password"],
)
def test_a_mistake_at_set_up_uses_nothing_up(empty: Store, person: account.NewPerson) -> None:
    token = account.make_setup_token(empty, now=NOW) or ""

    with pytest.raises(InvalidInput):
        set_up(empty, token, person)

    assert empty.people.any_organisation_id() is None
    account.open_setup(empty, token)


def test_a_newer_set_up_token_replaces_the_one_before(empty: Store) -> None:
    first = account.make_setup_token(empty, now=NOW) or ""
    second = account.make_setup_token(empty, now=NOW) or ""

    with pytest.raises(NotFound):
        account.open_setup(empty, first)
    with pytest.raises(NotFound):
        account.open_setup(empty, "made up")
    account.open_setup(empty, second)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ana@Harbor.Example", "ana@harbor.example"),
        ("  ana@harbor.example \n", "ana@harbor.example"),
        ("ana+exam@harbor.example", "ana+exam@harbor.example"),
    ],
)
def test_addresses_are_kept_in_one_form(store: Store, typed: str, kept: str) -> None:
    person = account.NewPerson("Ana Reyes", typed, PASSWORD)

    added = account.add_person(store, person, grants=frozenset(), now=NOW)

    assert added.email == kept
    assert store.people.find_by_email(kept) == added


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ana",
        "ana@",
        "@harbor.example",
        "ana@harbor",
        "a b@harbor.example",
        "ana\0@harbor.example",
    ],
)
def test_what_is_no_address_is_refused(store: Store, typed: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        account.add_person(
            store, account.NewPerson("Ana Reyes", typed, PASSWORD), grants=frozenset(), now=NOW
        )

    assert refused.value.code == "email-unusable"
    assert "name@example.org" in refused.value.advice


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ana \t  Reyes\n", "Ana Reyes"),
        ("Tomás Vega-Ñuñez", "Tomás Vega-Ñuñez"),
        ("李小龙", "李小龙"),
        ("O’Brien, Jr.", "O’Brien, Jr."),
        ("a" * account.LONGEST_NAME, "a" * account.LONGEST_NAME),
    ],
)
def test_names_are_kept_as_people_write_them(store: Store, typed: str, kept: str) -> None:
    person = account.NewPerson(typed, "ana@harbor.example", PASSWORD)

    assert account.add_person(store, person, grants=frozenset(), now=NOW).full_name == kept


@pytest.mark.parametrize(
    "typed",
    ["", " \n ", "a" * (account.LONGEST_NAME + 1), "Ana\0Reyes", "Ana\x1b[31m", "\u202eanA"],
)
def test_unusable_names_are_refused(store: Store, typed: str) -> None:
    with pytest.raises(InvalidInput) as name:
        account.add_person(
            store,
            account.NewPerson(typed, "ana@harbor.example", PASSWORD),
            grants=frozenset(),
            now=NOW,
        )
    with pytest.raises(InvalidInput) as team:
        account.add_cohort(store, name=typed, now=NOW)
    with pytest.raises(InvalidInput) as organisation:
        account.add_organisation(store, name=typed, now=NOW)

    codes = [refused.value.code for refused in (name, team, organisation)]
    assert codes == ["name-unusable", "team-unusable", "organisation-unusable"]


def test_an_address_belongs_to_one_person_over_all_organisations(store: Store) -> None:
    a_person(store, "Ana Reyes")
    hill = store.for_organisation(account.add_organisation(store, name="Hill", now=NOW))

    with pytest.raises(Conflict) as refused:
        a_person(hill, "Ana Other")

    assert refused.value.code == "email-taken"
    assert hill.people.everyone() == []


def test_a_team_has_a_name_of_its_own(store: Store) -> None:
    account.add_cohort(store, name="Eastside", now=NOW)

    with pytest.raises(Conflict):
        account.add_cohort(store, name="  Eastside ", now=NOW)

    assert [team.name for team in store.cohorts.all()] == ["Eastside"]


def test_closing_an_account_ends_every_sign_in_at_once(store: Store) -> None:
    eli, ana = a_person(store, "Eli Moreau", role=Role.ADMINISTRATOR), a_person(store, "Ana Reyes")
    tokens = [open_sign_in(store, ana.id, device="a browser", now=NOW) for _ in range(2)]
    administrator = as_viewer(store, eli)

    account.set_active(store, administrator, person_id=ana.id, active=False, now=NOW)
    while_closed = [find_viewer(store, token, now=NOW) for token in tokens]
    account.set_active(store, administrator, person_id=ana.id, active=True, now=NOW + DAY)

    assert while_closed == [None, None]
    assert [find_viewer(store, token, now=NOW) for token in tokens] == [None, None]
    assert store.people.find(ana.id) == ana
    assert {"deactivated", "let in again"} <= {e.action for e in store.audit.about(ana.id)}


def test_only_administrators_close_accounts_and_never_their_own(store: Store) -> None:
    eli, ana = a_person(store, "Eli Moreau", role=Role.ADMINISTRATOR), a_person(store, "Ana Reyes")

    def close(who: Person, whom: str) -> None:
        account.set_active(store, as_viewer(store, who), person_id=whom, active=False, now=NOW)

    with pytest.raises(NotAllowed):
        close(ana, eli.id)
    with pytest.raises(NotAllowed):
        close(eli, eli.id)
    with pytest.raises(NotFound):
        close(eli, "nobody")

    assert all(person.is_active for person in store.people.everyone())


@pytest.mark.parametrize(
    ("minutes", "is_taken"), [(None, True), (5, True), (240, True), (4, False), (241, False)]
)
def test_a_plan_has_minutes_that_a_day_can_hold(
    store: Store, minutes: int | None, is_taken: bool
) -> None:
    ana = a_person(store, "Ana Reyes")
    exam_on = NOW.date() + 40 * DAY

    def plan() -> None:
        account.set_plan(store, as_viewer(store, ana), exam_on=exam_on, minutes_a_day=minutes)

    if is_taken:
        plan()
    else:
        with pytest.raises(InvalidInput):
            plan()

    kept = store.people.find(ana.id)
    assert kept is not None
    assert (kept.exam_on, kept.minutes_a_day) == ((exam_on, minutes) if is_taken else (None, None))
