"""Every state in which every scene can be met, and a play that leads to any of them."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from app.domain.scenario_machine import Machine, MoveSets, Outcome
from app.domain.scenario_space import lowest, union, without

Rank = tuple[int, int]  # cost so far, then what orders states of the same cost
SHORTEST_UP_TO = 300  # scenes; larger cases get a witness that is valid but perhaps not shortest


@dataclass(frozen=True, slots=True)
class Chunk:
    """States that arrive in a scene together, and how. None: they are where the case starts."""

    states: int
    move: MoveSets | None
    outcome: Outcome | None


@dataclass(slots=True)
class Reach:
    """All states a case can be in. Shape: scenes that are never met have the empty set.

    `arrivals` are the states before a scene's on-enter effects, `shown` those after them;
    `walked` names the scenes that some play goes to from a scene, and `fired` the rules that led
    to one.
    """

    machine: Machine
    arrivals: dict[str, int] = field(default_factory=dict)
    shown: dict[str, int] = field(default_factory=dict)
    walked: dict[str, set[str]] = field(default_factory=dict)
    fired: set[str] = field(default_factory=set)
    _chunks: dict[str, list[Chunk]] = field(default_factory=dict)

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
        steps = [chunk.move for _, chunk, _ in self._steps_back(scene, arrivals) if chunk.move]
        return tuple(move.name for move in reversed(steps) if move.name)

    def start_of_play(self, scene: str, states: int) -> int:
        """The first state, random draws included, of the play that `play_to` gives."""
        return self.start_of_arrival(scene, self._before_entering(scene, states))

    def start_of_arrival(self, scene: str, arrivals: int) -> int:
        """The first state of the play that `play_to_arrival` gives."""
        return self._origin(scene, arrivals)[1]

    def origin_of_play(self, scene: str, states: int) -> tuple[str, int]:
        """The scene, and the state on arrival there, in which the play of `play_to` begins."""
        return self._origin(scene, self._before_entering(scene, states))

    def _origin(self, scene: str, arrivals: int) -> tuple[str, int]:
        for origin, chunk, state in self._steps_back(scene, arrivals):
            if chunk.move is None:
                return origin, state
        return scene, 0

    def _before_entering(self, scene: str, states: int) -> int:
        states &= self.shown.get(scene, 0)
        return self.machine.backward(states, self.machine.enter[scene])

    def _steps_back(self, scene: str, wanted: int) -> Iterator[tuple[str, Chunk, int]]:
        """Walks from an arrival back to the start, always to something that was found earlier."""
        machine = self.machine
        while True:
            found = self._earliest(scene, wanted)
            if found is None:
                return
            chunk, state = found
            yield scene, chunk, state
            if chunk.move is None or chunk.outcome is None:
                return
            before = machine.backward(state, chunk.outcome.steps) & chunk.move.mask
            scene = chunk.move.scene
            wanted = machine.backward(before, machine.enter[scene])

    def _earliest(self, scene: str, wanted: int) -> tuple[Chunk, int] | None:
        for chunk in self._chunks.get(scene, ()):
            if chunk.states & wanted:
                return chunk, lowest(chunk.states & wanted)
        return None

    def arrive(self, scene: str, chunk: Chunk) -> int:
        """Adds states to a scene and returns those that are new there."""
        new = without(chunk.states, self.arrivals.get(scene, 0))
        if new:
            self.arrivals[scene] = self.arrivals.get(scene, 0) | new
            self._chunks.setdefault(scene, []).append(Chunk(new, chunk.move, chunk.outcome))
        return new

    def follow(self, move: MoveSets, outcome: Outcome, landed: int) -> int:
        """Notes where a move led and returns the states that have not arrived there yet."""
        if landed:
            self.walked[move.scene].add(outcome.target)
            if outcome.rule:
                self.fired.add(outcome.rule)
        return without(landed, self.arrivals.get(outcome.target, 0))


def find_reach(
    machine: Machine,
    order: Mapping[str, int],
    *,
    seeds: Mapping[str, int] | None = None,
    weigh: Callable[[MoveSets], int] | None = None,
    until: Collection[str] = (),
) -> Reach:
    """Finds every state of every scene by following all moves until nothing new appears.

    Units: `weigh` gives the cost of a move; states are then met in order of cost, so that plays
    found are the cheapest.
    Shape: `order` numbers the scenes so that most moves go up; it stops at a scene of `until`.
    None: without `seeds` (scene → arriving states) it starts where the case starts.
    Cost: for 1,000 scenes with some thousand combinations, hundredths of a second.
    """
    reach = Reach(machine, walked={scene: set() for scene in machine.moves})
    by_length = len(machine.enter) <= SHORTEST_UP_TO
    queue: Queue[Chunk] = Queue()
    for scene, states in (seeds or {machine.scenario.start: machine.initial}).items():
        if scene in machine.enter:
            place = 0 if by_length else order[scene]
            queue.put((0, place), scene, Chunk(states, None, None))
    while queue:
        (cost, rank), scene, chunks = queue.take()
        # Only now are states settled: with costs, a cheaper way may be found after a dearer one.
        arrived = union(reach.arrive(scene, chunk) for chunk in chunks)
        states = machine.forward(arrived, machine.enter[scene])
        reach.shown[scene] = reach.shown.get(scene, 0) | states
        if scene in until:
            break
        for move in machine.moves[scene]:
            taken = states & move.mask
            price = cost + weigh(move) if weigh and taken else cost
            for outcome in move.outcomes if taken else ():
                landed = reach.follow(move, outcome, machine.forward(taken, outcome.steps))
                if landed:
                    place = rank + 1 if by_length else order[outcome.target]
                    chunk = Chunk(landed, move, outcome)
                    queue.put((price, place), outcome.target, chunk)
    return reach


Waiting = TypeVar("Waiting")


class Queue(Generic[Waiting]):
    """What waits in scenes to be followed, lowest rank first."""

    def __init__(self) -> None:
        self._waiting: dict[tuple[Rank, str], list[Waiting]] = {}
        self._heap: list[tuple[Rank, str]] = []

    def __bool__(self) -> bool:
        return bool(self._heap)

    def put(self, rank: Rank, scene: str, what: Waiting) -> None:
        """Adds to what waits in a scene at a rank."""
        if (rank, scene) not in self._waiting:
            heapq.heappush(self._heap, (rank, scene))
            self._waiting[rank, scene] = []
        self._waiting[rank, scene].append(what)

    def take(self) -> tuple[Rank, str, list[Waiting]]:
        """Removes what is next: its rank, its scene and all that waits there."""
        rank, scene = heapq.heappop(self._heap)
        return rank, scene, self._waiting.pop((rank, scene))


def find_can_end(reach: Reach, order: Mapping[str, int]) -> dict[str, int]:
    """Finds, for each scene, the shown states from which some play comes to a stop.

    An ending stops a play; so does a state without any way on, which is told by itself.
    """
    machine = reach.machine
    into: dict[str, list[tuple[MoveSets, Outcome]]] = {}
    good: dict[str, int] = {}
    queue: Queue[int] = Queue()

    def add(scene: str, states: int) -> None:
        new = without(states & reach.shown.get(scene, 0), good.get(scene, 0))
        if new:
            good[scene] = good.get(scene, 0) | new
            queue.put((0, -order[scene]), scene, new)

    for scene, moves in machine.moves.items():
        for move in moves:
            for outcome in move.outcomes:
                into.setdefault(outcome.target, []).append((move, outcome))
        add(scene, stops(reach, scene))
    while queue:
        _, scene, stopping = queue.take()
        arrived = machine.backward(union(stopping), machine.enter[scene])
        arrived &= reach.arrivals.get(scene, 0)
        for move, outcome in into.get(scene, ()):
            add(move.scene, machine.backward(arrived, outcome.steps) & move.mask)
    return good


def stops(reach: Reach, scene: str) -> int:
    """The shown states of a scene in which a play stops: at an ending, or without a way on.

    A way into a scene that is not written yet counts as a stop: it is told elsewhere.
    """
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
