"""Conditions as sets of states: the same answers as scenario_condition, for all states at once."""

from __future__ import annotations

from app.domain.scenario import Choice, Disclosure, Scenario, Scene, coverers
from app.domain.scenario_condition import (
    All,
    AnyOf,
    Breached,
    Compare,
    Condition,
    EndingIs,
    Flag,
    Node,
    Not,
    Question,
    compare,
)
from app.domain.scenario_space import StateSpace
from app.domain.scenario_vocabulary import ConsentStatus, Value


class Masks:
    """The sets of states in which conditions, consents and flags hold."""

    def __init__(self, scenario: Scenario, space: StateSpace) -> None:
        self.scenario = scenario
        self.space = space
        self._known: dict[Node, int] = {}

    def of(self, condition: Condition | None) -> int:
        """The set of states in which a condition of the play holds."""
        if condition is None:
            return self.space.everything
        return self._mask(condition.node)

    def at_end(self, condition: Condition, ending: Scene) -> int:
        """The set of states in which a condition of the debrief holds after an ending."""
        return self._compute(condition.node, ending)

    def covered(self, choice: Choice, disclosure: Disclosure) -> int:
        """The set of states in which a release covers a disclosure."""
        mask = 0
        for consent in coverers(self.scenario, choice, disclosure):
            mask |= self.status(consent.id, ConsentStatus.GIVEN)
        return mask

    def status(self, consent: str, status: ConsentStatus) -> int:
        """The set of states in which a consent has a status."""
        axis = self.space.position.get(("consent", consent))
        if axis is None:  # nothing ever happens to it
            return self.space.everything if status is ConsentStatus.NONE else 0
        return self.space.where(axis, lambda held: held is status)

    def _mask(self, node: Node) -> int:
        known = self._known.get(node)
        if known is None:
            known = self._known[node] = self._compute(node, None)
        return known

    def _compute(self, node: Node, ending: Scene | None) -> int:
        everything = self.space.everything
        match node:
            case Not(part):
                return everything & ~self._compute(part, ending)
            case All(parts):
                mask = everything
                for part in parts:
                    mask &= self._compute(part, ending)
                return mask
            case AnyOf(parts):
                mask = 0
                for part in parts:
                    mask |= self._compute(part, ending)
                return mask
            case EndingIs(kind):
                return everything if ending is not None and ending.ending == kind else 0
            case _:
                return self._compute_fact(node, ending)

    def _compute_fact(self, node: Node, ending: Scene | None) -> int:
        match node:
            case Compare(name, comparison, value):
                return self._compared(name, comparison, value)
            case Flag(name):
                return self._compared(name, "=", value=True)
            case Breached():
                return self.flag("breached", "")
            case Question("consent", subject):
                return self.status(subject, ConsentStatus.GIVEN)
            case Question("asked", subject):
                return self.space.everything & ~self.status(subject, ConsentStatus.NONE)
            case Question("visited", subject) if ending is not None and ending.id == subject:
                return self.space.everything
            case Question(kind, subject):
                return self.flag(kind, subject)
            case _:
                return 0

    def _compared(self, name: str, comparison: str, value: Value) -> int:
        axis = self.space.position.get(("state", name))
        if axis is None:
            return 0

        def agrees(held: object) -> bool:
            return isinstance(held, int | str) and compare(held, comparison, value)

        return self.space.where(axis, agrees)

    def flag(self, kind: str, subject: str) -> int:
        """The set of states in which something has happened; empty when it is not followed."""
        axis = self.space.position.get((kind, subject))
        return 0 if axis is None else self.space.equal(axis, 1)
