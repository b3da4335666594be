"""Signing in and out, coming in by link, one's own account."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from app.domain.person import Role, RoleGrant
from app.services import account
from app.storage.store import open_store
from tests.cast import PASSWORD, as_viewer
from tests.web.visit import Visitor

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy import Engine

    from app.storage.store import Store
    from tests.cast import Cast

GOOD = "copper lantern meadow eleven"


def test_a_page_asked_for_before_signing_in_is_opened_after_it(
    anonymous: Visitor, cast: Cast
) -> None:
    asked = anonymous.client.get("/learn/progress")
    assert asked.location == "/account/sign-in?next=/learn/progress"

    sent = {"email": cast.ana.email, "password": PASSWORD, "next": "/learn/progress"}
    response = anonymous.post("/account/sign-in", sent)

    assert response.location == "/learn/progress"


@pytest.mark.parametrize(
    "target",
    ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:x"],
)
def test_signing_in_never_leads_to_another_site(
    anonymous: Visitor, cast: Cast, target: str
) -> None:
    sent = {"email": cast.ana.email, "password": PASSWORD, "next": target}

    assert anonymous.post("/account/sign-in", sent).location == "/"


def test_a_wrong_password_and_an_unknown_address_get_the_same_page(
    anonymous: Visitor, cast: Cast
) -> None:
    pages = [
        anonymous.post("/account/sign-in", {"email": email, "password": "nope"}, expect=422).text
        for email in (cast.ana.email, "nobody@harbor.example")
    ]
    told = [re.sub(r'value="[^"]*"|nonce="[^"]*"', "", page) for page in pages]

    assert told[0] == told[1]
    assert "do not go together" in pages[0]


def test_signing_in_gives_a_new_cookie(anonymous: Visitor, cast: Cast) -> None:
    anonymous.get("/account/sign-in")
    before = anonymous.client.get_cookie("waymark")
    anonymous.sign_in(cast.ana)
    after = anonymous.client.get_cookie("waymark")

    assert before is not None
    assert after is not None
    assert before.value != after.value


def test_a_stolen_cookie_is_worthless_after_signing_out(app: Flask, ana: Visitor) -> None:
    stolen = ana.client.get_cookie("waymark")
    assert stolen is not None
    ana.post("/account/sign-out")
    thief = app.test_client()
    thief.set_cookie("waymark", stolen.value)

    assert thief.get("/learn/").status_code == 303


def test_signing_out_clears_what_the_browser_kept(ana: Visitor) -> None:
    response = ana.post("/account/sign-out")

    assert '"storage"' in response.headers["Clear-Site-Data"]


def test_a_page_says_whose_it_is_and_one_of_nobody_says_nothing(
    ana: Visitor, luis: Visitor, anonymous: Visitor, cast: Cast
) -> None:
    """What waits in a browser is told apart by it."""
    for url in ("/learn/", "/account/", "/exam/mocks"):
        assert f'data-person="{cast.ana.id}"' in ana.text(url)
    assert f'data-person="{cast.luis.id}"' in luis.text("/learn/")
    assert "data-person" not in anonymous.text("/account/sign-in")


def test_a_closed_account_is_out_at_the_next_request(
    ana: Visitor, store: Store, cast: Cast
) -> None:
    eli = as_viewer(store, cast.eli)
    account.set_active(store, eli, person_id=cast.ana.id, active=False, now=datetime.now(UTC))

    assert ana.client.get("/learn/").status_code == 303


def test_a_role_taken_away_is_gone_at_the_next_request(
    ana: Visitor, store: Store, cast: Cast
) -> None:
    with store.writing():
        store.people.revoke(cast.ana.id, RoleGrant(Role.CANDIDATE, cast.eastside.id))

    ana.get("/learn/", expect=403)


def test_another_browser_can_be_signed_out(app: Flask, ana: Visitor, cast: Cast) -> None:
    other = Visitor(app).sign_in(cast.ana)
    page = ana.text("/account/")
    (url,) = re.findall(r'action="(/account/browsers/[\w-]{36}/end)"', page)

    ana.post(url)

    assert other.client.get("/learn/").status_code == 303
    ana.get("/learn/")


def test_changing_the_password_signs_out_everywhere_else(
    app: Flask, ana: Visitor, cast: Cast
) -> None:
    other = Visitor(app).sign_in(cast.ana)

    ana.post("/account/password", {"current": PASSWORD, "password": GOOD})

    assert other.client.get("/learn/").status_code == 303
    Visitor(app).sign_in(cast.ana, GOOD)


def test_a_weak_password_is_refused_with_a_better_idea(ana: Visitor) -> None:
    for weak in ("short", "password1234", "ana@harbor.example"):
        response = ana.post(
            "/account/password", {"current": PASSWORD, "password": weak}, expect=422
        )
        assert "unrelated words" in response.text


def test_the_plan_is_kept_and_impossible_minutes_are_refused(ana: Visitor) -> None:
    ana.post("/account/plan", {"exam_on": "2031-03-01", "minutes_a_day": "30"})
    assert "exam in" in ana.text("/learn/")

    response = ana.post("/account/plan", {"minutes_a_day": "9999"}, expect=422)

    assert "between 5 and 240" in response.text


def test_too_many_tries_close_the_door_for_a_while(anonymous: Visitor, cast: Cast) -> None:
    for _ in range(10):
        anonymous.post("/account/sign-in", {"email": cast.ana.email, "password": "x"}, expect=422)

    response = anonymous.post(
        "/account/sign-in", {"email": cast.ana.email, "password": PASSWORD}, expect=429
    )

    assert "Wait 15 minutes" in response.text


def test_the_first_administrator_comes_in_by_the_set_up_link_once(
    app: Flask, engine: Engine
) -> None:
    with open_store(engine) as store:
        token = account.make_setup_token(store, now=datetime.now(UTC))
    newcomer = Visitor(app)
    form = {
        "organisation": "Cedar House",
        "full_name": "Eli Moreau",
        "email": "eli@cedar.example",
        "password": GOOD,
    }
    newcomer.get(f"/account/set-up/{token}")

    newcomer.post(f"/account/set-up/{token}", form)

    newcomer.get("/admin/")
    Visitor(app).get(f"/account/set-up/{token}", expect=404)


def test_a_set_up_form_with_faults_keeps_what_was_typed(app: Flask, engine: Engine) -> None:
    with open_store(engine) as store:
        token = account.make_setup_token(store, now=datetime.now(UTC))

    response = Visitor(app).post(
        f"/account/set-up/{token}",
        {"organisation": "Cedar House", "full_name": "E", "email": "nope", "password": GOOD},
        expect=422,
    )

    assert "does not look like an e-mail address" in response.text
    assert 'value="Cedar House"' in response.text


def test_an_invitation_works_once(app: Flask, store: Store, cast: Cast) -> None:
    grant = RoleGrant(Role.CANDIDATE, cast.eastside.id)
    token = account.invite(
        store,
        as_viewer(store, cast.eli),
        email="rosa@harbor.example",
        full_name="Rosa Lind",
        grant=grant,
        now=datetime.now(UTC),
    )
    rosa = Visitor(app)
    assert "Welcome, Rosa Lind" in rosa.text(f"/account/invitations/{token}")

    rosa.post(f"/account/invitations/{token}", {"password": GOOD})

    rosa.get("/learn/")
    Visitor(app).get(f"/account/invitations/{token}", expect=404)


def test_hostile_names_are_shown_as_text(ana: Visitor, store: Store, cast: Cast) -> None:
    hostile = '"><script>alert(1)</script>'
    account.invite(
        store,
        as_viewer(store, cast.eli),
        email="x@harbor.example",
        full_name=hostile,
        grant=RoleGrant(Role.TRAINER),
        now=datetime.now(UTC),
    )

    assert hostile not in ana.text("/account/")
