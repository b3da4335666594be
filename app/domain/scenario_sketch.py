"""A sketch of a case: a few of its axes told apart, all others left open.

Every play of the case is a play of its sketch, and what the sketch leaves open only lets more
plays pass. So the least that an ending still costs in the sketch is never more than what it
really costs, and a search may lean on it.
Source: Culberson and Schaeffer (1998), pattern databases.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from app.domain.scenario import Scenario
from app.domain.scenario_axes import names_read, nodes_of, play_conditions
from app.domain.scenario_condition import Condition, Question
from app.domain.scenario_declared import ConsentAct, Effect
from app.domain.scenario_machine import (
    Assign,
    Keep,
    Machine,
    MoveSets,
    Outcome,
    Shift,
    Step,
    When,
)
from app.domain.scenario_reach import Reach
from app.domain.scenario_space import AxisKey

LARGEST_SKETCH = 128  # combinations told apart; more make each least dearer than the search
FAR = 1 << 60  # dearer than any play

Least = Mapping[str, Sequence[int]]  # scene → for each corner, the least that is still to come
Weigh = Callable[[MoveSets], int]
_Table = tuple[int, ...]  # corner → corner after some steps; -1 where none passes


@dataclass(frozen=True, slots=True)
class SketchWay:
    """One outcome of a move. Shape: `corners` are those it can be taken in."""

    move: MoveSets
    outcome: Outcome
    corners: Sequence[int]
    table: _Table

    @property
    def target(self) -> str:
        """The scene it leads to."""
        return self.outcome.target


class Sketch:
    """The ways of a case between corners: the combinations of values of some axes."""

    def __init__(self, reach: Reach, order: Mapping[str, int], axes: Sequence[AxisKey]) -> None:
        self._reach = reach
        self._order = order
        space = reach.machine.space
        self._kept = [space.position[key] for key in axes]
        self._sizes = [space.sizes[axis] for axis in self._kept]
        self._strides = [prod(self._sizes[:number]) for number in range(len(self._sizes))]
        self.size = prod(self._sizes)
        dropped = set(range(len(space.axes))) - set(self._kept)
        self._dropped = sorted(dropped, key=space.strides.__getitem__, reverse=True)
        self._numbers = [self._number_of(corner) for corner in range(self.size)]
        self._unchanged = tuple(range(self.size))
        self._steps: dict[object, _Table] = {}
        self._spread: dict[int, int] = {}
        self._tables: dict[tuple[_Table, ...], _Table] = {}
        self.ways = {scene: self._ways_from(scene) for scene in reach.walked}
        self._before: dict[str, set[str]] = {}
        for scene, ways in self.ways.items():
            for way in ways:
                self._before.setdefault(way.target, set()).add(scene)

    def corner_of(self, number: int) -> int:
        """The corner a state lies in, by its number."""
        space = self._reach.machine.space
        return sum(
            number // space.strides[axis] % size * stride
            for axis, size, stride in zip(self._kept, self._sizes, self._strides, strict=True)
        )

    def least_ahead(self, ending: str, weigh: Weigh) -> Least:
        """The least that any way to the ending costs, from each corner of each scene.

        Shape: scenes without a way are left out; corners without one cost `FAR`.
        """
        ahead: dict[str, list[int]] = {ending: [0] * self.size}
        waiting = [(-self._order[scene], scene) for scene in self.ways]
        heapq.heapify(waiting)
        queued = set(self.ways)
        while waiting:  # the last scenes first: without loops each is looked at once
            _, scene = heapq.heappop(waiting)
            queued.discard(scene)
            if self._improve(scene, ahead, weigh):
                for before in self._before.get(scene, set()) - queued:
                    heapq.heappush(waiting, (-self._order[before], before))
                    queued.add(before)
        return ahead

    def states_in(self, corners: int) -> int:
        """All states that lie in some corners. Shape: corners as a set of bits."""
        known = self._spread.get(corners)
        if known is None:
            space = self._reach.machine.space
            known = sum(1 << n for c, n in enumerate(self._numbers) if corners >> c & 1)
            for axis in reversed(self._dropped):
                one = known
                for value in range(1, space.sizes[axis]):
                    known |= one << value * space.strides[axis]
            self._spread[corners] = known
        return known

    def _improve(self, scene: str, ahead: dict[str, list[int]], weigh: Weigh) -> bool:
        here = ahead.get(scene) or [FAR] * self.size
        changed = False
        for way in self.ways[scene]:
            there = ahead.get(way.target)
            if there is None:
                continue
            cost, table = weigh(way.move), way.table
            for corner in way.corners:
                landed = table[corner]
                if landed >= 0 and there[landed] < FAR and cost + there[landed] < here[corner]:
                    here[corner] = cost + there[landed]
                    changed = True
        if changed:
            ahead[scene] = here
        return changed

    def _number_of(self, corner: int) -> int:
        """The state in a corner that has the first value of every other axis."""
        space = self._reach.machine.space
        return sum(
            corner // stride % size * space.strides[axis]
            for axis, size, stride in zip(self._kept, self._sizes, self._strides, strict=True)
        )

    def _ways_from(self, scene: str) -> list[SketchWay]:
        reach, ways = self._reach, []
        shown = reach.shown.get(scene, 0)
        everywhere = self._corners_of(shown)
        for move in reach.machine.moves[scene]:
            taken = shown & move.mask
            corners = everywhere if taken == shown else self._corners_of(taken)
            for outcome in move.outcomes if corners else ():
                if outcome.target in reach.walked[scene]:
                    steps = (*outcome.steps, *reach.machine.enter[outcome.target])
                    ways.append(SketchWay(move, outcome, corners, self._table_of(steps)))
        return ways

    def _corners_of(self, states: int) -> tuple[int, ...]:
        """The corners that some state of a set lies in."""
        space = self._reach.machine.space
        for axis in self._dropped:  # the longest stride first: the set is short soon
            stride, folded = space.strides[axis], 0
            for value in range(space.sizes[axis]):
                folded |= (states & space.equal(axis, value)) >> value * stride
            states = folded
        held = states.to_bytes(states.bit_length() // 8 + 1, "little")
        return tuple(
            corner
            for corner, number in enumerate(self._numbers)
            if number < len(held) * 8 and held[number >> 3] >> (number & 7) & 1
        )

    def _table_of(self, steps: Sequence[Step]) -> _Table:
        tables = tuple(table for step in steps if (table := self._step_table(step)))
        known = self._tables.get(tables)
        if known is None:
            known = tuple(_through(tables, corner) for corner in range(self.size))
            self._tables[tables] = known
        return known

    def _step_table(self, step: Step) -> _Table | None:
        """What one step does to each corner. None: it changes none."""
        match step:
            case Keep(mask):
                return self._known_table(id(mask), lambda: self._passing(mask))
            case When(mask, inner):
                return self._known_table(id(step), lambda: self._inside(mask, inner))
            case Shift(axis, amount) if axis in self._kept:
                top = self._sizes[self._kept.index(axis)] - 1
                return self._known_table(
                    step, lambda: self._moved(axis, lambda held: min(max(held + amount, 0), top))
                )
            case Assign(axis, value) if axis in self._kept:
                return self._known_table(step, lambda: self._moved(axis, lambda _: value))
            case _:
                return None

    def _known_table(self, key: object, make: Callable[[], _Table]) -> _Table | None:
        """A table made once. Shape: sets of states, which live as long as the machine, go by id."""
        known = self._steps.get(key)
        if known is None:
            known = self._steps[key] = make()
        return None if known == self._unchanged else known

    def _passing(self, mask: int) -> _Table:
        passing = set(self._corners_of(mask))
        return tuple(corner if corner in passing else -1 for corner in range(self.size))

    def _inside(self, mask: int, inner: Sequence[Step]) -> _Table:
        table, inside = self._table_of(inner), set(self._corners_of(mask))
        return tuple(table[c] if c in inside else c for c in range(self.size))

    def _moved(self, axis: int, change: Callable[[int], int]) -> _Table:
        place = self._kept.index(axis)
        stride, size = self._strides[place], self._sizes[place]
        held = [corner // stride % size for corner in range(self.size)]
        return tuple(corner + (change(value) - value) * stride for corner, value in enumerate(held))


def _through(tables: Sequence[_Table], corner: int) -> int:
    for table in tables:
        if corner < 0:
            break
        corner = table[corner]
    return corner


def telling_axes(machine: Machine, *, largest: int = LARGEST_SKETCH) -> tuple[AxisKey, ...]:
    """Chooses what to tell apart: what ends plays first, then numbers, then what is asked often.

    Left out is what rules change without leading anywhere: whether they do can lean on the rest.
    """
    scenario, space = machine.scenario, machine.space
    leading = _asked(rule.when for rule in scenario.rules if rule.go)
    asked = _asked(play_conditions(scenario))
    unsure = {_key(e) for rule in scenario.rules if not rule.go for e in rule.effects}

    def rank(key: AxisKey) -> tuple[bool, bool, int]:
        return key in leading, _is_number(scenario, key), asked.get(key, 0)

    kept: list[AxisKey] = []
    size = 1
    for key in sorted(space.position, key=rank, reverse=True):
        width = space.sizes[space.position[key]]
        if key in asked and key not in unsure and size * width <= largest:
            kept.append(key)
            size *= width
    return tuple(kept)


def _asked(conditions: Iterable[Condition]) -> Counter[AxisKey]:
    """How many conditions ask for each axis."""
    found: Counter[AxisKey] = Counter()
    for condition in conditions:
        found.update(("state", name) for name in names_read([condition]))
        for node in nodes_of([condition]):
            if isinstance(node, Question):
                found["consent" if node.kind == "asked" else node.kind, node.subject] += 1
    return found


def _key(effect: Effect) -> AxisKey:
    if isinstance(effect, ConsentAct):
        return ("consent", effect.consent)
    return ("state", effect.variable)


def _is_number(scenario: Scenario, key: AxisKey) -> bool:
    variable = scenario.variable_by_name.get(key[1]) if key[0] == "state" else None
    return variable is not None and variable.is_range
