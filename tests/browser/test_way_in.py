"""The pages before signing in, and signing in itself, for everyone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from app.demo.cast import DEMO_PASSWORD, ELI
from tests.browser.axe import axe
from tests.browser.conftest import OpenPage, Watch

BEFORE_SIGNING_IN = ("/", "/account/sign-in", "/about-content", "/parts")
PHONE_AT_NIGHT = {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"}


@pytest.mark.parametrize("path", BEFORE_SIGNING_IN)
def test_a_page_before_signing_in_keeps_nobody_out(page: Page, path: str) -> None:
    page.goto(path)

    assert axe(page) == []


@pytest.mark.parametrize("path", BEFORE_SIGNING_IN)
def test_a_page_before_signing_in_fits_a_phone_at_night(open_page: OpenPage, path: str) -> None:
    page = open_page(**PHONE_AT_NIGHT)

    page.goto(path)

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("scripts", [True, False])
def test_signing_in_takes_a_keyboard_only(open_page: OpenPage, *, scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts)
    page.goto("/account/sign-in")

    page.get_by_label("E-mail address").focus()
    page.keyboard.type(ELI.email)
    page.keyboard.press("Tab")
    page.keyboard.type(DEMO_PASSWORD)
    page.keyboard.press("Enter")

    expect(page.get_by_role("navigation", name="Main")).to_be_visible()


def test_a_wrong_password_is_told_beside_the_form(page: Page, watch: Watch) -> None:
    watch.allow("status of 422")
    page.goto("/account/sign-in")

    page.get_by_label("E-mail address").fill(ELI.email)
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_text("do not go together").first).to_be_visible()
    assert axe(page) == []
