"""Finds a Chromium for the browser tests, or installs one. Run as `python -m tests.setup.browser`.

Shape: `WAYMARK_TEST_BROWSER` names an executable and wins over everything found.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.setup.machine import (
    INSTALL_SECONDS,
    apt_install,
    can_use_apt,
    failure_of,
    prepare,
    runs,
)

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
PLAYWRIGHT_CACHES = ("~/.cache/ms-playwright", "~/Library/Caches/ms-playwright")
PLAYWRIGHT_LAYOUTS = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
)


def find_browser() -> str | None:
    """Names the first Chromium that runs. None: there is none on this machine."""
    return next((path for path in _candidates() if runs(path)), None)


def install_browser() -> str | None:
    """Installs a Chromium. None: done; otherwise why not."""
    reason = None
    if can_use_apt():
        reason = apt_install("chromium")
        if find_browser() is not None:
            return None
    playwright = [sys.executable, "-m", "playwright", "install", "chromium"]
    return failure_of(playwright, seconds=INSTALL_SECONDS) and (reason or "no download worked")


def _candidates() -> Iterator[str]:
    chosen = os.environ.get("WAYMARK_TEST_BROWSER")
    if chosen:
        yield chosen
    yield from filter(None, map(shutil.which, NAMES))
    yield from (path for path in APPLICATIONS if Path(path).exists())
    yield from map(str, _kept_by_playwright())


def _kept_by_playwright() -> Iterator[Path]:
    own = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    for folder in (own, *PLAYWRIGHT_CACHES) if own else PLAYWRIGHT_CACHES:
        for layout in PLAYWRIGHT_LAYOUTS:
            yield from sorted(Path(folder).expanduser().glob(layout), reverse=True)


if __name__ == "__main__":
    sys.exit(prepare("Chromium", find=find_browser, install=install_browser))
