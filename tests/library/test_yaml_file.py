from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from app.domain.problem import Severity
from app.library import yaml_file
from app.library.text_file import MAX_YAML_BYTES, decode_text
from app.library.yaml_file import read_yaml

ALIAS_BOMB = "a: &a [x, x]\n" + "\n".join(
    f"{chr(98 + level)}: &{chr(98 + level)} [{', '.join(['*' + chr(97 + level)] * 9)}]"
    for level in range(9)
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"),
        ("on", "on"),
        ("True", "True"),
        ("12:30", "12:30"),
        ("2026-11-21", "2026-11-21"),
        ("007", "007"),
        ("0x1f", "0x1f"),
        ("1_000", "1_000"),
        ("1.5", "1.5"),
        ("+5", "+5"),
        ('"3"', "3"),
        ("'true'", "true"),
        ("true", True),
        ("false", False),
        ("~", None),
        ("null", None),
        ("", None),
        ("42", 42),
        ("-3", -3),
        ("0", 0),
    ],
)
def test_a_value_is_what_it_looks_like(written: str, meant: object) -> None:
    node, problems = read_yaml(f"key: {written}\n", path="a.yaml")

    assert not problems
    assert node is not None
    assert node.plain() == {"key": meant}


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: b: c\n", "YF104", 1),
        ("a:\n\tb: 1\n", "YF105", 2),
        ('a: 1\nb: "never closed\n\nc: 2\n', "YF104", 2),
        ("a: @home\n", "YF104", 1),
        ("- a\nb: 1\n", "YF104", 2),
        ("a: [1, 2\n", "YF104", 2),
        ("a: 1\nb: 2\na: 3\n", "YF107", 3),
        ("a: &x 1\nb: *x\n", "YF106", 1),
        (ALIAS_BOMB, "YF106", 1),
        ("a: 1\n<<: {b: 2}\n", "YF110", 2),
        ("a: !!python/object:os.system x\n", "YF111", 1),
        ("a: !env HOME\n", "YF111", 1),
        ("? [a, b]\n: c\n", "YF113", 1),
        ("a: 1\n---\nb: 2\n", "YF114", 2),
        ("", "YF112", None),
        ("# a remark\n", "YF112", None),
        ("a: one\x00two\n", "YF103", 1),
        ("a: 1\nb: \x1b[31m\n", "YF103", 2),
        ("[" * 5000 + "]" * 5000, "YF108", 1),
        ("- " * 5000, "YF108", 1),
        ("{a: " * 5000, "YF108", 1),
        ("- 1\n" * 50_001, "YF109", 50_000),
        ("a: " + "x" * MAX_YAML_BYTES, "YF101", None),
    ],
)
def test_what_no_content_file_may_hold_is_refused_in_place(
    text: str, code: str, line: int | None
) -> None:
    node, problems = read_yaml(text, path="a.yaml")

    assert node is None
    assert [(problem.code, problem.line) for problem in problems] == [(code, line)]
    assert problems[0].advice


def test_a_key_written_twice_names_both_lines() -> None:
    _, problems = read_yaml("a: 1\nb: 2\na: 3\n", path="a.yaml")

    assert "on line 1 and on line 3" in problems[0].message


def test_lines_are_counted_from_where_the_text_begins_in_the_file() -> None:
    node, _ = read_yaml("a: 1\nb:\n  - c: 2\n", path="a.md", first_line=2)

    assert node is not None
    assert node.place(("b", 0, "c")) == (4, 5)


def test_text_cut_off_by_a_comment_sign_is_warned_of() -> None:
    node, problems = read_yaml("text: Call the office at #4 or write\n", path="a.yaml")

    assert node is not None
    assert [(one.code, one.severity) for one in problems] == [("YF115", Severity.WARNING)]


def test_the_slow_parser_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a: no\nb: [1, ~, '2']\nc:\n  d: >-\n    long\n    text\n"
    fast, _ = read_yaml(text, path="a.yaml")
    monkeypatch.setattr(yaml_file, "_LOADER", yaml.BaseLoader)

    slow, problems = read_yaml(text, path="a.yaml")

    assert not problems
    assert slow == fast
    assert read_yaml("[" * 5000, path="a.yaml")[1][0].code == "YF108"


def test_bytes_that_are_not_utf8_are_refused_with_their_line() -> None:
    text, problems = decode_text(b"a: 1\nb: caf\xe9\n", path="a.yaml", max_bytes=100)

    assert text is None
    assert [(problem.code, problem.line) for problem in problems] == [("YF102", 2)]


def test_a_byte_order_mark_and_foreign_line_ends_do_no_harm() -> None:
    text, problems = decode_text(b"\xef\xbb\xbfa: 1\r\nb: 2\r", path="a.yaml", max_bytes=100)

    assert (text, problems) == ("a: 1\nb: 2\n", [])


@given(st.text(alphabet=st.sampled_from("ab:-[]{}#&*!|>'\"%@`,? \n\t\\~<0"), max_size=60))
def test_no_text_makes_the_reader_stumble(text: str) -> None:
    node, problems = read_yaml(text, path="a.yaml")

    assert node is not None or problems
