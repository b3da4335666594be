from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import app
from app.library.content_check import check_library, check_paths
from app.library.library import good_texts, read_library
from app.library.places import Places, find_places
from tests.builders import a_content_folder

CASE = "what-hal-may-know"
SHIPPED = find_places(None, None).scenarios / CASE


def _with_case(base: Path) -> Places:
    places = a_content_folder(base)
    shutil.copytree(SHIPPED, places.scenarios / CASE)
    return places


def _break(places: Places) -> None:
    file = places.scenarios / CASE / "case.md"
    file.write_text(file.read_text().replace("-> ", "-> no-such-scene-", 1))


def test_a_case_is_read_with_its_walks_from_one_folder(tmp_path: Path) -> None:
    library = read_library(_with_case(tmp_path))

    assert list(library.scenarios) == [CASE]
    assert library.scenarios[CASE].walks
    assert f"scenarios/{CASE}/case.md" in good_texts(library)


def test_a_broken_case_is_put_aside_and_its_last_good_text_serves(tmp_path: Path) -> None:
    places = _with_case(tmp_path)
    before = read_library(places)
    (places.scenarios / CASE / "case.md").write_text("no front matter\n")

    alone = read_library(places)
    kept = read_library(places, last_good=good_texts(before))

    assert not alone.scenarios
    assert alone.quarantined == (f"scenarios/{CASE}",)
    assert {one.path for one in alone.problems} == {f"scenarios/{CASE}/case.md"}
    assert kept.served_old == (f"scenarios/{CASE}",)
    assert kept.scenarios[CASE].fingerprint == before.scenarios[CASE].fingerprint


def test_a_case_that_leads_nowhere_is_told_with_its_file(tmp_path: Path) -> None:
    places = _with_case(tmp_path)
    _break(places)

    problems = check_library(read_library(places))

    told = [one for one in problems if "no-such-scene-" in one.message]
    assert told
    assert told[0].path == f"scenarios/{CASE}/case.md"


def test_a_case_elsewhere_is_checked_where_it_stands(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "there").mkdir()
    here, there = a_content_folder(tmp_path / "here"), _with_case(tmp_path / "there")
    _break(there)

    folder = check_paths(here, [there.scenarios / CASE])
    file = check_paths(here, [there.scenarios / CASE / "case.md"])

    assert folder.has_errors
    assert [one.code for one in file.problems if "no-such-scene-" in one.message]


def test_an_installed_package_uses_its_shipped_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "__file__", str(tmp_path / "app" / "__init__.py"))

    places = find_places(None, None)

    assert places.content == tmp_path / "app" / "_shipped" / "content"
    assert places.how == "content from the shipped copy, scenarios from the shipped copy"
