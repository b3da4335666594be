"""A long case at the desk: chapters and finding change the outline, and leave the rest alone."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.axe import axe
from tests.browser.conftest import OpenPage
from tests.browser.journeys import sign_in
from tests.clean_cases import clean_case

TEXT = clean_case(2, chapters=24, flags=1, highest=3, name="a-long-case")
SCENES = re.findall(r"^## \[([^\]]+)\]", TEXT, re.MULTILINE)


def test_the_outline_finds_and_unfolds_while_a_scene_is_open(open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 1280, "height": 900})
    sign_in(page, "ben")
    page.goto("/studio/cases/new")
    case = {"name": "case.md", "mimeType": "text/markdown", "buffer": TEXT.encode()}
    page.set_input_files("#file", [case])  # type: ignore[list-item]
    page.get_by_role("button", name="Bring it in").press("Enter")
    page.wait_for_url("**/studio/drafts/*")
    page.goto(f"{page.url.partition('?')[0]}?at=scene:{SCENES[50]}")
    address = page.url

    page.get_by_role("searchbox", name="Find a place").focus()
    page.keyboard.insert_text(SCENES[70])
    expect(page.get_by_text(f"with “{SCENES[70]}”")).to_be_visible()
    expect(page.get_by_role("searchbox", name="Find a place")).to_be_focused()
    page.get_by_role("link", name="Show all").press("Enter")
    chapter = page.get_by_role("link", name="Scenes 1–40")
    chapter.press("Enter")
    expect(chapter).to_have_attribute("aria-expanded", "true")
    expect(chapter).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.locator("#title").fill("Another title")
    expect(page.locator("[data-desk-saved]")).to_have_text(re.compile(r"^Saved "))

    assert page.url == address
    expect(chapter).to_have_attribute("aria-expanded", "true")
    assert axe(page) == []
