"""Roles, teams and working credentials change at the next request, and lose nothing."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from app.domain.assignment import AssignmentKind
from app.domain.errors import Conflict, DomainError, InvalidInput, NotAllowed, NotFound
from app.domain.person import Person, Role, RoleGrant, Viewer
from app.services import account, cohort, roles
from app.services.supervised import Place, supervised_person
from app.storage.cohorts import Cohort
from app.storage.store import Store
from tests.at_once import at_once
from tests.cast import NOW, Cast, a_person, as_viewer

LATER = NOW + timedelta(days=3)
ADMINISTRATOR = RoleGrant(Role.ADMINISTRATOR)


@pytest.fixture
def eli(store: Store, cast: Cast) -> Viewer:
    return as_viewer(store, cast.eli)


def give(store: Store, by: Viewer, person: Person, role: Role, team: Cohort | None = None) -> bool:
    grant = RoleGrant(role, team and team.id)
    return roles.give_role(store, by, person_id=person.id, grant=grant, now=LATER)


def end(store: Store, by: Viewer, person: Person, role: Role, team: Cohort | None = None) -> bool:
    grant = RoleGrant(role, team and team.id)
    return roles.end_role(store, by, person_id=person.id, grant=grant, now=LATER)


def move(store: Store, by: Viewer, person: Person, cast: Cast) -> None:
    give(store, by, person, Role.CANDIDATE, cast.westside)
    end(store, by, person, Role.CANDIDATE, cast.eastside)


def trail(store: Store, person: Person) -> list[tuple[str, str | None, dict[str, str]]]:
    told = [(one.action, one.actor_id, one.details) for one in store.audit.about(person.id)]
    store.end_reading()
    return [one for one in told if one[0] != "joined"]


def test_a_change_of_supervisor_holds_at_once(store: Store, cast: Cast, eli: Viewer) -> None:
    place = Place(cast.eastside.id, cast.ana.id)

    give(store, eli, cast.dov, Role.SUPERVISOR, cast.eastside)
    end(store, eli, cast.cora, Role.SUPERVISOR, cast.eastside)

    assert supervised_person(store, as_viewer(store, cast.dov), place) == cast.ana
    with pytest.raises(NotFound):
        supervised_person(store, as_viewer(store, cast.cora), place)


def test_the_trail_says_who_changed_what(store: Store, cast: Cast, eli: Viewer) -> None:
    move(store, eli, cast.ana, cast)
    give(store, eli, cast.ana, Role.TRAINER)

    assert sorted(trail(store, cast.ana), key=str) == sorted(
        [
            ("role given", eli.id, {"role": "candidate", "team": "Westside"}),
            ("role ended", eli.id, {"role": "candidate", "team": "Eastside"}),
            ("role given", eli.id, {"role": "trainer"}),
        ],
        key=str,
    )


def test_sent_twice_a_change_is_made_once(store: Store, cast: Cast, eli: Viewer) -> None:
    given = [give(store, eli, cast.ana, Role.CANDIDATE, cast.westside) for _ in range(2)]
    ended = [end(store, eli, cast.ana, Role.CANDIDATE, cast.eastside) for _ in range(2)]
    named = [
        roles.set_credential(store, eli, person_id=cast.ana.id, credential="LCAS", now=LATER)
        for _ in range(2)
    ]

    assert given == ended == named == [True, False]
    assert len(trail(store, cast.ana)) == 3


def test_given_in_several_tabs_a_role_is_held_once(store: Store, cast: Cast, eli: Viewer) -> None:
    action = partial(give, by=eli, person=cast.ana, role=Role.TRAINER)

    replies = at_once(store, *[action] * 4)

    assert sorted(replies, key=str) == [False, False, False, True]
    assert len(trail(store, cast.ana)) == 1


def test_whoever_is_moved_is_a_newcomer_of_the_day(store: Store, cast: Cast, eli: Viewer) -> None:
    wish = cohort.AssignmentWish(
        AssignmentKind.LESSON, "foundations/one", None, days_after_joining=10
    )
    dov = as_viewer(store, cast.dov)
    asked = cohort.assign(store, dov, cohort_id=cast.westside.id, wish=wish, now=NOW)

    move(store, eli, cast.ana, cast)

    members = store.due_days.memberships({cast.eastside.id, cast.westside.id})
    (ana,) = [one for one in members[cast.westside.id] if one.person_id == cast.ana.id]
    assert ana.joined_on == LATER.date()
    assert asked.asks(ana)
    assert cast.ana.id not in {one.person_id for one in members[cast.eastside.id]}


def test_what_is_asked_by_credential_reaches_whoever_has_it_now(
    store: Store, cast: Cast, eli: Viewer
) -> None:
    wish = cohort.AssignmentWish(
        AssignmentKind.LESSON, "foundations/one", NOW.date() + timedelta(days=9), role="CADC"
    )
    cora = as_viewer(store, cast.cora)
    asked = cohort.assign(store, cora, cohort_id=cast.eastside.id, wish=wish, now=NOW)

    roles.set_credential(store, eli, person_id=cast.ana.id, credential=" CADC ", now=LATER)

    members = store.due_days.memberships({cast.eastside.id})[cast.eastside.id]
    assert {one.person_id for one in members if asked.asks(one)} == {cast.ana.id, cast.luis.id}
    assert trail(store, cast.ana) == [
        ("credential set", eli.id, {"now": "CADC", "before": "LCAS-A"})
    ]


@pytest.mark.parametrize("words", ["a" * 61, "LCAS\0", "\x1b[31m", "\u202eSACL"])
def test_an_unusable_credential_is_refused(
    store: Store, cast: Cast, eli: Viewer, words: str
) -> None:
    with pytest.raises(InvalidInput):
        roles.set_credential(store, eli, person_id=cast.ana.id, credential=words, now=LATER)

    assert store.people.find(cast.ana.id) == cast.ana


def test_a_credential_can_be_taken_away(store: Store, cast: Cast, eli: Viewer) -> None:
    roles.set_credential(store, eli, person_id=cast.ana.id, credential="", now=LATER)

    found = store.people.find(cast.ana.id)
    assert found is not None
    assert found.credential == ""


def test_nobody_ends_their_own_administration(store: Store, cast: Cast, eli: Viewer) -> None:
    a_person(store, "Nora Quinn", role=Role.ADMINISTRATOR)

    with pytest.raises(NotAllowed):
        end(store, eli, cast.eli, Role.ADMINISTRATOR)

    assert store.people.grants_of(cast.eli.id) == {ADMINISTRATOR}


def test_two_administrators_cannot_end_each_other(store: Store, cast: Cast, eli: Viewer) -> None:
    nora = a_person(store, "Nora Quinn", role=Role.ADMINISTRATOR)

    replies = at_once(
        store,
        partial(end, by=eli, person=nora, role=Role.ADMINISTRATOR),
        partial(end, by=as_viewer(store, nora), person=cast.eli, role=Role.ADMINISTRATOR),
    )

    assert sorted(type(reply).__name__ for reply in replies) == ["Conflict", "bool"]
    assert store.people.has_administrator()


def test_two_administrators_cannot_close_each_others_accounts(
    store: Store, cast: Cast, eli: Viewer
) -> None:
    nora = a_person(store, "Nora Quinn", role=Role.ADMINISTRATOR)
    close = partial(account.set_active, active=False, now=LATER)

    close(store, eli, person_id=nora.id)
    with pytest.raises(Conflict) as refused:  # a look that was taken before it was closed
        close(store, Viewer(nora, frozenset({ADMINISTRATOR})), person_id=cast.eli.id)

    assert refused.value.code == "last-administrator"
    assert store.people.find(cast.eli.id) == cast.eli


@pytest.mark.parametrize("name", ["ana", "cora", "ben"])
def test_only_administrators_change_roles(store: Store, cast: Cast, name: str) -> None:
    somebody = as_viewer(store, getattr(cast, name))

    for change in (give, end):
        with pytest.raises(NotAllowed):
            change(store, somebody, cast.luis, Role.CANDIDATE, cast.eastside)
    with pytest.raises(NotAllowed):
        roles.set_credential(store, somebody, person_id=cast.luis.id, credential="", now=LATER)

    assert trail(store, cast.luis) == []


def test_another_organisation_is_not_found(store: Store, cast: Cast, eli: Viewer) -> None:
    hill = store.for_organisation(account.add_organisation(store, name="Hill", now=NOW))
    theirs = account.add_cohort(hill, name="Hill team", now=NOW)
    stranger = a_person(hill, "Hilla Kern", role=Role.CANDIDATE, team=theirs)

    refused: list[DomainError] = []
    for change in (give, end):
        for person, team in ((stranger, cast.eastside), (cast.ana, theirs)):
            with pytest.raises(NotFound) as told:
                change(store, eli, person, Role.CANDIDATE, team)
            refused.append(told.value)
    with pytest.raises(NotFound):
        roles.set_credential(store, eli, person_id=stranger.id, credential="CCS", now=LATER)

    assert {one.code for one in refused} == {"person-not-found", "team-not-found"}
    assert hill.people.grants_of(stranger.id) == {RoleGrant(Role.CANDIDATE, theirs.id)}


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.SUPERVISOR])
def test_a_role_in_a_team_needs_the_team(store: Store, cast: Cast, eli: Viewer, role: Role) -> None:
    with pytest.raises(InvalidInput) as refused:
        give(store, eli, cast.ben, role)

    assert refused.value.code == "team-missing"
