"""Notes in a mock exam: kept as they were written."""

from __future__ import annotations

import html
import re

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
