"""What a browser loads on its first visit to a page: bytes on the wire, requests, script.

Run: python bench/pages.py
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.conftest import FLAGS  # noqa: E402 (the path above comes first)
from tests.browser.journeys import sign_in  # noqa: E402
from tests.browser.live_server import serve_demo  # noqa: E402
from tests.setup.browser import find_browser  # noqa: E402
from tests.setup.machine import is_root  # noqa: E402

LIMITS = {"kB": 120, "requests": 10, "script kB": 30}
PAGES = {
    "today": "/learn/",
    "lesson": "/learn/lessons/family/consent-first",
    "practice": "/exam/practice",
    "progress": "/learn/progress",
    "cases": "/play/",
}


@dataclass
class Weight:
    """What was loaded. Units: bytes on the wire, headers included."""

    total: int = 0
    script: int = 0
    requests: list[str] = field(default_factory=list)


def weigh(page: Page, url: str) -> Weight:
    """Opens a page with an empty cache and counts everything the network brings."""
    weight = Weight()
    session = page.context.new_cdp_session(page)
    kinds: dict[str, tuple[str, str]] = {}
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": False})
    session.send("Network.clearBrowserCache")

    def received(event: dict) -> None:
        kinds[event["requestId"]] = (event["response"]["url"], event["type"])

    def finished(event: dict) -> None:
        address, kind = kinds.get(event["requestId"], ("", ""))
        if address.startswith("data:"):
            return
        weight.total += int(event["encodedDataLength"])
        weight.script += int(event["encodedDataLength"]) if kind == "Script" else 0
        weight.requests.append(address)

    session.on("Network.responseReceived", received)
    session.on("Network.loadingFinished", finished)
    page.goto(url, wait_until="networkidle")
    session.detach()
    return weight


def main() -> None:
    """Prints one line for each page, and says which limit is passed."""
    flags = [*FLAGS, "--no-sandbox"] if is_root() else [*FLAGS]
    with (
        tempfile.TemporaryDirectory() as folder,
        serve_demo(Path(folder)) as live,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_browser(), args=flags)
        page = browser.new_context(base_url=live).new_page()
        sign_in(page, "luis")
        page.goto("/exam/practice?length=5")
        page.get_by_role("button", name="Start").click()
        question = page.url.removeprefix(live)
        page.goto("/exam/mocks/aadc/quick")
        page.get_by_role("button", name="Start").click()
        page.wait_for_url("**/items/1")
        pages = {**PAGES, "question": question, "exam": page.url.removeprefix(live)}
        print(f"{'page':<10} {'kB':>8} {'requests':>9} {'script kB':>10}   limits {LIMITS}")
        for name, url in pages.items():
            weight = weigh(page, url)
            foreign = [one for one in weight.requests if not one.startswith(live)]
            told = (weight.total / 1000, len(weight.requests), weight.script / 1000)
            over = [k for (k, most), v in zip(LIMITS.items(), told, strict=True) if v > most]
            print(
                f"{name:<10} {told[0]:8.1f} {told[1]:9d} {told[2]:10.1f}   "
                f"{'over: ' + ', '.join(over) if over else 'within'}"
                f"{'; from elsewhere: ' + ', '.join(foreign) if foreign else ''}"
            )
        browser.close()


if __name__ == "__main__":
    main()
