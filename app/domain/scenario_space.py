"""Sets of states as whole numbers: one bit for each combination of values a case can be in.

All combinations are numbered, so an effect on a whole set is a shift and a condition is a mask.
Source: docs/decisions/0010-branching-cases.md (why exact checks are affordable).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

AxisKey = tuple[str, str]  # ("state", "alliance"), ("consent", id), ("visited", scene), …


@dataclass(frozen=True, slots=True)
class Axis:
    """One thing that varies. Shape: `values` are told apart by their position."""

    key: AxisKey
    values: Sequence[object]

    @property
    def size(self) -> int:
        """How many values it has."""
        return len(self.values)


class StateSpace:
    """All combinations of the axes, numbered from 0; a set of them is an integer."""

    def __init__(self, axes: Sequence[Axis]) -> None:
        self.axes = tuple(axes)
        self.sizes = tuple(axis.size for axis in axes)
        self.strides: tuple[int, ...] = ()
        self.size = 1
        for size in self.sizes:
            self.strides += (self.size,)
            self.size *= size
        self.everything = (1 << self.size) - 1
        self.position: Mapping[AxisKey, int] = {axis.key: i for i, axis in enumerate(axes)}
        self._equal: dict[tuple[int, int], int] = {}

    def equal(self, axis: int, value: int) -> int:
        """The set of all states in which an axis has one value."""
        known = self._equal.get((axis, value))
        if known is None:
            stride = self.strides[axis]
            period = stride * self.sizes[axis]
            block = ((1 << stride) - 1) << (value * stride)
            known = _repeated(block, period, self.size // period)
            self._equal[axis, value] = known
        return known

    def where(self, axis: int, test: Callable[[object], bool]) -> int:
        """The set of all states in which an axis has a value that passes a test."""
        mask = 0
        for value, told in enumerate(self.axes[axis].values):
            if test(told):
                mask |= self.equal(axis, value)
        return mask

    def add(self, states: int, axis: int, amount: int) -> int:
        """Moves every state along an axis; it stops at the ends."""
        stride, size = self.strides[axis], self.sizes[axis]
        edge = self.equal(axis, size - 1 if amount > 0 else 0)
        for _ in range(min(abs(amount), size - 1)):
            stays = states & edge
            moves = states ^ stays
            states = stays | (moves << stride if amount > 0 else moves >> stride)
        return states

    def add_sources(self, states: int, axis: int, amount: int) -> int:
        """All states that `add` would take into the set."""
        stride, size = self.strides[axis], self.sizes[axis]
        near, far = self.equal(axis, 0), self.equal(axis, size - 1)
        if amount < 0:
            near, far = far, near
        for _ in range(min(abs(amount), size - 1)):
            moved = without(states, near)
            moved = moved >> stride if amount > 0 else moved << stride
            states = moved | (states & far)
        return states

    def put(self, states: int, axis: int, value: int) -> int:
        """Gives every state of a set one value on an axis."""
        stride = self.strides[axis]
        landed = 0
        for held in range(self.sizes[axis]):
            part = states & self.equal(axis, held)
            shift = (value - held) * stride
            landed |= part << shift if shift >= 0 else part >> -shift
        return landed

    def put_sources(self, states: int, axis: int, value: int) -> int:
        """All states that `put` would take into the set."""
        stride = self.strides[axis]
        held = states & self.equal(axis, value)
        base = held >> (value * stride)
        sources = 0
        for other in range(self.sizes[axis]):
            sources |= base << (other * stride)
        return sources

    def values_in(self, states: int, axis: int) -> tuple[object, ...]:
        """The values an axis has somewhere in a set, in their order."""
        return tuple(
            told
            for value, told in enumerate(self.axes[axis].values)
            if states & self.equal(axis, value)
        )

    def state_with(self, fact: Callable[[AxisKey], object]) -> int:
        """The set of the one state in which every axis has the value a function tells."""
        number = 0
        for axis, stride in zip(self.axes, self.strides, strict=True):
            number += stride * list(axis.values).index(fact(axis.key))
        return 1 << number

    def one_state(self, states: int) -> dict[AxisKey, object]:
        """Reads the first state of a set that is not empty."""
        number = lowest(states).bit_length() - 1
        return {
            axis.key: axis.values[number // stride % axis.size]
            for axis, stride in zip(self.axes, self.strides, strict=True)
        }


def lowest(states: int) -> int:
    """The set with the first state only."""
    return states & -states


def without(states: int, others: int) -> int:
    """The states of a set that are not in another one.

    Cost: much less than `states & ~others` for large sets, which copies a negative number.
    """
    return states ^ (states & others)


def union(sets: Iterable[int]) -> int:
    """The states that are in any of the sets."""
    together = 0
    for states in sets:
        together |= states
    return together


def _repeated(block: int, period: int, times: int) -> int:
    """Writes a pattern many times by doubling, which stays fast for millions of states."""
    result, width = 0, 0
    while times:
        if times & 1:
            result |= block << width
            width += period
        block |= block << period
        period *= 2
        times >>= 1
    return result
