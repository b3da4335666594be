"""No write without a token, none from another site, and no write by reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import inspect, text

from tests.web.crawl import crawl
from tests.web.test_access import _addresses, _requests
from tests.web.things import Thing, make_things
from tests.web.visit import Visitor

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy import Engine

    from app.storage.store import Store
    from tests.cast import Cast

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


@pytest.fixture
def things(app: Flask, store: Store, cast: Cast) -> dict[str, Thing]:
    return make_things(store, cast, app.extensions["waymark-content"].library())


def test_no_form_is_taken_without_its_token(
    app: Flask, things: dict[str, Thing], ana: Visitor, engine: Engine
) -> None:
    before = everything(engine)
    for token in ("", "a token of another browser"):
        for url in unsafe_urls(app, things):
            response = ana.client.post(url, data={"csrf_token": token})
            assert response.status_code == 400, url

    assert everything(engine) == before


def test_no_form_is_taken_from_another_site(
    app: Flask, things: dict[str, Thing], ana: Visitor, engine: Engine
) -> None:
    token = ana.token()
    before = everything(engine)
    for site in ("cross-site", "same-site"):
        for url in unsafe_urls(app, things):
            response = ana.client.post(
                url, data={"csrf_token": token}, headers={"Sec-Fetch-Site": site}
            )
            assert response.status_code == 403, url

    assert everything(engine) == before


def test_no_form_is_taken_as_json(
    app: Flask, things: dict[str, Thing], ana: Visitor, engine: Engine
) -> None:
    headers = {"X-CSRFToken": ana.token()}
    before = everything(engine)
    for url in unsafe_urls(app, things):
        response = ana.client.post(url, json=[1, {"name": 7}], headers=headers)
        assert response.status_code == 415, url

    assert everything(engine) == before


def test_a_token_of_one_person_does_not_serve_another(ana: Visitor, luis: Visitor) -> None:
    response = luis.client.post(
        "/account/plan", data={"csrf_token": ana.token(), "minutes_a_day": "20"}
    )

    assert response.status_code == 400
    assert "form was open too long" in response.text


@pytest.mark.parametrize("name", ["ana", "ben", "cora", "eli"])
def test_reading_changes_nothing(
    name: str, app: Flask, cast: Cast, things: dict[str, Thing], engine: Engine
) -> None:
    assert things
    visitor = Visitor(app).sign_in(getattr(cast, name))
    before = everything(engine)

    pages = sum(1 for _ in crawl(visitor, "/"))

    assert pages > 5
    assert everything(engine) == before


def test_the_comparison_sees_a_change(ana: Visitor, engine: Engine) -> None:
    """The control: a write must show, or the tests above would be blind."""
    before = everything(engine)
    ana.post("/account/plan", {"minutes_a_day": "25"})

    assert everything(engine) != before


def unsafe_urls(app: Flask, things: dict[str, Thing]) -> list[str]:
    urls = []
    with app.test_request_context():
        for rule, method in _requests(app):
            if method in UNSAFE:
                values = _addresses(rule, things)[0][1]
                urls.append(app.url_for(rule.endpoint, **values))
    return urls


KEPT_BY_LOOKING = "audit packet downloaded"


def everything(engine: Engine) -> dict[str, list[str]]:
    """Every row of every table, to compare before and after.

    That somebody's record was opened, or taken along in a packet, is the one thing kept by looking:
    the person sees it.
    """
    with engine.connect() as connection:
        return {
            table: sorted(
                row
                for row in map(str, connection.execute(text(f'SELECT * FROM "{table}"')).all())
                if KEPT_BY_LOOKING not in row
            )
            for table in inspect(engine).get_table_names()
            if table != "record_looks"
        }
