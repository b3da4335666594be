"""What every journey does: signing in as one of the cast, and moving by keyboard."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from app.demo.cast import DEMO_PASSWORD

expect.set_options(timeout=15_000)  # milliseconds; a busy machine is no fault of a page


def sign_in(page: Page, name: str) -> None:
    """Signs in as somebody of the demo cast, by keyboard alone."""
    page.goto("/account/sign-in")
    page.get_by_label("E-mail address").focus()
    page.keyboard.type(f"{name}@demo.waymark.example")
    page.keyboard.press("Tab")
    page.keyboard.type(DEMO_PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/account/sign-in" not in url)


def link_of_person(page: Page, name: str) -> str:
    """Where a page of a team or of all people leads to somebody's own page."""
    links = page.get_by_role("link", name=name)
    expect(links.first).to_be_visible()
    found = links.evaluate_all("links => links.map((link) => link.getAttribute('href'))")
    return next(url for url in found if re.fullmatch(r"/(team/[^/]+|admin)/people/[^/]+", url))


def focus_by_tab(page: Page, words: str, *, most: int = 120, tag: str = "*") -> None:
    """Presses Tab until something whose text or label holds the words has the focus.

    Shape: `tag` narrows it to an element such as `a`, where a region around it holds them too.
    """
    page.wait_for_load_state()
    for _ in range(most):
        page.keyboard.press("Tab")
        page.wait_for_load_state()
        told = page.evaluate(
            "(tag) => { const e = document.activeElement;"
            # past the last one is the body, which holds every word
            " if (e === document.body || !e.matches(tag)) return '';"
            " const l = e.labels && e.labels[0] ? e.labels[0].textContent : '';"
            " return (e.getAttribute('aria-label') || '') + ' '"
            " + (e.textContent || '') + ' ' + l }",
            tag,
        )
        if words in " ".join(told.split()):
            return
    raise AssertionError(f"“{words}” is not reached by Tab")


def focus_is_seen(page: Page) -> bool:
    """Says whether what has the focus shows it by an outline or a shadow."""
    return bool(
        page.evaluate(
            "() => { const s = getComputedStyle(document.activeElement);"
            " return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0"
            " || s.boxShadow !== 'none' }"
        )
    )
