"""Notes and marks of a mock exam in a real browser: kept however the page is left."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.exam_steps import hand_in, start_exam
from tests.browser.journeys import sign_in

NOTE = "Ask about consent first."


def note_of(page: Page) -> Locator:
    return page.get_by_label("Only you see it.")


def open_note(page: Page) -> Locator:
    if not note_of(page).is_visible():
        page.get_by_text("Note for yourself").click()
    return note_of(page)


def by_the_map(page: Page) -> None:
    page.locator(".item-map__slot").nth(4).click()
    page.wait_for_url("**/items/5")


def by_the_button(page: Page) -> None:
    page.get_by_role("button", name="Next", exact=True).click()
    page.wait_for_url("**/items/2")


def by_the_address(page: Page) -> None:
    page.goto(page.url.replace("/items/1", "/items/5"))


@pytest.mark.parametrize("leave", [by_the_map, by_the_button, by_the_address])
def test_a_note_typed_just_before_the_page_is_left_is_kept(
    page: Page, leave: Callable[[Page], None]
) -> None:
    sign_in(page, "luis")
    exam = start_exam(page, "quick")
    page.goto(f"{exam}/items/1")
    open_note(page).press_sequentially(NOTE, delay=5)

    leave(page)

    page.wait_for_timeout(500)
    page.goto(f"{exam}/items/1")
    expect(note_of(page)).to_have_value(NOTE)
    hand_in(page, exam)
