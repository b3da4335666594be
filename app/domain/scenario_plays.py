"""Plays that show a finding: round a loop, twice through a choice, up to a closed way."""

from __future__ import annotations

from collections import deque

from app.domain.scenario_graph import written_edges
from app.domain.scenario_machine import MoveSets, Outcome
from app.domain.scenario_reach import Reach, find_reach
from app.domain.scenario_space import lowest
from app.domain.scenario_states import Exploration

FreeWays = dict[str, list[tuple[MoveSets, Outcome]]]  # scene → ways that change nothing
Play = tuple[str, ...]  # ids of choices in order


def play_toward(exploration: Exploration, scene_id: str) -> Play:
    """A play to a scene from which a closed way leads to one nobody reaches; empty if none does."""
    for source, targets in written_edges(exploration.scenario).items():
        if scene_id in targets and exploration.states_in(source):
            return exploration.play_to(source)
    return ()


def play_again(exploration: Exploration, reach: Reach, move: MoveSets) -> Play:
    """A play that makes a move twice; empty when none can.

    Cost: explores what follows the move once more.
    """
    machine = reach.machine
    taken = reach.shown[move.scene] & move.mask
    seeds: dict[str, int] = {}
    for outcome in move.outcomes:
        landed = machine.forward(taken, outcome.steps)
        seeds[outcome.target] = seeds.get(outcome.target, 0) | landed
    after = find_reach(machine, exploration.order, seeds=seeds)
    again = after.shown.get(move.scene, 0) & move.mask
    if not again:
        return ()
    scene, landed = after.origin_of_play(move.scene, again)
    before = 0
    for outcome in move.outcomes:
        if outcome.target == scene:
            before |= machine.backward(landed, outcome.steps) & taken
    first, second = reach.play_to(move.scene, before), after.play_to(move.scene, again)
    return (*first, move.name, *second, move.name)


def play_round(reach: Reach, free: FreeWays, scene: str) -> Play:
    """A play that comes back to a scene over ways that change nothing; empty if none was found.

    Cost: follows one state for each way out of the scene.
    """
    for move, _ in free[scene]:
        state = lowest(reach.shown[scene] & move.mask)
        found = _back_to(reach, free, scene, state)
        if found:
            return (*reach.play_to(scene, state), *found)
    return ()


def _back_to(reach: Reach, free: FreeWays, start: str, state: int) -> Play:
    waiting: deque[tuple[str, int, Play]] = deque([(start, state, ())])
    seen = {start}
    while waiting:
        scene, here, play = waiting.popleft()
        for move, outcome in free[scene]:
            landed = reach.machine.forward(here & move.mask, outcome.steps)
            longer = (*play, move.name) if move.name else play
            if landed and outcome.target == start:
                return longer
            if landed and outcome.target not in seen:
                seen.add(outcome.target)
                waiting.append((outcome.target, landed, longer))
    return ()


def shortest_play(exploration: Exploration, reach: Reach, ending: str) -> Play:
    """A play to an ending with as few scored decisions as there can be."""
    found = find_reach(
        reach.machine,
        exploration.order,
        weigh=lambda move: int(move.is_scored),
        until={ending},
    )
    return found.play_to(ending, found.shown.get(ending, 0))
