"""Help pages: every code a trainer can meet leads to what is wrong, what to do, and an example."""

from __future__ import annotations

from html import unescape

import pytest

from app.domain.scenario_codes import CODES
from app.library.problem_help import code_help
from tests.web.visit import Visitor


def test_list_holds_every_code_with_its_page(ben: Visitor) -> None:
    links = ben.page("/studio/problems").links

    assert {f"/studio/problems/{code}" for code in code_help()} <= set(links)


@pytest.mark.parametrize("code", ["YF104", "IW137", "SC204", "SC306", "SC510", "SC903"])
def test_page_tells_what_is_wrong_and_what_to_do(ben: Visitor, code: str) -> None:
    page = unescape(ben.text(f"/studio/problems/{code}"))

    assert "What is wrong" in page
    assert "What to do" in page
    example = code_help()[code].example
    assert (example is not None) == (code in CODES)
    if example is not None:
        assert example.before in page
        assert example.after in page


def test_code_that_is_not_there_is_not_found(ben: Visitor) -> None:
    ben.get("/studio/problems/SC999", expect=404)
    ben.get("/studio/problems/sc204", expect=404)


def test_problem_lists_lead_to_the_help(anonymous: Visitor) -> None:
    links = anonymous.page("/parts").links

    assert any(link.startswith("/studio/problems/") for link in links)
