"""Two texts side by side: which lines are the same, which stand in one of them only.

Lines are paired where one is a rewording of the other, and the words that differ are marked.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property

CONTEXT = 3  # lines that are the same, told on both sides of a difference
MOST_ROWS = 400  # of one file; more are counted and not told
MOST_ALIGNED = 2_000  # lines that are lined up; longer stretches count as replaced whole
LONGEST_MARKED = 2_000  # characters of a line whose words are compared
NEAR = 8  # lines among which the rewording of one is looked for
MOST_EFFORT = 10_000  # of pairing lines in one comparison; about half a second
EFFORT = 10_000  # products of lengths of a pair that cost one more
ALIKE = 0.5  # share of words from which on a line counts as reworded
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


class RowKind(StrEnum):
    """What a row shows."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"
    REWORDED = "reworded"


@dataclass(frozen=True, slots=True)
class Side:
    """A line of one text. Shape: `pieces` pair words with whether the other line lacks them."""

    number: int
    pieces: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        """The line as it stands."""
        return "".join(words for words, _ in self.pieces)


@dataclass(frozen=True, slots=True)
class DiffRow:
    """One row. None: `before` is None for a new line, `after` for one that is gone."""

    kind: RowKind
    before: Side | None
    after: Side | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows that stand together. Units: `skipped` counts the same lines before them."""

    skipped: int
    rows: tuple[DiffRow, ...]


@dataclass(frozen=True)
class LineDiff:
    """Two texts compared.

    Units: `rest` counts same lines after the last stretch, `left_out` rows with a difference that
    are not told.
    """

    stretches: tuple[Stretch, ...]
    rest: int
    left_out: int = 0

    @cached_property
    def is_same(self) -> bool:
        """Says whether nothing differs."""
        return not any(row.kind is not RowKind.SAME for one in self.stretches for row in one.rows)


@dataclass(frozen=True, slots=True)
class FileDiff:
    """One file that differs. Shape: `is_gone` and `is_new` when only one side has it."""

    name: str
    diff: LineDiff
    is_gone: bool = False
    is_new: bool = False


def files_diff(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[FileDiff, ...]:
    """Every file that differs, by name."""
    return tuple(
        FileDiff(
            name,
            line_diff(before.get(name, ""), after.get(name, "")),
            is_gone=name not in after,
            is_new=name not in before,
        )
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    )


def line_diff(
    before: str, after: str, *, context: int | None = CONTEXT, most: int = MOST_ROWS
) -> LineDiff:
    """Compares two texts. None: with no `context`, every line is told.

    Cost: a few milliseconds for a scene, under half a second for the largest case.
    """
    rows = list(_rows(before.splitlines(), after.splitlines()))
    if context is None:
        return LineDiff((Stretch(0, tuple(rows)),) if rows else (), 0)
    near = _near_a_difference(rows, context)
    told, left = near[:most], near[most:]
    left_out = sum(rows[number].kind is not RowKind.SAME for number in left)
    stretches: list[Stretch] = []
    gathered: list[DiffRow] = []
    skipped, last = 0, -1
    for number in told:
        if number != last + 1:
            if gathered:
                stretches.append(Stretch(skipped, tuple(gathered)))
                gathered = []
            skipped = number - last - 1
        gathered.append(rows[number])
        last = number
    if gathered:
        stretches.append(Stretch(skipped, tuple(gathered)))
    rest = 0 if left_out else len(rows) - last - 1
    return LineDiff(tuple(stretches), rest, left_out)


def _near_a_difference(rows: Sequence[DiffRow], context: int) -> list[int]:
    near: set[int] = set()
    for number, row in enumerate(rows):
        if row.kind is not RowKind.SAME:
            near.update(range(max(0, number - context), min(len(rows), number + context + 1)))
    return sorted(near)


def _rows(before: Sequence[str], after: Sequence[str]) -> Iterator[DiffRow]:
    effort = [MOST_EFFORT]
    for first, last, new_first, new_last, is_same in _stretches(before, after):
        if is_same:
            for number in range(first, last):
                line = before[number]
                other = new_first + number - first
                yield DiffRow(RowKind.SAME, _side(number, line), _side(other, line))
        else:
            yield from _replaced(before, after, (first, last), (new_first, new_last), effort)


def _stretches(
    before: Sequence[str], after: Sequence[str]
) -> Iterator[tuple[int, int, int, int, bool]]:
    """Stretches of both texts in order, and whether they are the same in both.

    Lines that stand once in each text hold the two together; only between them is searched.
    """
    row = column = 0
    for at, other in [*_anchors(before, after), (len(before), len(after))]:
        yield from _between(before, after, (row, at), (column, other))
        if at < len(before):
            yield at, at + 1, other, other + 1, True
        row, column = at + 1, other + 1


def _anchors(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Lines that stand once in each text, as many as keep their order in both.

    Source: Cohen (2003), "patience diff": the longest rising row of places.
    """
    old, new = Counter(before), Counter(after)
    places = {line: number for number, line in enumerate(after) if new[line] == 1}
    pairs = [
        (number, places[line])
        for number, line in enumerate(before)
        if old[line] == 1 and line in places
    ]
    ends: list[int] = []  # the lowest end of a rising row of each length
    lasts: list[int] = []  # which pair that end is
    links: list[int] = []  # the pair before each pair
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        links.append(lasts[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        lasts[length : length + 1] = [number]
    found = []
    number = lasts[-1] if lasts else -1
    while number >= 0:
        found.append(pairs[number])
        number = links[number]
    return found[::-1]


def _between(
    before: Sequence[str], after: Sequence[str], old: tuple[int, int], new: tuple[int, int]
) -> Iterator[tuple[int, int, int, int, bool]]:
    first, last = old
    start, end = new
    if max(last - first, end - start) > MOST_ALIGNED:
        yield first, last, start, end, False
        return
    matcher = SequenceMatcher(None, before[first:last], after[start:end])
    for kind, a, b, c, d in matcher.get_opcodes():
        yield first + a, first + b, start + c, start + d, kind == "equal"


def _replaced(
    before: Sequence[str],
    after: Sequence[str],
    old: tuple[int, int],
    new: tuple[int, int],
    effort: list[int],
) -> Iterator[DiffRow]:
    """Lines in the place of others: each beside the next one that is alike, in order."""
    at, end = new
    for number in range(*old):
        reach = range(at, min(at + NEAR, end))
        found = next((one for one in reach if _are_alike(before[number], after[one], effort)), None)
        if found is None:
            yield DiffRow(RowKind.GONE, _side(number, before[number]), None)
            continue
        for other in range(at, found):
            yield DiffRow(RowKind.NEW, None, _side(other, after[other]))
        yield _reworded(before, after, number, found)
        at = found + 1
    for other in range(at, end):
        yield DiffRow(RowKind.NEW, None, _side(other, after[other]))


def _are_alike(old: str, new: str, effort: list[int]) -> bool:
    """Says whether one line rewords the other; never when the `effort` is used up."""
    if not old.strip() or not new.strip() or max(len(old), len(new)) > LONGEST_MARKED:
        return False
    effort[0] -= 1 + len(old) * len(new) // EFFORT
    if effort[0] < 0:
        return False
    matcher = SequenceMatcher(None, _WORDS.findall(old), _WORDS.findall(new), autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _reworded(before: Sequence[str], after: Sequence[str], number: int, other: int) -> DiffRow:
    old_words, new_words = _WORDS.findall(before[number]), _WORDS.findall(after[other])
    matcher = SequenceMatcher(None, old_words, new_words, autojunk=False)
    left: list[tuple[str, bool]] = []
    right: list[tuple[str, bool]] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        is_changed = kind != "equal"
        left += [("".join(old_words[a:b]), is_changed)] if b > a else []
        right += [("".join(new_words[c:d]), is_changed)] if d > c else []
    return DiffRow(RowKind.REWORDED, Side(number + 1, tuple(left)), Side(other + 1, tuple(right)))


def _side(number: int, line: str) -> Side:
    return Side(number + 1, ((line, False),))
