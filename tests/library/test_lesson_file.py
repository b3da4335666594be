from __future__ import annotations

import pytest

from app.library.lesson_file import read_lesson
from app.library.text_file import MAX_LESSON_BYTES
from tests.builders import LESSON_TEXT

PATH = "content/lessons/family/consent-first.md"
HEADING = "## Even a yes {#even-a-yes}"


def test_a_lesson_is_split_into_sections_with_their_questions_and_terms() -> None:
    text = LESSON_TEXT + (
        "\n## Words {#words}\n\n::: terms\nRelease\n: A *signed* form.\n\n"
        "Redisclosure\n: Passing on\n  what was told.\n:::\n"
    )

    lesson, problems = read_lesson(text, path=PATH)

    assert not problems
    assert lesson is not None
    assert lesson.id == "family/consent-first"
    assert [part.id for part in lesson.sections] == ["opening", "even-a-yes", "words"]
    assert lesson.sections[1].title == "Even a yes"
    assert lesson.sections[1].checks == ("consent-01",)
    assert [(term.name, term.meaning) for term in lesson.sections[2].terms] == [
        ("Release", "A *signed* form."),
        ("Redisclosure", "Passing on what was told."),
    ]
    line = lesson.sections[1].line
    assert text.split("\n")[line - 1] == HEADING


def test_a_lesson_without_an_opening_starts_with_its_first_section() -> None:
    lesson, _ = read_lesson(LESSON_TEXT.replace("A call comes in.\n", ""), path=PATH)

    assert lesson is not None
    assert [part.id for part in lesson.sections] == ["even-a-yes"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("---\ntitle", "title", "LS201"),
        ("---\n\nA call", "\nA call", "LS202"),
        (HEADING, "# Even a yes", "LS203"),
        (HEADING, "## Even a yes", "LS204"),
        (HEADING, "## Even a yes {#Even A Yes}", "LS204"),
        ("::: check", "## Again {#even-a-yes}\n\n::: check", "LS205"),
        ("::: check", "## Opening {#opening}\n\n::: check", "LS205"),
        ("A call comes in.", "A <b>call</b> comes in.", "LS206"),
        ("A call comes in.", "<script>alert(1)</script>", "LS206"),
        ("A call comes in.", "A call <!-- hidden --> comes in.", "LS206"),
        ("A call comes in.", "<div onclick='x'>\nA call\n</div>", "LS206"),
        ("A call comes in.", "::: practise Try this\nA call.\n:::", "LS207"),
        ("A call comes in.", "::: note\nA call comes in.", "LS208"),
        ("A call comes in.", "A call comes in.\n\n:::", "LS208"),
        ("- consent-01\n:::", "- consent-01\n", "LS208"),
        (HEADING, f"> {HEADING}", "LS209"),
        ("A call comes in.", "![](map.svg)", "LS210"),
        ("A call comes in.", "![A map](missing.svg)", "LS211"),
        ("A call comes in.", "![A map](https://example.org/map.svg)", "LS211"),
        ("A call comes in.", "![A map](../other/map.svg)", "LS211"),
        ("[@part2-2.31]", "[@part2-2.31; @tip39]", "LS212"),
        ("[@part2-2.31]", "", "LS213"),
        ("- consent-01", "- consent-01 please", "LS214"),
        ("- consent-01\n", "", "LS214"),
        ("::: check", "> ::: check\n> - consent-02\n> :::\n\n::: check", "LS215"),
        ("area: family", "area: advocacy", "LS216"),
        ("competencies: [TAP21-109]", "competencies: [TAP21-109, TAP21-109]", "LS218"),
        ("- consent-01", "- consent-01\n- consent-01", "LS219"),
        ("A call comes in.", "::: terms\nRelease means a form.\n:::", "LS220"),
        ("A call comes in.", "A call [@tip 39, p. 2] comes in.", "LS221"),
        ("A call comes in.", "See [above](#nowhere).", "LS222"),
        ("A call comes in.", "See [the other](other-lesson.md).", "LS223"),
        ("A call comes in.", "[" * 10_001, "LS224"),
        ("minutes: 10", "minutes: ten", "YF123"),
        ("summary:", "sumary:", "YF121"),
        ("title: Consent first", "title: Consent: first", "YF104"),
    ],
)
def test_a_fault_is_told_with_its_line(old: str, new: str, code: str) -> None:
    text = LESSON_TEXT.replace(old, new, 1)
    assert text != LESSON_TEXT

    lesson, problems = read_lesson(text, path=PATH, figures={"map.svg"})

    told = [problem for problem in problems if problem.code == code]
    assert lesson is None
    assert told, problems
    assert all(problem.line and problem.advice for problem in told)


def test_lines_of_front_matter_are_those_of_the_file() -> None:
    text = LESSON_TEXT.replace("minutes: 10", "minutes: ten").replace("order: 1", "order: 0")

    _, problems = read_lesson(text, path=PATH)

    assert [(one.field, one.line) for one in problems] == [("order", 4), ("minutes", 10)]


def test_html_is_told_on_the_line_where_it_stands() -> None:
    text = LESSON_TEXT.replace("A call comes in.", "A call\ncomes in\nfor <i>you</i>.")

    _, problems = read_lesson(text, path=PATH)

    lines = text.split("\n")
    assert problems
    assert all("<i>you</i>" in lines[(problem.line or 0) - 1] for problem in problems)


def test_a_block_left_open_is_told_where_it_was_opened() -> None:
    text = LESSON_TEXT.replace("A call comes in.", "::: note Look\nA call comes in.")

    _, problems = read_lesson(text, path=PATH)

    told = [problem for problem in problems if problem.code == "LS208"]
    assert text.split("\n")[(told[0].line or 0) - 1] == "::: note Look"


def test_colons_in_code_open_nothing() -> None:
    text = LESSON_TEXT.replace("A call comes in.", "```\n::: note\n## No\n```")

    _, problems = read_lesson(text, path=PATH)

    assert not problems


def test_a_lesson_that_is_too_long_is_not_parsed() -> None:
    lesson, problems = read_lesson(LESSON_TEXT + "x " * MAX_LESSON_BYTES, path=PATH)

    assert lesson is None
    assert [problem.code for problem in problems] == ["YF101"]


def test_a_file_name_that_cannot_be_an_address_is_told() -> None:
    _, problems = read_lesson(LESSON_TEXT, path="content/lessons/family/Consent First.md")

    assert [problem.code for problem in problems] == ["LS217"]
