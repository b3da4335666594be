"""A mock exam in a real browser: saved as it is given, whatever the network and the tabs do."""

from __future__ import annotations

import random
import re
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Error, Page, Route, expect

from tests.browser.axe import axe
from tests.browser.conftest import OpenPage, Watch
from tests.browser.exam_steps import chosen, hand_in, is_saved, start_exam, to_the_answers
from tests.browser.journeys import sign_in

FLIPS = 20
SETTLES = 5_000  # milliseconds: a press of Next goes on by itself once all is sent
LONGER = 40  # seconds: what a tab that is gone left behind is taken over after a while


def nothing_waits(page: Page) -> None:
    """Waits until nothing of an exam lies in the browser any more."""
    names = "Object.keys(localStorage).filter((name) => name.startsWith('waymark-sitting'))"
    end = time.monotonic() + LONGER
    while time.monotonic() < end:
        with suppress(Error):  # the page is going on to the next question
            if not page.evaluate(names):
                return
        page.wait_for_timeout(100)
    raise AssertionError("something still waits to be sent")


def slowly(route: Route) -> None:
    """Lets a request through a while later."""
    time.sleep(1)
    route.continue_()


def test_an_answer_is_saved_as_it_is_given_and_the_map_shows_it(page: Page) -> None:
    sign_in(page, "luis")
    exam = start_exam(page, "quick")
    to_the_answers(page)

    page.keyboard.press("b")

    is_saved(page)
    expect(page.locator(".item-map__slot[aria-current]")).to_contain_text("answered")
    before = chosen(page)
    page.reload()
    assert chosen(page) == before
    hand_in(page, exam)


def test_enter_in_an_answer_goes_on(page: Page) -> None:
    sign_in(page, "luis")
    exam = start_exam(page, "quick")
    page.goto(f"{exam}/items/3")
    to_the_answers(page)

    page.keyboard.press("a")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Question 4 of 20")
    hand_in(page, exam)


def test_marks_are_saved_without_leaving_the_page(page: Page) -> None:
    sign_in(page, "luis")
    exam = start_exam(page, "quick")

    page.locator(".option__strike").nth(1).click()
    page.locator(".toggle").click()
    page.get_by_text("Note for yourself").click()
    page.get_by_label("Only you see it.").fill("Ask about consent.")

    is_saved(page)
    page.wait_for_timeout(1000)  # a note is sent when the typing rests
    is_saved(page)
    page.reload()
    expect(page.get_by_label("Only you see it.")).to_have_value("Ask about consent.")
    assert page.locator("input[name=struck]:checked").count() == 1
    assert page.locator("input[name=flag]:checked").count() == 1
    hand_in(page, exam)


def test_without_a_network_the_page_says_so_and_sends_later(page: Page, watch: Watch) -> None:
    watch.allow("ERR_INTERNET_DISCONNECTED")
    sign_in(page, "luis")
    exam = start_exam(page, "quick")
    page.context.set_offline(True)

    page.locator(".option__card").nth(2).click()
    expect(page.locator("[data-saved]")).to_contain_text("Not saved yet")
    page.get_by_role("button", name="Next", exact=True).click()
    page.wait_for_timeout(500)
    expect(page.locator("[data-saved]")).to_contain_text("Not saved yet")
    before = chosen(page)
    page.context.set_offline(False)

    nothing_waits(page)
    page.wait_for_timeout(SETTLES)
    page.goto(f"{exam}/items/1")
    assert chosen(page) == before
    hand_in(page, exam)


def test_what_a_closed_tab_could_not_send_is_sent_by_the_next_page(
    page: Page, watch: Watch
) -> None:
    watch.allow("ERR_INTERNET_DISCONNECTED")
    sign_in(page, "luis")
    exam = start_exam(page, "quick")
    page.goto(f"{exam}/items/5")
    page.context.set_offline(True)
    page.locator(".option__card").nth(1).click()
    expect(page.locator("[data-saved]")).to_contain_text("Not saved yet")
    before = chosen(page)
    context = page.context
    page.close()
    context.set_offline(False)

    later = context.new_page()
    later.goto(f"{exam}/items/6")
    expect(later.locator("[data-part=sitting]")).to_be_visible()
    nothing_waits(later)

    later.goto(f"{exam}/items/5")
    assert chosen(later) == before
    hand_in(later, exam)


def test_going_on_while_the_server_is_down_loses_nothing(page: Page, watch: Watch) -> None:
    """The browser is online; only the server does not answer."""
    watch.allow("Failed to load resource|ERR_")
    sign_in(page, "luis")
    exam = start_exam(page, "quick")
    page.goto(f"{exam}/items/9")
    page.route("**/items/9", lambda route: route.abort())

    page.locator(".option__card").nth(2).click()
    expect(page.locator("[data-saved]")).to_contain_text("Not saved yet")
    page.get_by_role("button", name="Next", exact=True).click()
    page.wait_for_timeout(500)
    before = chosen(page)
    page.unroute("**/items/9")

    nothing_waits(page)
    page.wait_for_timeout(SETTLES)
    page.goto(f"{exam}/items/9")
    assert chosen(page) == before
    hand_in(page, exam)


def test_a_second_choice_during_a_slow_save_wins_though_the_page_is_left(page: Page) -> None:
    sign_in(page, "luis")
    exam = start_exam(page, "quick")
    page.goto(f"{exam}/items/10")
    page.route("**/items/10", slowly)
    page.locator(".option__card").nth(0).click()
    page.locator(".option__card").nth(3).click()
    last = chosen(page)

    page.locator(".item-map__slot").nth(11).click()

    page.wait_for_url("**/items/12")
    nothing_waits(page)
    page.unroute("**/items/10")
    page.goto(f"{exam}/items/10")
    assert chosen(page) == last
    hand_in(page, exam)


def test_handing_in_waits_for_what_is_not_sent_yet(page: Page, watch: Watch) -> None:
    watch.allow("Failed to load resource|ERR_")
    sign_in(page, "luis")
    exam = start_exam(page, "quick")
    page.goto(f"{exam}/items/11")
    page.route("**/items/11", lambda route: route.abort())
    page.locator(".option__card").nth(1).click()
    expect(page.locator("[data-saved]")).to_contain_text("Not saved yet")
    page.goto(f"{exam}/overview")

    page.get_by_role("button", name="Hand in for good").click()
    expect(page.locator("[data-said]")).to_contain_text("question 11")
    page.unroute("**/items/11")
    nothing_waits(page)
    page.goto(f"{exam}/overview")

    expect(page.get_by_text("1 of 20 questions have an answer")).to_be_visible()
    hand_in(page, exam)


def test_marking_a_question_never_adopts_an_answer_that_was_not_shown(
    page: Page, watch: Watch
) -> None:
    watch.allow("status of 409")
    sign_in(page, "luis")
    exam = start_exam(page, "quick")
    page.goto(f"{exam}/items/13")
    other = page.context.new_page()
    other.goto(f"{exam}/items/13")
    page.locator(".option__card").nth(0).click()
    is_saved(page)

    other.locator(".toggle").click()
    is_saved(other)

    assert chosen(other) == chosen(page)
    other.close()
    hand_in(page, exam)


def test_a_note_that_was_not_sent_is_shown_again(page: Page, watch: Watch) -> None:
    watch.allow("Failed to load resource|ERR_")
    sign_in(page, "luis")
    exam = start_exam(page, "quick")
    page.goto(f"{exam}/items/14")
    page.route(
        "**/items/14",
        lambda route: route.abort() if route.request.method == "POST" else route.continue_(),
    )
    page.get_by_text("Note for yourself").click()
    page.get_by_label("Only you see it.").fill("Consent first.")
    expect(page.locator("[data-saved]")).to_contain_text("Not saved yet")
    page.wait_for_timeout(1000)
    page.reload()

    expect(page.get_by_label("Only you see it.")).to_have_value("Consent first.")
    page.unroute("**/items/14")
    is_saved(page)
    hand_in(page, exam)


def test_two_tabs_show_both_answers_and_the_person_decides(page: Page, watch: Watch) -> None:
    watch.allow("status of 409")
    sign_in(page, "luis")
    exam = start_exam(page, "quick")
    page.goto(f"{exam}/items/7")
    other = page.context.new_page()
    other.goto(f"{exam}/items/7")
    page.locator(".option__card").nth(0).click()
    is_saved(page)

    other.locator(".option__card").nth(3).click()

    expect(other.get_by_text("Keep the saved one")).to_be_visible()
    expect(other.locator("[data-conflict-words]")).to_contain_text("Saved:")
    mine = chosen(other)
    other.get_by_role("button", name="Take mine").click()
    is_saved(other)
    page.reload()
    assert chosen(page) == mine
    other.close()
    hand_in(page, exam)


def test_nothing_shown_as_saved_is_missing_however_often_the_network_fails(
    page: Page, watch: Watch
) -> None:
    watch.allow("ERR_INTERNET_DISCONNECTED")
    chance = random.Random(7)
    sign_in(page, "noor")
    exam = start_exam(page, "quick")
    shown: dict[int, str] = {}
    for flip in range(FLIPS):
        position = flip + 1
        page.goto(f"{exam}/items/{position}")
        offline_first = chance.random() < 0.5
        page.context.set_offline(offline_first)
        page.locator(".option__card").nth(chance.randrange(3)).click()
        if chance.random() < 0.5:
            page.locator(".option__card").nth(chance.randrange(3)).click()
        page.context.set_offline(False)
        is_saved(page)
        shown[position] = chosen(page)

    for position, answer in shown.items():
        page.goto(f"{exam}/items/{position}")
        assert chosen(page) == answer, f"question {position}"
    hand_in(page, exam)


def test_a_question_page_asks_for_little(open_page: OpenPage) -> None:
    """At most two requests after the first, and at most 15 kB of script."""
    page = open_page()
    sign_in(page, "luis")
    exam = start_exam(page, "quick")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    sizes: list[int] = []
    page.on(
        "response",
        lambda response: (
            sizes.append(int(response.headers.get("content-length", "0")))
            if ".mjs" in response.url
            else None
        ),
    )

    page.goto(f"{exam}/items/2")
    page.wait_for_load_state("networkidle")

    sent = [url for url in asked if not url.startswith("data:")]
    cached = [url for url in sent if "/assets/" in url]
    assert len(sent) - len(cached) <= 2
    assert sum(sizes) <= 15_000
    hand_in(page, exam)


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_axe_finds_nothing_in_a_running_exam(open_page: OpenPage, width: int, scheme: str) -> None:
    page = open_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    sign_in(page, "luis")
    page.goto("/exam/mocks/aadc/full")
    found = axe(page)
    exam = start_exam(page, "quick")
    page.locator(".timer summary").click()
    page.get_by_text("Note for yourself").click()
    page.locator(".option__card").nth(1).click()
    is_saved(page)
    found += axe(page)
    page.goto(f"{exam}/overview")
    found += axe(page)
    hand_in(page, exam)
    found += axe(page)
    page.get_by_role("link", name="See every question").click()
    found += axe(page)

    assert found == []


def set_exam_time(page: Page, extra: int, breaks: int) -> None:
    page.get_by_label("Extra time").fill(str(extra))
    page.get_by_label("Breaks").fill(str(breaks))
    page.get_by_role("button", name="Set the time").click()
    page.wait_for_load_state()


def test_extra_time_and_breaks_reach_an_open_page_within_its_next_second(
    page: Page, open_page: OpenPage
) -> None:
    cora, told = open_page(), page.locator("[role=timer]")
    sign_in(cora, "cora")
    cora.goto("/team/")
    cora.get_by_role("link", name="Luis Ferro").first.click()
    page.clock.install()
    sign_in(page, "luis")
    exam = start_exam(page, "quick")
    page.locator(".timer summary").click()
    page.clock.pause_at(datetime.now(UTC) + timedelta(seconds=3))  # its time goes on by order only
    rest = page.get_by_role("button", name="Take a break")
    expect(rest).to_be_hidden()
    expect(told).to_have_text(re.compile(r"^(30|2\d) min left$"))

    set_exam_time(cora, 100, 10)
    with page.expect_response("**/clock"):
        page.clock.run_for(1_100)

    expect(rest).to_be_visible()
    page.clock.run_for(1_000)  # the next tick shows what was told
    expect(told).to_have_text(re.compile(r"^(1 h 0|5\d) min left$"))
    page.clock.resume()
    hand_in(page, exam)
    set_exam_time(cora, 0, 0)  # not sooner: it would be refused, as less than somebody relies on


def test_an_exam_works_without_a_script(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    sign_in(page, "luis")
    exam = start_exam(page, "quick")

    page.get_by_role("radio").nth(1).check()
    page.get_by_role("button", name="Next", exact=True).click()

    page.goto(f"{exam}/items/1")
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    expect(page.locator("[data-saved]")).to_have_text("Saved")
    hand_in(page, exam)
    expect(page.get_by_role("heading", level=1)).to_contain_text("our cut")
