"""What going round in a case can do: never stop, or decide the same thing again."""

from __future__ import annotations

from app.domain.scenario_graph import loops
from app.domain.scenario_reach import Reach, stops
from app.domain.scenario_space import without


def always_stops(reach: Reach) -> bool:
    """Says whether every loop can be left in every state, so that each play can come to a stop.

    Loops lead on to later loops only, so leaving each of them is enough.
    Shape: False means only that a closer look is needed.
    Cost: looks at scenes in loops alone.
    """
    return all(_can_be_left(reach, group) for group in loops(reach.walked))


def _can_be_left(reach: Reach, group: frozenset[str]) -> bool:
    machine = reach.machine
    leaving = {scene: _leaving(reach, scene, group) for scene in group}
    grown = True
    while grown:
        grown = False
        for scene in group:
            for move in machine.moves[scene]:
                for outcome in move.outcomes:
                    if outcome.target not in group:
                        continue
                    ahead = machine.backward(leaving[outcome.target], machine.enter[outcome.target])
                    back = machine.backward(ahead, outcome.steps) & move.mask
                    new = without(back & reach.shown.get(scene, 0), leaving[scene])
                    leaving[scene] |= new
                    grown = grown or bool(new)
    return all(not without(reach.shown.get(scene, 0), leaving[scene]) for scene in group)


def _leaving(reach: Reach, scene: str, group: frozenset[str]) -> int:
    machine, shown = reach.machine, reach.shown.get(scene, 0)
    found = stops(reach, scene)
    for move in machine.moves[scene]:
        for outcome in move.outcomes:
            if outcome.target not in group:
                arrived = reach.arrivals.get(outcome.target, 0)
                found |= machine.backward(arrived, outcome.steps) & move.mask & shown
    return found


def decided_again(reach: Reach) -> frozenset[str]:
    """The scenes in which a scored choice may be made twice, because a loop leads back."""
    group_of = {scene: n for n, group in enumerate(loops(reach.walked)) for scene in group}
    return frozenset(
        move.scene
        for move, taken in reach.taken()
        if taken
        and move.is_scored
        and move.scene in group_of
        and any(group_of.get(o.target) == group_of[move.scene] for o in move.outcomes)
    )
