"""The list a check writes into, and how it tells of states of play in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from app.domain.problem import Problem, Severity
from app.domain.scenario import Scenario
from app.domain.scenario_axes import names_read, nodes_of
from app.domain.scenario_codes import case_problem
from app.domain.scenario_condition import Condition, Question
from app.domain.scenario_machine import Machine
from app.domain.scenario_reach import Reach
from app.domain.scenario_vocabulary import Place


@dataclass(slots=True)
class Findings:
    """Collects the problems of one case."""

    scenario: Scenario
    problems: list[Problem] = field(default_factory=list)

    def add(
        self,
        code: str,
        message: str,
        place: Place,
        *,
        advice: str = "",
        witness: tuple[str, ...] = (),
        severity: Severity | None = None,
    ) -> None:
        """Notes one problem. None: `severity` is the usual one of the code."""
        problem = case_problem(
            code,
            message,
            path=self.scenario.path,
            place=place,
            advice=advice,
            subject=self.scenario.id,
        )
        usual = severity or problem.severity
        self.problems.append(replace(problem, witness=witness, severity=usual))


def at_line(place: Place, condition: Condition) -> Place:
    """The line of a condition, in the file of what it belongs to."""
    return Place(place.file, condition.line or place.line, condition.line or place.line)


def listed(names: Iterable[str]) -> str:
    """Puts names in quotes with commas between."""
    return ", ".join(f"“{name}”" for name in names)


def told_state(machine: Machine, states: int, condition: Condition) -> str:
    """Tells one state by what a condition asks for: `strain is 3, release_ruth is none`."""
    state = machine.space.one_state(states)
    asked = {("state", name) for name in names_read([condition])}
    for node in nodes_of([condition]):
        if isinstance(node, Question):
            kind = "consent" if node.kind in {"consent", "asked"} else node.kind
            asked.add((kind, node.subject))
    told = [f"{key[1]} is {_word(state[key])}" for key in sorted(asked) if key in state]
    return ", ".join(told)


def when_drawn(reach: Reach, start: int) -> str:
    """Tells the random draws of a starting state, as an addition to a sentence; often empty."""
    draws = reach.machine.scenario.draws
    if not start or not draws:
        return ""
    state = reach.machine.space.one_state(start)
    told = [f"{d.name} is {state['state', d.name]}" for d in draws if ("state", d.name) in state]
    return f" (when {', '.join(told)})" if told else ""


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
