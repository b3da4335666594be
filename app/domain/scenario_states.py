"""Exact exploration of a case: what can be met, what cannot, and between which totals.

Nothing is sampled: every state of every scene is followed. A case with too many combinations
of values is reported as not proven, never as sound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from app.domain.scenario import Choice, Disclosure, Scenario, Scene
from app.domain.scenario_axes import LARGEST_DOMAIN, AxisPlan, largest_domain_for, plan_axes
from app.domain.scenario_graph import (
    on_every_path,
    reading_order,
    written_edges,
)
from app.domain.scenario_machine import Machine
from app.domain.scenario_reach import Reach, find_can_end, find_reach, locked_states
from app.domain.scenario_rounds import always_stops, decided_again
from app.domain.scenario_scores import ScoreBounds, find_highest_sum, find_score_bounds
from app.domain.scenario_sketch import Weigh
from app.domain.scenario_space import StateSpace, without
from app.domain.scenario_totals import Totals

StatesOf = Callable[[Reach, str], int]


@dataclass(frozen=True, slots=True)
class StatesAt:
    """Some states of a scene, with a play that leads to one. Shape: `play` holds choice ids."""

    scene: str
    count: int
    play: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DisclosureFinding:
    """A disclosure with the number of reachable states in which it is and is not covered."""

    scene: str
    choice: Choice
    disclosure: Disclosure
    taken: int = field(repr=False)  # all states in which it can be told, as a set
    bare: int = field(repr=False)  # those in which no release covers it
    reach: Reach = field(repr=False, compare=False)

    @property
    def covered(self) -> int:
        """In how many states a release covers it."""
        return self.taken.bit_count() - self.uncovered

    @property
    def uncovered(self) -> int:
        """In how many states nothing covers it."""
        return self.bare.bit_count()

    @property
    def play(self) -> tuple[str, ...]:
        """A play to an uncovered one, the disclosing choice included; empty if there is none."""
        if not self.bare:
            return ()
        return (*self.reach.play_to(self.scene, self.bare), self.choice.id)


@dataclass(frozen=True)
class Exploration:
    """Everything that is true of all plays of a case.

    None: `reach` is None when there are too many combinations to follow; then nothing is
    proven, and every list is empty.
    """

    scenario: Scenario
    plan: AxisPlan
    reach: Reach | None = field(repr=False)

    @property
    def is_proven(self) -> bool:
        """Says whether every state was followed."""
        return self.reach is not None

    @cached_property
    def order(self) -> dict[str, int]:
        """The scenes numbered in reading order."""
        return reading_order(written_edges(self.scenario), self.scenario.start)

    @property
    def pairs(self) -> int:
        """How many (scene, state) pairs can be met."""
        return self.reach.pairs if self.reach else 0

    @property
    def moves(self) -> int:
        """How many moves there are, counted for each state they can be taken in."""
        return self.reach.steps if self.reach else 0

    def states_in(self, scene_id: str) -> int:
        """How many states a scene can be met in."""
        return self.reach.shown.get(scene_id, 0).bit_count() if self.reach else 0

    @property
    def unreachable(self) -> tuple[Scene, ...]:
        """The scenes no play shows, in the order written."""
        if self.reach is None:
            return ()
        return tuple(s for s in self.scenario.scenes if not self.reach.shown.get(s.id))

    @property
    def endings_reached(self) -> tuple[Scene, ...]:
        """The endings some play comes to, in the order written."""
        return tuple(scene for scene in self.scenario.endings if self.states_in(scene.id))

    @cached_property
    def stuck(self) -> tuple[StatesAt, ...]:
        """States in which a scene that is no ending shows no way on."""
        return tuple(self._found(locked_states))

    @cached_property
    def endless(self) -> tuple[StatesAt, ...]:
        """States from which no play comes to a stop, neither at an ending nor stuck."""
        if self.reach is None:
            return ()
        if always_stops(self.reach):
            return ()
        can_end = find_can_end(self.reach, self.order)
        return tuple(
            self._found(lambda reach, scene: reach.shown.get(scene, 0) & ~can_end.get(scene, 0))
        )

    @cached_property
    def disclosures(self) -> tuple[DisclosureFinding, ...]:
        """Every disclosure some play makes, covered or not."""
        return tuple(self._disclosures())

    @cached_property
    def scores(self) -> ScoreBounds | None:
        """The lowest and highest decision totals. None: too many combinations to tell."""
        if self.reach is None or self._deciding is None:
            return None
        return find_score_bounds(self.totals, self._deciding)

    @cached_property
    def best_total(self) -> int | None:
        """The highest decision total. None: no ending is met, or too many combinations to tell."""
        return self.highest_sum(lambda move: move.points)

    def highest_sum(self, weigh: Weigh) -> int | None:
        """The highest sum of what moves are worth, on any play that comes to an ending.

        Shape: no loop may raise a sum, but for choices whose rating counts once only.
        None: no ending is met, or too many combinations to tell.
        """
        if self.reach is None or self._deciding is None:
            return None
        return find_highest_sum(self.totals, self._deciding, weigh)

    @cached_property
    def totals(self) -> Totals:
        """What finds the lowest totals. Shape: only for a case whose states were followed."""
        assert self.reach is not None  # noqa: S101 (asked for after it was looked at)
        return Totals(self.reach, self.order)

    @cached_property
    def _deciding(self) -> Machine | None:
        """Moves that tell first decisions from later ones, where a loop leads back to them."""
        if self.reach is None:
            return None
        looped = decided_again(self.reach)
        if not looped:
            return self.reach.machine
        plan = plan_axes(self.scenario, scored_loops=looped)
        if plan.size > largest_domain_for(self.scenario):
            return None
        return Machine(self.scenario, StateSpace(plan.axes), looped)

    @cached_property
    def always_met(self) -> tuple[str, ...]:
        """The scenes every play goes through."""
        if self.reach is None:
            return ()
        ends = [scene.id for scene in self.endings_reached]
        return on_every_path(self.reach.walked, self.scenario.start, ends)

    def values_at(self, scene_id: str) -> dict[str, tuple[object, ...]]:
        """The values each state variable can have in a scene, for those that are followed."""
        if self.reach is None:
            return {}
        space, states = self.reach.machine.space, self.reach.shown.get(scene_id, 0)
        return {
            axis.key[1]: space.values_in(states, number)
            for number, axis in enumerate(space.axes)
            if axis.key[0] == "state"
        }

    def play_to(self, scene_id: str) -> tuple[str, ...]:
        """The choices of a play that shows a scene; empty when none does."""
        if self.reach is None:
            return ()
        return self.reach.play_to(scene_id, self.reach.shown.get(scene_id, 0))

    def _found(self, states_of: StatesOf) -> Iterator[StatesAt]:
        if self.reach is None:
            return
        for scene in self.scenario.scene_by_id:
            states = states_of(self.reach, scene)
            if states:
                yield StatesAt(scene, states.bit_count(), self.reach.play_to(scene, states))

    def _disclosures(self) -> Iterator[DisclosureFinding]:
        if self.reach is None:
            return
        for move, taken in self.reach.taken():
            choice = move.choice
            if choice is None or not taken:
                continue
            for disclosure in choice.disclosures:
                bare = without(taken, self.reach.machine.masks.covered(choice, disclosure))
                yield DisclosureFinding(move.scene, choice, disclosure, taken, bare, self.reach)


def explore(scenario: Scenario, *, largest_domain: int = LARGEST_DOMAIN) -> Exploration:
    """Follows every play of a case at once.

    Units: `largest_domain` counts combinations of values; a larger case is not proven.
    Cost: milliseconds for an ordinary case; under a second for 1,000 scenes.
    """
    largest = largest_domain_for(scenario, largest_domain)
    plan = plan_axes(scenario, largest=largest)
    if plan.size > largest:
        return Exploration(scenario, plan, None)
    machine = Machine(scenario, StateSpace(plan.axes))
    order = reading_order(written_edges(scenario), scenario.start)
    return Exploration(scenario, plan, find_reach(machine, order))
