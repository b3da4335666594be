"""Ana studies: reads, answers, gets it wrong, plays, and finds all of it tomorrow."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, Watch
from tests.browser.journeys import focus_by_tab, focus_is_seen, sign_in

LESSON = "/learn/lessons/resiliency/principles"


def test_a_lesson_is_read_by_keyboard_alone(page: Page) -> None:
    sign_in(page, "luis")
    page.goto(LESSON)
    heading = page.get_by_role("heading", level=1).inner_text()

    focus_by_tab(page, "Mark as read")
    assert focus_is_seen(page)
    page.keyboard.press("Enter")

    expect(page.locator("#lesson-contents")).to_contain_text("1 of")
    page.reload()
    expect(page.locator("#lesson-contents")).to_contain_text("1 of")
    page.goto("/learn/progress")
    row = page.get_by_role("listitem").filter(has_text=heading)
    expect(row).to_contain_text("1 of")


def test_a_check_is_answered_in_place_and_shows_every_reason(page: Page) -> None:
    sign_in(page, "noor")
    page.goto(LESSON)
    check = page.locator(".check").first
    anchor = check.get_attribute("id")
    expect(check).not_to_contain_text("Here is why")

    check.get_by_role("radio").first.check()
    check.get_by_role("button", name="Answer").press("Enter")

    answered = page.locator(f"#{anchor}")
    expect(answered.get_by_role("status")).to_be_visible()
    expect(answered.locator(".answers__option")).to_have_count(4)
    assert page.url.endswith(LESSON)


def test_a_quiz_is_taken_by_keyboard_alone(page: Page) -> None:
    sign_in(page, "ana")
    page.goto("/exam/practice?length=3&seen=any")
    focus_by_tab(page, "Start")
    page.keyboard.press("Enter")

    for number in range(1, 4):
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Question {number} of 3")
        focus_by_tab(page, "A guess")  # past the options: arrow keys choose inside the group
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        expect(page.locator("#question").get_by_role("status")).to_be_visible()
        focus_by_tab(page, "Next question" if number < 3 else "Finish and see the result")
        page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"\d of 3 right"))
    expect(page.locator(".reviewed")).to_have_count(3)


def test_a_quiz_is_narrowed_counted_marked_and_bookmarked_without_javascript(
    open_page: OpenPage,
) -> None:
    page = open_page(java_script_enabled=False)
    sign_in(page, "priya")
    page.goto("/exam/practice")
    page.get_by_text("More choices", exact=True).click()
    page.get_by_label("Hard").check()
    page.get_by_role("button", name="Show how many fit").click()
    expect(page.locator("#fitting")).to_contain_text("fit these choices")
    expect(page.get_by_label("Hard")).to_be_checked()

    page.get_by_label("How many questions").fill("1")
    page.get_by_role("button", name="Start").click()
    page.get_by_role("radio").first.check()
    page.locator(".confidence__step", has_text="Sure").last.click()
    page.locator(".toggle").click()
    page.get_by_role("button", name="Answer").click()
    page.get_by_role("button", name="Bookmark question 1").click()

    expect(page.locator("#bookmark-1")).to_contain_text("Bookmarked")
    page.goto("/exam/practice?seen=bookmarked")
    expect(page.locator("#fitting")).to_contain_text("1 question fits these choices")


@pytest.mark.parametrize("has_script", [True, False])
def test_enter_in_the_name_of_saved_choices_saves_them(
    open_page: OpenPage, has_script: bool
) -> None:
    page = open_page(java_script_enabled=has_script)
    sign_in(page, "tomas")
    page.goto("/exam/practice?length=7")
    page.locator("summary", has_text="Save these choices").press("Enter")
    name = f"Seven, {has_script}"

    page.get_by_label("Name").press_sequentially(name)
    page.keyboard.press("Enter")

    expect(page.get_by_text("Saved. You find it under Saved choices.")).to_be_visible()
    expect(page.get_by_role("link", name=name)).to_be_visible()
    page.get_by_label("How many questions").press("Enter")
    expect(page.locator("#fitting")).to_contain_text("the quiz draws 7 of them")
    assert page.url.endswith("/exam/practice?length=7#fitting")


def test_a_quiz_is_taken_up_again_tomorrow(open_page: OpenPage) -> None:
    today = open_page()
    sign_in(today, "mika")
    today.goto("/exam/practice?length=4")
    today.get_by_role("button", name="Start").click()
    today.get_by_role("radio").first.check()
    today.get_by_role("button", name="Answer").click()
    expect(today.locator("#question").get_by_role("status")).to_be_visible()

    tomorrow = open_page()
    sign_in(tomorrow, "mika")
    tomorrow.goto("/exam/practice")
    tomorrow.get_by_role("link", name="All topics").first.click()

    expect(tomorrow.get_by_role("heading", level=1)).to_have_text("Question 2 of 4")


def test_everything_works_without_javascript(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    sign_in(page, "jonas")
    page.goto(LESSON)
    page.get_by_role("button", name="Mark as read").first.click()
    expect(page.get_by_text("Saved: this section is marked as read.")).to_be_visible()

    check = page.locator(".check").first
    check.get_by_role("radio").first.check()
    check.get_by_role("button", name="Answer").click()
    expect(page.locator(".check").first.get_by_role("status")).to_be_visible()

    page.goto("/exam/practice?length=2&feedback=exam")
    page.get_by_role("button", name="Start").click()
    for _ in range(2):
        page.get_by_role("radio").first.check()
        page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("button", name="Finish and see the result").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"\d of 2 right"))


def test_an_answer_from_a_stale_tab_is_not_taken_and_says_why(
    open_page: OpenPage, watch: Watch
) -> None:
    watch.allow("status of 409")
    first = open_page()
    sign_in(first, "amara")
    first.goto("/exam/practice?length=3&feedback=exam")
    first.get_by_role("button", name="Start").click()
    second = first.context.new_page()
    second.goto(first.url)

    first.get_by_role("radio").nth(0).check()
    first.get_by_role("button", name="Save and go on").click()
    second.get_by_role("radio").nth(1).check()
    second.get_by_role("button", name="Save and go on").click()

    expect(second.get_by_role("alert")).to_contain_text("another tab")
    expect(second.get_by_role("radio").nth(0)).to_be_checked()


@pytest.mark.parametrize("width", [320, 360])
def test_pages_fit_a_narrow_screen(open_page: OpenPage, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 700})
    sign_in(page, "ana")
    for url in (
        "/learn/",
        "/learn/lessons",
        LESSON,
        "/exam/practice",
        "/learn/progress",
        "/account/",
    ):
        page.goto(url)
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, f"{url} is {overflow} px too wide at {width} px"


def test_a_lesson_prints_without_navigation(page: Page) -> None:
    sign_in(page, "ana")
    page.goto(LESSON)
    page.emulate_media(media="print")

    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
