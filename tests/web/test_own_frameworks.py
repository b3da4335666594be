"""A framework an organization brought with it serves from the form to the audit packet."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from app.domain.competency import Competency, CompetencyFramework, CompetencyGroup
from app.domain.competency_exchange import to_package
from app.services.packet_making import make_packets
from tests.cast import PASSWORD
from tests.services.supervising import Supervising

if TYPE_CHECKING:
    from flask import Flask

    from app.storage.store import Store
    from tests.cast import Cast
    from tests.web.visit import Visitor

CODE, TITLE = "OWN-1", "Greets at the gate"
FRAMEWORK = CompetencyFramework(
    id="OWN",
    title="Harbor house",
    edition="2026",
    publisher="Harbor",
    source="",
    note="",
    groups=(CompetencyGroup("GATE", "At the gate", "dimension"),),
    competencies=(Competency(CODE, "OWN", "GATE", TITLE, TITLE, "own"),),
)


@pytest.fixture
def chain(app: Flask, store: Store, cast: Cast, eli: Visitor) -> Supervising:
    """Cora with Ana, in an organization with a framework of its own."""
    package = json.dumps(to_package(FRAMEWORK)).encode()
    eli.post("/admin/frameworks", {"package": (io.BytesIO(package), "own.json")})
    return Supervising(store, cast, app.extensions["waymark-content"].library())


def person(chain: Supervising) -> str:
    return f"/team/{chain.place.cohort_id}/people/{chain.place.person_id}"


def matrix(chain: Supervising, rest: str = "") -> str:
    return f"/team/{chain.place.cohort_id}/competencies{rest}?framework=OWN"


def observe(chain: Supervising, cora: Visitor, *, days_ago: int) -> str:
    day = datetime.now(UTC).date() - timedelta(days=days_ago)
    url = cora.post(f"{person(chain)}/observations").location
    added = {"seen": "0", "act": "add", "more": CODE}
    cora.post(url, added)
    form: dict[str, object] = {
        "seen": "1",
        "mode": "live",
        "observed_on": day.isoformat(),
        "mark": CODE,
        f"level-{CODE}": "3",
        "went_well": "Asked first.",
        "next_step": "Wait longer.",
        "act": "finish",
    }
    cora.post(url, form)
    return url


def sign(chain: Supervising, cora: Visitor, what: str) -> None:
    told: dict[str, object] = {
        "what": what,
        "level": "3",
        "statement": "I have seen it.",
        "typed_name": "Cora Lindqvist",
        "password": PASSWORD,
        "form_key": what,
    }
    cora.post(f"{person(chain)}/sign-offs/new", told)


def test_an_own_competency_that_is_asked_is_met_by_observations(
    chain: Supervising, cora: Visitor
) -> None:
    cora.post(matrix(chain, "/asked"), {f"level-{CODE}": "3", "level-GATE": "3"})
    assert "not enough evidence: 1" in cora.text(matrix(chain))

    for days in (9, 5, 1):
        seen = observe(chain, cora, days_ago=days)

    assert TITLE in cora.text(seen)
    assert "met: 1 met" in cora.text(matrix(chain))
    cell = cora.text(matrix(chain, f"/people/{chain.place.person_id}/{CODE}"))
    assert cell.count("Competent, live") == 3
    assert TITLE in cora.text(f"{person(chain)}/supervision")


def test_an_own_competency_can_be_wished_rated_by_oneself_and_planned(
    chain: Supervising, cora: Visitor, ana: Visitor
) -> None:
    day = (datetime.now(UTC).date() + timedelta(days=7)).isoformat()
    words = f"{CODE}: {TITLE}"
    for visitor, url in (
        (ana, "/learn/supervision/ask"),
        (ana, "/learn/supervision/self-rating"),
        (cora, f"{person(chain)}/goals/new"),
    ):
        assert words in visitor.text(url)

    wish = {"competency": CODE, "wished_on": day, "words": "Soon.", "form_key": "a"}
    ana.post("/learn/supervision/ask", wish)
    ana.post("/learn/supervision/self-rating", {"competency": CODE, "level": "2", "form_key": "b"})
    goal = {"competency": CODE, "goal": "Greets.", "steps": "Tries.", "form_key": "c"}
    cora.post(f"{person(chain)}/goals/new", {**goal, "target_on": day, "reobserve_on": day})

    mine, record = ana.text("/learn/supervision"), cora.text(f"{person(chain)}/supervision")
    assert mine.count(words) == record.count(words) == 2  # the goal, and what was wished
    for page in (mine, record):
        assert f"{TITLE}</" in page  # beside the rating
    assert words in cora.text(f"/team/{chain.place.cohort_id}")  # a wish waits for an answer


def test_an_own_competency_and_its_area_are_signed_off_and_told_in_words(
    app: Flask, chain: Supervising, cora: Visitor, ana: Visitor, eli: Visitor, store: Store
) -> None:
    chain.licence()
    cora.post(matrix(chain, "/asked"), {f"level-{CODE}": "3"})
    for days in (9, 5, 1):
        observe(chain, cora, days_ago=days)
    page = cora.text(f"{person(chain)}/sign-offs/new")
    assert f'value="competency:{CODE}"' in page
    assert 'value="area:OWN/GATE"' in page

    sign(chain, cora, f"competency:{CODE}")
    sign(chain, cora, "area:OWN/GATE")

    records = (
        cora.text(f"{person(chain)}/supervision"),
        ana.text("/learn/supervision"),
        eli.text(f"/admin/people/{chain.place.person_id}/supervision"),
    )
    for record in records:
        assert f"{CODE}: {TITLE}" in record
        assert "OWN/GATE: At the gate" in record
    for signed in re.findall(r"/learn/supervision/sign-offs/[\w-]+", records[1]):
        assert "Evidence missing" not in ana.text(signed)
    cell = cora.text(matrix(chain, f"/people/{chain.place.person_id}/{CODE}"))
    assert cell.count("Sign-off") == 2

    table = sign_offs_of_packet(app, store, cora, chain)
    assert {(one["target"], one["title"]) for one in table} == {
        (CODE, TITLE),
        ("OWN/GATE", "At the gate"),
    }


def sign_offs_of_packet(
    app: Flask, store: Store, cora: Visitor, chain: Supervising
) -> list[dict[str, str]]:
    page = cora.post(f"/team/{chain.place.cohort_id}/packets", {}).location
    library = app.extensions["waymark-content"].library()
    assert make_packets(store, library, lambda: datetime.now(UTC)) == 1
    sent = cora.get(f"{page.partition('?')[0]}/archive")
    with ZipFile(io.BytesIO(sent.get_data())) as archive:
        (name,) = [one for one in archive.namelist() if one.endswith("/sign-offs.csv")]
        return list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))


HALF = r'"title": "Harbor \ud800 house"'


def with_half_a_character() -> str:
    text = json.dumps(to_package(FRAMEWORK))
    assert '"title": "Harbor house"' in text
    return text.replace('"title": "Harbor house"', HALF)


def test_a_file_with_half_a_character_is_refused_with_its_place(eli: Visitor, store: Store) -> None:
    sent = {"package": (io.BytesIO(with_half_a_character().encode()), "own.json")}

    told = eli.post("/admin/frameworks", sent, expect=422).get_data(as_text=True)

    assert "CFDocument.title" in told
    assert "cannot be shown" in told
    assert store.own_frameworks.newest() == {}


def test_such_a_file_that_was_taken_once_breaks_no_page_any_more(
    eli: Visitor, cora: Visitor, ana: Visitor, store: Store, cast: Cast
) -> None:
    package, now = json.loads(with_half_a_character()), datetime.now(UTC)
    with store.writing():
        store.own_frameworks.add(store.new_id(now), "OWN", "1", package, by=cast.eli.id, now=now)

    for visitor, url in (
        (eli, "/admin/frameworks"),
        (cora, f"/team/{cast.eastside.id}/competencies"),
        (cora, f"/team/{cast.eastside.id}/people/{cast.ana.id}/sign-offs/new"),
        (ana, "/learn/competencies"),
    ):
        visitor.get(url)
