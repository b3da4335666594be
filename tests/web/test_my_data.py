"""Taking a copy along and being forgotten, as people meet it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from app.services.erasure import ask_to_be_erased
from tests.cast import as_viewer
from tests.web.visit import Visitor

if TYPE_CHECKING:
    from app.storage.store import Store
    from tests.cast import Cast

MINE = "/account/my-data"


def test_the_copy_is_an_archive_to_keep(ana: Visitor) -> None:
    assert f'href="{MINE}/copy" download' in ana.text(MINE)

    response = ana.get(f"{MINE}/copy")

    assert response.mimetype == "application/zip"
    assert "attachment" in response.headers["Content-Disposition"]
    assert response.data[:2] == b"PK"


def test_a_supervisor_without_any_learning_takes_a_copy_too(cora: Visitor) -> None:
    assert cora.get(f"{MINE}/copy").data[:2] == b"PK"


def test_what_stays_and_why_is_told_before_anybody_asks(ana: Visitor) -> None:
    text = ana.text(MINE)

    assert "sign-offs" in text
    assert "Boards ask for supervised hours years later" in text


def test_a_wish_is_seen_by_administrators_and_can_be_taken_back(
    ana: Visitor, eli: Visitor, cast: Cast
) -> None:
    ana.post(f"{MINE}/erasure")

    assert "You asked on" in ana.text(MINE)
    assert "asks to be forgotten" in eli.text("/admin/")
    assert "Forget for good" not in eli.text(f"/admin/people/{cast.ana.id}")
    eli.post(f"/admin/people/{cast.ana.id}/erasure", expect=409)

    ana.post(f"{MINE}/erasure/take-back")

    assert "You asked on" not in ana.text(MINE)
    assert "asks to be forgotten" not in eli.text("/admin/")


def test_after_two_weeks_an_administrator_does_it(
    store: Store, ana: Visitor, eli: Visitor, cora: Visitor, cast: Cast
) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=15)
    ask_to_be_erased(store, as_viewer(store, cast.ana), now=long_ago)

    assert "Forget for good" in eli.text(f"/admin/people/{cast.ana.id}")
    eli.post(f"/admin/people/{cast.ana.id}/erasure")

    assert "Ana Reyes" not in eli.text("/admin/")
    assert "Former staff member" in eli.text("/admin/")
    assert ana.client.get(MINE).status_code == 303
    assert "Ana Reyes" not in cora.text(f"/team/{cast.eastside.id}")
