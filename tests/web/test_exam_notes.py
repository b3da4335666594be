"""Notes in a mock exam: kept as they were written."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime

from app.services import mock_exam
from app.storage.store import Store
from tests.cast import Cast, as_viewer
from tests.exam_builders import save, start_exam
from tests.web.visit import Visitor


def question(visitor: Visitor, position: int = 1) -> str:
    """Starts an exam. Gives the address of a question of it."""
    visitor.post("/exam/mocks/aadc/quick", {"request_key": "start"})
    found = re.search(r'href="(/exam/sittings/[\w-]+)"', visitor.get("/exam/mocks").text)
    assert found is not None
    return f"{found[1]}/items/{position}"


def note_on(page: str) -> str:
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert found is not None
    return html.unescape(found[1])


def test_a_note_of_a_thousand_characters_is_kept_whole_with_its_lines(ana: Visitor) -> None:
    url = question(ana)
    note = "\n".join(["x" * 90] * 11)[:1000]

    ana.post(url, {"note": note.replace("\n", "\r\n"), "request_key": "long"})

    assert len(note) == 1000
    assert note_on(ana.text(url)) == note


def test_a_form_sent_after_the_end_is_told_that_nothing_was_added(
    ana: Visitor, store: Store, cast: Cast
) -> None:
    viewer, now = as_viewer(store, cast.ana), datetime.now(UTC)
    attempt = start_exam(store, viewer, now=now)
    save(store, viewer, attempt, "a", now=now)
    mock_exam.hand_in(store, viewer, attempt_id=attempt.id, now=now)
    url = f"/exam/sittings/{attempt.id}/items/2"

    result = ana.post(url, {"chosen": "b", "request_key": "k", "base_revision": "0"}).location

    assert "nothing was added" in ana.text(result)
    assert "nothing was added" not in ana.text(result.partition("?")[0])


def test_a_form_sent_during_a_break_is_told_that_nothing_was_changed(
    ana: Visitor, cora: Visitor, cast: Cast
) -> None:
    member = f"/team/{cast.eastside.id}/people/{cast.ana.id}"
    cora.post(f"{member}/exam-time", {"extra_percent": "0", "break_minutes": "15"})
    url = question(ana)
    ana.post(f"{url.partition('/items/')[0]}/break")

    page = ana.post(url, {"chosen": "a", "note": "Hm.", "request_key": "k"}, expect=409).text

    assert "You are on a break, so nothing was changed." in page
