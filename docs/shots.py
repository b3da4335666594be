"""Takes the pictures of the README from the demo. Run by `make shots`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.conftest import FLAGS  # noqa: E402 (the path above comes first)
from tests.browser.journeys import link_of_person, sign_in  # noqa: E402
from tests.browser.live_server import serve_demo  # noqa: E402
from tests.setup.browser import find_browser  # noqa: E402
from tests.setup.machine import is_root  # noqa: E402

TARGET = ROOT / "docs" / "img"
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}


def today(page: Page) -> None:
    page.goto("/learn/")


def lesson(page: Page) -> None:
    page.goto("/learn/lessons/family/consent-first")


def question(page: Page) -> None:
    page.goto("/exam/practice?length=5&topic=consent-first")
    page.get_by_role("button", name="Start").click()
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Answer").click()
    page.locator("#question").get_by_role("status").wait_for()


def exam(page: Page) -> None:
    page.goto("/exam/mocks/aadc/full")
    page.get_by_role("button", name="Start the clock").click()
    page.locator(".option__card").nth(1).click()
    page.locator(".option__strike").nth(3).click()
    page.locator(".confidence__step").nth(1).click()
    page.get_by_text("Saved", exact=True).wait_for()


def result(page: Page) -> None:
    page.goto("/exam/mocks")
    page.get_by_role("link", name="Half-length exam").last.click()
    page.get_by_role("heading", name="By domain").wait_for()


def case(page: Page) -> None:
    page.goto("/play/")
    page.get_by_role("link", name="What Hal may know").first.click()
    page.get_by_role("main").get_by_role("button").first.click()


def debrief(page: Page) -> None:
    page.goto("/learn/progress")
    page.get_by_role("link", name="What Hal may know").first.click()


def progress(page: Page) -> None:
    page.goto("/learn/progress")


def team(page: Page) -> None:
    page.goto("/team/")


def matrix(page: Page) -> None:
    page.goto("/team/")
    page.get_by_role("link", name="Competencies").first.click()
    page.locator(".matrix").wait_for()


def observing(page: Page) -> None:
    """Goes on with the draft that lies open in the demo, and fills in what was seen."""
    page.goto("/team/")
    page.goto(f"{link_of_person(page, 'Luis Ferro')}/supervision")
    page.get_by_role("link", name="Go on with your draft").first.click()
    page.get_by_role("radiogroup", name="Level of FAM").get_by_text("Competent").click()
    page.locator("[data-saved]", has_text="Saved").wait_for()
    page.evaluate("window.scrollTo(0, 0)")


def studio(page: Page) -> None:
    page.goto("/studio/")


def desk(page: Page) -> None:
    page.goto("/studio/cases/what-hal-may-know")
    page.get_by_role("button", name="Write at this case").click()
    page.get_by_role("link", name="The form on the table").click()
    page.locator("[data-desk-panel]").get_by_text("State here").wait_for()


def source(page: Page) -> None:
    page.goto("/studio/cases/what-hal-may-know")
    page.get_by_role("button", name="Write at this case").click()
    page.wait_for_url("**/studio/drafts/*")
    page.goto(f"{page.url.partition('?')[0]}?at=scene:sign&view=source")
    page.locator(".cm-content").wait_for()


def paths(page: Page) -> None:
    page.goto("/studio/cases/what-the-truck-carries/paths")


SHOTS: tuple[tuple[str, str, Callable[[Page], None], dict[str, object]], ...] = (
    ("today", "ana", today, {"viewport": DESK}),
    ("lesson", "ana", lesson, {"viewport": DESK}),
    ("question", "luis", question, {"viewport": DESK}),
    ("exam", "luis", exam, {"viewport": DESK}),
    ("result", "ana", result, {"viewport": DESK}),
    ("case", "priya", case, {"viewport": DESK}),
    ("debrief", "noor", debrief, {"viewport": DESK}),
    ("progress-dark", "noor", progress, {"viewport": DESK, "color_scheme": "dark"}),
    ("team", "cora", team, {"viewport": DESK}),
    ("matrix", "cora", matrix, {"viewport": DESK}),
    ("observing-phone", "cora", observing, {"viewport": PHONE, "device_scale_factor": 2}),
    ("studio", "ben", studio, {"viewport": DESK}),
    ("desk", "ben", desk, {"viewport": DESK}),
    ("source", "ben", source, {"viewport": DESK}),
    ("paths", "ben", paths, {"viewport": DESK}),
)


def main() -> None:
    executable = find_browser()
    if executable is None:
        raise SystemExit("No Chromium or Chrome was found; `make test` installs one where it can.")
    TARGET.mkdir(exist_ok=True)
    flags = [*FLAGS, "--no-sandbox"] if is_root() else [*FLAGS]
    with (
        tempfile.TemporaryDirectory() as folder,
        serve_demo(Path(folder)) as live,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=executable, args=flags)
        for name, person, show, options in SHOTS:
            take(browser, live, name, person, show, options)
        browser.close()


def take(
    browser: Browser,
    live: str,
    name: str,
    person: str,
    show: Callable[[Page], None],
    options: dict[str, object],
) -> None:
    context = browser.new_context(base_url=live, reduced_motion="reduce", **options)
    page = context.new_page()
    sign_in(page, person)
    show(page)
    page.screenshot(path=TARGET / f"{name}.png")
    print(f"docs/img/{name}.png")
    context.close()


if __name__ == "__main__":
    main()
