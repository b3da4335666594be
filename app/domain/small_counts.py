"""Counts of people that may be told: in bands of five, so that nobody can be made out.

Before bands are told they are read as a curious reader would, with what adds up to what; where a
small count could be one number only, more is held back.
Source: docs/decisions/0015-paths-in-bands.md
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

LEAST = 5  # different people; fewer are never told apart
ENOUGH_FOR_NOBODY = 20  # people; among fewer, "nobody" would say much about each of them
_NO_END = 1_000_000_000
_MOST_PASSES = 200  # far more than a case of 1,000 scenes in a row has needed

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """What may be known of a count: it lies from `low` to `high`."""

    low: int
    high: int

    @property
    def is_few(self) -> bool:
        """Says whether it is a count under five."""
        return self.high < LEAST

    @property
    def is_nobody(self) -> bool:
        """Says whether it is told that there is nobody."""
        return self.high == 0


@dataclass(frozen=True, slots=True)
class Share:
    """What may be known of a share. Units: whole percent, in steps of five."""

    low: int
    high: int


class Sum(Enum):
    """How a total and its parts hang together, as every reader of a page knows."""

    EXACT = "the parts add up to it"
    WITHIN = "the parts add up to it at most"
    COVERED = "the parts add up to it at least"


@dataclass(frozen=True, slots=True)
class Line:
    """A total and its parts, by the keys of their counts."""

    total: Key
    parts: tuple[Key, ...]
    kind: Sum = Sum.EXACT


def band_of(count: int, *, tells_nobody: bool = False) -> Band:
    """The band of a count. With `tells_nobody` none is told apart from a few."""
    if tells_nobody and count < LEAST:
        return Band(0, 0) if count == 0 else Band(1, LEAST - 1)
    low = count - count % LEAST
    return Band(low, low + LEAST - 1)


def safe_bands(
    counts: Mapping[Key, int],
    lines: Sequence[Line],
    nobody: Iterable[Key] = (),
    held_back: Iterable[Key] = (),
) -> dict[Key, Band]:
    """The bands that may be told together.

    Shape: `nobody` names counts of which it may be said that they are none; `held_back` counts
    that are not to be told. What is held back is missing from the result.
    Cost: a few passes over all lines.
    """
    telling, hidden = set(nobody), set(held_back)
    while True:
        bands = {
            key: band_of(count, tells_nobody=key in telling)
            for key, count in counts.items()
            if key not in hidden
        }
        pinned = {key for key in narrowed(bands, lines, is_single=True) if 0 < counts[key] < LEAST}
        if not pinned:
            return bands
        splits = [line for line in lines if pinned.intersection(line.parts)]
        beside = {part for line in splits for part in line.parts} | pinned
        totals = {line.total for line in splits}
        # First be silent about nobody; where that does not help, about the split, and so on.
        if telling & beside:
            telling -= beside
        elif beside - hidden:
            hidden |= beside
        elif totals - hidden:
            hidden |= totals
        else:
            return {}


def narrowed(
    bands: Mapping[Key, Band], lines: Sequence[Line], *, is_single: bool = False
) -> dict[Key, Band]:
    """What a reader can work out who knows the bands and what adds up to what.

    Shape: every count of the lines, also those that are not told; with `is_single` those only
    that can be one number alone. Bounds that contradict each other are left out.
    """
    low = {key: band.low for key, band in bands.items()}
    high = {key: band.high for key, band in bands.items()}
    for line in lines:
        for key in (line.total, *line.parts):
            low.setdefault(key, 0)
            high.setdefault(key, _NO_END)
    for _ in range(_MOST_PASSES):
        if not any([_narrow(line, low, high) for line in lines]):
            break
    return {
        key: Band(low[key], high[key])
        for key in low
        if low[key] <= high[key] and (not is_single or low[key] == high[key])
    }


def share_of(part: Sequence[Band], rest: Sequence[Band]) -> Share | None:
    """The share of some people among all, as far as the bands tell. None: they tell nothing."""
    least, most = sum(one.low for one in part), sum(one.high for one in part)
    rest_least, rest_most = sum(one.low for one in rest), sum(one.high for one in rest)
    if least + rest_most == 0 or most + rest_least == 0:
        return None
    low, high = 100 * least // (least + rest_most), -(-100 * most // (most + rest_least))
    return Share(low - low % 5, min(100, -(-high // 5) * 5))


def _narrow(line: Line, low: dict[Key, int], high: dict[Key, int]) -> bool:
    """Narrows the bounds of one line; says whether anything changed."""
    before = [(low[key], high[key]) for key in (line.total, *line.parts)]
    least = sum(low[part] for part in line.parts)
    most = sum(high[part] for part in line.parts)
    if line.kind is not Sum.COVERED:
        low[line.total] = max(low[line.total], least)
        for part in line.parts:
            high[part] = min(high[part], max(high[line.total] - (least - low[part]), -1))
    if line.kind is not Sum.WITHIN:
        high[line.total] = min(high[line.total], most)
        for part, (_, highest) in zip(line.parts, before[1:], strict=True):
            low[part] = max(low[part], low[line.total] - (most - highest))
    # Contradicting bounds come from lines that do not hold; they would narrow for ever.
    for key, (lowest, highest) in zip((line.total, *line.parts), before, strict=True):
        if low[key] > high[key]:
            low[key], high[key] = lowest, highest
    return before != [(low[key], high[key]) for key in (line.total, *line.parts)]
