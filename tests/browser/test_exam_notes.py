"""Notes and marks of a mock exam in a real browser: kept however the page is left."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.exam_steps import hand_in, is_saved, start_exam
from tests.browser.journeys import sign_in

NOTE = "Ask about consent first."


def slowly(route: Route) -> None:
    """Lets a request through a while later."""
    time.sleep(1)
    route.continue_()


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


def test_a_page_that_is_behind_shows_the_newer_note_and_keeps_it(page: Page) -> None:
    sign_in(page, "luis")
    exam = start_exam(page, "quick")
    page.goto(f"{exam}/items/3")
    other = page.context.new_page()
    other.goto(f"{exam}/items/3")
    open_note(page).fill(NOTE)
    page.wait_for_timeout(1000)  # a note is sent when the typing rests
    is_saved(page)

    other.locator(".toggle").click()

    expect(note_of(other)).to_have_value(NOTE)
    expect(other.locator("[data-saved]")).to_contain_text("shown as they are kept")
    other.locator(".option__card").nth(1).click()
    is_saved(other)
    page.reload()
    expect(note_of(page)).to_have_value(NOTE)
    expect(page.locator("input[name=flag]")).to_be_checked()
    other.close()
    hand_in(page, exam)


def test_what_is_noted_and_taken_away_during_a_slow_save_is_away(page: Page) -> None:
    sign_in(page, "luis")
    exam = start_exam(page, "quick")
    page.goto(f"{exam}/items/4")
    page.route("**/items/4", slowly)
    open_note(page).fill(NOTE)
    page.locator(".toggle").click()  # sends the note along
    expect(page.locator("[data-saved]")).to_have_text("Saving …")

    note_of(page).fill("")
    page.locator(".toggle").click()

    is_saved(page)
    page.unroute("**/items/4")
    page.reload()
    expect(page.locator("[name=note]")).to_have_value("")
    expect(page.locator("input[name=flag]")).not_to_be_checked()
    hand_in(page, exam)
