"""An audit packet from its button to the file, by keyboard alone, and again without a script."""

from __future__ import annotations

import zipfile
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.axe import axe
from tests.browser.conftest import OpenPage
from tests.browser.journeys import focus_by_tab, focus_is_seen, sign_in

PHONE = {"viewport": {"width": 360, "height": 740}}
MADE_WITHIN = 120_000  # milliseconds, on a machine that does much else
INSIDE = {"packet.pdf", "packet.json"}


def test_a_packet_is_made_and_downloaded_by_keyboard_alone(
    open_page: OpenPage, tmp_path: Path
) -> None:
    page = open_page(**PHONE, color_scheme="dark")
    sign_in(page, "cora")
    page.goto("/team/")
    focus_by_tab(page, "Audit packet", tag="a")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Audit packets of")
    assert axe(page) == []

    focus_by_tab(page, "Make", tag="button")
    assert focus_is_seen(page)
    page.keyboard.press("Enter")
    ready = page.get_by_role("link", name="Download")
    expect(ready).to_be_visible(timeout=MADE_WITHIN)
    assert axe(page) == []
    focus_by_tab(page, "Download", tag="a")

    assert names_in(download_by_enter(page, tmp_path)) >= INSIDE


def test_without_a_script_a_packet_is_made_and_a_link_says_how_far_it_is(
    open_page: OpenPage, tmp_path: Path
) -> None:
    page = open_page(**PHONE, java_script_enabled=False)
    sign_in(page, "cora")
    page.goto("/team/")
    page.get_by_role("link", name="Audit packet").first.click()
    page.get_by_role("button", name="Make").first.click()

    ready = page.get_by_role("link", name="Download")
    for _ in range(100):
        if ready.count():
            break
        page.get_by_role("link", name="See how far it is").click()
        page.wait_for_timeout(1_000)
    ready.focus()

    assert names_in(download_by_enter(page, tmp_path)) >= INSIDE


def download_by_enter(page: Page, folder: Path) -> Path:
    with page.expect_download() as started:
        page.keyboard.press("Enter")
    kept = folder / "packet.zip"
    started.value.save_as(kept)
    return kept


def names_in(archive: Path) -> set[str]:
    with zipfile.ZipFile(archive) as packet:
        return {Path(name).name for name in packet.namelist()}
