"""What a person does in a running exam, by keyboard."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def start_exam(page: Page, shape: str) -> str:
    """Starts an exam, or goes on with the one that runs. Gives its address."""
    page.goto(f"/exam/mocks/aadc/{shape}")
    begin = page.get_by_role("button", name="Start the clock")
    if begin.count():
        begin.press("Enter")
    else:
        page.get_by_role("link", name="Go on with the exam that runs").press("Enter")
    page.wait_for_url("**/items/*")
    return page.url.partition("/items/")[0]


def hand_in(page: Page, exam: str) -> None:
    """Ends an exam, so that the next test may start one."""
    page.goto(f"{exam}/overview")
    page.get_by_role("button", name="Hand in for good").press("Enter")
    page.wait_for_url("**/result")


def to_the_answers(page: Page) -> None:
    """Presses Tab until an answer has the focus."""
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "chosen":
            return
    raise AssertionError("the answers are not reached by Tab")


def is_saved(page: Page) -> None:
    """Waits until the page says that what it holds is kept."""
    expect(page.locator("[data-saved]")).to_have_text("Saved")


def chosen(page: Page) -> str:
    """Which answer the page shows as chosen; empty for none."""
    found: str = page.evaluate("document.querySelector('input[name=chosen]:checked')?.value ?? ''")
    return found
