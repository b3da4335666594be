"""The sociogram as a picture and as a form: each follows the other; the form alone is enough."""

from __future__ import annotations

from typing import cast

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage

WIDE = {"width": 1280, "height": 1000}


def sociogram(page: Page) -> Locator:
    page.goto("/parts")
    part = page.locator('#sociogram [data-part="sociogram"]')
    part.scroll_into_view_if_needed()
    return part


def people(part: Locator) -> list[str]:
    found = part.locator("svg.sociogram__person").evaluate_all(
        "all => all.map(o => o.dataset.person)"
    )
    return cast("list[str]", found)


def ring_of(part: Locator, person: str) -> str:
    return part.locator(f'input[data-person="{person}"]:checked').input_value()


def drag(page: Page, thing: Locator, to: tuple[float, float]) -> None:
    """Drags something to a place of the drawing, told in shares of its width and height."""
    drawing = page.locator("#sociogram .sociogram__drawing").bounding_box()
    start = thing.bounding_box()
    assert drawing is not None
    assert start is not None
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(
        drawing["x"] + to[0] * drawing["width"], drawing["y"] + to[1] * drawing["height"], steps=5
    )
    page.mouse.up()


def test_dragging_somebody_to_a_ring_says_so_in_the_form(open_page: OpenPage) -> None:
    page = open_page(viewport=WIDE)
    part = sociogram(page)
    person = people(part)[0]
    node = part.locator(f'svg.sociogram__person[data-person="{person}"] .sociogram__reach')

    drag(page, node, (0.5, 0.08))
    outer = ring_of(part, person)
    drag(page, node, (0.5, 0.32))

    assert (int(outer), int(ring_of(part, person))) == (2, 0)


def test_letting_go_outside_the_rings_changes_nothing(open_page: OpenPage) -> None:
    page = open_page(viewport=WIDE)
    part = sociogram(page)
    person = people(part)[0]
    node = part.locator(f'svg.sociogram__person[data-person="{person}"] .sociogram__reach')
    before, where = ring_of(part, person), node.bounding_box()

    drag(page, node, (0.01, 0.01))

    assert ring_of(part, person) == before
    assert node.bounding_box() == where


def test_tapping_two_people_leads_to_their_tie_in_the_form(open_page: OpenPage) -> None:
    page = open_page(viewport=WIDE)
    part = sociogram(page)
    first, second = people(part)[:2]

    for person in (first, second):
        part.locator(f'svg.sociogram__person[data-person="{person}"] .sociogram__reach').click()

    name = page.evaluate("document.activeElement.name")
    assert name in {f"tie.{first}.{second}", f"tie.{second}.{first}"}


def test_the_form_alone_places_somebody_by_keyboard(open_page: OpenPage) -> None:
    page = open_page(viewport=WIDE)
    part = sociogram(page)
    person = people(part)[0]
    node = part.locator(f'svg.sociogram__person[data-person="{person}"]')
    before = node.get_attribute("y")

    part.locator(f'input[data-person="{person}"]:checked').focus()
    page.keyboard.press("ArrowRight")

    expect(node).not_to_have_attribute("y", before or "")


def test_whoever_is_not_placed_yet_waits_beside_the_picture(open_page: OpenPage) -> None:
    page = open_page(viewport=WIDE)
    part = sociogram(page)
    waiting = part.locator(".sociogram__waiting")
    if waiting.count() == 0:  # the gallery shows everybody placed: take one away as a reset would
        person = people(part)[0]
        part.locator(f'input[data-person="{person}"]:checked').evaluate(
            "one => { one.checked = false;"
            " one.dispatchEvent(new Event('change', { bubbles: true })); }"
        )
    person = waiting.first.get_attribute("data-person") or ""

    waiting.first.click()
    focused = page.evaluate("document.activeElement.dataset.person")
    drag(page, waiting.first, (0.5, 0.3))

    assert focused == person
    assert ring_of(part, person) == "0"
