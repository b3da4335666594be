"""Playing a case: which moves are legal, what a move changes, and replaying moves.

What a learner may see is built by adding fields; ratings, feedback on choices not taken,
breach and critical marks and expected answers have no field there to leak through.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.domain.errors import Conflict, IllegalMove, InvalidInput, NotFound
from app.domain.play_state import (
    PlayState,
    after_choice,
    first_state,
    leave,
)
from app.domain.scenario import Choice, Scenario, Scene
from app.domain.scenario_answer import read_answer
from app.domain.scenario_condition import holds
from app.domain.scenario_vocabulary import FeedbackTime
from app.domain.scenario_walk import Answer

CHOICE, ACTIVITY, CONTINUE = "choice", "activity", "continue"
MOST_MOVES = 10_000  # a run longer than this is refused, so that a loop cannot run for ever


@dataclass(frozen=True, slots=True)
class OfferedChoice:
    """A choice as the learner meets it. Shape: `locked` tells why it is greyed; empty if open."""

    id: str
    label: str
    locked: str = ""

    @property
    def is_open(self) -> bool:
        """Says whether it can be taken now."""
        return not self.locked


@dataclass(frozen=True, slots=True)
class StepOutcome:
    """What a move brought: feedback to read now, and where it led.

    Shape: `feedback` is Markdown, empty when there is none or the case keeps it for the debrief;
    `rules` are ids of rules that fired; `scene` is where the move was made, `went_to` where the
    run stands now.
    """

    scene: str
    went_to: str
    kind: str
    feedback: str = ""
    rules: tuple[str, ...] = ()
    has_ended: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """One move of a run as it is stored. Shape: `kind` is choice, activity or continue.

    None: `answer` is None for everything but an activity.
    """

    scene: str
    kind: str
    choice_id: str = ""
    answer: Answer | None = None

    def as_json(self) -> dict[str, Any]:
        """The move as plain JSON."""
        told: dict[str, Any] = {"scene": self.scene, "kind": self.kind}
        if self.choice_id:
            told["choice_id"] = self.choice_id
        if self.answer is not None:
            told["answer"] = self.answer
        return told

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Move:
        """Reads what `as_json` wrote. Raises: InvalidInput if it is something else."""
        scene, kind = told.get("scene"), told.get("kind")
        choice_id, answer = told.get("choice_id", ""), told.get("answer")
        fits = isinstance(scene, str) and isinstance(kind, str) and isinstance(choice_id, str)
        if not fits or not (answer is None or isinstance(answer, dict)):
            raise InvalidInput("move-unreadable", "A stored move cannot be read.")
        return cls(str(scene), str(kind), choice_id, answer)


@dataclass(frozen=True, slots=True)
class ReplayStep:
    """One move with the states around it. Shape: `answer` is tidied, for activities only."""

    move: Move
    before: PlayState
    after: PlayState
    outcome: StepOutcome


@dataclass(frozen=True, slots=True)
class Replay:
    """A run played again from its moves."""

    start: PlayState
    steps: tuple[ReplayStep, ...]

    @property
    def state(self) -> PlayState:
        """Where the run stands after its last move."""
        return self.steps[-1].after if self.steps else self.start


def start_run(scenario: Scenario, *, seed: int) -> PlayState:
    """Starts a run. The seed decides random draws and the order of choices.

    Raises: NotFound if the case has no first scene.
    """
    if scenario.scene(scenario.start) is None:
        raise NotFound("no-first-scene", "This case has no first scene yet.")
    return first_state(scenario, seed=seed)


def current_scene(scenario: Scenario, state: PlayState) -> Scene:
    """The scene a run stands in. Raises: NotFound if the case no longer has it."""
    scene = scenario.scene(state.scene)
    if scene is None:
        raise NotFound("scene-gone", "The scene this run stands in is no longer part of the case.")
    return scene


def legal_choices(scenario: Scenario, state: PlayState) -> tuple[OfferedChoice, ...]:
    """The choices of the scene in the order this run shows them, locked ones with the reason.

    Shape: empty at an ending, and while the scene's activity waits for an answer.
    """
    scene = current_scene(scenario, state)
    if state.has_ended or is_waiting(scene, state):
        return ()
    offered = []
    for choice in in_shown_order(scene, seed=state.seed):
        if is_open(choice, state):
            offered.append(OfferedChoice(choice.id, choice.label))
        elif choice.locked:
            offered.append(OfferedChoice(choice.id, choice.label, choice.locked))
    return tuple(offered)


def in_shown_order(scene: Scene, *, seed: int) -> list[Choice]:
    """The choices in the order one run shows them; the same on every visit."""
    choices = list(scene.choices)
    if scene.is_shuffled:
        random.Random(f"{seed}:{scene.id}").shuffle(choices)
    return choices


def is_open(choice: Choice, state: PlayState) -> bool:
    """Says whether a choice can be taken in a state."""
    used_up = choice.is_once and choice.id in state.chosen
    return not used_up and holds(choice.condition, state)


def is_waiting(scene: Scene, state: PlayState) -> bool:
    """Says whether the scene's activity still waits for an answer."""
    return scene.activity is not None and not state.is_answered


def counted_rate(scene: Scene, state: PlayState, choice: Choice) -> int | None:
    """The rating a choice adds if taken now. None: not scored, or decided here before.

    Source: docs/decisions/0010-branching-cases.md (only the first pass counts).
    """
    if not choice.is_scored or scene.id in state.decided:
        return None
    return choice.rate


def take_choice(
    scenario: Scenario, state: PlayState, choice_id: str
) -> tuple[PlayState, StepOutcome]:
    """Takes a choice.

    Raises: IllegalMove if the run has ended, an activity waits, or the choice is not open.
    """
    scene = _scene_in_play(scenario, state)
    if is_waiting(scene, state):
        raise IllegalMove("activity-first", "Answer the activity first; then choose.")
    choice = scene.choice(choice_id)
    if choice is None or not is_open(choice, state):
        reason = choice.locked if choice else ""
        raise IllegalMove(
            "choice-not-open", reason or "This choice is not open here.", "Choose another one."
        )
    _require_scene(scenario, choice.target)
    after, rules = leave(scenario, after_choice(scenario, state, choice), choice.target)
    feedback = choice.feedback if scenario.feedback_time is FeedbackTime.AT_ONCE else ""
    return after, StepOutcome(scene.id, after.scene, CHOICE, feedback, rules, after.has_ended)


def answer_activity(
    scenario: Scenario, state: PlayState, answer: Mapping[str, object]
) -> tuple[PlayState, StepOutcome]:
    """Answers the activity of the scene; the run stays in the scene.

    Raises: IllegalMove if nothing waits for an answer; InvalidInput if the answer does not fit.
    """
    scene = _scene_in_play(scenario, state)
    if scene.activity is None or state.is_answered:
        raise IllegalMove("nothing-to-answer", "There is nothing to answer here.")
    read_answer(scene.activity, answer)
    after = replace(state, is_answered=True, step=state.step + 1)
    at_once = scenario.feedback_time is FeedbackTime.AT_ONCE
    feedback = scene.activity.feedback if at_once else ""
    return after, StepOutcome(scene.id, scene.id, ACTIVITY, feedback)


def go_on(scenario: Scenario, state: PlayState) -> tuple[PlayState, StepOutcome]:
    """Follows the one way on of a scene without choices.

    Raises: IllegalMove if the run has ended, an activity waits, or there are choices to take.
    """
    scene = _scene_in_play(scenario, state)
    if is_waiting(scene, state):
        raise IllegalMove("activity-first", "Answer the activity first; then go on.")
    if scene.choices or not scene.go:
        raise IllegalMove("choose-first", "Choose what to do; this scene has no single way on.")
    _require_scene(scenario, scene.go)
    after, rules = leave(scenario, state, scene.go)
    return after, StepOutcome(scene.id, after.scene, CONTINUE, "", rules, after.has_ended)


def play_move(scenario: Scenario, state: PlayState, move: Move) -> tuple[PlayState, StepOutcome]:
    """Plays a stored move. Raises: IllegalMove if it does not fit where the run stands."""
    if move.scene != state.scene:
        raise IllegalMove(
            "other-scene", f"The run stands in “{state.scene}”, not in “{move.scene}”."
        )
    if move.kind == CHOICE:
        return take_choice(scenario, state, move.choice_id)
    if move.kind == ACTIVITY:
        return answer_activity(scenario, state, move.answer or {})
    if move.kind == CONTINUE:
        return go_on(scenario, state)
    raise InvalidInput("move-unreadable", "A stored move cannot be read.")


def replay(scenario: Scenario, *, seed: int, moves: Iterable[Move]) -> Replay:
    """Plays stored moves again from the start. Raises: as `play_move`, at the first misfit."""
    start = state = start_run(scenario, seed=seed)
    steps: list[ReplayStep] = []
    for move in moves:
        if len(steps) >= MOST_MOVES:
            raise IllegalMove("too-long", f"A run has at most {MOST_MOVES:,} moves.")
        after, outcome = play_move(scenario, state, move)
        steps.append(ReplayStep(move, state, after, outcome))
        state = after
    return Replay(start, tuple(steps))


def _scene_in_play(scenario: Scenario, state: PlayState) -> Scene:
    if state.has_ended:
        raise IllegalMove("run-ended", "This run has ended.", "Read the debrief, or start again.")
    return current_scene(scenario, state)


def _require_scene(scenario: Scenario, scene_id: str) -> None:
    if scenario.scene(scene_id) is None:
        raise Conflict("scene-missing", f"The scene “{scene_id}” is not written yet.")
