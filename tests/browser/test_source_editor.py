"""The source of a place in the editor and in the plain text box: one text, whichever is used."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import axe
from tests.browser.conftest import OpenPage, Watch
from tests.browser.journeys import focus_by_tab, focus_is_seen, sign_in
from tests.browser.source_field import EDITOR, choose_box, is_saved, source_field
from tests.scenario_builders import sample_text

# Line ends of Windows, spaces at an end, a tab, and no last line end.
WALK = "seed 1\r\npick neither  \r\n\r\n# \t a comment\r\nexpect ending good"


def desk_of(page: Page, case_id: str, **files: str) -> str:
    """Brings a case of one's own to the desk, and gives the address of its draft."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("case.md", sample_text().replace("lena-and-ruth", case_id))
        for name, text in files.items():
            archive.writestr(f"walks/{name}.walk", text.encode())
    sign_in(page, "ben")
    page.goto("/studio/cases/new")
    folder = {"name": "case.zip", "mimeType": "application/zip", "buffer": packed.getvalue()}
    page.get_by_label("A case.md, or a ZIP file").set_input_files(folder)
    page.get_by_role("button", name="Bring it in").click()
    page.wait_for_url("**/studio/drafts/*")
    return page.url


def files_of(page: Page, desk: str) -> dict[str, str]:
    with ZipFile(BytesIO(page.request.get(f"{desk}/export").body())) as archive:
        return {name.partition("/")[2]: archive.read(name).decode() for name in archive.namelist()}


def problem_words(page: Page) -> str:
    return page.locator("[data-desk-editor-words]").inner_text()


@pytest.mark.parametrize("box", ["Editor", "Plain text box"])
def test_opening_a_file_changes_no_byte_and_a_letter_changes_its_line_alone(
    open_page: OpenPage, box: str
) -> None:
    page = open_page()
    desk = desk_of(page, f"bytes-{box[:5].lower()}", good=WALK)
    before = files_of(page, desk)
    page.goto(f"{desk}?at=file:walks/good.walk")
    choose_box(page, box)

    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_load_state()

    assert before["walks/good.walk"] == WALK
    assert files_of(page, desk) == before
    source_field(page).focus()
    page.keyboard.press("Control+Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    page.keyboard.type("x")
    is_saved(page)
    assert files_of(page, desk) == before | {
        "walks/good.walk": WALK.replace("neither  \r\n", "neither  x\r\n")
    }


def test_nobody_is_caught_in_the_editor(open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 1280, "height": 900})
    desk = desk_of(page, "no-trap")
    page.goto(f"{desk}?at=brief")
    source_field(page)
    before = page.locator("#source").input_value()

    focus_by_tab(page, "Scene at the caret")
    page.keyboard.press("Tab")

    expect(page.locator(EDITOR)).to_be_focused()
    assert focus_is_seen(page) or page.locator(".cm-focused").count() == 1
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.locator(EDITOR)).to_be_focused()
    assert page.locator("#source").input_value() == before
    page.keyboard.press("Control+]")
    expect(page.locator("#source")).to_have_value(re.compile(r"^  \S"))
    page.keyboard.press("Control+[")
    expect(page.locator("#source")).to_have_value(before)


def test_problems_stand_at_their_lines_and_keys_lead_to_them_and_to_scenes(
    open_page: OpenPage,
) -> None:
    page = open_page(viewport={"width": 1280, "height": 900})
    desk = desk_of(page, "marks-and-keys")
    page.goto(f"{desk}?at=scene:scope&view=source")
    field = source_field(page)
    first = sample_text().split("\n").index("## [scope] What Ruth may hear") + 1
    expect(page.locator(".cm-lineNumbers .cm-gutterElement:visible").first).to_have_text(str(first))

    text = page.locator("#source").input_value()
    field.fill(text.replace("rate: 3", "rate: 9").replace("-> end-alone", "-> nowhere"))
    is_saved(page)

    expect(page.locator(".desk-flaw--error", has_text="rate: 9")).to_be_visible()
    page.keyboard.press("Control+Home")  # the whole scene has a problem, told at its heading
    page.keyboard.press("F8")
    assert "“9” is no rating." in problem_words(page)
    page.keyboard.press("F8")
    assert "“nowhere”, which is not there" in problem_words(page)
    page.keyboard.press("Alt+.")
    expect(page.locator("[data-desk-editor-words]")).to_have_text(re.compile("no scene “nowhere”"))
    page.keyboard.press("F8")  # past the last one comes the first
    assert "what an expert would do" in problem_words(page)
    page.get_by_text("-> map").first.click()
    page.keyboard.press("End")
    page.keyboard.type(" <!-- typed -->")
    page.keyboard.press("Alt+.")  # at once: what was typed goes along
    page.wait_for_url(re.compile("at=scene(:|%3A)map&view=source"))
    page.go_back()
    expect(source_field(page)).to_contain_text("{#write} <!-- typed -->")


def test_typing_over_lines_and_taking_it_back_stays_in_the_editor_and_on_the_desk(
    open_page: OpenPage,
) -> None:
    page = open_page(viewport={"width": 1280, "height": 900})
    desk = desk_of(page, "over-and-back")
    page.goto(f"{desk}?at=scene:scope&view=source")
    source_field(page).focus()
    text = page.locator("#source")
    before = text.input_value()

    page.keyboard.press("Control+Home")
    for _ in range(12):
        page.keyboard.press("Shift+ArrowDown")
    page.keyboard.type("x")  # the content policy lets in no style that a browser keeps

    assert len(text.input_value()) < len(before) - 100
    page.keyboard.press("Control+z")
    expect(text).to_have_value(before)
    page.keyboard.press("Control+End")
    page.keyboard.type("<!-- said -->")
    is_saved(page)
    page.keyboard.press("Control+f")
    page.keyboard.type("Ruth")  # no change of the text
    expect(page.locator(".cm-searchMatch").first).to_be_visible()
    expect(page.locator("[data-desk-saved]")).to_have_text(re.compile(r"^Saved "))
    page.keyboard.press("Escape")
    expect(page.locator(EDITOR)).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    page.wait_for_load_state()
    expect(page).to_have_url(re.compile("view=source"))
    source_field(page)
    expect(text).to_have_value(before)


def test_the_plain_box_is_chosen_by_keyboard_remembered_and_there_without_the_editor(
    open_page: OpenPage, watch: Watch
) -> None:
    page = open_page(viewport={"width": 1280, "height": 900})
    desk = desk_of(page, "plain-box")
    page.goto(f"{desk}?at=brief")
    source_field(page)
    focus_by_tab(page, "Plain text box")
    page.keyboard.press("Enter")
    expect(page.locator("#source")).to_be_visible()
    page.reload()

    expect(page.get_by_role("button", name="Plain text box")).to_have_attribute(
        "aria-pressed", "true"
    )
    page.get_by_label("Brief").fill("Lena calls.")
    is_saved(page)
    choose_box(page, "Editor")
    expect(page.locator(EDITOR)).to_have_text("Lena calls.")

    watch.allow("ERR_FAILED|Failed to fetch dynamically imported module")
    page.route("**/codemirror*", lambda route: route.abort())
    page.reload()
    expect(page.get_by_text("The editor could not be loaded.")).to_be_visible()
    page.get_by_label("Brief").fill("Ruth calls.")
    is_saved(page)

    bare = open_page(java_script_enabled=False)
    sign_in(bare, "ben")
    bare.goto(f"{desk}?at=brief")
    expect(bare.get_by_role("button", name="Plain text box")).to_be_hidden()
    bare.get_by_label("Brief").fill("They call.")
    bare.get_by_role("button", name="Save", exact=True).click()
    expect(bare.get_by_label("Brief")).to_have_value("They call.\n")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_editor_nor_in_the_plain_box(
    open_page: OpenPage, width: int, scheme: str
) -> None:
    page = open_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    desk = desk_of(page, f"seen-{width}-{scheme}")
    page.goto(f"{desk}?at=scene:scope&view=source")
    field = source_field(page)
    field.fill(page.locator("#source").input_value().replace("rate: 3", "rate: 9"))
    is_saved(page)
    expect(page.locator(".desk-flaw--error").first).to_be_visible()
    page.keyboard.press("Control+Home")
    page.keyboard.press("F8")
    words = page.locator("[data-desk-editor-words]").bounding_box()
    flaw = page.locator(".desk-flaw", has_text="rate: 9").bounding_box()
    assert words is not None
    assert flaw is not None
    assert flaw["y"] + flaw["height"] <= words["y"]  # it never lies behind its own words
    page.keyboard.press("Control+f")
    page.keyboard.type("the")
    expect(page.locator(".cm-searchMatch").first).to_be_visible()

    found = [f"editor: {fault}" for fault in axe(page)]
    choose_box(page, "Plain text box")

    assert [*found, *axe(page)] == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
