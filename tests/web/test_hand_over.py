"""A hand-over in a browser: the line that waited for the former supervisor is signed for them."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

import pytest

from tests.web.test_admin import words
from tests.web.test_admin_roles import ending, give
from tests.web.test_hours import MEETING, lines
from tests.web.visit import Visitor

if TYPE_CHECKING:
    from flask import Flask

    from app.storage.store import Store
    from tests.cast import Cast

WHY = "Her notes lie before me."


@pytest.fixture
def line(eli: Visitor, ana: Visitor, store: Store, cast: Cast) -> str:
    """Where the line lies that waits for Cora, after Dov took the team over from her."""
    ana.post("/hours/meetings", {**MEETING, "supervisor": cast.cora.id})
    give(eli, cast.dov, "supervisor", cast.eastside)
    eli.post(ending(cast.cora, "supervisor", cast.eastside))
    (entry,) = lines(store, cast.ana)
    return f"/team/{cast.eastside.id}/people/{cast.ana.id}/hours/lines/{entry.id}"


def test_the_new_supervisor_finds_it_and_signs_with_a_reason(
    line: str, app: Flask, ana: Visitor, dov: Visitor, cast: Cast
) -> None:
    team = f"/team/{cast.eastside.id}"
    assert "Hours to co-sign" in dov.text(team)
    board = dov.text(f"{team}/hours")
    assert f'href="{line}"' in board
    assert "Sign for them" in board
    assert "Sign for Cora Lindqvist" in dov.text(line)
    assert "Cora Lindqvist, who no longer supervises" in words(ana.text("/hours/"))

    refused = dov.post(f"{line}/sign", {}, expect=422).text
    assert "why you sign for Cora Lindqvist" in words(refused)
    dov.post(f"{line}/sign", {"why": WHY})

    told = words(dov.text(line))
    assert "Supervisor Cora Lindqvist" in told
    assert f"UTC, for Cora Lindqvist: {WHY}" in told
    assert "Sign for Cora Lindqvist" not in told
    csv = ana.text(f"/hours/lines.csv?since={MEETING['day']}&until={MEETING['day']}")
    assert f", for Cora Lindqvist: {WHY}" in csv
    assert f"for Cora Lindqvist: {WHY}" in words(
        ana.text(f"/hours/lines?since={MEETING['day']}&until={MEETING['day']}")
    )


def test_the_former_supervisor_is_kept_out(line: str, cora: Visitor) -> None:
    cora.post(f"{line}/sign", {"why": WHY}, expect=403)


def test_an_unusable_reason_comes_back_as_typed(line: str, dov: Visitor) -> None:
    page = dov.post(f"{line}/sign", {"why": "w" * 501}, expect=422).text

    assert "One thing needs a change" in page
    assert "w" * 501 in page


def test_a_former_supervisor_who_is_on_record_can_be_named(
    line: str, ana: Visitor, store: Store, cast: Cast
) -> None:
    form = unescape(ana.text("/hours/meetings"))
    assert "Cora Lindqvist, who supervised you before" in form

    sent = {**MEETING, "start": "14:00", "end": "15:00", "supervisor": cast.cora.id}
    ana.post("/hours/meetings", dict(sent))

    assert len(lines(store, cast.ana)) == 2
