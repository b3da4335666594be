"""axe on what follows the answers: bookmarks, reports, and regrades on their way to the ledger.

The sweep of all pages follows links; here are the pages that only a sent form leads to.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import axe
from tests.browser.conftest import OpenPage, Watch
from tests.browser.journeys import sign_in
from tests.browser.test_axe import SCREENS

LEDGER = "/studio/regrades"


def look(page: Page, where: str) -> None:
    assert axe(page) == [], where


def ask_preview(page: Page, policy: str, reason: str) -> None:
    page.locator(f"input[name=policy][value={policy}]").check()
    page.get_by_label("Reason").fill(reason)
    page.get_by_role("button", name="Preview").press("Enter")


@pytest.mark.parametrize("options", SCREENS)
def test_a_regrade_is_previewed_signed_and_undone_on_pages_axe_passes(
    open_page: OpenPage, watch: Watch, options: dict[str, object]
) -> None:
    watch.allow("status of 422")
    page = open_page(**options)
    sign_in(page, "ben")
    page.goto(LEDGER)
    in_force = page.get_by_role("row").filter(has_text="in force").last
    in_force.get_by_role("rowheader").get_by_role("link").click()
    page.get_by_role("link", name="Regrade").click()
    look(page, "the decision")

    ask_preview(page, "rekey", "no")
    expect(page.get_by_text("One thing needs a change")).to_be_visible()
    look(page, "a fault")

    page.get_by_label("Never lower anybody").uncheck()
    ask_preview(page, "drop", "Two answers are defensible, as a second reading showed.")
    expect(page.get_by_role("table", name="How scores move")).to_be_visible()
    look(page, "the preview of a decision that many sat")

    page.get_by_role("button", name="Sign", exact=True).press("Enter")
    expect(page.get_by_text("Signed.")).to_be_visible()
    look(page, "the ledger with what was applied")

    page.get_by_role("link", name="Undo").first.click()
    expect(page.get_by_role("heading", name="What would move")).to_be_visible()
    undoing = page.url
    look(page, "asking before it is undone")

    page.get_by_role("button", name="Undo it").press("Enter")
    expect(page.get_by_text("Undone.")).to_be_visible()
    page.goto(undoing)
    expect(page.get_by_text("undone already")).to_be_visible()
    expect(page.locator(".notice")).to_have_count(1)
    look(page, "what is undone")


@pytest.mark.parametrize("options", SCREENS)
def test_the_effect_on_few_people_is_kept_back_on_a_page_axe_passes(
    open_page: OpenPage, options: dict[str, object]
) -> None:
    page = open_page(**options)
    sign_in(page, "ben")
    for number in range(1, 9):  # a form holds some of the questions of a topic, never all
        page.goto(f"/studio/questions/assessment-interview-m0{number}/regrade")
        if page.get_by_label("Reason").count():
            break

    ask_preview(page, "credit", "Two answers are defensible.")

    expect(page.get_by_text("Fewer than 5 people sat this")).to_be_visible()
    look(page, "the preview of a decision that few sat")


@pytest.mark.parametrize("options", SCREENS)
def test_reports_are_read_and_settled_on_pages_axe_passes(
    open_page: OpenPage, watch: Watch, options: dict[str, object]
) -> None:
    watch.allow("status of 422")
    page = open_page(**options)
    sign_in(page, "ben")
    for state in ("", "?state=kept", "?state=looking"):
        page.goto(f"/studio/reports{state}")
        look(page, f"the queue {state}")
    page.goto("/studio/reports?state=kept")
    page.get_by_role("rowheader").get_by_role("link").first.click()
    expect(page.get_by_text("Their answer")).to_be_visible()
    look(page, "a settled report")
    page.goto("/studio/reports")
    page.get_by_role("rowheader").get_by_role("link").first.click()

    page.get_by_label("Question mended").check()
    page.get_by_role("button", name="Save").press("Enter")

    expect(page.get_by_text("Write a sentence for the learner").first).to_be_visible()
    look(page, "an outcome without its words")


@pytest.mark.parametrize("options", SCREENS)
def test_a_learner_meets_bookmarks_reports_and_news_on_pages_axe_passes(
    open_page: OpenPage, watch: Watch, options: dict[str, object]
) -> None:
    watch.allow("status of 422")
    page = open_page(**options)
    sign_in(page, "ana")
    page.goto("/exam/bookmarks")
    expect(page.locator(".bookmarked").first).to_be_visible()
    look(page, "bookmarks")
    page.goto("/exam/reports")
    expect(page.get_by_text("The trainers’ answer:")).to_be_visible()
    look(page, "reports and an answer")
    page.locator("h2 a").last.click()
    expect(page.get_by_role("heading", name="Your report")).to_be_visible()
    look(page, "a report that was sent")
    page.goto(page.url.replace("/items/1/", "/items/4/"))
    page.get_by_role("button", name="Send the report").press("Enter")
    expect(page.get_by_text("One thing needs a change")).to_be_visible()
    look(page, "a report that says nothing")
    luis = open_page(**options)
    sign_in(luis, "luis")
    expect(luis.get_by_role("listitem").filter(has_text="Your score was")).to_be_visible()
    look(luis, "news")
