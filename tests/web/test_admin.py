"""Administration: people and their roles, invitations by link, closing accounts, the trail."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import TYPE_CHECKING

import pytest

from app.domain.person import Role, RoleGrant
from app.services import account
from app.storage.store import open_store
from tests.cast import PASSWORD, as_viewer

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from app.storage.store import Store
    from tests.cast import Cast
    from tests.web.visit import Visitor

GOOD = "copper lantern meadow eleven"
LINK = re.compile(r">http://127\.0\.0\.1:8000(/account/invitations/[\w-]+)<")


def an_invitation(cast: Cast, **changes: str) -> dict[str, object]:
    fields: dict[str, object] = {
        "full_name": "Petra Lang",
        "email": "petra@harbor.example",
        "role": "candidate",
        "cohort": cast.eastside.id,
    }
    return fields | changes


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_people_stand_with_their_roles_by_team(eli: Visitor, cast: Cast) -> None:
    page = words(eli.text("/admin/"))

    assert "Ana Reyes LCAS-A ana@harbor.example candidate, Eastside" in page
    assert "Ben Okafor LCAS ben@harbor.example trainer" in page
    assert "Dov Katz CCS dov@harbor.example supervisor, Westside" in page
    assert "9 open accounts" in page


def test_people_of_another_organisation_are_not_there(
    eli: Visitor, cast: Cast, engine: Engine
) -> None:
    now = datetime.now(UTC)
    with open_store(engine) as store:
        elsewhere = account.add_organisation(store, name="Elsewhere", now=now)
        scoped = store.for_organisation(elsewhere)
        stranger = account.add_person(
            scoped,
            account.NewPerson("Stray Person", "stray@elsewhere.example", PASSWORD),
            grants=frozenset({RoleGrant(Role.TRAINER)}),
            now=now,
        )

    assert "Stray Person" not in eli.text("/admin/")
    assert "Stray Person" not in eli.text("/admin/audit")
    eli.get(f"/admin/people/{stranger.id}", expect=404)
    eli.post(f"/admin/people/{stranger.id}/close", expect=404)
    assert (
        "joined"
        not in words(eli.text(f"/admin/audit?person={stranger.id}&action=joined")).split("Stray")[
            1:
        ]
    )


def test_an_invitation_leads_a_newcomer_into_the_team(
    eli: Visitor, anonymous: Visitor, cora: Visitor, cast: Cast
) -> None:
    page = eli.post("/admin/invite", an_invitation(cast), expect=200).text
    link = LINK.search(page)
    assert link is not None
    assert "Petra Lang" in words(eli.text("/admin/"))

    anonymous.post(link[1], {"password": GOOD})

    assert anonymous.get("/learn/").status_code == 200
    assert "Petra Lang" in cora.text(f"/team/{cast.eastside.id}/assignments")
    assert "Nobody is invited at the moment." in eli.text("/admin/")


def test_the_link_is_shown_once_and_kept_nowhere(eli: Visitor, cast: Cast, engine: Engine) -> None:
    page = eli.post("/admin/invite", an_invitation(cast), expect=200)
    link = LINK.search(page.text)
    assert link is not None
    token = link[1].rpartition("/")[2]

    assert page.headers["Cache-Control"] == "no-store"
    assert not any(token in eli.text(url) for url in ("/admin/", "/admin/invite", "/admin/audit"))
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM invitations").all()
    assert rows
    assert token not in repr(rows)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"full_name": ""}, "Give the person’s name."),
        ({"email": "not an address"}, "This does not look like an e-mail address."),
        ({"email": "ana@harbor.example"}, "Somebody with this address is here already."),
        ({"role": "owner"}, "Choose a role."),
        ({"role": "supervisor", "cohort": ""}, "Choose the team for this supervisor."),
        ({"cohort": "no-such-team"}, "Choose a team of the list."),
    ],
)
def test_an_invitation_that_cannot_be_made_comes_back_as_typed(
    eli: Visitor, cast: Cast, changes: dict[str, str], told: str
) -> None:
    sent = an_invitation(cast, **changes)

    page = eli.post("/admin/invite", sent, expect=422).text

    assert "One thing needs a change" in page
    assert told in unescape(page)
    assert f'value="{sent["email"]}"' in page
    assert "/account/invitations/" not in page


def test_a_trainer_is_invited_for_the_whole_organisation(
    eli: Visitor, anonymous: Visitor, store: Store, cast: Cast
) -> None:
    page = eli.post("/admin/invite", an_invitation(cast, role="trainer"), expect=200).text
    link = LINK.search(page)
    assert link is not None

    anonymous.post(link[1], {"password": GOOD})

    added = store.people.find_by_email("petra@harbor.example")
    assert added is not None
    assert store.people.grants_of(added.id) == {RoleGrant(Role.TRAINER)}


def test_a_closed_account_is_signed_out_at_once_and_stays_out(
    eli: Visitor, ana: Visitor, anonymous: Visitor, cast: Cast
) -> None:
    assert ana.get("/learn/").status_code == 200

    response = eli.post(f"/admin/people/{cast.ana.id}/close")

    assert response.location.endswith("?notice=person-closed")
    assert ana.get("/learn/", expect=303).location.startswith("/account/sign-in")
    sent = {"email": cast.ana.email, "password": PASSWORD}
    assert anonymous.post("/account/sign-in", sent, expect=422)
    assert "8 open accounts" in eli.text("/admin/")


def test_a_closed_account_can_be_opened_again(eli: Visitor, anonymous: Visitor, cast: Cast) -> None:
    eli.post(f"/admin/people/{cast.ana.id}/close")
    assert "Open this account again?" in eli.text(f"/admin/people/{cast.ana.id}")

    eli.post(f"/admin/people/{cast.ana.id}/open")

    anonymous.sign_in(cast.ana)


def test_nobody_closes_their_own_account(eli: Visitor, cast: Cast) -> None:
    assert "Close the account" not in eli.text(f"/admin/people/{cast.eli.id}")

    eli.post(f"/admin/people/{cast.eli.id}/close", expect=403)

    eli.get("/admin/")


def test_a_team_is_added_and_can_be_chosen(eli: Visitor, cast: Cast) -> None:
    response = eli.post("/admin/teams", {"name": "Northside"})

    assert response.location == "/admin/?notice=team-added"
    assert "Northside 0 people no supervisor yet" in words(eli.text("/admin/"))
    assert "Northside" in eli.text("/admin/invite")


@pytest.mark.parametrize("name", ["", "Eastside"])
def test_a_team_without_a_name_of_its_own_is_refused(eli: Visitor, cast: Cast, name: str) -> None:
    page = eli.post("/admin/teams", {"name": name}, expect=422).text

    assert "One thing needs a change" in page
    assert f'name="name" type="text" value="{name}"' in re.sub(
        r" (required|maxlength)[^ >]*", "", page
    )


def test_the_trail_tells_who_did_what(eli: Visitor, cast: Cast) -> None:
    eli.post("/admin/invite", an_invitation(cast), expect=200)
    eli.post(f"/admin/people/{cast.luis.id}/close")

    page = words(eli.text("/admin/audit"))

    assert "Eli Moreau invited role: candidate –" in page
    assert "Eli Moreau deactivated Luis Ferro" in page


def test_the_trail_is_narrowed_to_a_person_and_an_action(
    eli: Visitor, store: Store, cast: Cast
) -> None:
    eli.post(f"/admin/people/{cast.luis.id}/close")

    about_luis = words(eli.text(f"/admin/audit?person={cast.luis.id}"))
    table = about_luis[about_luis.index("Newest first, about Luis Ferro") :]
    assert "Eli Moreau deactivated Luis Ferro" in table
    assert "Ana Reyes" not in table

    closed = words(eli.text("/admin/audit?action=deactivated"))
    assert "Luis Ferro" in closed
    assert "signed in –" not in closed


def test_the_trail_keeps_the_hour_of_a_sign_in_to_itself(
    eli: Visitor, ana: Visitor, cast: Cast
) -> None:
    page = words(eli.text(f"/admin/audit?person={cast.ana.id}&action=signed in"))

    table = page[page.index("Newest first, about") :]
    assert "signed in" in table
    assert not re.search(r"\d:\d\d", table)


def test_unknown_narrowings_mean_everything(eli: Visitor, cast: Cast) -> None:
    assert "Newest first" in eli.text("/admin/audit?person=nobody&action=everything")


@pytest.mark.parametrize("url", ["/admin/", "/admin/invite", "/admin/audit"])
def test_only_administrators_come_in(ana: Visitor, ben: Visitor, cora: Visitor, url: str) -> None:
    for visitor in (ana, ben, cora):
        visitor.get(url, expect=403)


def test_an_old_invitation_is_not_open(eli: Visitor, store: Store, cast: Cast) -> None:
    account.invite(
        store,
        as_viewer(store, cast.eli),
        email="late@harbor.example",
        full_name="Late Comer",
        grant=RoleGrant(Role.TRAINER),
        now=datetime.now(UTC) - timedelta(days=8),
    )

    assert "Late Comer" not in eli.text("/admin/")


def test_an_open_invitation_is_withdrawn_after_a_question(eli: Visitor, cast: Cast) -> None:
    invited = eli.post("/admin/invite", an_invitation(cast), expect=200).text
    found = LINK.search(invited)
    asked = re.search(r'href="(/admin/invitations/[^"]+)"', eli.text("/admin/"))
    assert found is not None
    assert asked is not None
    assert "stops working at once" in eli.text(asked[1])
    assert "Nobody is invited" not in eli.text("/admin/")

    eli.post(asked[1])

    assert "Nobody is invited at the moment." in eli.text("/admin/")
    assert "invitation withdrawn" in eli.text("/admin/audit")
    eli.get(asked[1], expect=404)
    eli.get(found[1], expect=404)
