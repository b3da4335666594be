"""The smallest change to a run that would have led to another ending.

A choice counts as changed when the learner chose otherwise in the same scene, the first time
there. What is chosen in scenes the learner never met is free, but as little of it as possible.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import count

from app.domain.play_state import PlayState
from app.domain.run import (
    CHOICE,
    CONTINUE,
    Move,
    Replay,
    current_scene,
    is_open,
    play_move,
)
from app.domain.scenario import Choice, Scenario, Scene
from app.domain.scenario_axes import plan_axes
from app.domain.scenario_space import AxisKey
from app.domain.scenario_vocabulary import EndingKind

MOST_STATES = 3_000  # states looked at before giving up; ordinary cases need some dozens
# How well an ending goes for the people in the case; a stopped run is no ending to aim for.
_RANK = {EndingKind.GOOD: 3, EndingKind.MIXED: 2, EndingKind.POOR: 1, EndingKind.STOPPED: 0}


@dataclass(frozen=True, slots=True)
class ChangedChoice:
    """One decision that would have been another. Shape: feedback is what the author wrote."""

    scene: str
    title: str
    taken: str  # label of the learner's choice
    instead: str  # label of the other one
    instead_id: str
    feedback: str


@dataclass(frozen=True, slots=True)
class NearestChange:
    """The fewest changed choices that lead to another ending, in the order they are met.

    Shape: `free_choices` counts further choices in scenes the learner never met.
    """

    changes: tuple[ChangedChoice, ...]
    free_choices: int
    ending: str
    ending_title: str
    ending_kind: EndingKind


@dataclass(frozen=True, slots=True)
class _Reached:
    state: PlayState
    changes: tuple[ChangedChoice, ...]
    free: int


def nearest_change(
    scenario: Scenario, run: Replay, *, better_only: bool = False
) -> NearestChange | None:
    """Finds the smallest change that leads to another ending, or only to a better one.

    None: the run has not ended, there is no such ending, or the case is too large to say.
    Cost: some milliseconds for an ordinary case.
    """
    if not run.state.has_ended:
        return None
    taken = _first_choices(scenario, run)
    keys = tuple(axis.key for axis in plan_axes(scenario).axes)
    order = count()
    waiting = [(0, 0, next(order), _Reached(run.start, (), 0))]
    seen: set[tuple[object, ...]] = set()
    while waiting and len(seen) < MOST_STATES:
        _, _, _, reached = heapq.heappop(waiting)
        key = _key(reached.state, keys)
        if key in seen:
            continue
        seen.add(key)
        if reached.state.has_ended:
            if _is_other(run.state, reached.state, better_only=better_only):
                return _told(scenario, reached)
            continue
        for after in _next(scenario, reached, taken):
            heapq.heappush(waiting, (len(after.changes), after.free, next(order), after))
    return None


def _first_choices(scenario: Scenario, run: Replay) -> dict[str, Choice]:
    found: dict[str, Choice] = {}
    for step in run.steps:
        choice = scenario.scene_by_id[step.before.scene].choice(step.move.choice_id)
        if step.move.kind == CHOICE and choice is not None:
            found.setdefault(step.before.scene, choice)
    return found


def _next(scenario: Scenario, reached: _Reached, taken: Mapping[str, Choice]) -> list[_Reached]:
    state = reached.state
    scene = current_scene(scenario, state)
    if not scene.choices:
        return [_with(reached, _moved(scenario, state, CONTINUE))] if scene.go else []
    found = []
    for choice in scene.choices:
        if not is_open(choice, state) or scenario.scene(choice.target) is None:
            continue
        after = _moved(scenario, state, CHOICE, choice.id)
        before = taken.get(scene.id)
        if before is None:
            found.append(_Reached(after, reached.changes, reached.free + 1))
        elif before is choice:
            found.append(_with(reached, after))
        else:
            changes = (*reached.changes, _changed(scene, before, choice))
            found.append(_Reached(after, changes, reached.free))
    return found


def _with(reached: _Reached, after: PlayState) -> _Reached:
    return _Reached(after, reached.changes, reached.free)


def _moved(scenario: Scenario, state: PlayState, kind: str, choice: str = "") -> PlayState:
    """Plays a move; an activity on the way is passed over, for it changes nothing."""
    answered = replace(state, is_answered=True)
    return play_move(scenario, answered, Move(state.scene, kind, choice))[0]


def _changed(scene: Scene, before: Choice, instead: Choice) -> ChangedChoice:
    return ChangedChoice(
        scene.id, scene.title, before.label, instead.label, instead.id, instead.feedback
    )


def _is_other(ended: PlayState, other: PlayState, *, better_only: bool) -> bool:
    if ended.ending is None or other.ending is None:
        return False
    if better_only:
        return _RANK[other.ending] > _RANK[ended.ending]
    return other.scene != ended.scene


def _told(scenario: Scenario, reached: _Reached) -> NearestChange:
    scene = current_scene(scenario, reached.state)
    return NearestChange(
        reached.changes,
        reached.free,
        scene.id,
        scene.title,
        scene.ending or EndingKind.STOPPED,
    )


def _key(state: PlayState, keys: tuple[AxisKey, ...]) -> tuple[object, ...]:
    """What the rest of a play depends on."""
    return (state.scene, *(_fact(state, kind, name) for kind, name in keys))


def _fact(state: PlayState, kind: str, name: str) -> object:
    facts = {
        "visited": state.visited,
        "chose": state.chosen,
        "rule": state.fired,
    }
    if kind in facts:
        return name in facts[kind]
    if kind == "state":
        return state.value_of(name)
    return state.status_of(name) if kind == "consent" else state.is_breached
