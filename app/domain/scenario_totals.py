"""The lowest total with which an ending can be met, found by following the cheapest ways first.

A sketch of the case says how little any play still costs from each moment. Single plays are then
followed in order of what they cost with that. Where even a good sketch lets too many near misses
through, sets of states are followed instead.
Source: Hart, Nilsson and Raphael (1968), best-first search with a bound that never overrates.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from app.domain.scenario_machine import MoveSets, Step
from app.domain.scenario_reach import Queue, Reach
from app.domain.scenario_sketch import FAR, Least, Sketch, SketchWay, Weigh, telling_axes
from app.domain.scenario_space import lowest, union, without

LOOK = 2  # moments followed one by one with each sketch, for each scene, before sets of states
SHORT_UP_TO = 100  # scenes; in shorter cases a telling sketch costs more than it spares


@dataclass(frozen=True)
class Totals:
    """Finds lowest sums of weights in one case.

    Shape: weights may be negative, but no loop may lower a sum. `look` and `short_up_to` change
    how soon something is found, never what.
    """

    reach: Reach
    order: Mapping[str, int]
    look: int = LOOK
    short_up_to: int = SHORT_UP_TO

    @cached_property
    def _bare(self) -> Sketch:
        return Sketch(self.reach, self.order, ())

    @cached_property
    def _telling(self) -> Sketch:
        return Sketch(self.reach, self.order, telling_axes(self.reach.machine))

    def lowest(self, ending: str, weigh: Weigh, *, below: int | None = None) -> int | None:
        """Finds the lowest sum of weights with which a play comes to an ending.

        None: no play comes to the ending, or none with a sum below `below`.
        """
        search = _Search(self.reach, self.order, ending, weigh, below)
        scenes = len(self.order)
        sketch = self._bare
        found = search.play_by_play(sketch, self.look * scenes)
        if found is None and scenes > self.short_up_to:
            sketch = self._telling
            found = search.play_by_play(sketch, self.look * scenes)
        if found is None:
            return search.set_by_set(sketch)
        return found if found < FAR else None


@dataclass(slots=True)
class _Front:
    """The single states that were met, and those of them still to be followed."""

    sketch: Sketch
    least: Least
    order: Mapping[str, int]
    paid: dict[tuple[str, int], int] = field(default_factory=dict)
    done: set[tuple[str, int]] = field(default_factory=set)
    _waiting: list[tuple[int, int, str, int]] = field(default_factory=list)

    def meet(self, scene: str, number: int, cost: int) -> None:
        """Notes a state with what it cost to come to, if that is less than before."""
        if scene not in self.least or cost >= self.paid.get((scene, number), FAR):
            return
        ahead = self.least[scene][self.sketch.corner_of(number)]
        if ahead < FAR:
            self.paid[scene, number] = cost
            heapq.heappush(self._waiting, (cost + ahead, -self.order[scene], scene, number))

    def next(self) -> tuple[int, str, int] | None:
        """The cheapest state not followed yet, with the sum it can hope for. None: none is left."""
        while self._waiting:
            sum_at_least, _, scene, number = heapq.heappop(self._waiting)
            if (scene, number) not in self.done:
                self.done.add((scene, number))
                return sum_at_least, scene, number
        return None


@dataclass(frozen=True, slots=True)
class _Search:
    reach: Reach
    order: Mapping[str, int]
    ending: str
    weigh: Weigh
    below: int | None
    _bytes: dict[int, bytes] = field(default_factory=dict)

    def play_by_play(self, sketch: Sketch, most: int) -> int | None:
        """Follows single states. None: not settled after so many; `FAR`: there is no such play."""
        front = _Front(sketch, sketch.least_ahead(self.ending, self.weigh), self.order)
        for number in self._first_states():
            front.meet(self._start(), number, 0)
        while (found := front.next()) is not None:
            sum_at_least, scene, number = found
            if self.below is not None and sum_at_least >= self.below:
                break
            if scene == self.ending:
                return sum_at_least
            if len(front.done) > most:
                return None
            for move, target, landed in self._onward(scene, number):
                front.meet(target, landed, front.paid[scene, number] + self.weigh(move))
        return FAR

    def _start(self) -> str:
        return self.reach.machine.scenario.start

    def _first_states(self) -> Iterator[int]:
        machine = self.reach.machine
        start = self._start()
        states = machine.forward(machine.initial, machine.enter.get(start, ()))
        while states:
            yield lowest(states).bit_length() - 1
            states = without(states, lowest(states))

    def _onward(self, scene: str, number: int) -> Iterator[tuple[MoveSets, str, int]]:
        machine = self.reach.machine
        for move in machine.moves[scene]:
            if not self._holds(move.mask, number):
                continue
            for outcome in move.outcomes:
                landed = machine.advance(number, outcome.steps, self._holds)
                if landed is not None:
                    landed = machine.advance(landed, machine.enter[outcome.target], self._holds)
                if landed is not None:
                    yield move, outcome.target, landed

    def _holds(self, mask: int, number: int) -> bool:
        """Looks one state up in a set. Cost: little, but for the first look at a set."""
        if mask is self.reach.machine.space.everything:
            return True
        held = self._bytes.get(id(mask))
        if held is None:
            held = self._bytes[id(mask)] = mask.to_bytes(mask.bit_length() // 8 + 1, "little")
        return number < len(held) * 8 and bool(held[number >> 3] >> (number & 7) & 1)

    def set_by_set(self, sketch: Sketch) -> int | None:
        """Follows sets of states; all that cost the same with what is to come go together."""
        machine, least = self.reach.machine, sketch.least_ahead(self.ending, self.weigh)
        start = machine.scenario.start
        settled: dict[str, int] = {}
        classes: dict[int, list[tuple[int, int]]] = {}
        queue: Queue[tuple[int, int, tuple[Step, ...]]] = Queue()
        first = machine.forward(machine.initial, machine.enter.get(start, ()))
        for ahead, corners in _by_cost(least.get(start, ())):
            queue.put((ahead, self.order[start]), start, (first, corners, ()))
        while queue:
            (sum_at_least, _), scene, arriving = queue.take()
            if self.below is not None and sum_at_least >= self.below:
                break
            arrived = union(
                machine.forward(states & sketch.states_in(corners), steps)
                for states, corners, steps in arriving
            )
            new = without(arrived, settled.get(scene, 0))
            if new and scene == self.ending:
                return sum_at_least
            settled[scene] = settled.get(scene, 0) | new
            for way in sketch.ways[scene] if new else ():
                taken = new & way.move.mask
                steps = (*way.outcome.steps, *machine.enter[way.target])
                if taken and id(way) not in classes:
                    classes[id(way)] = self._classes(way, least)
                for more, corners in classes[id(way)] if taken else ():
                    rank = (sum_at_least + more, self.order[way.target])
                    queue.put(rank, way.target, (taken, corners, steps))
        return None

    def _classes(self, way: SketchWay, least: Least) -> list[tuple[int, int]]:
        """How much dearer than hoped a way makes a play, and for which corners as a set of bits."""
        here, there = least[way.move.scene], least.get(way.target)
        if there is None:
            return []
        cost = self.weigh(way.move)
        beyond = [FAR] * len(here)
        for corner in way.corners:
            landed = way.table[corner]
            if landed >= 0 and there[landed] < FAR:
                beyond[corner] = cost + there[landed] - here[corner]
        return _by_cost(beyond)


def _by_cost(costs: Sequence[int]) -> list[tuple[int, int]]:
    """Puts corners of one cost together, as a set of bits; those beyond reach are left out."""
    found: dict[int, int] = {}
    for corner, cost in enumerate(costs):
        if cost < FAR:
            found[cost] = found.get(cost, 0) | 1 << corner
    return list(found.items())
