"""The lowest total with which an ending can be met, found by following the cheapest ways first.

Ways alone, states left aside, say how little any play still costs from each scene. A play is
then followed in order of what it costs beyond that: where the cheapest way is open, as it mostly
is, hardly anything else has to be followed.
Source: Hart, Nilsson and Raphael (1968), best-first search with a bound that never overrates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.domain.scenario_machine import Machine, MoveSets, Step
from app.domain.scenario_reach import Queue, Reach
from app.domain.scenario_space import union, without

Ways = dict[str, dict[str, int]]  # scene → scene → the least a move between them costs


def nearest_total(
    machine: Machine,
    reach: Reach,
    order: Mapping[str, int],
    ending: str,
    weigh: Callable[[MoveSets], int],
    *,
    below: int | None = None,
) -> int | None:
    """Finds the lowest sum of weights with which a play comes to an ending.

    Shape: weights may be negative, but no loop may lower a sum.
    None: no play comes to the ending, or none with a sum below `below`.
    """
    ahead = _least_ahead(_ways(reach, weigh), ending, order)
    start = machine.scenario.start
    if start not in ahead:
        return None
    settled: dict[str, int] = {}
    queue: Queue[tuple[int, tuple[Step, ...]]] = Queue()
    queue.put((0, order[start]), start, (machine.initial, ()))
    while queue:
        (beyond, _), scene, arriving = queue.take()
        if below is not None and ahead[start] + beyond >= below:
            return None
        arrived = union(machine.forward(states, steps) for states, steps in arriving)
        new = without(arrived, settled.get(scene, 0))
        if new and scene == ending:
            return ahead[start] + beyond
        settled[scene] = settled.get(scene, 0) | new
        shown = machine.forward(new, machine.enter[scene])
        for move in machine.moves[scene] if shown else ():
            taken = shown & move.mask
            for outcome in move.outcomes if taken else ():
                target = outcome.target
                if target in ahead:
                    more = weigh(move) + ahead[target] - ahead[scene]
                    waiting = (taken, outcome.steps)
                    queue.put((beyond + more, order[target]), target, waiting)
    return None


def _ways(reach: Reach, weigh: Callable[[MoveSets], int]) -> Ways:
    ways: Ways = {}
    for move, taken in reach.taken():
        for outcome in move.outcomes if taken else ():
            if outcome.target in reach.walked[move.scene]:
                costs = ways.setdefault(move.scene, {})
                cost = weigh(move)
                costs[outcome.target] = min(cost, costs.get(outcome.target, cost))
    return ways


def _least_ahead(ways: Ways, ending: str, order: Mapping[str, int]) -> dict[str, int]:
    """The least that any way from each scene to the ending costs. Shape: only scenes with one."""
    ahead = {ending: 0}
    backwards = sorted(ways, key=order.__getitem__, reverse=True)
    changed = True
    while changed:  # one round for a case without loops, a few for one with them
        changed = False
        for scene in backwards:
            costs = [cost + ahead[t] for t, cost in ways[scene].items() if t in ahead]
            if costs and min(costs) < ahead.get(scene, min(costs) + 1):
                ahead[scene] = min(costs)
                changed = True
    return ahead
