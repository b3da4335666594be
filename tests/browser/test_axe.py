"""axe finds nothing on any page of anybody, light and dark, on a phone and on a desk."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page
from werkzeug.exceptions import NotFound
from werkzeug.routing import Map, Rule

from tests.browser.axe import axe
from tests.browser.conftest import OpenPage, Watch
from tests.browser.journeys import link_of_person, sign_in

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
MOST = 80  # pages of one person: one of each kind is enough
# Pages about supervision that the sweep has to reach. What only a sent form leads to stands in
# test_supervision.py: a draft of an observation, and what is refused.
REACHED = {
    "ana": (
        *("learn.my_supervision", "learn.ask_for_observation", "learn.self_rating"),
        *("learn.my_observation", "learn.my_sign_off", "learn.asked"),
        *("learn.competencies", "learn.competency_area"),
        *("hours.home", "hours.practice", "hours.meeting", "hours.lines", "hours.line"),
        *("hours.correct", "credentials.credentials", "account.my_data", "account.profile"),
    ),
    "cora": (
        *("team.team", "team.member", "team.supervision", "team.contract", "team.new_goal"),
        *("team.observation", "team.signing", "team.signed_off"),
        *("team.competencies", "team.competency_area", "team.person_competency"),
        *("team.asked_competencies", "team.assignments", "team.asked_person"),
        *("team.hours_of_team", "team.hours_home", "team.hours_lines", "team.hours_line"),
        *("team.hours_meeting", "credentials.credentials", "account.my_data"),
    ),
    "eli": (
        *("admin.person", "admin.supervision", "admin.observation", "admin.signed_off"),
        *("admin.looks", "admin.import_people", "admin.frameworks", "admin.audit_trail"),
        "admin.ask_end_role",
    ),
}
ROUTES = Path(__file__).parent.parent / "house" / "routes.txt"


@pytest.mark.parametrize("options", SCREENS)
@pytest.mark.parametrize("name", STARTS)
def test_axe_finds_nothing(
    open_page: OpenPage, watch: Watch, name: str, options: dict[str, object]
) -> None:
    watch.allow("status of 404")  # one of the pages is the one that is not there
    page = open_page(**options)
    if name != "anonymous":
        sign_in(page, name)

    pages = _pages(page, (*STARTS[name], *_full_ones(page, name)))
    found = [f"{url}: {fault}" for url in pages.values() for fault in _look(page, url)]

    assert found == []
    assert set(REACHED.get(name, ())) - pages.keys() == set()


def _full_ones(page: Page, name: str) -> list[str]:
    """Pages on which there is something of every kind: the sweep takes the first it meets."""
    if name == "ana":
        page.goto("/hours/")
        signed = page.get_by_role("row").filter(has_text="signed by both").first
        return [signed.get_by_role("link").get_attribute("href") or ""]
    if name in ("cora", "eli"):
        page.goto(STARTS[name][0])
        return [f"{link_of_person(page, 'Ana Reyes')}/supervision"]
    return []


def _look(page: Page, url: str) -> list[str]:
    page.goto(url)
    return axe(page)


def _pages(page: Page, starts: tuple[str, ...]) -> dict[str, str]:
    """One page of each kind that can be reached, by its kind."""
    waiting, chosen, names = list(starts), dict[str, str](), _names()
    while waiting and len(chosen) < MOST:
        url = waiting.pop(0)
        kind = _kind(names, url)
        if kind in chosen:
            continue
        chosen[kind] = url
        page.goto(url)
        waiting += page.eval_on_selector_all(
            "a[href^='/']:not([download])",
            "links => links.map(a => a.getAttribute('href').split('#')[0])",
        )
    return {kind: url for kind, url in chosen.items() if not url.endswith(".svg")}


def _names() -> Map:
    lines = (line.split() for line in ROUTES.read_text(encoding="utf-8").splitlines())
    rules = [Rule(path, endpoint=name) for method, path, name in lines if method == "GET"]
    return Map(rules, strict_slashes=False)


def _kind(names: Map, url: str) -> str:
    """The name of the page: addresses that differ only in ids are one kind."""
    path = url.partition("?")[0]
    try:
        endpoint, _ = names.bind("").match(path)
    except NotFound:
        return path
    return str(endpoint)
