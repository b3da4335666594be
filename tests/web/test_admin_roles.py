"""Teams and roles on the page of a person: given, ended after a question, held at once."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from app.domain.person import Role, RoleGrant
from app.services import account
from tests.cast import NOW, a_person
from tests.web.test_admin import GOOD, LINK, an_invitation, words
from tests.web.visit import Visitor

if TYPE_CHECKING:
    from flask import Flask

    from app.domain.person import Person
    from app.storage.cohorts import Cohort
    from app.storage.store import Store
    from tests.cast import Cast


def page_of(person: Person) -> str:
    return f"/admin/people/{person.id}"


def give(eli: Visitor, person: Person, role: str, team: Cohort | None = None) -> None:
    eli.post(f"{page_of(person)}/roles", {"role": role, "cohort": team.id if team else ""})


def ending(person: Person, role: str, team: Cohort | None = None) -> str:
    return f"{page_of(person)}/roles/{role}/{team.id if team else 'everywhere'}/end"


def test_the_page_of_a_person_says_what_they_are_and_since_when(eli: Visitor, cast: Cast) -> None:
    text = words(eli.text(page_of(cast.ana)))

    assert re.search(r"Candidate Eastside \w+ \d+, \d{4} End this role", text)
    assert ending(cast.ana, "candidate", cast.eastside) in eli.text(page_of(cast.ana))


def test_another_supervisor_sees_people_at_once_and_the_former_one_no_longer(
    eli: Visitor, cora: Visitor, dov: Visitor, cast: Cast
) -> None:
    ana = f"/team/{cast.eastside.id}/people/{cast.ana.id}"
    assert (cora.get(ana).status_code, dov.get(ana, expect=404).status_code) == (200, 404)

    give(eli, cast.dov, "supervisor", cast.eastside)
    asked = eli.text(ending(cast.cora, "supervisor", cast.eastside))
    assert "no longer sees the team" in asked
    assert cora.get(ana).status_code == 200
    eli.post(ending(cast.cora, "supervisor", cast.eastside))

    assert "Ana Reyes" in dov.text(ana)
    cora.get(ana, expect=403)
    cora.get("/team/", expect=403)
    assert cora.get("/account/").status_code == 200  # nobody is signed out


def test_a_person_who_moves_takes_their_record_along(
    eli: Visitor, ana: Visitor, cora: Visitor, dov: Visitor, cast: Cast
) -> None:
    give(eli, cast.ana, "candidate", cast.westside)
    eli.post(ending(cast.ana, "candidate", cast.eastside))

    assert "Ana Reyes" in dov.text(f"/team/{cast.westside.id}/people/{cast.ana.id}/supervision")
    cora.get(f"/team/{cast.eastside.id}/people/{cast.ana.id}", expect=404)
    assert "Ana Reyes" not in cora.text(f"/team/{cast.eastside.id}")
    assert ana.get("/learn/").status_code == 200


def test_sent_twice_nothing_changes_and_nobody_is_frightened(eli: Visitor, cast: Cast) -> None:
    for _ in range(2):
        give(eli, cast.ana, "trainer")
        eli.post(f"{page_of(cast.ana)}/credential", {"credential": "LCAS"})
    for _ in range(2):
        eli.post(ending(cast.ana, "trainer"))

    eli.get(ending(cast.ana, "trainer"), expect=404)
    told = words(eli.text(f"/admin/audit?person={cast.ana.id}"))
    for line in (
        "role given role: trainer",
        "role ended role: trainer",
        "credential set now: LCAS",
    ):
        assert told.count(line) == 1, line


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "Choose a role."),
        ({"role": "owner"}, "Choose a role."),
        ({"role": "supervisor"}, "Choose the team for this supervisor."),
        ({"role": "candidate", "cohort": "no-such-team"}, "Choose a team of the list."),
    ],
)
def test_a_role_that_cannot_be_given_comes_back_with_the_reason(
    eli: Visitor, cast: Cast, sent: dict[str, object], told: str
) -> None:
    page = eli.post(f"{page_of(cast.ben)}/roles", sent, expect=422).text

    assert "One thing needs a change" in page
    assert told in unescape(page)


@pytest.mark.parametrize("typed", ["L" * 61, "LCAS\x07"])
def test_an_unusable_credential_comes_back_as_typed(eli: Visitor, cast: Cast, typed: str) -> None:
    sent: dict[str, object] = {"credential": typed}
    page = eli.post(f"{page_of(cast.ana)}/credential", sent, expect=422).text

    assert "Keep the credential to 60" in page
    assert "LCAS-A" in words(eli.text(page_of(cast.ana)))


def test_a_credential_stands_after_the_name_from_now_on(
    eli: Visitor, cora: Visitor, cast: Cast
) -> None:
    eli.post(f"{page_of(cast.ana)}/credential", {"credential": " LCAS "})

    assert "Ana Reyes LCAS ana@harbor.example" in words(eli.text("/admin/"))
    assert "Everyone with LCAS" in unescape(cora.text(f"/team/{cast.eastside.id}/assignments"))


def test_nobody_ends_their_own_administration(eli: Visitor, cast: Cast) -> None:
    eli.get(ending(cast.eli, "administrator"), expect=403)
    eli.post(ending(cast.eli, "administrator"), expect=403)

    eli.get("/admin/")


def test_what_belongs_to_another_organisation_is_not_found(
    eli: Visitor, store: Store, cast: Cast
) -> None:
    hill = store.for_organisation(account.add_organisation(store, name="Hill", now=NOW))
    theirs = account.add_cohort(hill, name="Hill team", now=NOW)
    stranger = a_person(hill, "Hilla Kern", role=Role.CANDIDATE, team=theirs)
    grant = {"role": "candidate", "cohort": cast.eastside.id}

    eli.post(f"{page_of(stranger)}/roles", dict(grant), expect=404)
    eli.post(f"{page_of(stranger)}/credential", {"credential": "CCS"}, expect=404)
    eli.post(ending(stranger, "candidate", theirs), expect=404)
    eli.get(ending(cast.ana, "candidate", theirs), expect=404)
    eli.get(ending(cast.ana, "emperor"), expect=404)
    eli.post(f"{page_of(cast.ana)}/roles", {**grant, "cohort": theirs.id}, expect=422)

    assert hill.people.grants_of(stranger.id) == {RoleGrant(Role.CANDIDATE, theirs.id)}


def test_somebody_without_a_role_still_has_an_account(app: Flask, eli: Visitor, cast: Cast) -> None:
    eli.post(ending(cast.ben, "trainer"))

    assert "holds no role" in words(eli.text(page_of(cast.ben)))
    ben = Visitor(app).sign_in(cast.ben)
    assert ben.get("/account/").status_code == 200
    ben.get("/studio/", expect=403)


def test_an_invitation_brings_its_credential_along(
    eli: Visitor, anonymous: Visitor, store: Store, cast: Cast
) -> None:
    invited = eli.post("/admin/invite", an_invitation(cast, credential=" CADC-I "), expect=200)
    link = LINK.search(invited.text)
    assert link is not None
    assert "Petra Lang petra@harbor.example candidate, Eastside CADC-I" in words(
        eli.text("/admin/")
    )

    anonymous.post(link[1], {"password": GOOD})

    added = store.people.find_by_email("petra@harbor.example")
    assert added is not None
    assert added.credential == "CADC-I"


def test_a_file_may_name_credentials_and_the_look_shows_them(eli: Visitor, cast: Cast) -> None:
    data = (
        b"name,email,role,team,credential\n"
        b"Petra Lang,petra@new.example,candidate,Eastside,LCAS-A\n"
        b"Rosa Diaz,rosa@new.example,trainer,,\n"
    )

    looked = words(
        eli.post("/admin/import", {"file": (io.BytesIO(data), "p.csv")}, expect=200).text
    )

    assert "Petra Lang petra@new.example candidate Eastside LCAS-A line 2" in looked
    assert "Rosa Diaz rosa@new.example trainer – – line 3" in looked
