"""The matrix of privacy: everybody crawls everything they can reach and whatever leads to Ana.

Pages, exports and feeds are read alike; archives are opened. Whoever must not see a kind of data
meets none of its telltales, and whoever must see it does.
"""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from app.domain.person import Role, RoleGrant
from app.services.account import add_cohort, add_organisation
from app.storage.private_notes import PrivateNoteShelf
from tests.cast import a_person
from tests.pdf_words import pdf_pages
from tests.web.crawl import crawl
from tests.web.privacy_matrix import EVERYBODY, MATRIX, NEVER, SEES, verdict
from tests.web.private_things import Planted, plant
from tests.web.visit import Visitor

if TYPE_CHECKING:
    from flask import Flask

    from app.domain.person import Person
    from app.storage.store import Store
    from tests.cast import Cast

# Nothing about people: what everybody reads alike, and what would take an hour to walk through.
SKIP = (
    "/assets",
    "/learn/lessons/",
    "/learn/figures",
    "/learn/glossary",
    "/learn/competencies/",
    "/studio/problems",
    "/studio/items/",
    "/studio/lessons/",
    "/studio/cases/",
    "/exam/practice?",
)


@pytest.fixture
def planted(app: Flask, store: Store, cast: Cast) -> Planted:
    return plant(store, cast, app.extensions["waymark-content"].library())


@pytest.fixture
def people(store: Store, cast: Cast) -> dict[str, Person]:
    """The cast, with those whom only privacy needs."""
    now = datetime.now(UTC)
    sam = a_person(store, "Sam Second", role=Role.SUPERVISOR, team=cast.eastside, now=now)
    fay = a_person(store, "Fay Former", role=Role.SUPERVISOR, team=cast.eastside, now=now)
    with store.writing():
        store.people.revoke(fay.id, RoleGrant(Role.SUPERVISOR, cast.eastside.id))
        elsewhere = RoleGrant(Role.SUPERVISOR, cast.westside.id)
        store.people.grant(store.new_id(now), fay.id, elsewhere, now=now)
    other = store.for_organisation(add_organisation(store, name="Hill Clinic", now=now))
    hill = add_cohort(other, name="Hill", now=now)
    hal = a_person(other, "Hal Hill", role=Role.SUPERVISOR, team=hill, now=now)
    with other.writing():
        other.people.grant(other.new_id(now), hal.id, RoleGrant(Role.ADMINISTRATOR), now=now)
    known = {name: getattr(cast, name) for name in ("ana", "cora", "dov", "luis", "ben", "eli")}
    return {**known, "sam": sam, "fay": fay, "hal": hal}


def test_everybody_of_the_matrix_is_known() -> None:
    assert {name for row in MATRIX.values() for name in row} <= set(EVERYBODY)


@pytest.mark.parametrize("name", EVERYBODY)
def test_nobody_meets_what_the_matrix_keeps_from_them_and_everybody_what_it_promises(
    app: Flask, people: dict[str, Person], planted: Planted, name: str
) -> None:
    visitor = _visitor(app, people, name)

    met = _met(app, visitor, planted)

    leaks = {kind: met[kind][:3] for kind in MATRIX if verdict(kind, name) == NEVER and met[kind]}
    missing = [kind for kind in MATRIX if verdict(kind, name) == SEES and not met[kind]]
    assert (leaks, missing) == ({}, [])


def test_a_leak_would_be_found(
    app: Flask, people: dict[str, Person], planted: Planted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: a shelf that forgets whose notes it was asked for."""
    asked = PrivateNoteShelf.own
    cora = people["cora"].id
    monkeypatch.setattr(
        PrivateNoteShelf, "own", lambda shelf, _author, *, about: asked(shelf, cora, about=about)
    )

    met = _met(app, _visitor(app, people, "sam"), planted)

    assert met["supervisor's private note"]


def test_the_crawl_opens_packets_and_reads_their_printed_pages(
    app: Flask, people: dict[str, Person], planted: Planted
) -> None:
    """The negative control: what a packet tells is found in it, so a leak would be, too."""
    visitor = _visitor(app, people, "cora")

    met = [url for url in _met(app, visitor, planted)["sign-off"] if url.endswith("/archive")]

    assert len(met) == 2
    sent = visitor.get(met[0]).get_data()
    with ZipFile(BytesIO(sent)) as archive:
        assert planted.signs["sign-off"].search(" ".join(pdf_pages(archive.read("packet.pdf"))))


def test_a_change_of_supervisor_counts_at_the_next_request(
    app: Flask, store: Store, cast: Cast, planted: Planted
) -> None:
    page = f"/team/{cast.eastside.id}/people/{cast.ana.id}/supervision"
    cora = Visitor(app).sign_in(cast.cora)
    cora.get(page)

    with store.writing():
        store.people.revoke(cast.cora.id, RoleGrant(Role.SUPERVISOR, cast.eastside.id))

    assert cora.client.get(page).status_code in {403, 404}
    assert planted.signs["sign-off"].search(Visitor(app).sign_in(cast.ana).text(OWN))


OWN = "/learn/supervision/sign-offs/planted-sign-off"


def _visitor(app: Flask, people: dict[str, Person], name: str) -> Visitor:
    visitor = Visitor(app)
    return visitor if name == "nobody" else visitor.sign_in(people[name])


def _met(app: Flask, visitor: Visitor, planted: Planted) -> dict[str, list[str]]:
    """The addresses at which each kind was met."""
    met: dict[str, list[str]] = {kind: [] for kind in planted.signs}
    own = {"learn", "exam", "play", "account", "team", "admin", "studio"}
    starts = ["/", *(f"/{room}/" for room in sorted(own)), *_addresses(app, planted)]
    for url, sent in crawl(visitor, *dict.fromkeys(starts), skip=SKIP):
        for value in planted.values.values():
            if isinstance(value, str) and value in url:
                sent = sent.replace(value, "")  # the asker brought it along
        for kind, sign in planted.signs.items():
            if sign.search(sent):
                met[kind].append(url)
    return met


def _addresses(app: Flask, planted: Planted) -> list[str]:
    """Every address that can be made of what belongs to Ana, whoever may open it."""
    with app.test_request_context():
        return [
            app.url_for(rule.endpoint, **{name: planted.values[name] for name in rule.arguments})
            for rule in app.url_map.iter_rules()
            if rule.arguments and rule.arguments <= planted.values.keys()
            if "GET" in (rule.methods or ())
        ]
