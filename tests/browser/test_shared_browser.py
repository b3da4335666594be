"""Two people at one browser: what one could not send is never the other's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import Watch
from tests.browser.exam_steps import chosen, hand_in, is_saved, start_exam
from tests.browser.journeys import sign_in

NOTE = "Ruth called again."


def is_post(request: Request) -> bool:
    return request.method == "POST"


def kept(page: Page) -> str:
    """Everything that lies in the browser's store, as one text."""
    text: str = page.evaluate("JSON.stringify({ ...localStorage })")
    return text


def leave_unsent(page: Page, exam: str) -> str:
    """Chooses and notes at question 5 without a network. Gives what was chosen."""
    page.goto(f"{exam}/items/5")
    page.context.set_offline(True)
    page.locator(".option__card").nth(2).click()
    page.get_by_text("Note for yourself").click()
    page.get_by_label("Only you see it.").fill(NOTE)
    page.wait_for_timeout(1500)  # a note is kept when the typing rests
    # A note that is being written is sent once more as the page goes, past what is cut off here.
    page.get_by_label("Only you see it.").blur()
    assert NOTE in kept(page)
    return chosen(page)


def expire(page: Page) -> None:
    """Lets the sign-in end by itself, then the page go, then the network come back.

    What a page sends while it goes passes what is cut off here; by then nobody is signed in.
    """
    page.context.clear_cookies()
    page.goto("about:blank")
    page.context.set_offline(False)


@pytest.fixture(autouse=True)
def expected(watch: Watch) -> None:
    watch.allow("Failed to load resource|ERR_")


@pytest.fixture
def posts(page: Page) -> list[str]:
    """The addresses that anything was sent to, in this browser."""
    sent: list[str] = []
    note: Callable[[Request], None] = lambda one: sent.append(one.url) if is_post(one) else None  # noqa: E731
    page.context.on("request", note)
    return sent


def test_what_one_person_could_not_send_is_gone_when_another_signs_in(
    page: Page, posts: list[str]
) -> None:
    sign_in(page, "luis")
    exam = start_exam(page, "quick")
    leave_unsent(page, exam)
    expire(page)

    posts.clear()
    sign_in(page, "noor")
    hers = start_exam(page, "quick")
    page.wait_for_timeout(1000)

    assert NOTE not in kept(page)
    assert exam not in kept(page)
    assert not [url for url in posts if url.startswith(exam)]
    page.goto(f"{hers}/items/5")
    assert chosen(page) == ""
    hand_in(page, hers)
    page.context.clear_cookies()
    sign_in(page, "luis")
    page.goto(f"{exam}/items/5")
    assert chosen(page) == ""
    hand_in(page, exam)


def test_the_same_person_finds_it_again_and_it_is_sent(page: Page) -> None:
    sign_in(page, "luis")
    exam = start_exam(page, "quick")
    before = leave_unsent(page, exam)
    expire(page)

    page.goto("/account/sign-in")
    assert NOTE in kept(page)
    sign_in(page, "luis")
    page.goto(f"{exam}/items/5")

    is_saved(page)
    assert chosen(page) == before
    page.reload()
    expect(page.get_by_label("Only you see it.")).to_have_value(NOTE)
    assert NOTE not in kept(page)
    hand_in(page, exam)


def test_a_page_left_open_goes_away_when_another_person_signs_in(
    page: Page, posts: list[str]
) -> None:
    sign_in(page, "luis")
    exam = start_exam(page, "quick")
    leave_unsent(page, exam)
    expire(page)
    other = page.context.new_page()

    sign_in(other, "noor")

    page.wait_for_url(lambda url: "/items/" not in url)
    assert NOTE not in page.content()
    other.reload()
    assert NOTE not in kept(other)
    assert exam.rpartition("/")[2] not in kept(other)
    page.context.clear_cookies()
    sign_in(page, "luis")
    page.goto(f"{exam}/items/5")
    assert chosen(page) == ""
    hand_in(page, exam)


def test_signing_out_warns_of_what_is_not_sent_and_leaves_nothing(page: Page) -> None:
    sign_in(page, "luis")
    exam = start_exam(page, "quick")
    leave_unsent(page, exam)
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto("/account/")
    sign_out = page.get_by_role("button", name="Sign out", exact=True)

    sign_out.press("Enter")
    expect(page.get_by_text("signing out throws it away")).to_be_visible()
    expect(page.get_by_role("link", name="Open the page")).to_have_attribute(
        "href", f"{exam[exam.index('/exam/') :]}/items/5"
    )
    assert NOTE in kept(page)
    sign_out.press("Enter")

    page.wait_for_url("**/account/sign-in**")
    assert NOTE not in kept(page)
    sign_in(page, "luis")
    hand_in(page, exam)


def test_signing_out_with_nothing_left_asks_nothing(page: Page) -> None:
    sign_in(page, "luis")
    page.goto("/account/")

    page.get_by_role("button", name="Sign out", exact=True).press("Enter")

    page.wait_for_url("**/account/sign-in**")
    assert "waymark-sitting" not in kept(page)
