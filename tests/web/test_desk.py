"""The desk: a trainer writes a case in the browser, and learners play it once it is published."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

import app.web
from app.config import read_settings
from app.library.case_choices import CHOICE_KEYS
from app.library.case_scenes import SCENE_KEYS
from app.library.walk_file import COMMANDS
from tests.builders import a_content_folder
from tests.scenario_builders import sample_text
from tests.web.visit import Visitor

if TYPE_CHECKING:
    from flask import Flask

    from app.config import Settings
    from app.storage.store import Store
    from tests.cast import Cast

CASE = "lena-and-ruth"
STATIC = Path(app.web.__file__).parent / "static"
SKILLS = Path(__file__).resolve().parents[2] / "content/competencies/practice-skills.yaml"
CONTINUE = re.compile(r'name="seen" value="([^"]+)"')
AREA = re.compile(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', re.DOTALL)
FIELD = re.compile(r'<input class="field__input[^"]*"[^>]*name="([^"]+)"[^>]*value="([^"]*)"')
CHOICE = re.compile(r'<input type="hidden" name="choice" value="([^"]+)">')
SELECT = re.compile(r'<select[^>]*name="([^"]+)">(.*?)</select>', re.DOTALL)
OPTION = re.compile(r'<option(?=[^>]* selected)[^>]*value="([^"]*)"')


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    files = {
        f"scenarios/{CASE}/case.md": sample_text(),
        "content/competencies/practice-skills.yaml": SKILLS.read_text("utf-8"),
    }
    a_content_folder(tmp_path, files)
    return read_settings(
        {
            "WAYMARK_INSTANCE_DIR": str(tmp_path / "instance"),
            "WAYMARK_DATABASE_URL": database_url,
            "WAYMARK_CONTENT_DIR": str(tmp_path / "content"),
            "WAYMARK_SCENARIOS_DIR": str(tmp_path / "scenarios"),
            "WAYMARK_SECRET_KEY": "x" * 32,
        }
    )


@pytest.fixture
def ben(app: Flask, cast: Cast) -> Visitor:
    return Visitor(app).sign_in(cast.ben)


@pytest.fixture
def desk(ben: Visitor) -> str:
    return ben.post(f"/studio/cases/{CASE}/draft").location


def form_of(page: str) -> dict[str, object]:
    """What a browser would send of the form of a scene."""
    from html import unescape

    form = page.partition("data-desk-form")[2].partition("</form>")[0]
    sent: dict[str, object] = {name: unescape(text) for name, text in AREA.findall(form)}
    sent |= {name: unescape(value) for name, value in FIELD.findall(form)}
    for name, options in SELECT.findall(form):
        chosen = OPTION.findall(options)
        sent[name] = unescape(chosen[0]) if chosen else ""
    seen = CONTINUE.search(form)
    assert seen is not None
    return {**sent, "seen": seen[1], "choice": CHOICE.findall(form)}


def at(desk: str, place: str, view: str = "") -> str:
    return f"{desk}?at={place}" + (f"&view={view}" if view else "")


def save_url(desk: str, place: str, view: str = "form") -> str:
    return f"{desk}/save?at={place}&view={view}"


def draft_text(store: Store, name: str = "case.md") -> str:
    (draft,) = store.case_drafts.all_open()
    store.end_reading()  # a reader left open would keep the next change waiting
    return draft.files[name]


def test_saving_a_form_as_it_is_changes_nothing(ben: Visitor, desk: str, store: Store) -> None:
    for scene in ("voicemail", "session", "scope", "map", "meeting", "end-good"):
        form = form_of(ben.text(at(desk, f"scene:{scene}")))
        ben.post(save_url(desk, f"scene:{scene}"), form)

    assert draft_text(store) == sample_text()


def test_a_form_changes_its_lines_and_no_others(ben: Visitor, desk: str, store: Store) -> None:
    form = form_of(ben.text(at(desk, "scene:voicemail")))

    ben.post(save_url(desk, "scene:voicemail"), {**form, "c-hangup-rate": "0"})

    before, after = sample_text().splitlines(), draft_text(store).splitlines()
    assert [(a, b) for a, b in zip(before, after, strict=True) if a != b] == [
        ("  rate: 1", "  rate: 0")
    ]


def test_an_old_form_overwrites_nothing_and_shows_both_texts(
    ben: Visitor, desk: str, store: Store
) -> None:
    old = form_of(ben.text(at(desk, "scene:voicemail")))
    ben.post(save_url(desk, "scene:voicemail"), {**old, "title": "A call at noon"})
    url = save_url(desk, "scene:voicemail")

    response = ben.post(url, {**old, "title": "A call at night"}, expect=409)

    page = response.get_data(as_text=True)
    assert "Two texts" in page
    assert "[voicemail] A call at <del>noon</del>" in page
    assert "[voicemail] A call at <ins>night</ins>" in page
    assert "A call at noon" in draft_text(store)


def test_typing_is_saved_with_what_the_checker_says(ben: Visitor, desk: str, store: Store) -> None:
    form = form_of(ben.text(at(desk, "scene:session")))
    headers = {"HX-Request": "true", "Accept": "application/json"}

    told = ben.post(
        save_url(desk, "scene:session"),
        {**form, "c-reflect-target": "nowhere", "typing": "yes"},
        expect=200,
        headers=headers,
    ).get_json()

    assert told["saved"]
    assert "SC201" in told["panel"]
    assert "Undo" in told["history"]
    assert "-> nowhere {#reflect}" in draft_text(store)


def test_source_is_saved_byte_for_byte(ben: Visitor, desk: str, store: Store) -> None:
    page = ben.text(at(desk, "notes"))
    form = form_of(page)
    text = f"{form['source']}\n\nAsk who spoke for Lena, and who did not."

    ben.post(save_url(desk, "notes", "source"), {**form, "source": text})

    assert "\n\nAsk who spoke for Lena, and who did not." in draft_text(store)
    assert draft_text(store).startswith(sample_text()[:2000])


def test_undo_and_redo_go_through_every_kind_of_edit(ben: Visitor, desk: str, store: Store) -> None:
    asked = {"do": "add-scene", "id": "hallway", "title": "In the hall", "at": "debrief"}
    ben.post(f"{desk}/edits", asked)
    added = draft_text(store)
    assert "## [hallway] In the hall" in added

    ben.post(f"{desk}/undo")
    assert draft_text(store) == sample_text()
    ben.post(f"{desk}/redo")
    assert draft_text(store) == added


def test_renaming_a_scene_is_followed_everywhere(ben: Visitor, desk: str, store: Store) -> None:
    asked = {"do": "rename-scene", "at": "scene:session", "id": "that-afternoon"}

    ben.post(f"{desk}/edits", asked)

    text = draft_text(store)
    assert "[session]" not in text
    assert text.count("-> that-afternoon {#") == 3


@pytest.mark.parametrize(
    "asked",
    [
        {"do": "add-scene", "id": "Bad Id", "title": "x"},
        {"do": "add-scene", "id": "session", "title": "x"},
        {"do": "rename-scene", "at": "scene:session", "id": "voicemail"},
        {"do": "add-file", "id": "../../etc/passwd"},
        {"do": "dance"},
    ],
)
def test_edits_that_cannot_be_made_are_told_kindly(
    ben: Visitor, desk: str, store: Store, asked: dict[str, object]
) -> None:
    response = ben.post(f"{desk}/edits", asked, expect=None)

    assert response.status_code in {409, 422}
    assert draft_text(store) == sample_text()


def test_the_state_of_a_scene_leads_to_plays_that_arrive_there(ben: Visitor, desk: str) -> None:
    page = ben.page(at(desk, "scene:meeting"))
    plays = [link for link in page.links if "/try?" in link]

    assert plays
    for link in plays[:8]:
        assert '<code class="small">meeting</code>' in ben.text(link)


def test_a_trial_can_be_kept_as_a_walk_that_passes(ben: Visitor, desk: str, store: Store) -> None:
    moves = "neither,reflect,write,~,.,hold"
    page = ben.text(f"{desk}/try?moves={moves}")
    assert "good ending" in page

    ben.post(f"{desk}/walks", {"name": "limits-held", "moves": moves, "seed": "1"})

    assert draft_text(store, "walks/limits-held.walk").endswith("expect ending end-good\n")
    assert "walks/limits-held.walk" in ben.text(desk)


def test_a_published_case_is_what_learners_play(
    app: Flask, ben: Visitor, desk: str, cast: Cast
) -> None:
    form = form_of(ben.text(at(desk, "scene:voicemail")))
    ben.post(save_url(desk, "scene:voicemail"), {**form, "title": "A call at noon"})
    ana = Visitor(app).sign_in(cast.ana)
    before = ana.get(ana.post(f"/play/cases/{CASE}").location).get_data(as_text=True)
    refused = ben.post(f"{desk}/publish", {"change": "1"}, expect=422).get_data(as_text=True)

    plays = {
        "a": "neither,reflect,write,~,.,hold",
        "b": "neither,push,sign,~,.,flat",
        "c": "neither,reflect,wait",
        "d": "neither,push,sign,~,.,tell",
    }
    for name, moves in plays.items():
        ben.post(f"{desk}/walks", {"name": name, "moves": moves, "seed": "1"})
    moves = "hangup,push,sign,~,.,flat"
    ben.post(f"{desk}/walks", {"name": "e", "moves": moves, "seed": "1"})
    gate = ben.text(f"{desk}/publish")
    change = re.search(r'name="change" value="(\d+)"', gate)
    assert "The gate is open" in gate
    assert change is not None
    ben.post(f"{desk}/publish", {"change": change[1], "unread": "yes"})
    after = ana.get(ana.post(f"/play/cases/{CASE}", {"request_key": "b"}).location)

    assert "A message on the clinic line" in before
    assert "No walk that passes ends in" in refused
    assert "another title" in gate
    assert "A call at noon" in after.get_data(as_text=True)


def test_a_new_case_is_written_and_published_from_the_browser_alone(
    app: Flask, ben: Visitor, cast: Cast
) -> None:
    made = ben.post("/studio/cases/new", {"id": "the-ride-home", "title": "The ride home: a case"})
    desk = made.location.partition("?")[0]
    assert "The gate is open" in ben.text(f"{desk}/publish")

    ben.post(f"{desk}/publish", {"change": "0", "note": "First.", "unread": "yes"})

    ana = Visitor(app).sign_in(cast.ana)
    assert "The ride home: a case" in ana.text("/play/")
    assert "The first words" in ana.text(ana.post("/play/cases/the-ride-home").location)
    assert "The ride home: a case" in ben.text("/studio/cases/the-ride-home")


def test_a_case_goes_out_and_comes_back_byte_for_byte(ben: Visitor, desk: str) -> None:
    body = ben.get(f"/studio/cases/{CASE}/export").data
    with ZipFile(BytesIO(body)) as archive:
        assert archive.read(f"{CASE}/case.md").decode() == sample_text()
    ben.post(f"{desk}/discard", {"change": "0"})

    sent = {"file": (BytesIO(body), "case.zip")}
    again = ben.post("/studio/cases/import", sent).location

    exported = ben.get(f"{again.partition('?')[0]}/export").data
    assert exported == body


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("case.md", b"\xff\xfe\x00not text"),
        ("case.zip", b"PK\x03\x04 and then nothing"),
        ("case.md", b"x" * 5_001),
        ("case.md", b"no front matter"),
    ],
)
def test_files_that_are_no_case_are_refused_kindly(
    ben: Visitor, store: Store, name: str, body: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.studio.desk.new_case.LARGEST_DRAFT", 5_000)
    sent = {"file": (BytesIO(body), name)}

    response = ben.post("/studio/cases/import", sent, expect=None)

    assert response.status_code in {409, 422}
    assert store.case_drafts.all_open() == []


def test_a_zip_that_would_unfold_to_too_much_is_refused(ben: Visitor, store: Store) -> None:
    body = BytesIO()
    with ZipFile(body, "w", compression=8) as archive:
        archive.writestr("case.md", "x" * 50_000_000)

    response = ben.post(
        "/studio/cases/import", {"file": (BytesIO(body.getvalue()), "case.zip")}, expect=422
    )

    assert "950 kB" in response.get_data(as_text=True)
    assert store.case_drafts.all_open() == []


def test_the_map_shows_every_scene_with_its_problems(ben: Visitor, desk: str) -> None:
    page = ben.text(at(desk, "scene:scope", "map"))

    assert page.count('class="case-map__scene') >= 10
    assert "problem" in page


def test_a_choice_is_renamed_from_the_form_of_its_scene_and_walks_follow(
    ben: Visitor, desk: str, store: Store
) -> None:
    ben.post(f"{desk}/edits", {"do": "add-file", "id": "walks/safe.walk", "at": "scene:scope"})
    walk = {"source": "seed 7\npick neither\npick reflect\npick write\n", "seen": ""}
    seen = CONTINUE.search(ben.text(at(desk, "file:walks/safe.walk")))
    assert seen is not None
    ben.post(save_url(desk, "file:walks/safe.walk", ""), {**walk, "seen": seen[1]})
    assert '<option value="write">' in ben.text(at(desk, "scene:scope"))

    asked = {"do": "rename-choice", "at": "scene:scope", "choice": "write", "id": "in-her-words"}
    response = ben.post(f"{desk}/edits", asked)

    assert response.location.endswith("at=scene:scope")
    assert draft_text(store) == sample_text().replace("{#write}", "{#in-her-words}")
    assert draft_text(store, "walks/safe.walk").endswith("pick reflect\npick in-her-words\n")


def test_an_id_that_another_choice_has_is_refused(ben: Visitor, desk: str, store: Store) -> None:
    asked = {"do": "rename-choice", "at": "scene:scope", "choice": "write", "id": "sign"}

    page = ben.post(f"{desk}/edits", asked, expect=422).get_data(as_text=True)

    assert "There is a choice “sign” in this case already." in page
    assert draft_text(store) == sample_text()


def test_a_lawful_ground_is_chosen_in_the_form(ben: Visitor, desk: str, store: Store) -> None:
    form = form_of(ben.text(at(desk, "scene:meeting")))

    ben.post(save_url(desk, "scene:meeting"), {**form, "c-hold-under": "court-order"})

    told = "  discloses: how_to_help to ruth\n"
    lines = set(draft_text(store).splitlines()) - set(sample_text().splitlines())
    assert lines == {"  under: court-order"}
    assert told in draft_text(store)
    panel = ben.text(at(desk, "scene:meeting"))
    assert "SC514" in panel
    assert '<option value="court-order" selected>' in panel


def test_a_ground_that_means_nothing_is_kept_by_the_form(
    ben: Visitor, desk: str, store: Store
) -> None:
    source = "  discloses: how_to_help to ruth\n"
    text = sample_text().replace(source, f"{source}  under: emergncy\n")
    scene = text[text.index("## [meeting]") : text.index("## [end-good]")]
    seen = CONTINUE.search(ben.text(at(desk, "scene:meeting", "source")))
    assert seen is not None
    url = save_url(desk, "scene:meeting", "source")
    ben.post(url, {"source": scene, "seen": seen[1]})

    ben.post(save_url(desk, "scene:meeting"), form_of(ben.text(at(desk, "scene:meeting"))))

    assert draft_text(store) == text
    assert "Did you mean “emergency”?" in ben.text(at(desk, "scene:meeting"))


def test_the_source_tells_the_editor_where_the_place_begins_in_its_file(
    ben: Visitor, desk: str
) -> None:
    lines = sample_text().split("\n")
    scope = lines.index("## [scope] What Ruth may hear") + 1

    page = ben.get(at(desk, "scene:scope", "source")).text
    seen = CONTINUE.search(ben.text(at(desk, "brief")))
    assert seen is not None
    sent: dict[str, object] = {"source": "One line more.\n", "seen": seen[1]}
    saved = ben.post(f"{desk}/save?at=brief", sent, expect=200, headers={"HX-Request": "true"})
    answer = saved.get_json()

    assert f'data-first-line="{scope}"' in page
    assert 'data-kind="case"' in page
    assert answer["first_line"] == lines.index("# Brief") + 3


def test_the_editor_and_its_colors_know_every_key_and_step_of_the_language() -> None:
    script = (STATIC / "js" / "editor" / "case_text.mjs").read_text("utf-8")
    known = [
        set(re.findall(r'"([a-z-]+)"', listed))
        for listed in re.findall(r"Set\(\[(.*?)\]\)", script, re.DOTALL)
    ]

    assert known == [{*CHOICE_KEYS, *SCENE_KEYS}, set(COMMANDS)]


def test_only_the_desk_loads_the_editor_and_lets_in_its_style(ben: Visitor, desk: str) -> None:
    source, form, cases = (
        ben.client.get(url) for url in (at(desk, "brief"), desk, "/studio/cases")
    )

    assert "codemirror" in source.text
    assert "codemirror" not in form.text + cases.text
    policy = source.headers["Content-Security-Policy"]
    nonce = re.search(r"script-src 'self' ('nonce-[^']+')", policy)
    assert nonce is not None
    assert f"style-src 'self' {nonce[1]};" in policy
    assert "style-src 'self';" in cases.headers["Content-Security-Policy"]
