"""Two texts side by side: nothing of either is lost, and what is told of them is true."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.line_diff import MOST_ROWS, LineDiff, RowKind, files_diff, line_diff

LINES = st.lists(
    st.sampled_from(["", "rate: 3", "rate: 1", "**Ruth:** It is me.", "**Ruth:** It was me.", "-"]),
    max_size=14,
)


def kinds(diff: LineDiff) -> list[RowKind]:
    return [row.kind for one in diff.stretches for row in one.rows]


@given(LINES, LINES)
def test_each_text_can_be_read_out_of_its_side(before: list[str], after: list[str]) -> None:
    diff = line_diff("\n".join(before), "\n".join(after), context=None)

    rows = [row for one in diff.stretches for row in one.rows]
    left = [row.before for row in rows if row.before]
    right = [row.after for row in rows if row.after]
    assert [one.text for one in left] == "\n".join(before).splitlines()
    assert [one.text for one in right] == "\n".join(after).splitlines()
    assert [one.number for one in left] == list(range(1, len(left) + 1))
    assert [one.number for one in right] == list(range(1, len(right) + 1))


@given(LINES, LINES)
def test_every_line_is_told_skipped_or_counted(before: list[str], after: list[str]) -> None:
    diff = line_diff("\n".join(before), "\n".join(after), context=1)

    told = sum(row.before is not None for one in diff.stretches for row in one.rows)
    skipped = sum(one.skipped for one in diff.stretches) + diff.rest
    assert told + skipped == len("\n".join(before).splitlines())
    assert diff.is_same == ("\n".join(before).splitlines() == "\n".join(after).splitlines())


def test_a_reworded_line_marks_the_words_that_differ() -> None:
    diff = line_diff("A call at noon, then.", "A call at night, then.", context=None)

    (row,) = diff.stretches[0].rows
    assert row.kind is RowKind.REWORDED
    assert row.before is not None
    assert row.after is not None
    assert [words for words, is_changed in row.before.pieces if is_changed] == ["noon"]
    assert [words for words, is_changed in row.after.pieces if is_changed] == ["night"]


def test_lines_that_have_nothing_in_common_are_not_paired() -> None:
    diff = line_diff("Ask Lena first.", "Hang up -> nowhere", context=None)

    assert kinds(diff) == [RowKind.GONE, RowKind.NEW]


def test_a_reworded_line_finds_its_new_one_behind_a_line_that_was_put_in() -> None:
    before, after = "Ask Lena first.", "<!-- new -->\nAsk Lena first, please."

    assert kinds(line_diff(before, after, context=None)) == [RowKind.NEW, RowKind.REWORDED]


def test_far_lines_that_are_the_same_are_only_counted() -> None:
    lines = [f"line {number}" for number in range(50)]

    diff = line_diff("\n".join(lines), "\n".join([*lines[:25], "more", *lines[25:]]), context=2)

    assert [one.skipped for one in diff.stretches] == [23]
    assert diff.rest == 23
    assert kinds(diff) == [RowKind.SAME] * 2 + [RowKind.NEW] + [RowKind.SAME] * 2


def test_of_very_many_differences_the_first_are_told_and_the_rest_counted() -> None:
    diff = line_diff("", "\n".join(f"new {number}" for number in range(MOST_ROWS + 7)))

    assert len(kinds(diff)) == MOST_ROWS
    assert diff.left_out == 7


def test_files_that_are_the_same_are_left_out() -> None:
    (gone, new) = files_diff({"a.md": "x", "b.walk": "y"}, {"a.md": "x", "c.walk": "y"})

    assert (gone.name, gone.is_gone, new.name, new.is_new) == ("b.walk", True, "c.walk", True)
