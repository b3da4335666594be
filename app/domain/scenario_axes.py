"""What can vary while a case is played, and which part of it the checker must follow.

Flags for scenes, choices and rules are followed only where a condition asks for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import prod

from app.domain.scenario import Block, Choice, Conditional, Scenario
from app.domain.scenario_condition import (
    Breached,
    Compare,
    Condition,
    Flag,
    Node,
    Question,
    parts_of,
)
from app.domain.scenario_declared import ConsentAct, Effect, StateVariable
from app.domain.scenario_space import Axis
from app.domain.scenario_vocabulary import STATUS_AFTER, ConsentStatus

LARGEST_DOMAIN = 2_097_152  # combinations of values; beyond it nothing is proven
MOST_PAIRS = 268_435_456  # scenes times combinations; a quarter of a gigabyte of sets
LIVE_DOMAIN = 131_072  # combinations that are quick enough to follow while an author types

CLOCK = "clock"  # a range of this name counts the story's minutes


@dataclass(frozen=True, slots=True)
class AxisPlan:
    """The axes to follow, and what was left out to keep their combinations few.

    Shape: `left_out` tells in words; empty when everything is followed.
    """

    axes: tuple[Axis, ...]
    left_out: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many combinations of values there are."""
        return prod(axis.size for axis in self.axes)


def largest_domain_for(scenario: Scenario, largest: int = LARGEST_DOMAIN) -> int:
    """How many combinations of values can be followed in a case with so many scenes."""
    return min(largest, MOST_PAIRS // max(1, len(scenario.scenes)))


def play_conditions(scenario: Scenario) -> Iterator[Condition]:
    """Every condition that is asked while a case is played."""
    for rule in scenario.rules:
        yield rule.when
    for scene in scenario.scenes:
        if scene.assumes is not None:
            yield scene.assumes
        yield from text_conditions(scene.blocks)
        for choice in scene.choices:
            if choice.condition is not None:
                yield choice.condition


def debrief_conditions(scenario: Scenario) -> Iterator[Condition]:
    """Every condition that is asked after the end."""
    for part in scenario.debrief:
        yield from text_conditions(part.blocks)


def text_conditions(blocks: Iterable[Block]) -> Iterator[Condition]:
    """The conditions of `::: if` blocks."""
    for block in blocks:
        if isinstance(block, Conditional):
            for branch in block.branches:
                if branch.condition is not None:
                    yield branch.condition


def all_effects(scenario: Scenario) -> Iterator[Effect]:
    """Every effect a case can have."""
    for rule in scenario.rules:
        yield from rule.effects
    for scene in scenario.scenes:
        yield from scene.on_enter
        for choice in scene.choices:
            yield from choice.effects


def names_read(conditions: Iterable[Condition]) -> frozenset[str]:
    """The variables that conditions ask for."""
    return frozenset(node.name for node in nodes_of(conditions) if isinstance(node, Compare | Flag))


def nodes_of(conditions: Iterable[Condition]) -> Iterator[Node]:
    """Every part of every condition."""
    for condition in conditions:
        yield from parts_of(condition.node)


def choices_of(scenario: Scenario) -> Iterator[Choice]:
    """Every choice of a case, in the order written."""
    for scene in scenario.scenes:
        yield from scene.choices


def plan_axes(
    scenario: Scenario, *, largest: int = LARGEST_DOMAIN, scored_loops: frozenset[str] = frozenset()
) -> AxisPlan:
    """Chooses what to follow: everything, or less when the combinations become too many.

    Shape: `scored_loops` are scenes whose first decision must be told from later ones.
    The plan may still be larger than `largest`; then the case cannot be proven.
    """
    decided = tuple(Axis(("decided", scene), (False, True)) for scene in sorted(scored_loops))
    full = _axes(scenario, (*play_conditions(scenario), *debrief_conditions(scenario)))
    plan = AxisPlan((*full, *decided), ())
    if plan.size <= largest:
        return plan
    lean = _axes(scenario, tuple(play_conditions(scenario)))
    plan = AxisPlan((*lean, *decided), ("conditions of the debrief",))
    if plan.size <= largest:
        return plan
    read = names_read(play_conditions(scenario))
    unread = tuple(v.name for v in scenario.state if v.name not in read)
    fewest = tuple(axis for axis in lean if axis.key[0] != "state" or axis.key[1] not in unread)
    return AxisPlan((*fewest, *decided), ("conditions of the debrief", *unread))


def _axes(scenario: Scenario, conditions: tuple[Condition, ...]) -> tuple[Axis, ...]:
    asked = {(n.kind, n.subject) for n in nodes_of(conditions) if isinstance(n, Question)}
    axes = [Axis(("state", v.name), _values(v)) for v in scenario.state]
    axes += [Axis(("state", draw.name), draw.values) for draw in scenario.draws]
    axes += _consent_axes(scenario)
    axes += [
        Axis(("visited", scene.id), (False, True))
        for scene in scenario.scene_by_id.values()
        if ("visited", scene.id) in asked
    ]
    chosen = {c.id: c.is_once or ("chose", c.id) in asked for c in choices_of(scenario)}
    axes += [Axis(("chose", choice), (False, True)) for choice, kept in chosen.items() if kept]
    axes += [Axis(("rule", rule.id), (False, True)) for rule in scenario.rules if rule.is_once]
    if any(isinstance(node, Breached) for node in nodes_of(conditions)):
        axes.append(Axis(("breached", ""), (False, True)))
    return tuple(axes)


def _values(variable: StateVariable) -> Sequence[object]:
    if variable.is_range:
        return range(variable.low, variable.low + variable.size)
    return variable.words or (False, True)


def _consent_axes(scenario: Scenario) -> list[Axis]:
    """A consent has only those statuses that some effect can give it."""
    verbs: dict[str, set[ConsentStatus]] = {}
    for effect in all_effects(scenario):
        if isinstance(effect, ConsentAct) and effect.consent in scenario.consent_by_id:
            verbs.setdefault(effect.consent, set()).add(STATUS_AFTER[effect.verb])
    return [
        Axis(
            ("consent", consent),
            tuple(s for s in ConsentStatus if s is ConsentStatus.NONE or s in statuses),
        )
        for consent, statuses in sorted(verbs.items())
    ]
