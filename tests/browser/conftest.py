"""Chromium on a live server, and a watch that fails a test on what a person should never meet.

All tests of a worker share one demo database: change what is yours, expect nothing to be empty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    sync_playwright,
)

from tests.setup.browser import find_browser
from tests.setup.machine import in_ci, is_root

FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 30_000  # milliseconds; far above what anything takes
TELL_OF_BLOCKED = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`blocked by the content policy: ${event.violatedDirective} ${event.blockedURI}`));
"""

OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


class Watch:
    """Collects console errors, script failures, and requests to other sites."""

    def __init__(self, live: str) -> None:
        self._live = live
        self._allowed: list[re.Pattern[str]] = []
        self._faults: list[str] = []

    def allow(self, pattern: str) -> None:
        """Expects a fault, such as `status of 422` when a form is sent empty on purpose."""
        self._allowed.append(re.compile(pattern))

    def follow(self, context: BrowserContext) -> None:
        context.add_init_script(TELL_OF_BLOCKED)
        context.on("console", self._console)
        context.on("weberror", lambda failure: self._note(f"script failed: {failure.error}"))
        context.on("request", self._request)

    @property
    def faults(self) -> list[str]:
        return [f for f in self._faults if not any(a.search(f) for a in self._allowed)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._note(f"console: {message.text} ({message.location.get('url')})")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self._live, "data:", "blob:", "about:")):
            self._note(f"request to another site: {request.url}")

    def _note(self, fault: str) -> None:
        self._faults.append(fault)


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[str]:
    """The address of the live server. Asks for the browser first: without it, nothing starts."""
    from tests.browser.live_server import serve_demo

    with serve_demo(tmp_path_factory.mktemp("live")) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = find_browser()
    if executable is None:
        reason = "no Chromium or Chrome was found (make test installs one where it can)"
        pytest.fail(reason) if in_ci() else pytest.skip(reason)
    with sync_playwright() as playwright:
        flags = [*FLAGS, "--no-sandbox"] if is_root() else [*FLAGS]
        browser = playwright.chromium.launch(executable_path=executable, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def watch(live: str) -> Iterator[Watch]:
    """What goes wrong on any page of the test; it fails at the end if something did."""
    watch = Watch(live)
    yield watch
    assert watch.faults == []


@pytest.fixture
def open_page(browser: Browser, live: str, watch: Watch) -> Iterator[OpenPage]:
    """Opens a page as somebody else's browser, with any option of a Playwright context, such as
    `viewport`, `color_scheme`, `java_script_enabled` or `forced_colors`.
    """
    contexts: list[BrowserContext] = []

    def open_page(**options: Any) -> Page:
        context = browser.new_context(base_url=live, reduced_motion="reduce", **options)
        context.set_default_timeout(PATIENCE)
        watch.follow(context)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page()
