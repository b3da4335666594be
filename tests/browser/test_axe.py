"""axe finds nothing on any page of anybody, light and dark, on a phone and on a desk."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.axe import axe
from tests.browser.conftest import OpenPage, Watch
from tests.browser.journeys import sign_in

SCREENS = [
    pytest.param(
        {"viewport": {"width": w, "height": 900}, "color_scheme": scheme}, id=f"{w}-{scheme}"
    )
    for w, scheme in ((360, "light"), (1280, "dark"))
]
STARTS = {
    "anonymous": ("/", "/account/sign-in", "/about-content", "/parts", "/no/such/page"),
    "ana": ("/learn/",),
    "ben": ("/studio/", "/studio/cases/what-the-truck-carries/paths"),  # played by enough people
    "cora": ("/team/",),
    "eli": ("/admin/",),
}
MOST = 45  # pages of one person: one of each kind is enough


@pytest.mark.parametrize("options", SCREENS)
@pytest.mark.parametrize("name", STARTS)
def test_axe_finds_nothing(
    open_page: OpenPage, watch: Watch, name: str, options: dict[str, object]
) -> None:
    watch.allow("status of 404")  # one of the pages is the one that is not there
    page = open_page(**options)
    if name != "anonymous":
        sign_in(page, name)

    found = [f"{url}: {fault}" for url in _pages(page, STARTS[name]) for fault in _look(page, url)]

    assert found == []


def _look(page: Page, url: str) -> list[str]:
    page.goto(url)
    return axe(page)


def _pages(page: Page, starts: tuple[str, ...]) -> list[str]:
    """One page of each kind that can be reached: addresses that differ only in ids count once."""
    waiting, kinds, chosen = list(starts), set[str](), list[str]()
    while waiting and len(chosen) < MOST:
        url = waiting.pop(0)
        kind = _kind(url)
        if kind in kinds:
            continue
        kinds.add(kind)
        chosen.append(url)
        page.goto(url)
        waiting += page.eval_on_selector_all(
            "a[href^='/']:not([download])",
            "links => links.map(a => a.getAttribute('href').split('#')[0])",
        )
    return [url for url in chosen if not url.endswith(".svg")]


def _kind(url: str) -> str:
    path = url.partition("?")[0].strip("/").split("/")
    return "/".join(path[:2]) + f" {len(path)}"
