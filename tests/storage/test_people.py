from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from app.domain.errors import Conflict
from app.domain.person import Person, Role, RoleGrant
from app.storage.store import Store
from tests.learning_builders import A_MOMENT
from tests.storage.rows import add_cohort, add_person, grant


def test_a_person_comes_back_as_they_were_added(store: Store) -> None:
    added = add_person(
        store,
        "Tomás Vega-Ñuñez",
        credential="CADC, LCAS-A",
        exam_on=date(2028, 2, 29),
        minutes_a_day=40,
    )

    assert store.people.find(added.id) == added
    assert store.people.find_by_email(added.email) == added
    assert store.people.everyone() == [added]


def test_a_person_nobody_added_is_not_found(store: Store) -> None:
    assert store.people.find("nobody") is None
    assert store.people.find_by_email("nobody@harbor.example") is None


def test_everyone_comes_by_name_and_those_who_left_are_marked(store: Store) -> None:
    noor, ana = add_person(store, "Noor Haddad"), add_person(store, "Ana Reyes")

    with store.writing():
        store.people.set_active(noor.id, active=False)

    assert [(p.full_name, p.is_active) for p in store.people.everyone()] == [
        ("Ana Reyes", True),
        ("Noor Haddad", False),
    ]
    assert store.people.find(ana.id) == ana


def test_somebody_kept_out_can_be_let_in_again(store: Store) -> None:
    ana = add_person(store)

    with store.writing():
        store.people.set_active(ana.id, active=False)
        store.people.set_active(ana.id, active=True)

    assert store.people.find(ana.id) == ana


def test_an_address_is_taken_over_all_organisations(store: Store) -> None:
    add_person(store, email="ana@harbor.example")
    elsewhere = store.for_organisation("another organisation")

    assert elsewhere.people.email_is_taken("ana@harbor.example")
    assert not elsewhere.people.email_is_taken("luis@harbor.example")
    with pytest.raises(Conflict):
        add_person(store, "Ana Twice", email="ana@harbor.example")


def test_roles_are_held_for_a_team_or_for_everything(store: Store) -> None:
    ana, team = add_person(store), add_cohort(store)

    roles = {grant(store, ana, Role.CANDIDATE, team), grant(store, ana, Role.TRAINER)}

    assert store.people.grants_of(ana.id) == roles


def test_a_role_is_taken_away_for_exactly_one_team(store: Store) -> None:
    ana = add_person(store)
    east, west = add_cohort(store, "Eastside"), add_cohort(store, "Westside")
    for team in (east, west, None):
        grant(store, ana, Role.SUPERVISOR, team)

    with store.writing():
        store.people.revoke(ana.id, RoleGrant(Role.SUPERVISOR, east.id))
        store.people.revoke(ana.id, RoleGrant(Role.SUPERVISOR))

    assert store.people.grants_of(ana.id) == {RoleGrant(Role.SUPERVISOR, west.id)}


def test_a_role_that_is_not_known_is_refused_by_the_database(store: Store) -> None:
    ana = add_person(store)
    made_up = RoleGrant("emperor")  # type: ignore[arg-type]  # what a bug might hand in

    with pytest.raises(IntegrityError), store.writing():
        store.people.grant("grant-1", ana.id, made_up, now=A_MOMENT)


def test_a_plan_is_kept_and_taken_back(store: Store) -> None:
    ana, luis = add_person(store, "Ana Reyes"), add_person(store, "Luis Ferro")

    with store.writing():
        store.people.set_plan(ana.id, exam_on=date(2027, 1, 1), minutes_a_day=25)
    planned = _plan(store.people.find(ana.id))
    with store.writing():
        store.people.set_plan(ana.id, exam_on=None, minutes_a_day=None)

    assert planned == (date(2027, 1, 1), 25)
    assert _plan(store.people.find(ana.id)) == (None, None)
    assert store.people.find(luis.id) == luis


def test_a_new_password_replaces_the_old_one_of_that_person_only(store: Store) -> None:
    ana, luis = add_person(store, "Ana Reyes"), add_person(store, "Luis Ferro")

    with store.writing():
        store.people.set_password_hash(ana.id, "another hash")

    hashes = [store.sign_ins.stored_password(one.email) for one in (ana, luis)]
    assert [stored and stored.password_hash for stored in hashes] == ["another hash", "no hash"]


def test_an_administrator_counts_while_active_only(store: Store) -> None:
    eli = add_person(store, "Eli Moreau")
    before = store.people.any_administrator()
    grant(store, eli, Role.ADMINISTRATOR)
    while_active = store.people.any_administrator()

    with store.writing():
        store.people.set_active(eli.id, active=False)

    assert (before, while_active, store.people.any_administrator()) == (False, True, False)


def test_an_organisation_has_an_administrator_of_its_own_who_can_sign_in(store: Store) -> None:
    eli = add_person(store, "Eli Moreau")
    grant(store, eli, Role.ADMINISTRATOR)
    elsewhere = store.for_organisation("another organisation")

    with store.writing():
        store.people.hold_organisation()
        before = store.people.has_administrator()
        store.people.set_active(eli.id, active=False)

    assert (before, store.people.has_administrator()) == (True, False)
    assert not elsewhere.people.has_administrator()


def test_a_credential_is_replaced_for_that_person_only(store: Store) -> None:
    ana, luis = add_person(store, "Ana Reyes"), add_person(store, "Luis Ferro")

    with store.writing():
        store.people.set_credential(ana.id, "LCAS-A")

    assert [one and one.credential for one in map(store.people.find, (ana.id, luis.id))] == [
        "LCAS-A",
        "",
    ]


def test_the_first_organisation_is_the_oldest(store: Store) -> None:
    with store.writing():
        store.people.add_organisation("ffffffff", name="Later", now=A_MOMENT)

    assert store.people.any_organisation_id() == store.organisation_id


def _plan(person: Person | None) -> tuple[date | None, int | None]:
    assert person is not None
    return person.exam_on, person.minutes_a_day
