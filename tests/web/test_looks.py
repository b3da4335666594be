"""Whoever opens a page about somebody is kept, and the person sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.domain.record_look import OTHER
from app.storage.record_looks import RecordLookShelf
from app.storage.trouble import StorageTrouble, TroubleKind
from app.web.shared.looking import PERSON, kind_of
from tests.web.visit import Visitor

if TYPE_CHECKING:
    from flask import Flask

    from app.storage.store import Store
    from tests.cast import Cast

MINE = "/account/my-data"
# What addresses of supervisors' and administrators' pages carry beside a person: none of these
# leads to one member of staff without naming them.
NO_PERSON = {
    "cohort_id": "a team",
    "role": "stands behind the person in the address",
    "assignment_id": "asked of a team; its page names the title and whom it is for",
    "invitation_id": "somebody who is not here yet",
    "observation_id": "stands behind the person in the address",
    "request_id": "stands behind the person in the address",
    "sign_off_id": "stands behind the person in the address",
    "goal_id": "stands behind the person in the address",
    "contract_id": "stands behind the person in the address",
    "leave_id": "stands behind the person in the address",
    "entry_id": "stands behind the person in the address",
    "target": "a competency; stands behind the person in the address, or with a team",
    "area": "an area of competencies",
    "packet_id": "stands behind the person in the address; of a team, each of its people is kept",
    "framework_id": "a framework of competencies",
}
ROOMS = ("team.", "admin.")


def test_the_person_sees_who_opened_which_page(ana: Visitor, cora: Visitor, cast: Cast) -> None:
    assert "Nobody has opened a page about you yet" in ana.text(MINE)

    cora.get(f"/team/{cast.eastside.id}/people/{cast.ana.id}")

    text = ana.text(MINE)
    assert "Cora Lindqvist" in text
    assert "overview" in text


def test_an_administrator_is_kept_too_and_sees_the_list(
    ana: Visitor, eli: Visitor, cast: Cast
) -> None:
    eli.get(f"/admin/people/{cast.ana.id}")

    assert "Eli Moreau" in ana.text(MINE)
    assert "account" in eli.text(f"/admin/people/{cast.ana.id}/looks")


def test_opening_ones_own_page_is_not_kept(eli: Visitor, cast: Cast) -> None:
    eli.get(f"/admin/people/{cast.eli.id}")

    assert "Nobody has opened a page about you yet" in eli.text(MINE)


def test_a_page_that_was_not_shown_is_not_kept(ana: Visitor, dov: Visitor, cast: Cast) -> None:
    dov.get(f"/team/{cast.eastside.id}/people/{cast.ana.id}", expect=404)
    dov.get(f"/team/{cast.westside.id}/people/{cast.ana.id}", expect=404)

    assert "Dov Katz" not in ana.text(MINE)


def test_a_supervisor_does_not_see_who_else_looked(cora: Visitor, cast: Cast) -> None:
    cora.get(f"/admin/people/{cast.ana.id}/looks", expect=403)


def test_a_look_that_cannot_be_kept_keeps_nobody_from_the_page(
    cora: Visitor,
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def refuse(*_arguments: object) -> None:
        raise StorageTrouble(TroubleKind.FULL, "disk full")

    monkeypatch.setattr(RecordLookShelf, "add", refuse)

    assert "Ana Reyes" in cora.text(f"/team/{cast.eastside.id}/people/{cast.ana.id}")
    assert "could not be kept" in caplog.text


def test_a_second_look_on_a_day_writes_nothing(
    cora: Visitor, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = f"/team/{cast.eastside.id}/people/{cast.ana.id}"
    cora.get(page)
    monkeypatch.delattr(RecordLookShelf, "add")

    cora.get(page)


def test_every_address_about_a_person_says_what_it_opens(app: Flask) -> None:
    """A new page about a person gets a word in app/domain/record_look.py."""
    rules = [rule for rule in _rooms(app) if PERSON in rule.arguments]

    assert len(rules) > 5
    assert [rule.rule for rule in rules if kind_of(rule) == OTHER] == []


def test_no_other_part_of_an_address_names_a_person(app: Flask) -> None:
    """A new part is either the person, which is kept, or it gets a row with a reason."""
    names = {name for rule in _rooms(app) for name in rule.arguments}

    assert names - NO_PERSON.keys() - {PERSON} == set()


@pytest.mark.parametrize("door", ["team", "admin"])
def test_the_house_would_find_a_page_that_keeps_no_looks(
    app: Flask, store: Store, cast: Cast, door: str
) -> None:
    """The negative control: with the hook gone, a look is not found."""
    app.after_request_funcs[door] = []
    who, url = {
        "team": (cast.cora, f"/team/{cast.eastside.id}/people/{cast.ana.id}"),
        "admin": (cast.eli, f"/admin/people/{cast.ana.id}"),
    }[door]

    Visitor(app).sign_in(who).get(url)

    assert "Nobody has opened" in Visitor(app).sign_in(cast.ana).text(MINE)


def _rooms(app: Flask) -> list:  # type: ignore[type-arg]  # werkzeug's rules are not generic here
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith(ROOMS)]
