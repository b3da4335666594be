from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.problem import Severity
from app.library.library import read_library
from tests.builders import (
    LESSON_TEXT,
    SMALL_CONTENT,
    a_content_folder,
    item_file_text,
    item_text,
)

QUESTIONS = "content/questions/family/consent.yaml"
LESSON = "content/lessons/family/consent-first.md"
FRAMEWORK = "content/competencies/tap21.yaml"
BLUEPRINT = "content/blueprints/small.yaml"
CASE = "scenarios/lena-and-ruth/case.md"
CASE_FILE = Path(__file__).parent / "cases" / "lena-and-ruth" / "case.md"
CASE_READING = """\
format: 1
reader: Cora Lindqvist
date: 2026-11-21
method: Without the ratings.
cases:
  - case: lena-and-ruth
    decisions:
      - {scene: voicemail, best: neither, worst: reassure}
      - {scene: session, best: reflect, worst: lecture}
      - {scene: attic, best: stay}
  - {case: no-such-case, decisions: [{scene: attic, best: stay}]}
"""
READING = """\
format: 1
reader: Cora Lindqvist
date: 2026-11-21
method: Without the key.
answers:
  - {item: consent-09, chosen: b}
  - {item: consent-01, chosen: e}
"""


@pytest.mark.parametrize(
    ("path", "old", "new", "code", "said"),
    [
        (QUESTIONS, "family/consent-first", "family/consent-frist", "XR502", "Did you mean"),
        (QUESTIONS, "[TAP21-109]", "[TAP21-999]", "XR503", "TAP21-999"),
        (LESSON, "[TAP21-109]", "[TAP21-999]", "XR503", "TAP21-999"),
        (QUESTIONS, "domain: AADC-4", "domain: AADC-5", "XR504", "Did you mean “AADC-4”?"),
        (LESSON, "domain: AADC-4", "domain: ADC-4", "XR504", "Did you mean “AADC-4”?"),
        (QUESTIONS, "refs: [part2-2.31]", "refs: [part2-2.13, part2-2.31]", "XR505", "part2-2.13"),
        (LESSON, "part2-2.31", "part2-2.13", "XR505", "part2-2.13"),
        (FRAMEWORK, "source: part2-2.31", "source: tap21", "XR505", "tap21"),
        (BLUEPRINT, "source: part2-2.31", "source: board", "XR505", "board"),
        (LESSON, "- consent-01", "- consent-07", "XR506", "Did you mean “consent-01”?"),
        (QUESTIONS, "status: live", "status: draft", "XR507", "is draft"),
        (QUESTIONS, "pool: practice", "pool: mock", "XR508", "mock exams"),
        (QUESTIONS, "refs: [part2-2.31]", "refs: [articles]", "XR509", "no source that can"),
    ],
)
def test_an_id_that_leads_nowhere_is_told_on_its_line(
    tmp_path: Path, path: str, old: str, new: str, code: str, said: str
) -> None:
    content = {**SMALL_CONTENT, QUESTIONS: item_file_text()}
    changed = content[path].replace(old, new)
    assert changed != content[path]

    library = read_library(a_content_folder(tmp_path, {path: changed}))

    told = [problem for problem in library.problems if problem.code == code]
    assert told, library.problems
    assert said in told[0].message + told[0].advice
    assert told[0].path == (LESSON if code in {"XR507", "XR508"} else path)
    assert told[0].line is not None


def test_a_crosswalk_to_an_unknown_code_is_told(tmp_path: Path) -> None:
    text = SMALL_CONTENT[FRAMEWORK].replace(
        "sureness: confirmed", "sureness: confirmed, maps_to: [CF-7], domains: [AADC-9]"
    )

    library = read_library(a_content_folder(tmp_path, {FRAMEWORK: text}))

    assert {(one.code, one.line) for one in library.problems} == {("XR503", 6), ("XR504", 6)}


def test_a_question_may_come_before_its_lesson(tmp_path: Path) -> None:
    text = item_file_text().replace("lesson: family/consent-first\n", "")

    library = read_library(a_content_folder(tmp_path, {QUESTIONS: text}))

    assert [problem for problem in library.problems if problem.code == "XR502"] == []


def test_two_lessons_in_one_place_are_warned_of(tmp_path: Path) -> None:
    twin = LESSON_TEXT.replace("::: check\n- consent-01\n:::\n", "")
    places = a_content_folder(tmp_path, {"content/lessons/family/twin.md": twin})

    library = read_library(places)

    assert [(one.code, one.severity, one.line) for one in library.problems] == [
        ("XR511", Severity.WARNING, 4)
    ]


def test_two_blueprints_with_one_domain_are_told(tmp_path: Path) -> None:
    twin = SMALL_CONTENT[BLUEPRINT].replace("id: small", "id: twin")
    places = a_content_folder(tmp_path, {"content/blueprints/twin.yaml": twin})

    library = read_library(places)

    assert [problem.code for problem in library.problems] == ["XR510"]


def test_a_second_reading_of_unknown_things_is_told(tmp_path: Path) -> None:
    library = read_library(a_content_folder(tmp_path, {"content/reviews/one.yaml": READING}))

    assert [(one.code, one.line) for one in library.problems] == [("XR512", 6), ("XR513", 7)]


def test_a_second_reading_of_a_case_that_changed_is_told(tmp_path: Path) -> None:
    files = {"content/reviews/one.yaml": CASE_READING, CASE: CASE_FILE.read_text("utf-8")}
    library = read_library(a_content_folder(tmp_path, files))

    assert [(one.code, one.severity, one.line) for one in library.problems] == [
        ("XR512", Severity.WARNING, 9),
        ("XR512", Severity.WARNING, 10),
        ("XR512", Severity.WARNING, 11),
    ]


def test_a_question_of_another_lesson_is_warned_of(tmp_path: Path) -> None:
    other = LESSON_TEXT.replace("order: 1", "order: 2").replace("consent-01", "consent-02")
    places = a_content_folder(
        tmp_path,
        {
            "content/lessons/family/other.md": other,
            QUESTIONS: item_file_text(item_text(), item_text("consent-02")),
        },
    )

    library = read_library(places)

    assert [(one.code, one.severity) for one in library.problems] == [("XR514", Severity.WARNING)]


def test_missing_reference_data_is_told_once(tmp_path: Path) -> None:
    places = a_content_folder(
        tmp_path, {"content/sources.yaml": None, FRAMEWORK: None, BLUEPRINT: None}
    )

    library = read_library(places)

    assert [problem.code for problem in library.problems] == ["XR500"] * 3
