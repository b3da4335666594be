"""The second reader in the browser, and a case whose folder changed after it was published."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.config import read_settings
from app.domain.person import Role
from app.library.case_template import new_case_files
from tests.builders import a_content_folder
from tests.cast import NOW, a_person
from tests.web.test_desk import SKILLS, at, form_of, save_url
from tests.web.visit import Visitor

if TYPE_CHECKING:
    from flask import Flask

    from app.config import Settings
    from app.storage.store import Store

CASE = "the-first-words"
FILES = new_case_files(CASE, title="The first words", author="Ben Okafor", today=NOW.date())
HERE = "scene:first-words"
COMMENT = re.compile(r'action="(/studio/drafts/[^"]+/comments/[^"]+)"')


@pytest.fixture
def scenarios(tmp_path: Path) -> Path:
    return tmp_path / "scenarios"


@pytest.fixture
def settings(tmp_path: Path, scenarios: Path, database_url: str) -> Settings:
    files: dict[str, str | bytes | None] = {
        f"scenarios/{CASE}/{name}": text for name, text in FILES.items()
    }
    files["content/competencies/practice-skills.yaml"] = SKILLS.read_text("utf-8")
    a_content_folder(tmp_path, files)
    return read_settings(
        {
            "WAYMARK_INSTANCE_DIR": str(tmp_path / "instance"),
            "WAYMARK_DATABASE_URL": database_url,
            "WAYMARK_CONTENT_DIR": str(tmp_path / "content"),
            "WAYMARK_SCENARIOS_DIR": str(scenarios),
            "WAYMARK_SECRET_KEY": "x" * 32,
        }
    )


@pytest.fixture
def ines(app: Flask, store: Store) -> Visitor:
    person = a_person(store, "Ines Duarte", role=Role.TRAINER)
    return Visitor(app).sign_in(person)


@pytest.fixture
def desk(ben: Visitor) -> str:
    desk = ben.post(f"/studio/cases/{CASE}/draft").location
    form = form_of(ben.text(at(desk, HERE)))
    ben.post(save_url(desk, HERE), {**form, "title": "The very first words"})
    return desk


def publish(ben: Visitor, desk: str, **ticked: str) -> None:
    change = re.search(r'name="change" value="(\d+)"', ben.text(f"{desk}/publish"))
    assert change is not None
    ben.post(f"{desk}/publish", {"change": change[1], **ticked})


def test_a_draft_is_offered_read_commented_and_published_with_its_reader(
    ben: Visitor, ines: Visitor, desk: str
) -> None:
    before = ines.text("/studio/cases")
    ben.post(f"{desk}/review", {"do": "ask", "note": "Is it fair?"})
    waiting = ines.text("/studio/cases")
    reading = ines.text(at(f"{desk}/read", HERE))
    ines.post(f"{desk}/comments?at={HERE}", {"words": "Who is she to Sam?"})
    at_desk = ben.text(at(desk, HERE))
    (settle,) = COMMENT.findall(at_desk)
    ben.post(settle, {"settled": "yes"})
    ines.post(f"{desk}/review", {"do": "fine", "change": "1"})
    publish(ben, desk)

    assert "Waiting for your review" not in before
    assert "Waiting for your review" in waiting
    assert "Is it fair?" in waiting
    assert "Waiting for your review" not in ben.text("/studio/cases")
    assert "The very first words" in reading
    assert "data-desk-form" not in reading
    assert "Who is she to Sam?" in at_desk
    assert "reviewed by Ines Duarte" in ben.text(f"/studio/cases/{CASE}")
    assert "reviewed by Ines Duarte" in ben.text("/studio/cases")


def test_without_a_reader_it_is_published_only_when_that_is_ticked(ben: Visitor, desk: str) -> None:
    change = {"change": "1", "note": "Small."}
    refused = ben.post(f"{desk}/publish", change, expect=422).get_data(as_text=True)

    publish(ben, desk, unread="yes")

    assert "Nobody but its writers has read this text." in refused
    assert "Small." in refused
    assert "published without a second reader" in ben.text(f"/studio/cases/{CASE}")
    assert "published without a second reader" in ben.text("/studio/cases")


def test_a_change_after_the_review_is_told_with_its_code(
    ben: Visitor, ines: Visitor, desk: str
) -> None:
    ben.post(f"{desk}/review", {"do": "ask"})
    ines.post(f"{desk}/review", {"do": "fine", "change": "1"})
    form = form_of(ben.text(at(desk, HERE)))

    ben.post(save_url(desk, HERE), {**form, "title": "Other words"})

    page = ben.text(f"{desk}/publish")
    assert "SC802" in page
    assert "changed after its review" in page


def test_its_writer_is_refused_as_reader_and_keeps_the_note(ben: Visitor, desk: str) -> None:
    ben.post(f"{desk}/review", {"do": "ask"})

    response = ben.post(f"{desk}/review", {"do": "fine", "change": "1"}, expect=403)

    assert "somebody else has to be its second reader" in response.get_data(as_text=True)


@pytest.mark.parametrize("place", ["scene:nowhere", "../x"])
def test_a_comment_stands_at_a_place_that_is_there(ben: Visitor, desk: str, place: str) -> None:
    ben.post(f"{desk}/comments?at={place}", {"words": "Hm."}, expect=404)


def test_an_empty_comment_is_told_kindly(ben: Visitor, desk: str) -> None:
    response = ben.post(f"{desk}/comments?at={HERE}", {"words": " "}, expect=422)

    assert "between one and 2,000 letters" in response.get_data(as_text=True)


def test_publishing_shows_line_by_line_what_changes(ben: Visitor, desk: str) -> None:
    page = ben.text(f"{desk}/publish")

    assert "Line by line" in page
    assert "The <ins>very </ins>first words" in page


@pytest.fixture
def two_texts(app: Flask, ben: Visitor, desk: str, scenarios: Path) -> str:
    publish(ben, desk, unread="yes")
    path = scenarios / CASE / "case.md"
    path.write_text(FILES["case.md"].replace("**Client:** Something", "**Client:** Anything"))
    app.extensions["waymark-content"].look_now()
    return f"/studio/cases/{CASE}/folder"


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_both_texts_stand_side_by_side_and_the_folders_can_be_taken(
    ben: Visitor, two_texts: str
) -> None:
    assert two_texts in ben.text(f"/studio/cases/{CASE}")
    assert two_texts in ben.text("/studio/")
    page = ben.text(two_texts)

    draft = ben.post(two_texts, {"do": "take", "seen": seen(page)}).location

    assert "<del>Something</del>" in page
    assert "<ins>Anything</ins>" in page
    assert "<ins>Anything</ins>" in ben.text(draft)


def test_keeping_the_studios_text_ends_the_difference(ben: Visitor, two_texts: str) -> None:
    ben.post(two_texts, {"do": "keep", "seen": seen(ben.text(two_texts))})

    page = ben.text(f"/studio/cases/{CASE}")
    assert two_texts not in page
    assert "The very first words" in page
    assert "the studio&#39;s text was kept" in page


def test_a_choice_between_texts_nobody_has_seen_is_refused(
    ben: Visitor, two_texts: str, scenarios: Path
) -> None:
    old = seen(ben.text(two_texts))
    path = scenarios / CASE / "case.md"
    path.write_text(path.read_text().replace("Anything", "Everything"))

    response = ben.post(two_texts, {"do": "keep", "seen": old}, expect=409)

    assert "changed once more" in response.get_data(as_text=True)


def test_a_draft_that_stands_in_the_way_is_named(ben: Visitor, two_texts: str) -> None:
    ben.post(f"/studio/cases/{CASE}/draft")
    page = ben.text(two_texts)

    ben.post(two_texts, {"do": "take", "seen": seen(page)}, expect=409)

    assert "There is an open draft of this case" in page


def test_a_stale_draft_shows_both_texts_and_goes_on_when_its_author_says_so(
    app: Flask, ben: Visitor, scenarios: Path
) -> None:
    desk = ben.post(f"/studio/cases/{CASE}/draft").location
    path = scenarios / CASE / "case.md"
    path.write_text(FILES["case.md"].replace("**Client:** Something", "**Client:** Anything"))
    app.extensions["waymark-content"].look_now()
    page = ben.text(f"{desk}/publish")
    serving = re.search(r'name="serving" value="([^"]+)"', page)
    assert serving is not None

    ben.post(f"{desk}/rebase", {"serving": "another"}, expect=409)
    ben.post(f"{desk}/rebase", {"serving": serving[1]})

    assert "Published from elsewhere meanwhile" in page
    assert "<del>Anything</del>" in page
    assert "Publish version" not in page
    assert "Publish version 2" in ben.text(f"{desk}/publish")
