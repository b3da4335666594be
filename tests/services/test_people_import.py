"""A file of people goes in whole or not at all."""

from __future__ import annotations

import pytest

from app.domain.errors import InvalidInput, NotAllowed
from app.domain.person import Role, RoleGrant
from app.services.account import (
    NewPerson,
    add_organisation,
    add_person,
    invite,
    open_invitation,
)
from app.services.people_import import apply_import, plan_import
from app.storage.queries.admin_pages import open_invitations
from app.storage.store import Store
from tests.cast import NOW, Cast, as_viewer

HEAD = "name;email;role;team\n"
GOOD = (
    HEAD + "Petra Lang;petra@new.example;candidate;Eastside\n"
    "Quinn Abara;quinn@new.example;supervisor;Northside\n"
    "Rosa Diaz;rosa@new.example;trainer;\n"
).encode()


def state(store: Store) -> tuple[int, int, int]:
    counts = (
        len(store.cohorts.all()),
        len(open_invitations(store, now=NOW)),
        len(store.audit.newest()),
    )
    store.end_reading()
    return counts


def test_a_look_changes_nothing_and_tells_everything(store: Store, cast: Cast) -> None:
    before = state(store)

    plan = plan_import(store, as_viewer(store, cast.eli), GOOD, now=NOW)

    assert plan.is_sound
    assert [row.name for row in plan.rows] == ["Petra Lang", "Quinn Abara", "Rosa Diaz"]
    assert plan.new_teams == ("Northside",)
    assert state(store) == before


def test_everyone_is_invited_and_new_teams_are_made(store: Store, cast: Cast) -> None:
    invited = apply_import(store, as_viewer(store, cast.eli), GOOD, now=NOW)

    teams = {cohort.name: cohort.id for cohort in store.cohorts.all()}
    grants = [open_invitation(store, one.token, now=NOW).grant for one in invited]
    assert grants == [
        RoleGrant(Role.CANDIDATE, teams["Eastside"]),
        RoleGrant(Role.SUPERVISOR, teams["Northside"]),
        RoleGrant(Role.TRAINER),
    ]


def test_a_credential_of_the_file_goes_along_and_its_column_may_be_missing(
    store: Store, cast: Cast
) -> None:
    eli = as_viewer(store, cast.eli)
    data = (
        "name;email;role;team;credential\n"
        "Petra Lang;petra@new.example;candidate;Eastside;LCAS-A\n"
        "Rosa Diaz;rosa@new.example;trainer;;\n"
    )

    invited = apply_import(store, eli, data.encode(), now=NOW)
    plain = apply_import(store, eli, b"name,email,role\nOla Nye,ola@new.example,trainer\n", now=NOW)

    found = [open_invitation(store, one.token, now=NOW).credential for one in (*invited, *plain)]
    assert found == ["LCAS-A", "", ""]


def test_an_unusable_credential_is_told_with_its_line(store: Store, cast: Cast) -> None:
    data = f"name,email,role,credential\nOla Nye,ola@new.example,trainer,{'L' * 61}\n"

    plan = plan_import(store, as_viewer(store, cast.eli), data.encode(), now=NOW)

    ((number, told),) = [(fault.line, fault.words) for fault in plan.faults]
    assert number == 2
    assert "Keep the credential to 60" in told


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Ana Again;ANA@harbor.example;trainer;", "here already"),
        ("Open One;open@new.example;trainer;", "open invitation"),
        ("No Address;nowhere;trainer;", "e-mail address"),
        ("Hill Person;ada@hill.example;trainer;", "here already"),
        ("=cmd;x@new.example;trainer;", "formula"),
    ],
)
def test_one_fault_keeps_everything_out(store: Store, cast: Cast, line: str, words: str) -> None:
    eli = as_viewer(store, cast.eli)
    invite(
        store,
        eli,
        email="open@new.example",
        full_name="Open One",
        grant=RoleGrant(Role.TRAINER),
        now=NOW,
    )
    _somebody_on_the_hill(store)
    before, data = state(store), GOOD + f"{line}\n".encode()

    plan = plan_import(store, eli, data, now=NOW)
    with pytest.raises(InvalidInput):
        apply_import(store, eli, data, now=NOW)

    ((number, told),) = [(fault.line, fault.words) for fault in plan.faults]
    assert number == 5
    assert words in told
    assert state(store) == before


def test_only_administrators_import(store: Store, cast: Cast) -> None:
    for somebody in (cast.cora, cast.ben, cast.ana):
        viewer = as_viewer(store, somebody)
        with pytest.raises(NotAllowed):
            plan_import(store, viewer, GOOD, now=NOW)
        with pytest.raises(NotAllowed):
            apply_import(store, viewer, GOOD, now=NOW)


def test_another_organisation_is_untouched(store: Store, cast: Cast) -> None:
    hill = _somebody_on_the_hill(store)
    before = state(hill)

    apply_import(store, as_viewer(store, cast.eli), GOOD, now=NOW)

    assert state(hill) == before


def test_the_same_file_twice_is_refused_the_second_time(store: Store, cast: Cast) -> None:
    eli = as_viewer(store, cast.eli)
    apply_import(store, eli, GOOD, now=NOW)
    after = state(store)

    with pytest.raises(InvalidInput):
        apply_import(store, eli, GOOD, now=NOW)

    assert state(store) == after


def _somebody_on_the_hill(store: Store) -> Store:
    hill = store.for_organisation(add_organisation(store, name="Hill", now=NOW))
    add_person(
        hill,
        NewPerson("Ada Hill", "ada@hill.example", "trail-amber-diamond"),
        grants=frozenset({RoleGrant(Role.ADMINISTRATOR)}),
        now=NOW,
    )
    return hill
