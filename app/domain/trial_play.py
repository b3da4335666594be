"""Trying a draft: a play told by its moves, replayed as far as the text still allows.

Nothing of it is kept. An activity is answered with anything that fits, because the way on does
not hang on the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.errors import DomainError
from app.domain.naive_policies import any_answer
from app.domain.play_state import PlayState
from app.domain.run import (
    ACTIVITY,
    CHOICE,
    CONTINUE,
    Move,
    Replay,
    ReplayStep,
    current_scene,
    is_waiting,
    play_move,
    start_run,
)
from app.domain.scenario import Scenario
from app.domain.scenario_activity import Activity, Order, Pick, Say, Sct, Sociogram

ANSWERED, WENT_ON = "~", "."  # moves of a trial that name no choice
MOST_TRIAL_MOVES = 500


@dataclass(frozen=True, slots=True)
class TrialPlay:
    """A trial as far as it goes. Shape: `moves` were taken; `left` could not be."""

    run: Replay
    moves: tuple[str, ...]
    left: tuple[str, ...]


def play_trial(scenario: Scenario, moves: Sequence[str], *, seed: int) -> TrialPlay:
    """Plays moves from the start and stops at the first one the text does not offer.

    Raises: NotFound if the case has no first scene.
    """
    start = state = start_run(scenario, seed=seed)
    steps: list[ReplayStep] = []
    for number, told in enumerate(moves[:MOST_TRIAL_MOVES]):
        try:
            move = _move(scenario, state, told)
            after, outcome = play_move(scenario, state, move)
        except DomainError:
            return TrialPlay(
                Replay(start, tuple(steps)), tuple(moves[:number]), tuple(moves[number:])
            )
        steps.append(ReplayStep(move, state, after, outcome))
        state = after
    return TrialPlay(Replay(start, tuple(steps)), tuple(moves), ())


def moves_for(scenario: Scenario, choices: Iterable[str], *, seed: int, to: str = "") -> list[str]:
    """Spells out a play that is told by its choices only, on to a scene if one is named."""
    state = start_run(scenario, seed=seed)
    moves: list[str] = []
    for choice_id in [*choices, ""]:
        while len(moves) < MOST_TRIAL_MOVES and not _is_there(scenario, state, choice_id, to):
            told = _forced(scenario, state)
            if told is None:
                break
            state = play_move(scenario, state, _move(scenario, state, told))[0]
            moves.append(told)
        if choice_id:
            try:
                state = play_move(scenario, state, Move(state.scene, CHOICE, choice_id))[0]
            except DomainError:
                return moves
            moves.append(choice_id)
    return moves


def walk_of(scenario: Scenario, trial: TrialPlay, *, seed: int) -> str:
    """A trial as a test walk that expects where it came to."""
    lines = [f"seed {seed}"]
    for step in trial.run.steps:
        scene = scenario.scene_by_id[step.before.scene]
        if step.move.kind == CHOICE:
            lines.append(f"pick {step.move.choice_id}")
        elif step.move.kind == CONTINUE:
            lines.append("go")
        elif scene.activity is not None:
            lines.append(_answer_line(scene.activity))
    state = trial.run.state
    lines.append(f"expect ending {state.scene}" if state.has_ended else f"expect at {state.scene}")
    return "\n".join(lines) + "\n"


def _move(scenario: Scenario, state: PlayState, told: str) -> Move:
    scene = current_scene(scenario, state)
    if told == ANSWERED:
        answer = any_answer(scene.activity) if scene.activity is not None else {}
        return Move(scene.id, ACTIVITY, answer=answer)
    if told == WENT_ON:
        return Move(scene.id, CONTINUE)
    return Move(scene.id, CHOICE, told)


def _is_there(scenario: Scenario, state: PlayState, choice_id: str, to: str) -> bool:
    scene = current_scene(scenario, state)
    if state.has_ended:
        return True
    if choice_id:
        return scene.choice(choice_id) is not None and not is_waiting(scene, state)
    return not to or scene.id == to


def _forced(scenario: Scenario, state: PlayState) -> str | None:
    """The only move there is: answering, or going on. None: there is something to choose."""
    scene = current_scene(scenario, state)
    if is_waiting(scene, state):
        return ANSWERED
    return WENT_ON if scene.go and not scene.choices else None


def _answer_line(activity: Activity) -> str:
    match activity:
        case Sociogram():
            return "map"
        case Pick():
            return f"tick {activity.options[0].id}"
        case Order():
            return "order " + " ".join(item.id for item in activity.items)
        case Say():
            return 'say "…"'
        case Sct():
            return "judge 0"
