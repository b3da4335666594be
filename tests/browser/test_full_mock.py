"""The whole exam by keyboard: 150 questions, and the server killed in the middle."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.exam_steps import chosen, is_saved, start_exam, to_the_answers
from tests.browser.journeys import sign_in
from tests.browser.served import ServedDemo

QUESTIONS, KILLED_AT = 150, 75


@pytest.fixture
def served(tmp_path: Path) -> Iterator[ServedDemo]:
    demo = ServedDemo(tmp_path)
    demo.start()
    yield demo
    demo.kill()


def test_a_whole_exam_is_sat_by_keyboard_through_a_crash_of_the_server(
    browser: Browser, served: ServedDemo
) -> None:
    page = browser.new_context(base_url=served.address, reduced_motion="reduce").new_page()
    sign_in(page, "ana")
    exam = start_exam(page, "full")
    given: dict[int, str] = {}
    for position in range(1, QUESTIONS + 1):
        expect(page.get_by_role("heading", level=1)).to_have_text(
            f"Question {position} of {QUESTIONS}"
        )
        to_the_answers(page)
        if position == KILLED_AT:
            served.kill()
        page.keyboard.press("abc"[position % 3])
        if position == KILLED_AT:
            expect(page.locator("[data-saved]")).to_contain_text("Not saved yet")
            served.start()
        is_saved(page)
        given[position] = chosen(page)
        page.keyboard.press("Enter")

    expect(page.get_by_text(f"{QUESTIONS} of {QUESTIONS} questions have an answer")).to_be_visible()
    for position in (1, KILLED_AT - 1, KILLED_AT, KILLED_AT + 1, QUESTIONS):
        page.goto(f"{exam}/items/{position}")
        assert chosen(page) == given[position], f"question {position}"
    page.goto(f"{exam}/overview")
    page.get_by_role("button", name="Hand in for good").press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("our cut")
    expect(page.get_by_text("of 125 scored questions right")).to_be_visible()
