from __future__ import annotations

import pytest

from app.library.item_file import read_item_file
from tests.builders import ITEM_TEXT, item_file_text, item_text

PATH = "content/questions/family/consent.yaml"


def test_a_sound_file_gives_items_with_their_place() -> None:
    text = item_file_text(item_text(), item_text("consent-02", key="[d]"))

    item_file, problems = read_item_file(text, path=PATH)

    assert not problems
    assert item_file is not None
    first, second = item_file.items
    assert (first.id, first.line, first.area, first.topic) == ("consent-01", 5, "family", "consent")
    assert (second.key, second.path) == (("d",), PATH)
    assert [option.id for option in first.options] == ["a", "b", "c", "d"]


def test_a_shared_vignette_reaches_the_items_that_name_it() -> None:
    head = (
        "format: 1\ntopic: consent\ntitle: Consent\nlesson: family/consent-first\n"
        "vignettes:\n  - id: vg-call\n    text: A call comes in.\n"
    )
    named = ITEM_TEXT.replace("    stem:", "    vignette: vg-call\n    stem:")

    item_file, problems = read_item_file(item_file_text(named, head=head), path=PATH)

    assert not problems
    assert item_file is not None
    assert item_file.items[0].vignette == "A call comes in."


def test_a_topic_may_come_before_its_lesson() -> None:
    head = "format: 1\ntopic: consent\ntitle: Consent\n"

    item_file, problems = read_item_file(item_file_text(head=head), path=PATH)

    assert not problems
    assert item_file is not None
    assert {item.lesson for item in item_file.items} == {""}


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("    level: apply", "    levl: apply", "YF121", "Did you mean “level”?"),
        ("        why: It", "        wy: It", "YF121", "Did you mean “why”?"),
        ("    level: apply", "    level: guess", "YF124", "recall, apply or analyse"),
        ("    difficulty: 3", "    difficulty: hard", "YF123", "whole number"),
        ("    difficulty: 3", "    difficulty: 9", "YF125", "too large: 5"),
        ("    difficulty: 3", '    difficulty: "3"', "YF123", "whole number"),
        ("    key: [b]", "    key: b", "YF123", "should be a list"),
        ("    key: [b]", "    key: []", "YF125", "too few entries"),
        ("    key: [b]", "    key: [e]", "IT302", "none of the options a, b, c, d"),
        ("    key: [b]", "    key: [b, c]", "IT303", "one best answer"),
        ("    key: [b]\n", "", "YF122", "“key” is missing"),
        ("      - id: c", "      - id: a", "IT304", "on line 9"),
        ("    refs: [part2-2.31]", "    refs: []", "YF125", "too few entries"),
        ("    refs: [part2-2.31]", "    refs: [x, x]", "IT304", "stands here and on line"),
        ("date: 2026-11-21", "date: 2026-02-30", "YF126", "no such day"),
        ("date: 2026-11-21", "date: today", "YF124", "should be a date"),
        ("  - id: consent-01", "  - id: Consent 1", "YF124", "small letters"),
        ("format: 1", "format: 2", "YF125", "format number"),
        ("topic: consent", "topic: consents", "IT301", "file name “consent”"),
        ("lesson: family/", "lesson: family-", "YF124", "area/slug"),
        ("    stem: >-", "    vignette: vg-x\n    stem: >-", "IT305", "no vignette “vg-x”"),
        ("the counselor do", "the <b>counselor</b> do", "IT307", "<b>"),
        ("        text: Take her", "        text: true #", "YF123", "should be text"),
        ("    pool: practice", "    pool:", "YF123", "has no value"),
    ],
)
def test_a_fault_is_told_with_line_and_advice(old: str, new: str, code: str, said: str) -> None:
    text = item_file_text().replace(old, new, 1)

    item_file, problems = read_item_file(text, path=PATH)

    told = [problem for problem in problems if problem.code == code]
    assert item_file is None
    assert told
    assert said in told[0].message + told[0].advice
    assert told[0].line is not None
    assert told[0].path == PATH


def test_all_faults_of_a_file_are_told_at_once() -> None:
    text = item_file_text(item_text(level="guess", pool="exam"), item_text("consent-02", key="b"))

    _, problems = read_item_file(text, path=PATH)

    assert [(one.subject, one.field) for one in problems] == [
        ("consent-01", "items[consent-01].level"),
        ("consent-01", "items[consent-01].pool"),
        ("consent-02", "items[consent-02].key"),
    ]


def test_a_missing_reason_names_its_option() -> None:
    text = item_file_text().replace("        why: It would", "        # It would", 1)

    _, problems = read_item_file(text, path=PATH)

    assert [(one.code, one.field) for one in problems] == [
        ("YF122", "items[consent-01].options[a].why")
    ]


def test_two_items_with_one_id_in_a_file_name_both_lines() -> None:
    text = item_file_text(item_text(), item_text())

    _, problems = read_item_file(text, path=PATH)

    assert [(one.code, one.line) for one in problems] == [("IT304", 31)]
    assert "on line 5" in problems[0].message


def test_a_vignette_that_no_item_uses_is_told() -> None:
    head = (
        "format: 1\ntopic: consent\nlesson: family/consent-first\n"
        "vignettes:\n  - {id: vg-call, text: A call comes in.}\n"
    )

    _, problems = read_item_file(item_file_text(head=head), path=PATH)

    assert [problem.code for problem in problems] == ["IT306"]


def test_a_file_that_is_a_list_is_told_so() -> None:
    _, problems = read_item_file("- one\n- two\n", path=PATH)

    assert [problem.code for problem in problems] == ["YF120"]
