"""The order and the place of boxes in the rows of a map: few crossings, short and straight ways.

Order by the mean place of neighbours, row by row, down and up; ties stay as written. Then each
box moves as near to its neighbours as the order and the room allow.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence

HALF_BOX = 0.6  # box widths: half a box and half the gap beside it
HALF_BEND = 0.14
HALF_SMALL = 0.2
SWEEPS = 8  # enough that cases of 40 scenes stop changing
MANY, SWEEPS_OF_MANY = 400, 3  # spots; large maps are read in parts, so they need less polish
STRAIGHTENING = 8  # how much more two bends pull at each other than boxes do

Spot = int  # a box or a bend, by its number


class Grid:
    """Rows to be filled with boxes and bends. Units: `x` in box widths, once placed."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.order: list[list[Spot]] = [[] for _ in range(rows)]
        self.bends: dict[tuple[str, str], tuple[Spot, ...]] = {}
        self.above: list[list[Spot]] = []
        self.below: list[list[Spot]] = []
        self.half: list[float] = []
        self.x: list[float] = []
        self._row: list[int] = []

    @property
    def width(self) -> float:
        """How wide the placed rows are, with half a gap at both sides."""
        return max((self.x[row[-1]] + self.half[row[-1]] for row in self.order if row), default=0.0)

    def row_of(self, spot: Spot) -> int:
        """The row a box or bend stands in."""
        return self._row[spot]

    def add_box(self, row: int, *, is_small: bool = False) -> Spot:
        """Adds a box, or something small in its place, at the end of a row."""
        return self._add(row, HALF_SMALL if is_small else HALF_BOX)

    def join(self, pair: tuple[str, str], source: Spot, target: Spot) -> None:
        """Joins a box with one further down, by a bend in each row between."""
        between = range(self._row[source] + 1, self._row[target])
        spots = tuple(self._add(row, HALF_BEND) for row in between)
        self.bends[pair] = spots
        for upper, lower in zip((source, *spots), (*spots, target), strict=True):
            self.below[upper].append(lower)
            self.above[lower].append(upper)

    def _add(self, row: int, half: float) -> Spot:
        spot = len(self._row)
        self._row.append(row)
        self.half.append(half)
        self.x.append(0.0)
        self.above.append([])
        self.below.append([])
        self.order[row].append(spot)
        return spot


def place(grid: Grid) -> None:
    """Orders every row and gives each spot its place, the leftmost at the left edge."""
    _order(grid)
    for row in grid.order:
        _settle(grid, row, [0.0] * len(row), [1.0] * len(row))
    for _ in range(_sweeps(grid)):
        for row in grid.order[1:]:
            _pull(grid, row, grid.above)
        for row in reversed(grid.order[:-1]):
            _pull(grid, row, grid.below)
    left = min((grid.x[row[0]] - grid.half[row[0]] for row in grid.order if row), default=0.0)
    grid.x = [round(x - left, 2) for x in grid.x]


def _order(grid: Grid) -> None:
    """Sweeps down and up, and keeps the order with the fewest crossings; the first of equals."""
    best, fewest = [list(row) for row in grid.order], _crossings(grid)
    for _ in range(_sweeps(grid)):
        if not fewest:
            break
        for rows, beside in ((grid.order[1:], grid.above), (grid.order[-2::-1], grid.below)):
            at = _places(grid)
            for row in rows:
                row.sort(key=lambda spot: _mean([at[one] for one in beside[spot]], at[spot]))
                at.update((spot, float(number)) for number, spot in enumerate(row))
        crossings = _crossings(grid)
        if crossings < fewest:
            best, fewest = [list(row) for row in grid.order], crossings
    grid.order = best


def _sweeps(grid: Grid) -> int:
    return SWEEPS_OF_MANY if len(grid.x) > MANY else SWEEPS


def _places(grid: Grid) -> dict[Spot, float]:
    return {spot: float(number) for row in grid.order for number, spot in enumerate(row)}


def _crossings(grid: Grid) -> int:
    """How often ways cross between neighbouring rows."""
    at = _places(grid)
    found = 0
    for row in grid.order:
        passed: list[float] = []
        for spot in row:
            ends = sorted(at[one] for one in grid.below[spot])
            found += sum(len(passed) - bisect_right(passed, end) for end in ends)
            for end in ends:
                insort(passed, end)
    return found


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _pull(grid: Grid, row: Sequence[Spot], beside: Sequence[Sequence[Spot]]) -> None:
    """Moves a row as near to what its spots are joined to as their order allows."""
    wanted, weights = [], []
    for spot in row:
        near = beside[spot]
        wanted.append(_mean([grid.x[one] for one in near], grid.x[spot]))
        is_bend = grid.half[spot] == HALF_BEND
        straight = is_bend and all(grid.half[one] == HALF_BEND for one in near)
        weights.append(STRAIGHTENING if straight else max(len(near), 0.2))
    _settle(grid, row, wanted, weights)


def _settle(
    grid: Grid, row: Sequence[Spot], wanted: Sequence[float], weights: Iterable[float]
) -> None:
    """Gives each spot the place nearest to the wanted one that keeps the order and the gaps.

    Least squares by pooling neighbours that would touch (isotonic regression).
    """
    room, rooms = 0.0, []
    for number, spot in enumerate(row):
        room += grid.half[row[number - 1]] + grid.half[spot] if number else 0.0
        rooms.append(room)
    pools: list[tuple[float, float, int]] = []  # sum of weights × places, weights, spots
    for place_, room, weight in zip(wanted, rooms, weights, strict=True):
        pool = ((place_ - room) * weight, weight, 1)
        while pools and pools[-1][0] / pools[-1][1] >= pool[0] / pool[1]:
            last = pools.pop()
            pool = (last[0] + pool[0], last[1] + pool[1], last[2] + pool[2])
        pools.append(pool)
    at = [total / weight for total, weight, count in pools for _ in range(count)]
    for spot, start, room in zip(row, at, rooms, strict=True):
        grid.x[spot] = start + room
