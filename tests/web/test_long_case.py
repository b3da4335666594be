"""A long case on the desk: chapters, looking for a place, the map, all without a script."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from app.services.case_drafts import CaseSource, open_draft
from tests.cast import NOW, as_viewer
from tests.clean_cases import clean_case
from tests.web.test_desk import at, form_of, save_url
from tests.web.visit import Visitor

if TYPE_CHECKING:
    from app.storage.store import Store
    from tests.cast import Cast

TEXT = clean_case(1, chapters=24, flags=1, highest=3)
SCENES = re.findall(r"^## \[([^\]]+)\]", TEXT, re.MULTILINE)
ENTRY = re.compile(r'class="desk-outline__entry" href="([^"]+)"')


@pytest.fixture
def desk(store: Store, cast: Cast) -> str:
    source = CaseSource("made", {"case.md": TEXT}, "")
    draft = open_draft(store, as_viewer(store, cast.ben), source, now=NOW)
    store.end_reading()
    return f"/studio/drafts/{draft.id}"


def entries(page: str) -> list[str]:
    outline = page.partition("data-desk-entries")[2].partition("</nav>")[0]
    return [url for url in ENTRY.findall(outline) if "at=scene:" in url and "part=" not in url]


def test_the_outline_holds_the_chapter_of_the_open_place_and_names_the_others(
    ben: Visitor, desk: str
) -> None:
    page = ben.text(at(desk, f"scene:{SCENES[50]}"))

    shown = {re.search(r"at=scene:([^&]+)", url)[1] for url in entries(page)}  # type: ignore[index]
    assert shown == set(SCENES[40:80])
    assert "Scenes 1–40" in page
    assert "Scenes 81–" in page
    assert page.count('aria-current="page"') == 2  # the place, and how it is shown


def test_another_chapter_unfolds_and_the_open_place_stays(ben: Visitor, desk: str) -> None:
    here = f"scene:{SCENES[50]}"

    page = ben.text(f"{at(desk, here)}&part=1")

    assert {url.partition("at=scene:")[2] for url in entries(page)} == set(SCENES[:40])
    assert "holds the open place" in page
    assert set(re.search(r'data-scenes="([^"]+)"', page)[1].split()) == set(SCENES)  # type: ignore[index]
    assert f"Id <code>{SCENES[50]}</code>" in page


def test_a_place_is_found_by_its_title_its_id_or_its_text(ben: Visitor, desk: str) -> None:
    wanted = SCENES[70]

    page = ben.text(f"{desk}?find={wanted}")
    nothing = ben.text(f"{desk}?find=nobody+says+this")

    assert any(f"at=scene:{wanted}" in url for url in ENTRY.findall(page))
    assert len(entries(page)) < 40
    assert "0 places with" in nothing
    assert "Show all" in nothing


def test_a_script_gets_the_outline_alone(ben: Visitor, desk: str) -> None:
    response = ben.client.get(f"{desk}?part=1", headers={"HX-Request": "true"})

    text = response.get_data(as_text=True)
    assert text.strip().startswith('<div class="desk-outline"')
    assert "<html" not in text


def test_the_map_shows_one_chapter_and_folds_the_others(ben: Visitor, desk: str) -> None:
    page = ben.text(at(desk, f"scene:{SCENES[50]}", "map"))
    folded = ben.text(f"{at(desk, f'scene:{SCENES[50]}', 'map')}&part=0")

    assert f'id="case-at-{SCENES[50]}"' in page
    assert f'id="case-at-{SCENES[3]}"' not in page
    assert "Folded chapter" in page
    assert "Fold all chapters" in page
    assert f'id="case-at-{SCENES[50]}"' not in folded
    assert folded.count('class="case-map__scene') < 8


def test_problems_of_folded_chapters_are_counted_and_the_whole_case_is_checked(
    ben: Visitor, desk: str
) -> None:
    here, far = f"scene:{SCENES[50]}", f"scene:{SCENES[3]}"
    form = form_of(ben.text(at(desk, far)))
    target = next(name for name in form if name.endswith("-target") and name != "new-target")

    headers = {"HX-Request": "true", "Accept": "application/json"}
    sent = {**form, target: "nowhere", "typing": "yes"}
    told = ben.post(save_url(desk, far), sent, expect=200, headers=headers).get_json()
    page = ben.text(at(desk, here))

    assert "SC201" in told["panel"]
    first = page.partition("Scenes 1–40")[2].partition("Scenes 41–80")[0]
    assert re.search(r"desk-outline__problems\">\d", first)
    assert "SC201" in page
    assert json.dumps(told)


def test_a_target_is_typed_from_a_list_that_the_page_holds_once(ben: Visitor, desk: str) -> None:
    page = ben.text(at(desk, f"scene:{SCENES[2]}"))

    assert page.count('<datalist id="scene-ids">') == 1
    assert page.count(f'<option value="{SCENES[60]}"') == 1
