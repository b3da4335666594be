"""The chain of supervision in a browser: Cora observes Ana on a phone, through a lost network;
Ana reads, rates herself and answers; Cora looks again and signs by keyboard alone.
"""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from app.demo.cast import DEMO_PASSWORD
from tests.browser.axe import axe
from tests.browser.conftest import OpenPage, Watch
from tests.browser.journeys import focus_by_tab, sign_in

PHONE = {"width": 360, "height": 740}
WELL = "You let both sisters finish before you answered."
NEXT = "Ask the client who should come to the next meeting."


def look(page: Page, where: str) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # both are schemes
        assert axe(page) == [], f"{where}, {scheme}"


def is_saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_have_text(re.compile(r"^Saved "))


def choose_level(page: Page, code: str, level: str) -> None:
    group = page.get_by_role("radiogroup", name=f"Level of {code}")
    group.get_by_text(level, exact=True).click()


def record_of_ana(page: Page) -> str:
    page.goto("/team/")
    page.get_by_role("link", name="Ana Reyes").first.click()
    page.get_by_role("link", name="Supervision record").click()
    expect(page.get_by_role("heading", name="Supervision of Ana Reyes")).to_be_visible()
    return page.url


def test_from_the_observation_to_the_signature(open_page: OpenPage, watch: Watch) -> None:
    watch.allow("ERR_INTERNET_DISCONNECTED")
    cora, ana = open_page(viewport=PHONE), open_page(viewport=PHONE)
    sign_in(cora, "cora")
    sign_in(ana, "ana")

    observe_through_a_lost_network(cora)
    answer_the_feedback(ana)
    record = look_again(cora)
    sign_by_keyboard(cora, record)

    ana.goto("/learn/supervision")
    ana.get_by_role("link", name=re.compile("^FAM: ")).click()
    expect(ana.get_by_text("Cora Lindqvist, typed as Cora Lindqvist")).to_be_visible()
    expect(ana.get_by_text("She starts with families on Monday.")).to_be_visible()
    look(ana, "the sign-off as its person sees it")


def observe_through_a_lost_network(page: Page) -> None:
    page.goto("/team/")
    page.get_by_role("link", name="Ana Reyes").first.click()
    page.get_by_role("button", name="New observation").click()  # two clicks from the team
    page.wait_for_url("**/observations/*")
    form = page.url
    page.get_by_label("How you saw it").select_option("live")
    page.get_by_label("Another competency").select_option("FAM")
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url("**#marks")
    choose_level(page, "FAM", "Competent")
    is_saved(page)
    look(page, "the form of an observation")

    page.context.set_offline(True)
    page.get_by_label("What went well").fill(WELL)
    expect(page.locator("[data-saved]")).to_contain_text("kept on this device")
    page.get_by_role("button", name="Finish").click()
    expect(page.locator("[data-saved]")).to_contain_text("go on when the network is back")
    page.goto("about:blank")  # the phone lets go of the page
    page.context.set_offline(False)
    page.goto(form)
    expect(page.get_by_label("What went well")).to_have_value(WELL)
    is_saved(page)

    page.get_by_label("What comes next").fill(NEXT)
    is_saved(page)
    page.reload()
    expect(page.get_by_label("What comes next")).to_have_value(NEXT)
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_text("Finished. The person sees it now.")).to_be_visible()
    look(page, "a finished observation")


def answer_the_feedback(page: Page) -> None:
    page.goto("/learn/supervision")
    look(page, "one's own supervision")
    page.get_by_role("table", name="Observations of you").get_by_role("link").first.click()
    expect(page.get_by_text(WELL)).to_be_visible()
    page.get_by_role("button", name="I have read this").click()
    expect(page.get_by_text("you read it")).to_be_visible()
    page.get_by_label("Your comment").fill("I was glad that you were there.")
    page.get_by_role("button", name="Add the comment").click()
    expect(page.get_by_text("I was glad that you were there.")).to_be_visible()
    look(page, "an observation as its person sees it")
    page.get_by_role("link", name="FAM", exact=True).click()
    page.get_by_label("Level").select_option("5")
    look(page, "a self-rating")
    page.get_by_role("button", name="Keep my rating").click()
    expect(page.get_by_text("far apart", exact=True).first).to_be_visible()


def look_again(page: Page) -> str:
    record = record_of_ana(page)
    look(page, "the record")
    gap = page.locator("form", has_text="FAM: ").filter(has=page.get_by_text("Keep this note"))
    gap.get_by_label("What explains the difference?").fill("She sees meetings that I do not.")
    gap.get_by_role("button", name="Keep this note").click()
    expect(page.get_by_text("She sees meetings that I do not.")).to_be_visible()

    page.get_by_role("button", name="Look again").first.click()
    page.wait_for_url("**/observations/*")
    page.get_by_label("How you saw it").select_option("recorded")
    choose_level(page, "MI", "Competent")
    page.get_by_label("What went well").fill("Twice as many reflections as questions.")
    page.get_by_label("What comes next").fill("Keep it up in groups.")
    page.get_by_role("button", name="Finish").click()
    page.get_by_role("button", name="Demonstrated").click()
    expect(page.get_by_text("How the goal ended stands in the plan.")).to_be_visible()
    return record


def sign_by_keyboard(page: Page, record: str) -> None:
    page.goto(f"{record.removesuffix('supervision')}sign-offs/new?what=competency:FAM")
    look(page, "what a sign-off would rest on")
    for label, words in (
        ("Why you sign although evidence is missing", "She starts with families on Monday."),
        ("Your full name, typed", "Cora Lindqvist"),
        ("Your password", DEMO_PASSWORD),
    ):
        focus_by_tab(page, label)
        page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Signed. It stands on record with your credential.")).to_be_visible()
