"""Notes and marks in a mock exam: no page that is behind takes away what another one kept."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from typing import Any

from app.services import mock_exam
from app.storage.store import Store
from tests.cast import Cast, as_viewer
from tests.exam_builders import save, start_exam
from tests.web.visit import Visitor

JSON = {"Accept": "application/json"}


def question(visitor: Visitor, position: int = 1) -> str:
    """Starts an exam. Gives the address of a question of it."""
    visitor.post("/exam/mocks/aadc/quick", {"request_key": "start"})
    found = re.search(r'href="(/exam/sittings/[\w-]+)"', visitor.get("/exam/mocks").text)
    assert found is not None
    return f"{found[1]}/items/{position}"


def seen(page: str) -> dict[str, object]:
    """What a page sends along of the state it was made with."""
    found = re.search(r'name="marks_seen" value="(\w+)"', page)
    assert found is not None
    return {"marks_seen": found[1]}


def note_on(page: str) -> str:
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert found is not None
    return html.unescape(found[1])


def send(visitor: Visitor, url: str, form: dict[str, object]) -> dict[str, Any]:
    """Saves as the script does. Gives what it is told."""
    told: dict[str, Any] = visitor.post(url, form, headers=JSON, expect=200).get_json()
    assert told["saved"]
    return told


def test_a_page_that_is_behind_changes_only_what_was_changed_on_it(ana: Visitor) -> None:
    url = question(ana)
    old = seen(ana.text(url))
    send(ana, url, {**old, "note": "Consent first.", "confidence": "sure", "request_key": "newer"})

    told = send(ana, url, {**old, "note": "", "flag": "yes", "request_key": "older"})

    page = ana.text(url)
    assert note_on(page) == "Consent first."
    assert re.search(r'value="sure" checked', page)
    assert re.search(r'name="flag" value="yes" checked', page)
    assert ["note", "Consent first."] in told["marks"]
    assert {"marks_seen": told["marksSeen"]} == seen(page)


def test_two_notes_of_two_pages_stand_one_below_the_other(ana: Visitor) -> None:
    url = question(ana)
    old = seen(ana.text(url))
    send(ana, url, {**old, "note": "Consent first.", "request_key": "newer"})

    for _ in range(2):  # sent again it is not said twice
        send(ana, url, {**old, "note": "Ask the family.", "request_key": "older"})

    assert note_on(ana.text(url)) == "Consent first.\n\nAsk the family."


def test_a_note_is_rewritten_and_emptied_on_the_page_that_wrote_it(ana: Visitor) -> None:
    url = question(ana)
    here = seen(ana.text(url))
    for note in ("Consent first.", "Ask the family.", ""):
        told = send(ana, url, {**here, "note": note, "request_key": f"key {note}"})
        here = {"marks_seen": told["marksSeen"]}

        assert "marks" not in told
        assert note_on(ana.text(url)) == note


def test_a_mark_is_set_and_taken_away_on_one_page(ana: Visitor) -> None:
    url = question(ana)
    told = send(ana, url, {**seen(ana.text(url)), "flag": "yes", "request_key": "on"})

    send(ana, url, {"marks_seen": told["marksSeen"], "request_key": "off"})

    assert not re.search(r'name="flag" value="yes" checked', ana.text(url))


def test_a_page_gone_back_to_keeps_its_new_note_under_its_old_key(ana: Visitor) -> None:
    url = question(ana)
    form = {**seen(ana.text(url)), "chosen": "a", "request_key": "once", "base_revision": "0"}
    ana.post(url, {**form, "note": ""})

    ana.post(url, {**form, "note": "Consent first."})

    assert note_on(ana.text(url)) == "Consent first."


def test_a_refused_page_shows_the_newer_note_before_anything_builds_on_it(ana: Visitor) -> None:
    url = question(ana)
    old = {**seen(ana.text(url)), "base_revision": "0"}
    ana.post(url, {**old, "chosen": "a", "note": "Consent first.", "request_key": "newer"})

    page = ana.post(url, {**old, "chosen": "b", "note": "", "request_key": "older"}, expect=409)

    assert note_on(page.text) == "Consent first."
    assert seen(page.text) == seen(ana.text(url))


def test_two_notes_too_long_together_are_shown_and_not_called_saved(ana: Visitor) -> None:
    url = question(ana)
    old = seen(ana.text(url))
    ana.post(url, {**old, "note": "a" * 600, "request_key": "newer"})

    page = ana.post(url, {**old, "note": "b" * 600, "request_key": "older"}, expect=422).text

    assert "more than 1,000 characters, so nothing was saved" in page
    assert note_on(page) == f"{'a' * 600}\n\n{'b' * 600}"
    assert note_on(ana.text(url)) == "a" * 600


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
