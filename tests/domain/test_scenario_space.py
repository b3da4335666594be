"""Sets of states as numbers do what the same moves do to each state."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from app.domain.scenario_space import Axis, StateSpace

SIZES = st.lists(st.integers(1, 4), min_size=1, max_size=4)


def a_space(sizes: list[int]) -> StateSpace:
    return StateSpace([Axis(("state", f"v{n}"), range(size)) for n, size in enumerate(sizes)])


def states_in(space: StateSpace, states: int) -> set[tuple[int, ...]]:
    everything = product(*(range(size) for size in reversed(space.sizes)))
    named = [tuple(reversed(values)) for values in everything]
    return {values for number, values in enumerate(named) if states >> number & 1}


@given(SIZES, st.data())
def test_adding_moves_each_state_and_stops_at_the_ends(
    sizes: list[int], data: st.DataObject
) -> None:
    space = a_space(sizes)
    states = data.draw(st.integers(0, space.everything))
    axis = data.draw(st.integers(0, len(sizes) - 1))
    amount = data.draw(st.integers(-6, 6).filter(bool))

    moved = space.add(states, axis, amount)

    def added(values: tuple[int, ...]) -> tuple[int, ...]:
        value = min(max(values[axis] + amount, 0), sizes[axis] - 1)
        return (*values[:axis], value, *values[axis + 1 :])

    assert states_in(space, moved) == {added(values) for values in states_in(space, states)}
    sources = states_in(space, space.add_sources(states, axis, amount))
    all_states = states_in(space, space.everything)
    assert sources == {v for v in all_states if added(v) in states_in(space, states)}


@given(SIZES, st.data())
def test_putting_gives_each_state_one_value(sizes: list[int], data: st.DataObject) -> None:
    space = a_space(sizes)
    states = data.draw(st.integers(0, space.everything))
    axis = data.draw(st.integers(0, len(sizes) - 1))
    value = data.draw(st.integers(0, sizes[axis] - 1))

    def put(values: tuple[int, ...]) -> tuple[int, ...]:
        return (*values[:axis], value, *values[axis + 1 :])

    landed = states_in(space, space.put(states, axis, value))

    assert landed == {put(values) for values in states_in(space, states)}
    sources = states_in(space, space.put_sources(states, axis, value))
    all_states = states_in(space, space.everything)
    assert sources == {v for v in all_states if put(v) in states_in(space, states)}


def test_values_of_a_set_are_told_in_order() -> None:
    space = StateSpace([Axis(("state", "plan"), ("none", "oral", "paper"))])

    assert space.values_in(0b101, 0) == ("none", "paper")
    assert space.one_state(0b110) == {("state", "plan"): "oral"}


def test_no_axes_make_one_state() -> None:
    space = StateSpace([])

    assert (space.size, space.everything) == (1, 1)
