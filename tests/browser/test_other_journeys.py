"""Cora asks something of her team, Ben looks at the content, Eli invites; a case is played."""

from __future__ import annotations

from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.journeys import focus_by_tab, focus_is_seen, sign_in


def test_a_supervisor_asks_for_a_lesson_and_the_candidate_finds_it(open_page: OpenPage) -> None:
    cora = open_page()
    sign_in(cora, "cora")
    cora.goto("/team/")
    cora.get_by_role("link", name="Assignments").first.click()
    select = cora.get_by_role("main").get_by_role("combobox").first
    options = select.locator("option").all_inner_texts()
    lesson = next(text for text in options if "working steps" in text.lower())
    select.select_option(label=lesson)
    due = date.today() + timedelta(days=6)
    cora.locator("input[type=date]").fill(due.isoformat())
    cora.get_by_role("button", name="Assign").click()
    expect(cora.get_by_role("status").first).to_contain_text("Saved")

    tomas = open_page()
    sign_in(tomas, "tomas")
    expect(tomas.get_by_role("main")).to_contain_text("working steps", ignore_case=True)


def test_a_supervisor_sees_no_result_of_practice(page: Page) -> None:
    sign_in(page, "cora")
    page.goto("/team/")
    words = page.get_by_role("main").inner_text()

    assert "you do not see practice answers" in words.lower()
    assert " right" not in words
    assert "%" not in words


def test_a_trainer_reads_what_the_checker_says_and_previews_a_question(page: Page) -> None:
    sign_in(page, "ben")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto("/studio/questions")
    page.get_by_role("main").locator("a[href^='/studio/questions/']").first.click()

    expect(page.get_by_role("main")).to_contain_text("best")


def test_an_administrator_invites_and_the_invited_person_joins(open_page: OpenPage) -> None:
    eli = open_page()
    sign_in(eli, "eli")
    eli.goto("/admin/invite")
    eli.get_by_label("Name", exact=True).fill("Wen Castellanos")
    eli.get_by_label("E-mail address").fill("wen@demo.waymark.example")
    eli.get_by_role("radio", name="Trainer").check()
    eli.get_by_role("main").get_by_role("button").first.click()
    link = eli.get_by_label("Invitation link").input_value()

    wen = open_page()
    wen.goto(link[link.index("/account/invitations/") :])
    wen.get_by_label("Choose a password").fill("harbor copper violet nine")
    wen.get_by_role("button", name="Join").click()

    expect(wen.get_by_role("main")).to_contain_text("Wen Castellanos")


def test_a_case_is_played_to_its_end_by_keyboard_alone(page: Page) -> None:
    sign_in(page, "wendell")
    page.goto("/play/")
    focus_by_tab(page, "Three letters in a grocery bag")
    page.keyboard.press("Enter")
    page.wait_for_url("**/play/cases/**")
    focus_by_tab(page, "Start")
    page.keyboard.press("Enter")

    page.wait_for_url("**/play/runs/**")
    for _ in range(60):
        page.wait_for_load_state()
        if "/debrief" in page.url:
            break
        choices = page.locator(".scene-choices__choice:not(.scene-choices__choice--locked)")
        target = (
            choices.first
            if choices.count()
            else page.get_by_role("main").locator("form button").first
        )
        target.focus()
        assert focus_is_seen(page)
        page.keyboard.press("Enter")
        page.wait_for_timeout(150)

    expect(page.get_by_role("main")).to_contain_text("What you decided")


def test_a_case_is_played_without_javascript(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    sign_in(page, "jonas")
    page.goto("/play/")
    page.get_by_role("link", name="What the truck still carries").first.click()
    page.get_by_role("main").get_by_role("button").first.click()
    first = page.get_by_role("heading", level=2).first.inner_text()

    page.locator(".scene-choices__choice").first.click()

    assert (
        page.get_by_role("heading", level=2).first.inner_text() != first
        or page.locator(".scene-choices__choice").count()
    )
