"""The smallest change to a run that would have led to another ending.

A choice counts as changed when the learner chose otherwise in the same scene, the first time
there. What is chosen in scenes the learner never met is free, but as little of it as possible.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.run import CHOICE, Replay
from app.domain.scenario import Choice, Scenario, Scene
from app.domain.scenario_axes import largest_domain_for, plan_axes
from app.domain.scenario_graph import reading_order, written_edges
from app.domain.scenario_machine import Machine, MoveSets
from app.domain.scenario_reach import find_reach
from app.domain.scenario_space import AxisKey, StateSpace
from app.domain.scenario_vocabulary import ConsentStatus, EndingKind

StartFact = Callable[[AxisKey], object]
_A_CHANGE = 1_000  # outweighs any number of free choices in a play
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

    Shape: `free_choices` counts further choices in scenes the learner never met; `play` holds
    the ids of all choices.
    """

    changes: tuple[ChangedChoice, ...]
    free_choices: int
    play: tuple[str, ...]
    ending: str
    ending_title: str
    ending_kind: EndingKind


def nearest_change(
    scenario: Scenario, run: Replay, *, better_only: bool = False
) -> NearestChange | None:
    """Finds the smallest change that leads to another ending, or only to a better one.

    None: the run has not ended, there is no such ending, or there are too many combinations.
    Cost: about as much as exploring the case once; milliseconds for an ordinary one.
    """
    wanted = _wanted(scenario, run, better_only=better_only)
    plan = plan_axes(scenario)
    if not wanted or plan.size > largest_domain_for(scenario):
        return None
    machine = Machine(scenario, StateSpace(plan.axes))
    taken = _first_choices(scenario, run)

    def weigh(move: MoveSets) -> int:
        if move.choice is None or move.choice is taken.get(move.scene):
            return 0
        return _A_CHANGE if move.scene in taken else 1

    reach = find_reach(
        machine,
        reading_order(written_edges(scenario), scenario.start),
        seeds={scenario.start: machine.space.state_with(_start(scenario, run))},
        weigh=weigh,
        until=wanted,
    )
    ending = next((scene for scene in wanted if reach.shown.get(scene)), None)
    if ending is None:
        return None
    play = reach.play_to(ending, reach.shown[ending])
    return _told(scenario, scenario.scene_by_id[ending], play, taken)


def _wanted(scenario: Scenario, run: Replay, *, better_only: bool) -> frozenset[str]:
    ended = run.state.ending
    if ended is None:
        return frozenset()
    return frozenset(
        scene.id
        for scene in scenario.endings
        if scene.ending is not None
        and scene.id != run.state.scene
        and (not better_only or _RANK[scene.ending] > _RANK[ended])
    )


def _start(scenario: Scenario, run: Replay) -> StartFact:
    """The state before the first scene is entered: declared starts, and this run's draws."""
    drawn = {draw.name for draw in scenario.draws}
    starts = {variable.name: variable.start for variable in scenario.state}

    def fact(key: AxisKey) -> object:
        kind, name = key
        if kind == "state":
            return run.start.values[name] if name in drawn else starts[name]
        return ConsentStatus.NONE if kind == "consent" else False

    return fact


def _first_choices(scenario: Scenario, run: Replay) -> dict[str, Choice]:
    found: dict[str, Choice] = {}
    for step in run.steps:
        choice = scenario.scene_by_id[step.before.scene].choice(step.move.choice_id)
        if step.move.kind == CHOICE and choice is not None:
            found.setdefault(step.before.scene, choice)
    return found


def _told(
    scenario: Scenario, ending: Scene, play: tuple[str, ...], taken: dict[str, Choice]
) -> NearestChange:
    scene_of = {choice.id: scene for scene in scenario.scenes for choice in scene.choices}
    changes = []
    free = 0
    for choice_id in play:
        scene = scene_of[choice_id]
        before, instead = taken.get(scene.id), scene.choice(choice_id)
        if before is None:
            free += 1
        elif instead is not None and before is not instead:
            changes.append(
                ChangedChoice(
                    scene.id, scene.title, before.label, instead.label, choice_id, instead.feedback
                )
            )
    kind = ending.ending or EndingKind.STOPPED
    return NearestChange(tuple(changes), free, play, ending.id, ending.title, kind)
