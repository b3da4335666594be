"""Writing a case in a browser: by keyboard from nothing, saved as it is typed, on a bad line."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from app.library.case_spans import case_spans, text_at
from tests.browser.axe import axe
from tests.browser.conftest import OpenPage, Watch
from tests.browser.journeys import focus_by_tab, sign_in
from tests.browser.source_field import is_saved, source_field
from tests.scenario_builders import sample_text

FILES = {"case.md": sample_text().replace("lena-and-ruth", "by-keyboard")}
PLAYS = {
    "good": "neither,reflect,write,~,.,hold",
    "mixed": "neither,push,sign,~,.,flat",
    "alone": "neither,reflect,wait",
    "strained": "hangup,push,sign,~,.,flat",
    "broken": "neither,push,sign,~,.,tell",
}


def typed(page: Page, text: str) -> None:
    """Puts a text in the place of what a field holds, as somebody typing does."""
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(text)


def press(page: Page, words: str, *, to: str = "") -> None:
    focus_by_tab(page, words, most=400)
    page.keyboard.press("Enter")
    if to:
        page.wait_for_url(to)


def write_source(page: Page, text: str) -> None:
    source_field(page).focus()
    typed(page, text)
    expect(page.locator("#source")).to_have_value(text)
    is_saved(page)


def test_a_case_is_written_from_nothing_by_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 1280, "height": 900})
    sign_in(page, "ben")
    page.goto("/studio/cases")
    press(page, "New case", to="**/cases/new")
    focus_by_tab(page, "Title")
    typed(page, "The sister who calls first")
    focus_by_tab(page, "Id")
    typed(page, "by-keyboard")
    page.keyboard.press("Enter")
    page.wait_for_url("**/studio/drafts/*")
    desk = page.url.partition("?")[0]
    spans = case_spans(FILES)
    for part, span in (("front", spans.front), ("brief", spans.brief), ("notes", spans.notes)):
        assert span is not None
        page.goto(f"{desk}?at={part}")
        write_source(page, text_at(FILES, span))
    assert spans.debrief is not None
    page.goto(f"{desk}?at=debrief")
    write_source(page, text_at(FILES, spans.debrief))
    for scene in spans.scenes:
        press(page, "New scene")
        focus_by_tab(page, "Title")
        typed(page, scene.title)
        focus_by_tab(page, "Id")
        typed(page, scene.id)
        page.keyboard.press("Enter")
        expect(page.locator("#title")).to_have_value(scene.title)
        press(page, "Source", to="**view=source**")
        write_source(page, text_at(FILES, scene.span))
    for old in ("first-words", "good-end", "other-end"):  # of the template
        page.goto(f"{desk}?at=scene:{old}")
        press(page, "Move, rename or remove this scene")
        press(page, "Remove the scene", to=re.compile(r"/drafts/[^?]+$"))
    for name in ("good", "other"):
        page.goto(f"{desk}?at=file:walks/{name}.walk")
        press(page, "Remove this file", to=re.compile(r"/drafts/[^?]+$"))
    for name, moves in PLAYS.items():
        page.goto(f"{desk}/try?moves={moves}")
        focus_by_tab(page, "Name of the test", most=200)
        page.keyboard.insert_text(name)
        page.keyboard.press("Enter")
        page.wait_for_url("**at=file:walks/**")

    page.goto(f"{desk}/publish")
    expect(page.get_by_text("The gate is open")).to_be_visible()
    focus_by_tab(page, "Publish without a second reader", most=200)
    page.keyboard.press("Space")
    press(page, "Publish version", to="**/studio/cases/by-keyboard**")

    ana = open_page()
    sign_in(ana, "ana")
    ana.goto("/play/cases/by-keyboard")
    ana.get_by_role("button", name="Start", exact=True).press("Enter")
    expect(ana.get_by_role("heading", name="A message on the clinic line")).to_be_visible()


def test_what_is_typed_is_saved_and_checked_and_kept_through_a_lost_network(
    open_page: OpenPage, watch: Watch
) -> None:
    watch.allow("ERR_INTERNET_DISCONNECTED")
    page = open_page(viewport={"width": 1280, "height": 900})
    sign_in(page, "ben")
    page.goto("/studio/cases/what-hal-may-know")
    page.get_by_role("button", name="Write at this case").click()
    feedback = page.locator('textarea[name$="-feedback"]').first
    before = feedback.input_value()

    feedback.fill("Too short.")
    is_saved(page)
    expect(page.locator("[data-desk-panel]")).to_contain_text("SC308")
    page.context.set_offline(True)
    feedback.fill(f"{before} And then some.")
    expect(page.locator("[data-desk-saved]")).to_contain_text("Not saved")
    page.context.set_offline(False)
    is_saved(page)
    page.reload()

    expect(feedback).to_have_value(f"{before} And then some.")
    page.get_by_role("button", name="Undo").click()  # typing on in one place is one step
    expect(feedback).to_have_value(before)


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_axe_finds_nothing_on_the_desk(
    open_page: OpenPage, watch: Watch, width: int, scheme: str
) -> None:
    watch.allow("status of 409")
    page = open_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    sign_in(page, "ben")
    page.goto("/studio/cases/what-the-truck-carries")
    page.get_by_role("button", name="Write at this case").click()
    desk = page.url.partition("?")[0]
    stale = open_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    sign_in(stale, "ben")
    stale.goto(f"{desk}?at=notes")
    page.goto(f"{desk}?at=notes")
    write_source(page, f"Of {width} pixels.")
    source_field(stale).fill("Something else.")
    stale.get_by_role("button", name="Save").click()

    found = [f"both texts: {fault}" for fault in axe(stale)]
    for way in ("", "?at=front", "?at=scene:intake&view=map", "/try", "/publish"):
        page.goto(f"{desk}{way}")
        found += [f"{way}: {fault}" for fault in axe(page)]
    page.goto("/studio/cases/new")
    assert [*found, *axe(page)] == []
