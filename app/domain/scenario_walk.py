"""Test walks: a play written down, with what it must find on its way. Running one: walk_player."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.domain.scenario_vocabulary import Place

Answer = dict[str, Any]  # an activity's answer as JSON; its shapes stand in scenario_answer


@dataclass(frozen=True, slots=True)
class PickStep:
    """Takes a choice."""

    choice: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class AnswerStep:
    """Answers the activity of the scene. `word` is the walk command, for messages."""

    word: str
    answer: Answer
    line: int = 0


@dataclass(frozen=True, slots=True)
class GoStep:
    """Follows the one way on."""

    line: int = 0


@dataclass(frozen=True, slots=True)
class SeeStep:
    """Asks that the current scene is the named one and shows some words."""

    scene: str
    words: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class ExpectStep:
    """Asks for a fact: `ending good`, `alliance 8`, `score CONF 9/9`, `locked write`."""

    subject: str
    wanted: tuple[str, ...]
    line: int = 0


WalkStep = PickStep | AnswerStep | GoStep | SeeStep | ExpectStep


@dataclass(frozen=True, slots=True)
class Walk:
    """One test walk of a case."""

    name: str
    seed: int
    steps: tuple[WalkStep, ...]
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class WalkResult:
    """How a walk went. None: `ending` is None when the walk stops before one.

    Shape: `faults` pairs a line of the walk with what went differently; none means it passed.
    """

    walk: str
    faults: tuple[tuple[int, str], ...]
    scenes: tuple[str, ...]
    ending: str | None  # id of the ending scene
    choices: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Says whether everything was as the walk says."""
        return not self.faults
