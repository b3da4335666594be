"""The authorisation matrix: every route × method × the cast × own, other's and missing things.

Generated from the map of addresses and the table of policies; neither can forget a row.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from app.services import account
from tests.cast import as_viewer
from tests.web.access_table import (
    ADMINISTRATOR,
    ANYONE,
    CANDIDATE,
    POLICY,
    SIGNED_IN,
    STUDIO,
    SUPERVISOR,
    TRAINER,
)
from tests.web.things import Thing, make_things
from tests.web.visit import Visitor

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.routing import Rule

    from app.storage.store import Store
    from tests.cast import Cast

DOORS = {
    ANYONE: {"anonymous", "ana", "luis", "mika", "cora", "dov", "ben", "eli", "noor"},
    SIGNED_IN: {"ana", "luis", "mika", "cora", "dov", "ben", "eli"},
    CANDIDATE: {"ana", "luis", "mika"},
    SUPERVISOR: {"cora", "dov"},
    TRAINER: {"ben"},
    ADMINISTRATOR: {"eli"},
    STUDIO: {"ben", "eli"},
}
CAST_NAMES = ("anonymous", "ana", "luis", "mika", "cora", "dov", "ben", "eli", "noor")
LET_IN = {200, 303, 409, 422}
# Signing these out in the middle of the table would change who asks next.
LAST = {"account.sign_out"}


@pytest.fixture
def visitors(app: Flask, store: Store, cast: Cast) -> dict[str, Visitor]:
    """Everybody with a browser. Noor was signed in when her account was closed."""
    names = [name for name in CAST_NAMES if name != "anonymous"]
    visitors = {name: Visitor(app).sign_in(getattr(cast, name)) for name in names}
    for visitor in visitors.values():
        visitor.token()
    eli = as_viewer(store, cast.eli)
    account.set_active(store, eli, person_id=cast.noor.id, active=False, now=datetime.now(UTC))
    return {"anonymous": Visitor(app), **visitors}


@pytest.fixture
def things(app: Flask, store: Store, cast: Cast) -> dict[str, Thing]:
    library = app.extensions["waymark-content"].library()
    return make_things(store, cast, library)


def test_every_route_has_a_policy_and_every_policy_a_route(app: Flask) -> None:
    routes = {rule.endpoint for rule in app.url_map.iter_rules()}

    assert routes - POLICY.keys() == set()
    assert POLICY.keys() - routes == set()


def test_the_matrix(app: Flask, visitors: dict[str, Visitor], things: dict[str, Thing]) -> None:
    wrong = [
        f"{name} {method} {rule.endpoint} ({which}): got {got}, expected {expected}"
        for rule, method in _requests(app)
        for name, visitor in visitors.items()
        for which, values in _addresses(rule, things)
        for expected in [_expected(rule, name, which, things)]
        for got in [_ask(app, visitor, rule, method, values)]
        if got not in expected
    ]

    assert wrong == [], "\n".join(wrong)


def test_the_matrix_is_as_large_as_the_map(app: Flask, things: dict[str, Thing]) -> None:
    cases = sum(len(CAST_NAMES) * len(_addresses(rule, things)) for rule, _ in _requests(app))

    assert cases > 500


def _requests(app: Flask) -> Iterator[tuple[Rule, str]]:
    rules = sorted(app.url_map.iter_rules(), key=lambda rule: (rule.endpoint in LAST, rule.rule))
    for rule in rules:
        for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}):
            yield rule, method


def _addresses(rule: Rule, things: dict[str, Thing]) -> list[tuple[str, dict[str, object]]]:
    if not rule.arguments:
        return [("no thing", {})]
    thing = things[POLICY[rule.endpoint].thing]
    return [
        (which, {name: values[name] for name in rule.arguments})
        for which, values in (("existing", thing.own), ("missing", thing.missing))
    ]


def _expected(rule: Rule, name: str, which: str, things: dict[str, Thing]) -> set[int]:
    policy = POLICY[rule.endpoint]
    if name not in DOORS[policy.door]:
        return {303} if name in {"anonymous", "noor"} else {403}
    if which == "no thing":
        return LET_IN
    thing = things[policy.thing]
    if which == "missing":
        return {404}
    return LET_IN if not thing.owners or name in thing.owners else {404}


def _ask(app: Flask, visitor: Visitor, rule: Rule, method: str, values: dict[str, object]) -> int:
    with app.test_request_context():
        url = app.url_for(rule.endpoint, **values)
    if method == "GET":
        response = visitor.client.get(url)
    else:
        response = visitor.client.open(url, method=method, data={"csrf_token": visitor.token()})
    return response.status_code
