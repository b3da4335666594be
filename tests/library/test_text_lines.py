"""Lines give way to others, and the ends of lines stay as they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.library.text_lines import lines_of, with_block, with_changes, with_lines, without_lines

TEXTS = st.lists(st.sampled_from(["a", "b", " ", "", "c\r"])).map("\n".join)


@given(TEXTS)
def test_lines_joined_are_the_text_again(text: str) -> None:
    assert "".join(lines_of(text)) == text


@given(TEXTS, st.data())
def test_lines_around_new_ones_keep_every_byte(text: str, data: st.DataObject) -> None:
    lines = lines_of(text)
    first = data.draw(st.integers(1, len(lines) + 1))
    last = data.draw(st.integers(first - 1, len(lines)))

    after = with_lines(text, first, last, ["new", "newer"])

    above, below = "".join(lines[: first - 1]), "".join(lines[last:])
    assert after.startswith(above)
    assert after.endswith(below)
    if lines:
        assert after.endswith("\n") is text.endswith("\n")


@given(TEXTS)
def test_lines_written_as_they_are_change_nothing(text: str) -> None:
    lines = lines_of(text)
    bare = [line.rstrip("\r\n") for line in lines]

    assert with_lines(text, 1, len(lines), bare) == text
    one_by_one = [(n, n, [line]) for n, line in enumerate(bare, start=1)]
    assert with_changes(text, one_by_one) == text


@pytest.mark.parametrize(
    ("text", "first", "expected"),
    [
        ("a\n\nb\n", 3, "a\n\nx\n\nb\n"),
        ("a\n\nb\n", 2, "a\n\nx\n\nb\n"),
        ("a\r\nb", 3, "a\r\nb\r\n\r\nx"),
        ("", 1, "x\n"),
    ],
)
def test_a_block_is_set_apart_by_blank_lines(text: str, first: int, expected: str) -> None:
    assert with_block(text, first, ["x"]) == expected


@pytest.mark.parametrize(
    ("text", "lines", "expected"),
    [
        ("a\n\nb\n\nc\n", (3, 3), "a\n\nc\n"),
        ("a\nb\n\nc\n", (2, 2), "a\n\nc\n"),
        ("a\n\nb", (3, 3), "a\n"),
        ("a\n", (1, 1), ""),
    ],
)
def test_lines_go_with_the_blank_ones_that_would_stand_doubled(
    text: str, lines: tuple[int, int], expected: str
) -> None:
    assert without_lines(text, *lines) == expected
