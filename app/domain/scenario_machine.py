"""A case as moves on sets of states: the same rules as in run, for all states at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.domain.scenario import Choice, Scenario, Scene
from app.domain.scenario_axes import CLOCK
from app.domain.scenario_declared import Add, ConsentAct, Effect, Put, Rule
from app.domain.scenario_masks import Masks
from app.domain.scenario_space import StateSpace, without
from app.domain.scenario_vocabulary import STATUS_AFTER, ConsentStatus, ConsentVerb


@dataclass(frozen=True, slots=True)
class Shift:
    """Adds to an axis, stopping at its ends."""

    axis: int
    amount: int


@dataclass(frozen=True, slots=True)
class Assign:
    """Gives an axis one value, by its position."""

    axis: int
    value: int


@dataclass(frozen=True, slots=True)
class Keep:
    """Lets only some states pass."""

    mask: int


@dataclass(frozen=True, slots=True)
class When:
    """Applies steps to some states and leaves the others as they are."""

    mask: int
    steps: tuple[Step, ...]


Step = Shift | Assign | Keep | When


@dataclass(frozen=True, slots=True)
class Outcome:
    """One place a move can lead to. `rule` names the rule that led there; empty for none."""

    target: str
    steps: tuple[Step, ...]
    rule: str = ""


@dataclass(frozen=True, slots=True)
class MoveSets:
    """A choice, or the one way on, for all states at once.

    Shape: `counts` says whether its rating counts when it is taken.
    None: `choice` is None for the one way on.
    """

    scene: str
    choice: Choice | None
    mask: int
    steps: tuple[Step, ...]  # what the move itself changes, before any rule
    outcomes: tuple[Outcome, ...]
    counts: bool = False

    @property
    def points(self) -> int:
        """The rating it adds to the total; 0 when it does not count."""
        return (self.choice.rate or 0) if self.choice and self.counts else 0

    @property
    def is_scored(self) -> bool:
        """Says whether it is a choice with a rating."""
        return self.choice is not None and self.choice.is_scored

    @property
    def name(self) -> str:
        """The choice to play; empty for the one way on, which plays itself."""
        return self.choice.id if self.choice else ""


class Machine:
    """The moves of a case over one state space.

    Moves to scenes that do not exist have no outcome; such a state still counts as having a way
    on, so that one missing scene is told once and not again as a dead end.
    """

    def __init__(
        self, scenario: Scenario, space: StateSpace, scored_loops: frozenset[str] = frozenset()
    ) -> None:
        self.scenario = scenario
        self.space = space
        self.masks = Masks(scenario, space)
        self._scored_loops = scored_loops
        self.initial = self._initial()
        self.rules = tuple((rule, self._rule_mask(rule)) for rule in scenario.rules)
        # One set for what each rule lets pass, shared by all moves: it saves time and memory.
        self.let_by = tuple(self.space.everything & ~mask for _, mask in self.rules)
        self.enter = {scene.id: self._entering(scene) for scene in scenario.scenes}
        self.moves = {scene.id: tuple(self._moves(scene)) for scene in scenario.scenes}

    def forward(self, states: int, steps: Iterable[Step]) -> int:
        """Takes a set of states through steps."""
        for step in steps:
            if not states:
                return 0
            match step:
                case Keep(mask):
                    states &= mask
                case Assign(axis, value):
                    states = self.space.put(states, axis, value)
                case Shift(axis, amount):
                    states = self.space.add(states, axis, amount)
                case When(mask, inner):
                    inside = states & mask
                    states = self.forward(inside, inner) | (states ^ inside)
        return states

    def backward(self, states: int, steps: tuple[Step, ...]) -> int:
        """Finds every state that the steps would take into the set."""
        for step in reversed(steps):
            match step:
                case Keep(mask):
                    states &= mask
                case Assign(axis, value):
                    states = self.space.put_sources(states, axis, value)
                case Shift(axis, amount):
                    states = self.space.add_sources(states, axis, amount)
                case When(mask, inner):
                    states = (self.backward(states, inner) & mask) | without(states, mask)
        return states

    def advance(
        self, number: int, steps: Iterable[Step], holds: Callable[[int, int], bool]
    ) -> int | None:
        """Takes one state through steps, by its number. None: it does not pass.

        Shape: `holds` says whether a set has a state.
        """
        space = self.space
        for step in steps:
            match step:
                case Keep(mask):
                    if not holds(mask, number):
                        return None
                case Assign(axis, value):
                    stride, size = space.strides[axis], space.sizes[axis]
                    number += (value - number // stride % size) * stride
                case Shift(axis, amount):
                    stride, size = space.strides[axis], space.sizes[axis]
                    held = number // stride % size
                    number += (min(max(held + amount, 0), size - 1) - held) * stride
                case When(mask, inner):
                    inside = holds(mask, number)
                    landed = self.advance(number, inner, holds) if inside else number
                    if landed is None:
                        return None
                    number = landed
        return number

    def effect_steps(self, effects: Iterable[Effect]) -> tuple[Step, ...]:
        """Turns effects into steps; effects on what is not followed vanish."""
        steps = [step for effect in effects for step in self._effect(effect)]
        return tuple(steps)

    def rule_steps(self, rule: Rule) -> tuple[Step, ...]:
        """What a rule changes when it fires, that it has fired included."""
        fired = self._flag_steps("rule", rule.id) if rule.is_once else ()
        return self.effect_steps(rule.effects) + fired

    def _initial(self) -> int:
        states = 1
        for variable in self.scenario.state:
            axis = self.space.position.get(("state", variable.name))
            if axis is not None:
                states = self.space.put(states, axis, variable.index_of(variable.start) or 0)
        for draw in self.scenario.draws:
            axis = self.space.position.get(("state", draw.name))
            if axis is not None:
                possible = [i for i, weight in enumerate(draw.weights) if weight > 0]
                states = sum(self.space.put(states, axis, value) for value in possible)
        return states

    def _flag_steps(self, kind: str, subject: str) -> tuple[Step, ...]:
        axis = self.space.position.get((kind, subject))
        return () if axis is None else (Assign(axis, 1),)

    def _effect(self, effect: Effect) -> tuple[Step, ...]:
        match effect:
            case Add(name, amount):
                axis = self.space.position.get(("state", name))
                variable = self.scenario.variable_by_name.get(name)
                if axis is None or variable is None or not variable.is_range:
                    return ()
                return (Shift(axis, amount),)
            case Put(name, value):
                axis = self.space.position.get(("state", name))
                variable = self.scenario.variable_by_name.get(name)
                index = variable.index_of(value) if variable else None
                return () if axis is None or index is None else (Assign(axis, index),)
            case ConsentAct(verb, consent):
                return self._consent_steps(verb, consent)

    def _consent_steps(self, verb: ConsentVerb, consent: str) -> tuple[Step, ...]:
        axis = self.space.position.get(("consent", consent))
        if axis is None:
            return ()
        status = STATUS_AFTER[verb]
        assign = Assign(axis, list(self.space.axes[axis].values).index(status))
        if verb is not ConsentVerb.ASK:
            return (assign,)
        # Asking again does not take back a release that stands.
        open_still = self.space.everything & ~self.masks.status(consent, ConsentStatus.GIVEN)
        return (When(open_still, (assign,)),)

    def _rule_mask(self, rule: Rule) -> int:
        mask = self.masks.of(rule.when)
        return mask & ~self.masks.flag("rule", rule.id) if rule.is_once else mask

    def _entering(self, scene: Scene) -> tuple[Step, ...]:
        clock = (Add(CLOCK, scene.minutes),) if scene.minutes else ()
        return self.effect_steps((*clock, *scene.on_enter))

    def _moves(self, scene: Scene) -> Iterable[MoveSets]:
        if scene.ending is not None:
            return
        if scene.go and not scene.choices:
            yield self._move(scene, None, self.space.everything)
        for choice in scene.choices:
            mask = self.masks.of(choice.condition)
            if choice.is_once:
                mask &= ~self.masks.flag("chose", choice.id)
            if scene.id in self._scored_loops and choice.is_scored:
                decided = self.masks.flag("decided", scene.id)
                yield self._move(scene, choice, mask & ~decided, counts=True)
                yield self._move(scene, choice, mask & decided)
            else:
                yield self._move(scene, choice, mask, counts=choice.is_scored)

    def _move(
        self, scene: Scene, choice: Choice | None, mask: int, *, counts: bool = False
    ) -> MoveSets:
        steps: tuple[Step, ...] = ()
        if choice is not None:
            steps += self._breach_steps(choice)
            steps += self.effect_steps(choice.effects)
            steps += self._flag_steps("chose", choice.id)
            if choice.is_scored:
                steps += self._flag_steps("decided", scene.id)
        steps += self._flag_steps("visited", scene.id)
        outcomes = self._outcomes(steps, choice.target if choice else scene.go)
        if mask is not self.space.everything:  # one set shared by all open choices saves memory
            mask &= self.space.everything
        return MoveSets(scene.id, choice, mask, steps, outcomes, counts)

    def _breach_steps(self, choice: Choice) -> tuple[Step, ...]:
        flag = self._flag_steps("breached", "")
        if not flag or not (choice.disclosures or choice.breach):
            return ()
        if not choice.disclosures:
            return flag
        if choice.is_lawful:
            return ()
        uncovered = 0
        for disclosure in choice.disclosures:
            uncovered |= self.space.everything & ~self.masks.covered(choice, disclosure)
        return (When(uncovered, flag),)

    def _outcomes(self, steps: tuple[Step, ...], target: str) -> tuple[Outcome, ...]:
        """Rules are checked in order; the first with somewhere to go ends the checking."""
        outcomes = []
        for (rule, mask), let_by in zip(self.rules, self.let_by, strict=True):
            effects = self.rule_steps(rule)
            if self.scenario.scene(rule.go) is not None:
                outcomes.append(Outcome(rule.go, (*steps, Keep(mask), *effects), rule.id))
                steps += (Keep(let_by),)
            elif effects:
                steps += (When(mask, effects),)
        if self.scenario.scene(target) is not None:
            outcomes.append(Outcome(target, steps))
        return tuple(outcomes)
