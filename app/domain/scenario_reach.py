"""Every state in which every scene can be met, and a play that leads to any of them."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.domain.scenario_machine import Machine, MoveSets, Outcome
from app.domain.scenario_space import lowest, without

SHORTEST_UP_TO = 300  # scenes; larger cases get a witness that is valid but perhaps not shortest


@dataclass(slots=True)
class _Chunk:
    """States that arrived in a scene together, and how. None: they are where the case starts."""

    states: int
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
        return self.play_to_arrival(scene, self._before_entering(scene, states))

    def play_to_arrival(self, scene: str, arrivals: int) -> tuple[str, ...]:
        """The choices of a play that comes to a scene in one of the states, still unentered."""
        steps = [chunk.move for chunk, _ in self._steps_back(scene, arrivals) if chunk.move]
        return tuple(move.name for move in reversed(steps) if move.name)

    def start_of_play(self, scene: str, states: int) -> int:
        """The first state, random draws included, of the play that `play_to` gives."""
        return self.start_of_arrival(scene, self._before_entering(scene, states))

    def start_of_arrival(self, scene: str, arrivals: int) -> int:
        """The first state of the play that `play_to_arrival` gives."""
        steps = self._steps_back(scene, arrivals)
        return next((state for chunk, state in steps if chunk.move is None), 0)

    def _before_entering(self, scene: str, states: int) -> int:
        states &= self.shown.get(scene, 0)
        return self.machine.backward(states, self.machine.enter[scene])

    def _steps_back(self, scene: str, wanted: int) -> Iterator[tuple[_Chunk, int]]:
        """Walks from an arrival back to the start, always to something that was found earlier."""
        machine = self.machine
        while True:
            found = self._earliest(scene, wanted)
            if found is None:
                return
            chunk, state = found
            yield chunk, state
            if chunk.move is None or chunk.outcome is None:
                return
            before = machine.backward(state, chunk.outcome.steps) & chunk.move.mask
            scene = chunk.move.scene
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
        new = without(states, known)
        if new:
            self.arrivals[scene] = known | new
            self._chunks.setdefault(scene, []).append(_Chunk(new, move, outcome))
        return new


def find_reach(
    machine: Machine, order: Mapping[str, int], seeds: Mapping[str, int] | None = None
) -> Reach:
    """Finds every state of every scene by following all moves until nothing new appears.

    Shape: `order` numbers the scenes so that most moves go up.
    None: without `seeds` (scene → arriving states) it starts where the case starts.
    Cost: for 1,000 scenes with some thousand combinations, hundredths of a second.
    """
    reach = Reach(machine)
    by_length = len(machine.enter) <= SHORTEST_UP_TO
    queue = Queue()
    for scene, states in (seeds or {machine.scenario.start: machine.initial}).items():
        if scene in machine.enter:
            new = reach.arrive(scene, states, move=None, outcome=None)
            queue.put(0 if by_length else order[scene], scene, new)
    while queue:
        rank, scene, arrived = queue.take()
        states = machine.forward(arrived, machine.enter[scene])
        reach.shown[scene] = reach.shown.get(scene, 0) | states
        for move in machine.moves[scene]:
            taken = states & move.mask
            for outcome in move.outcomes if taken else ():
                landed = machine.forward(taken, outcome.steps)
                new = reach.arrive(outcome.target, landed, move=move, outcome=outcome)
                queue.put(rank + 1 if by_length else order[outcome.target], outcome.target, new)
    return reach


class Queue:
    """Scenes with states that wait to be followed, lowest rank first."""

    def __init__(self) -> None:
        self._waiting: dict[tuple[int, str], int] = {}
        self._heap: list[tuple[int, str]] = []

    def __bool__(self) -> bool:
        return bool(self._heap)

    def put(self, rank: int, scene: str, states: int) -> None:
        """Adds states to those that wait in a scene at a rank; nothing for the empty set."""
        if not states:
            return
        if (rank, scene) not in self._waiting:
            heapq.heappush(self._heap, (rank, scene))
        self._waiting[rank, scene] = self._waiting.get((rank, scene), 0) | states

    def take(self) -> tuple[int, str, int]:
        """Removes what is next: its rank, its scene and its states."""
        rank, scene = heapq.heappop(self._heap)
        return rank, scene, self._waiting.pop((rank, scene))


def find_can_end(reach: Reach, order: Mapping[str, int]) -> dict[str, int]:
    """Finds, for each scene, the shown states from which some play comes to a stop.

    An ending stops a play; so does a state without any way on, which is told by itself.
    """
    machine = reach.machine
    into: dict[str, list[tuple[MoveSets, Outcome]]] = {}
    good: dict[str, int] = {}
    queue = Queue()

    def add(scene: str, states: int) -> None:
        new = without(states & reach.shown.get(scene, 0), good.get(scene, 0))
        good[scene] = good.get(scene, 0) | new
        queue.put(-order[scene], scene, new)

    for scene, moves in machine.moves.items():
        for move in moves:
            for outcome in move.outcomes:
                into.setdefault(outcome.target, []).append((move, outcome))
        add(scene, _stops(reach, scene))
    while queue:
        _, scene, stopping = queue.take()
        arrived = machine.backward(stopping, machine.enter[scene])
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
        shown = without(shown, move.mask)
    return shown
