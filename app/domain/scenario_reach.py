"""Every state in which every scene can be met, and a play that leads to any of them."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.domain.scenario_machine import Machine, MoveSets, Outcome
from app.domain.scenario_space import lowest

SHORTEST_UP_TO = 300  # scenes; larger cases get a witness that is valid but perhaps not shortest


@dataclass(slots=True)
class _Chunk:
    """States that arrived in a scene together, and how. None: they are where the case starts."""

    number: int
    states: int
    source: str
    move: MoveSets | None
    outcome: Outcome | None


@dataclass(slots=True)
class Reach:
    """All states a case can be in. Shape: scenes that are never met have the empty set.

    `arrivals` are the states before a scene's on-enter effects, `shown` those after them.
    """

    machine: Machine
    arrivals: dict[str, int] = field(default_factory=dict)
    shown: dict[str, int] = field(default_factory=dict)
    _chunks: dict[str, list[_Chunk]] = field(default_factory=dict)

    @property
    def pairs(self) -> int:
        """How many (scene, state) pairs can be met."""
        return sum(states.bit_count() for states in self.shown.values())

    @property
    def steps(self) -> int:
        """How many different moves there are, counted for each state they are taken in."""
        return sum(taken.bit_count() for _, taken in self.taken())

    def taken(self) -> Iterator[tuple[MoveSets, int]]:
        """Every move with the states it can be taken in, the empty set included."""
        for scene, moves in self.machine.moves.items():
            for move in moves:
                yield move, self.shown.get(scene, 0) & move.mask

    def play_to(self, scene: str, states: int) -> tuple[str, ...]:
        """The choices of a play that shows a scene in one of the states.

        Shape: ids of choices in order; empty at the start of the case, or when there is none.
        """
        return tuple(name for name in self._names(scene, states) if name)

    def starting_state(self, scene: str, states: int) -> int:
        """The start, random draws included, of the play that `play_to` gives."""
        return next(
            (state for chunk, state in self._steps_back(scene, states) if not chunk.move), 0
        )

    def _names(self, scene: str, states: int) -> list[str]:
        names = [chunk.move.name for chunk, _ in self._steps_back(scene, states) if chunk.move]
        return names[::-1]

    def _steps_back(self, scene: str, states: int) -> Iterator[tuple[_Chunk, int]]:
        """Walks from a state back to the start, always to something that was found earlier."""
        machine = self.machine
        wanted = machine.backward(states & self.shown.get(scene, 0), machine.enter[scene])
        while True:
            found = self._earliest(scene, wanted)
            if found is None:
                return
            chunk, state = found
            yield chunk, state
            if chunk.move is None or chunk.outcome is None:
                return
            before = machine.backward(state, chunk.outcome.steps) & chunk.move.mask
            scene = chunk.source
            wanted = machine.backward(before, machine.enter[scene])

    def _earliest(self, scene: str, wanted: int) -> tuple[_Chunk, int] | None:
        for chunk in self._chunks.get(scene, ()):
            if chunk.states & wanted:
                return chunk, lowest(chunk.states & wanted)
        return None

    def arrive(
        self, scene: str, states: int, move: MoveSets | None, outcome: Outcome | None
    ) -> int:
        """Adds states to a scene and returns those that are new there."""
        known = self.arrivals.get(scene, 0)
        new = states & ~known
        if new:
            self.arrivals[scene] = known | new
            chunks = self._chunks.setdefault(scene, [])
            chunks.append(_Chunk(len(chunks), new, move.scene if move else "", move, outcome))
        return new


def find_reach(machine: Machine, order: Mapping[str, int]) -> Reach:
    """Finds every state of every scene by following all moves until nothing new appears.

    Shape: `order` numbers the scenes so that most moves go up.
    Cost: for 1,000 scenes with some thousand combinations, hundredths of a second.
    """
    reach = Reach(machine)
    start = machine.scenario.start
    if start not in machine.enter:
        return reach
    by_length = len(machine.enter) <= SHORTEST_UP_TO
    pending: dict[tuple[int, str], int] = {}
    queue: list[tuple[int, str]] = []

    def put_off(rank: int, scene: str, new: int) -> None:
        key = (rank, scene)
        if key not in pending:
            heapq.heappush(queue, key)
        pending[key] = pending.get(key, 0) | new

    put_off(0, start, reach.arrive(start, machine.initial, move=None, outcome=None))
    while queue:
        rank, scene = heapq.heappop(queue)
        states = machine.forward(pending.pop((rank, scene)), machine.enter[scene])
        reach.shown[scene] = reach.shown.get(scene, 0) | states
        for move in machine.moves[scene]:
            taken = states & move.mask
            if not taken:
                continue
            for outcome in move.outcomes:
                landed = machine.forward(taken, outcome.steps)
                new = reach.arrive(outcome.target, landed, move=move, outcome=outcome)
                if new:
                    target_rank = rank + 1 if by_length else order[outcome.target]
                    put_off(target_rank, outcome.target, new)
    return reach


def find_can_end(reach: Reach, order: Mapping[str, int]) -> dict[str, int]:
    """Finds, for each scene, the shown states from which some play comes to a stop.

    An ending stops a play; so does a state without any way on, which is told by itself.
    """
    machine = reach.machine
    into: dict[str, list[tuple[MoveSets, Outcome]]] = {}
    good: dict[str, int] = {}
    pending: dict[tuple[int, str], int] = {}
    queue: list[tuple[int, str]] = []

    def add(scene: str, states: int) -> None:
        new = states & reach.shown.get(scene, 0) & ~good.get(scene, 0)
        if new:
            good[scene] = good.get(scene, 0) | new
            key = (-order[scene], scene)
            if key not in pending:
                heapq.heappush(queue, key)
            pending[key] = pending.get(key, 0) | new

    for scene, moves in machine.moves.items():
        for move in moves:
            for outcome in move.outcomes:
                into.setdefault(outcome.target, []).append((move, outcome))
        add(scene, _stops(reach, scene))
    while queue:
        key = heapq.heappop(queue)
        scene = key[1]
        arrived = machine.backward(pending.pop(key), machine.enter[scene])
        arrived &= reach.arrivals.get(scene, 0)
        for move, outcome in into.get(scene, ()):
            add(move.scene, machine.backward(arrived, outcome.steps) & move.mask)
    return good


def _stops(reach: Reach, scene: str) -> int:
    """A way into a scene that is not written yet counts as a stop: it is told elsewhere."""
    shown = reach.shown.get(scene, 0)
    goes_on = leaves = 0
    for move in reach.machine.moves[scene]:
        if move.outcomes:
            goes_on |= move.mask
        else:
            leaves |= move.mask
    return shown & (leaves | ~goes_on)


def locked_states(reach: Reach, scene: str) -> int:
    """The states in which a scene shows no way on although it is no ending."""
    if reach.machine.scenario.scene_by_id[scene].ending is not None:
        return 0
    shown = reach.shown.get(scene, 0)
    for move in reach.machine.moves[scene]:
        shown &= ~move.mask
    return shown
