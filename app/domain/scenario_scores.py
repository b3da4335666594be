"""The lowest and highest decision totals a case allows, for each of its endings.

A total is a cost of the path, not part of the state. Only the first scored choice in a scene
counts, so scenes inside a loop remember whether they have been decided.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.scenario_machine import Machine
from app.domain.scenario_reach import Reach
from app.domain.scenario_rounds import decided_again
from app.domain.scenario_sketch import Weigh
from app.domain.scenario_space import without
from app.domain.scenario_totals import Totals


@dataclass(frozen=True, slots=True)
class ScoreBounds:
    """Lowest and highest totals of ratings. Shape: `by_ending` has an entry for each ending met."""

    by_ending: Mapping[str, tuple[int, int]]

    @property
    def worst(self) -> int | None:
        """The lowest total at any ending. None: no ending is met."""
        return min((low for low, _ in self.by_ending.values()), default=None)

    @property
    def best(self) -> int | None:
        """The highest total at any ending. None: no ending is met."""
        return max((high for _, high in self.by_ending.values()), default=None)


def find_score_bounds(totals: Totals, deciding: Machine) -> ScoreBounds:
    """Finds the extreme totals of every ending exactly.

    Shape: `totals` looks at every state of the case; `deciding` may tell more of them apart.
    Cost: mostly less than finding all states; more where scored choices stand in loops.
    """
    if decided_again(totals.reach):
        highest = _highest(deciding, totals.order, lambda move: move.points)
        lowest = _highest(deciding, totals.order, lambda move: -move.points)
        return ScoreBounds({ending: (-lowest[ending], highest[ending]) for ending in highest})
    bounds = {}
    for ending in _met(totals.reach):
        low = totals.lowest(ending, lambda move: move.points)
        high = totals.lowest(ending, lambda move: -move.points)
        if low is not None and high is not None:
            bounds[ending] = (low, -high)
    return ScoreBounds(bounds)


def find_highest_sum(totals: Totals, deciding: Machine, weigh: Weigh) -> int | None:
    """Finds the highest sum of weights at any ending. None: no ending is met.

    Shape: no loop may raise a sum, but for choices whose rating counts once only.
    """
    if decided_again(totals.reach):
        return max(_highest(deciding, totals.order, weigh).values(), default=None)
    found = (totals.lowest(e, lambda move: -weigh(move)) for e in _met(totals.reach))
    return max((-total for total in found if total is not None), default=None)


def find_few_decisions(totals: Totals, *, below: int) -> dict[str, int]:
    """Counts the scored decisions on the shortest play to each ending that has so few of them."""
    found = {
        ending: totals.lowest(ending, lambda move: int(move.is_scored), below=below)
        for ending in _met(totals.reach)
    }
    return {ending: count for ending, count in found.items() if count is not None}


def _met(reach: Reach) -> list[str]:
    return [e.id for e in reach.machine.scenario.endings if reach.shown.get(e.id)]


def _highest(machine: Machine, order: Mapping[str, int], weigh: Weigh) -> dict[str, int]:
    """Keeps, for each state of each scene, the highest total found so far.

    A state leaves the lower totals once it is met with a higher one; that keeps the sets few.
    No loop may raise the total, or it would never end.
    """
    settled: dict[str, dict[int, int]] = {}
    pending: dict[str, dict[int, int]] = {}
    queue: list[tuple[int, str]] = []

    def put_off(scene: str, total: int, states: int) -> None:
        if scene not in pending:
            pending[scene] = {}
            heapq.heappush(queue, (order[scene], scene))
        totals = pending[scene]
        totals[total] = totals.get(total, 0) | states

    if machine.scenario.start in machine.enter:
        put_off(machine.scenario.start, 0, machine.initial)
    while queue:
        _, scene = heapq.heappop(queue)
        better = _improve(settled.setdefault(scene, {}), pending.pop(scene))
        for total, arrived in better:
            shown = machine.forward(arrived, machine.enter[scene])
            for move in machine.moves[scene]:
                taken = shown & move.mask
                for outcome in move.outcomes if taken else ():
                    landed = machine.forward(taken, outcome.steps)
                    if landed:
                        put_off(outcome.target, total + weigh(move), landed)
    return {
        ending.id: max(total for total, states in settled[ending.id].items() if states)
        for ending in machine.scenario.endings
        if any(settled.get(ending.id, {}).values())
    }


def _improve(settled: dict[int, int], pending: dict[int, int]) -> list[tuple[int, int]]:
    """Merges new totals into the settled ones; returns the states that got better."""
    better: list[tuple[int, int]] = []
    covered = 0  # states already met with a total at least as high
    for total in sorted({*settled, *pending}, reverse=True):
        old = settled.pop(total, 0)
        old = without(old, covered) if old else 0
        covered |= old
        new = pending.get(total, 0)
        new = without(new, covered) if covered else new
        if new:
            better.append((total, new))
            covered |= new
        if old or new:
            settled[total] = old | new
    return better
