"""The source of a place on the desk, whichever way a person has chosen to write it."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

EDITOR = ".cm-content"
CHOSEN = "() => localStorage.getItem('waymark-source-box')"


def source_field(page: Page) -> Locator:
    """The editor, once it is there, or the plain text box of who has chosen that."""
    field = page.locator("#source" if page.evaluate(CHOSEN) == "plain" else EDITOR)
    expect(field).to_be_visible()
    return field


def choose_box(page: Page, words: str) -> None:
    """Chooses “Editor” or “Plain text box” by its button."""
    page.get_by_role("button", name=words).press("Enter")
    source_field(page)


def is_saved(page: Page) -> None:
    expect(page.locator("[data-desk-saved]")).to_have_text(re.compile(r"^Saved "))
