"""Where the scenes of a case stand on its map: row by row from the start, loops marked.

A scene stands one row below the lowest scene that leads to it, so ways lead down, but for those
that close a loop; an ending stands at the end of its branch. The same case always looks the same.
Faulty cases have a map too. Source: Sugiyama, Tagawa and Toda (1981), "Methods for visual
understanding of hierarchical system structures".
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from math import ceil

from app.domain.case_columns import HALF_BOX, Grid, Spot, place
from app.domain.scenario import Scenario
from app.domain.scenario_graph import reachable, reading_order

MOST_BENDS = 2_000  # places where long ways bend round boxes; beyond them ways run straight
LEAST_APART = 4  # boxes in a row of scenes that nothing leads to, however narrow the map

Pair = tuple[str, str]  # a scene and one that it leads to


@dataclass(frozen=True, slots=True)
class Box:
    """One scene on the map.

    Units: `x` is its middle, in box widths from the left edge; `row` counts from 0 at the top.
    Shape: `is_missing` for a scene that is led to and not written, `is_apart` for one that
    nothing leads to, `is_by_rule` where a rule leads from anywhere.
    """

    scene: str
    x: float
    row: int
    is_missing: bool = False
    is_apart: bool = False
    is_by_rule: bool = False


@dataclass(frozen=True, slots=True)
class LaidWay:
    """The way from one scene to another.

    Shape: `choices` are the ids of the choices that lead along it, none for the single way on;
    `bends` are (x, row) between its ends, from the source on. `is_back` ways lead up or sideways.
    """

    source: str
    target: str
    choices: tuple[str, ...]
    bends: tuple[tuple[float, int], ...] = ()
    is_back: bool = False


@dataclass(frozen=True, slots=True)
class CaseLayout:
    """A case as a map. Units: `columns` is its width in box widths, `rows` its height in rows.

    Shape: boxes from the top, in a row from the left; ways in the order written.
    """

    boxes: tuple[Box, ...]
    ways: tuple[LaidWay, ...]
    columns: float
    rows: int


def lay_out(scenario: Scenario, small: Container[str] = ()) -> CaseLayout:
    """Lays out every scene of a case once, and every written way from scene to scene once.

    Shape: `small` names scenes that are drawn as dots and need less room.
    Cost: about 8 ms for 20 scenes, under half a second for 1,000.
    """
    written = written_ways(scenario)
    edges = _edges(scenario, written)
    rows = _rows(scenario, edges)
    grid, spots = _grid(rows, edges, small)
    place(grid)
    boxes = [_box(scenario, scene, grid.x[spot], rows[scene]) for scene, spot in spots.items()]
    apart = _apart(scenario, [scene for scene in edges if scene not in rows], grid)
    boxes += apart
    ways = _laid(written, {box.scene: box for box in boxes}, grid)
    return CaseLayout(
        boxes=tuple(sorted(boxes, key=lambda box: (box.row, box.x))),
        ways=ways,
        columns=round(max([grid.width, *(box.x + HALF_BOX for box in apart)]), 2),
        rows=max((box.row for box in boxes), default=-1) + 1,
    )


def written_ways(scenario: Scenario) -> dict[Pair, tuple[str, ...]]:
    """Which choices lead from scene to scene, as written; none for a single way on.

    Rules lead from anywhere and are left out. Targets need not exist.
    """
    ways: dict[Pair, tuple[str, ...]] = {}
    for scene in scenario.scene_by_id.values():
        for choice in scene.choices:
            pair = (scene.id, choice.target)
            ways[pair] = (*ways.get(pair, ()), choice.id)
        if scene.go:
            ways.setdefault((scene.id, scene.go), ())
    in_order = {scene.id: number for number, scene in enumerate(reversed(scenario.scenes))}
    return dict(sorted(ways.items(), key=lambda item: -in_order[item[0][0]]))


def _edges(scenario: Scenario, written: Mapping[Pair, tuple[str, ...]]) -> dict[str, list[str]]:
    """Where each scene leads, scenes that are only led to included; in the order written."""
    edges: dict[str, list[str]] = {scene.id: [] for scene in scenario.scenes}
    for source, target in written:
        edges[source].append(target)
        edges.setdefault(target, [])
    return edges


def _rows(scenario: Scenario, edges: Mapping[str, list[str]]) -> dict[str, int]:
    """The row of every scene that something leads to: one below the lowest that leads to it."""
    if not scenario.scenes:
        return {}
    start = scenario.start if scenario.start in edges else scenario.scenes[0].id
    by_rule = [rule.go for rule in scenario.rules if rule.go in edges]
    followed = {**edges, start: [*edges[start], *by_rule]}
    order = reading_order(followed, start)
    reached = reachable(followed, start)
    rows = dict.fromkeys((scene for scene in edges if scene in reached), 0)
    for scene in sorted(rows, key=order.__getitem__):
        for target in followed[scene]:
            if order[target] > order[scene]:
                rows[target] = max(rows[target], rows[scene] + 1)
    # An ending that only rules lead to ends no branch; it stands as low as any other scene.
    written = reachable(edges, start)
    for scene in by_rule:
        if scene not in written and not edges[scene]:
            rows[scene] = max(rows.values())
    return rows


def _grid(
    rows: Mapping[str, int], edges: Mapping[str, list[str]], small: Container[str]
) -> tuple[Grid, dict[str, Spot]]:
    """The places to fill: a box for each scene, and bends where ways pass rows between."""
    grid = Grid(max(rows.values(), default=-1) + 1)
    spots = {scene: grid.add_box(row, is_small=scene in small) for scene, row in rows.items()}
    down = [
        (source, target)
        for source in rows
        for target in edges[source]
        if rows[target] > rows[source]
    ]
    left = MOST_BENDS
    for source, target in sorted(down, key=lambda pair: rows[pair[1]] - rows[pair[0]]):
        left -= rows[target] - rows[source] - 1
        if left >= 0:
            grid.join((source, target), spots[source], spots[target])
    return grid, spots


def _box(scenario: Scenario, scene: str, x: float, row: int) -> Box:
    return Box(
        scene,
        x,
        row,
        is_missing=scenario.scene(scene) is None,
        is_by_rule=any(rule.go == scene for rule in scenario.rules),
    )


def _apart(scenario: Scenario, scenes: list[str], grid: Grid) -> list[Box]:
    """The scenes that nothing leads to, in rows of their own below an empty one."""
    in_a_row = max(LEAST_APART, ceil(grid.width / (2 * HALF_BOX)))
    first = grid.rows + 1 if grid.rows else 0
    return [
        Box(
            scene,
            round(HALF_BOX + 2 * HALF_BOX * (number % in_a_row), 2),
            first + number // in_a_row,
            is_missing=scenario.scene(scene) is None,
            is_apart=True,
        )
        for number, scene in enumerate(scenes)
    ]


def _laid(
    written: Mapping[Pair, tuple[str, ...]], boxes: Mapping[str, Box], grid: Grid
) -> tuple[LaidWay, ...]:
    return tuple(
        LaidWay(
            source,
            target,
            choices,
            tuple(
                (grid.x[spot], grid.row_of(spot)) for spot in grid.bends.get((source, target), ())
            ),
            is_back=boxes[target].row <= boxes[source].row,
        )
        for (source, target), choices in written.items()
    )
