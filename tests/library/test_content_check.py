from __future__ import annotations

import json
from pathlib import Path

from app.domain.problem import Problem, Severity
from app.library.content_check import check_library, check_paths
from app.library.library import read_library
from app.library.listing import LISTINGS, list_items
from app.library.report import problem_fields, report_json, report_text, summary
from tests.builders import a_content_folder, item_file_text, item_text

QUESTIONS = "content/questions/family/consent.yaml"
BAD_ITEM = item_file_text(item_text(domain="AADC-5"))
PROBLEM = Problem(
    "XR504",
    Severity.ERROR,
    QUESTIONS,
    "There is no exam domain “AADC-5”.",
    "Did you mean “AADC-4”?",
    line=23,
    subject="consent-01",
    witness=("one", "two"),
)


def test_sound_content_has_no_problems(tmp_path: Path) -> None:
    result = check_paths(a_content_folder(tmp_path))

    assert result.problems == ()
    assert not result.has_errors
    assert dict(result.counts)["questions"] == 1


def test_the_check_tells_files_references_and_wording_in_one_list(tmp_path: Path) -> None:
    text = item_file_text(item_text(domain="AADC-5").replace("Take her number", "All of the above"))
    places = a_content_folder(tmp_path, {QUESTIONS: text, "content/stray.txt": "x"})

    codes = [problem.code for problem in check_library(read_library(places))]

    assert {"YF116", "XR504", "IW101", "IW104"} == set(codes)


def test_a_path_narrows_the_check_and_references_are_still_followed(tmp_path: Path) -> None:
    places = a_content_folder(tmp_path, {QUESTIONS: BAD_ITEM, "content/stray.txt": "x"})

    everything = check_paths(places, [tmp_path / "content"])
    one_file = check_paths(places, [tmp_path / QUESTIONS])
    other = check_paths(places, [tmp_path / "content/lessons"])

    assert [one.code for one in everything.problems] == ["XR504", "YF116"]
    assert [one.code for one in one_file.problems] == ["XR504"]
    assert other.problems == ()


def test_a_path_named_twice_is_told_once(tmp_path: Path) -> None:
    places = a_content_folder(tmp_path, {QUESTIONS: BAD_ITEM})

    result = check_paths(places, [tmp_path / QUESTIONS, tmp_path / "content/questions"])

    assert [one.code for one in result.problems] == ["XR504"]


def test_content_elsewhere_is_checked_with_what_lies_around_it(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "there").mkdir()
    places = a_content_folder(tmp_path / "here")
    a_content_folder(tmp_path / "there", {QUESTIONS: BAD_ITEM})

    result = check_paths(places, [tmp_path / "there" / QUESTIONS])

    assert [one.code for one in result.problems] == ["XR504"]


def test_a_file_by_itself_is_checked_for_its_own_faults(tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    places = a_content_folder(tmp_path / "base")
    alone = tmp_path / "consent.yaml"
    alone.write_text(item_file_text(item_text(level="guess")))
    odd = tmp_path / "odd.yaml"
    odd.write_text("hello: 1\n")

    result = check_paths(places, [alone, odd, tmp_path / "none.yaml"])

    assert [one.code for one in result.problems] == ["YF124", "YF119", "YF118"]
    assert result.has_errors


def test_a_report_tells_place_fault_and_advice() -> None:
    text = report_text([PROBLEM], [("lessons", 14), ("questions", 1)])

    assert text == (
        f"{QUESTIONS}:23: error XR504: There is no exam domain “AADC-5”.\n"
        "    in consent-01\n"
        "    shown by: one → two\n"
        "    Did you mean “AADC-4”?\n"
        "\n"
        "Found 1 error in 1 file. Checked: 14 lessons, 1 question.\n"
    )


def test_the_report_for_programs_says_the_same() -> None:
    told = json.loads(report_json([PROBLEM]))

    assert told == [problem_fields(PROBLEM)]
    assert told[0]["message"] == PROBLEM.message
    assert told[0]["file"] == QUESTIONS


def test_a_clean_report_says_what_was_looked_at() -> None:
    assert summary([], [("competencies", 145), ("cases", 0)]) == (
        "No problems found. Checked: 145 competencies."
    )


def test_every_listing_is_plain_data(tmp_path: Path) -> None:
    library = read_library(a_content_folder(tmp_path))

    listings = {name: json.loads(json.dumps(make(library))) for name, make in LISTINGS.items()}

    assert listings["items"][0]["id"] == "consent-01"
    assert listings["lessons"][0]["file"] == "content/lessons/family/consent-first.md"
    assert listings["blueprints"][0]["total"] == 3
    assert listings["blueprints"][0]["forms"][0]["minutes"] == 5
    assert listings["competencies"][0]["framework"] == "TAP21"
    assert listings["scenarios"] == []


def test_the_listing_of_items_keeps_its_contract(tmp_path: Path) -> None:
    row = list_items(read_library(a_content_folder(tmp_path)))[0]

    assert list(row)[:15] == [
        *("id", "version", "stem", "options", "key", "domain", "topic", "competencies"),
        *("level", "difficulty", "pool", "status", "refs", "file", "line"),
    ]
    assert row["key"] == ["b"]
    assert row["line"] == 5
    assert row["file"] == QUESTIONS
