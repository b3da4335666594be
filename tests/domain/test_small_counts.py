"""Nobody is found by subtraction: what is told leaves every small count open."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.small_counts import (
    LEAST,
    Band,
    Key,
    Line,
    Share,
    Sum,
    band_of,
    narrowed,
    safe_bands,
    share_of,
)

TOTAL: Key = ("total",)


def a_line(*counts: int) -> tuple[dict[Key, int], Line]:
    parts = {("part", str(number)): count for number, count in enumerate(counts)}
    return {TOTAL: sum(counts), **parts}, Line(TOTAL, tuple(parts))


def possible(bands: dict[Key, Band], line: Line, most: int) -> list[set[int]]:
    """By trying everything: which counts each part may have, for a reader of the bands."""
    total = bands.get(TOTAL, Band(0, most))
    ranges = [
        range(band.low, band.high + 1) if (band := bands.get(part)) else range(most + 1)
        for part in line.parts
    ]
    found: list[set[int]] = [set() for _ in ranges]
    for tried in product(*ranges):
        if total.low <= sum(tried) <= total.high:
            for seen, count in zip(found, tried, strict=True):
                seen.add(count)
    return found


@given(st.lists(st.integers(0, 12), min_size=2, max_size=4), st.booleans())
def test_no_small_part_can_be_one_number_only(counts: list[int], tells_nobody: bool) -> None:
    numbers, line = a_line(*counts)

    bands = safe_bands(numbers, [line], nobody=line.parts if tells_nobody else ())

    for count, seen in zip(counts, possible(bands, line, sum(counts) + 9), strict=True):
        assert count in seen
        assert not 0 < count < LEAST or len(seen) > 1


@given(st.lists(st.integers(0, 12), min_size=2, max_size=4))
def test_the_reader_never_knows_less_than_trying_everything(counts: list[int]) -> None:
    numbers, line = a_line(*counts)
    bands = {key: band_of(count) for key, count in numbers.items()}

    worked_out = narrowed(bands, [line])

    for part, seen in zip(line.parts, possible(bands, line, 99), strict=True):
        assert worked_out[part] == Band(min(seen), max(seen))


def test_a_lone_small_part_is_not_found_from_the_total() -> None:
    numbers, line = a_line(6, 3)

    bands = safe_bands(numbers, [line])

    assert (bands[TOTAL], bands["part", "0"]) == (Band(5, 9), Band(5, 9))
    assert bands["part", "1"] == Band(0, 4)
    assert possible(bands, line, 20)[1] == {0, 1, 2, 3, 4}


def test_nobody_is_not_told_where_it_would_pin_the_few() -> None:
    # 20 to 24 people, 20 to 24 of them here: with four options of one at least, all are known.
    numbers, line = a_line(20, 1, 1, 1, 1)
    naive = {key: band_of(count, tells_nobody=True) for key, count in numbers.items()}
    assert possible(naive, line, 30)[1] == {1}

    bands = safe_bands(numbers, [line], nobody=line.parts)

    assert bands["part", "1"] == Band(0, 4)


def test_a_split_is_held_back_where_bands_would_pin_it() -> None:
    numbers, line = a_line(4, 4, 4, 4, 4)

    assert safe_bands(numbers, [line]) == {TOTAL: Band(20, 24)}


def test_lines_that_hang_together_are_read_together() -> None:
    numbers = {("a",): 9, ("b",): 5, ("c",): 4, ("d",): 9, ("e",): 5, ("f",): 4}
    lines = [Line(("a",), (("b",), ("c",))), Line(("d",), (("b",), ("f",)), Sum.WITHIN)]
    bands = {key: band_of(count) for key, count in numbers.items()} | {("a",): Band(9, 9)}

    assert narrowed(bands, lines)["c",] == Band(0, 4)
    assert narrowed(bands | {("b",): Band(9, 9)}, lines)["f",] == Band(0, 0)


def test_nobody_is_told_only_where_it_may_be() -> None:
    numbers, line = a_line(20, 5, 0)

    assert safe_bands(numbers, [line])["part", "2"] == Band(0, 4)
    assert safe_bands(numbers, [line], nobody=line.parts)["part", "2"].is_nobody


@pytest.mark.parametrize(
    ("count", "band"), [(0, (0, 4)), (4, (0, 4)), (5, (5, 9)), (14, (10, 14)), (15, (15, 19))]
)
def test_bands_are_five_wide(count: int, band: tuple[int, int]) -> None:
    assert band_of(count) == Band(*band)


@pytest.mark.parametrize(
    ("part", "rest", "share"),
    [
        ([Band(30, 34)], [Band(30, 34)], Share(45, 55)),
        ([Band(5, 9)], [Band(0, 4)], Share(55, 100)),
        ([Band(0, 0)], [Band(20, 24)], Share(0, 0)),
        ([], [Band(5, 9)], Share(0, 0)),
        ([Band(0, 4)], [Band(0, 4)], Share(0, 100)),
    ],
)
def test_shares_say_what_the_bands_say(part: list[Band], rest: list[Band], share: Share) -> None:
    assert share_of(part, rest) == share


def test_nobody_at_all_has_no_share() -> None:
    assert share_of([Band(0, 0)], [Band(0, 0)]) is None
