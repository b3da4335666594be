"""Plays cases for the demo, along the test walks that lie beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from app.demo.activity import SEED, Month
from app.domain.person import Viewer
from app.domain.run import ACTIVITY, CHOICE, CONTINUE, Move, current_scene, is_waiting
from app.domain.scenario import Scenario
from app.domain.scenario_walk import AnswerStep, PickStep, Walk
from app.services import play
from app.services.play import RunInPlay, StepAsked

SECONDS_A_STEP = (15, 95)  # the shortest and the longest
LETTERS, HAL, TRUCK = "three-letters", "what-hal-may-know", "what-the-truck-carries"
# Who plays which case along which of its walks, and when in the month.
# An unfinished run stops after so many steps.
PLAYED: Mapping[str, tuple[tuple[str, int, float, int], ...]] = {
    "ana": ((HAL, 0, 0.35, 99), (TRUCK, 1, 0.8, 5)),
    "noor": ((LETTERS, 1, 0.3, 99), (HAL, 2, 0.6, 99), (TRUCK, 0, 0.9, 99)),
    "luis": ((LETTERS, 2, 0.7, 99), (TRUCK, 4, 0.75, 99)),
    "mika": ((LETTERS, 0, 0.5, 99), (HAL, 1, 0.85, 99), (TRUCK, 5, 0.6, 99)),
    # One case is played by enough people for its paths to be told to trainers.
    "priya": ((TRUCK, 4, 0.4, 99),),
    "tomas": ((TRUCK, 2, 0.55, 99),),
    "amara": ((TRUCK, 3, 0.5, 99), (TRUCK, 4, 0.7, 99)),
}


def play_cases(month: Month, key: str) -> None:
    """Lets one person play the cases that are theirs in the demo."""
    for case, walk, share, steps in PLAYED.get(key, ()):
        scenario = month.library.scenarios.get(case)
        if scenario is not None and scenario.walks:
            chosen = scenario.walks[walk % len(scenario.walks)]
            moment = month.at(month.day(share), 20, 5)
            chance = Random(f"{SEED}-{key}-{scenario.id}-{walk}")
            _play(month, month.viewers[key], scenario, chosen, Pace(moment, steps, chance))


@dataclass(frozen=True, slots=True)
class Pace:
    """When somebody begins, after how many steps they stop at the latest, and how fast they are."""

    began_at: datetime
    most: int
    chance: Random


def _play(month: Month, viewer: Viewer, scenario: Scenario, walk: Walk, pace: Pace) -> None:
    moment = pace.began_at
    run = play.start_case(
        month.store,
        viewer,
        scenario,
        month.library.texts,
        request_key=f"demo-{walk.name}"[:64],
        seed=walk.seed,
        now=moment,
    )
    in_play = play.open_run(month.store, viewer, run.id)
    told = [step for step in walk.steps if isinstance(step, PickStep | AnswerStep)]
    for _ in range(pace.most):
        if in_play.has_ended:
            return
        moment += timedelta(seconds=pace.chance.randint(*SECONDS_A_STEP))
        key = f"demo-{in_play.position}"
        asked = StepAsked(_next_move(in_play, told), in_play.position, key)
        in_play = play.take_step(month.store, viewer, run_id=run.id, asked=asked, now=moment)


def _next_move(in_play: RunInPlay, told: list[PickStep | AnswerStep]) -> Move:
    """The next move of the walk; ways on without a choice need not be told."""
    state = in_play.replay.state
    scene = current_scene(in_play.scenario, state)
    if not scene.choices and not is_waiting(scene, state):
        return Move(scene.id, CONTINUE)
    match told.pop(0):
        case PickStep(choice):
            return Move(scene.id, CHOICE, choice)
        case AnswerStep(_, answer):
            return Move(scene.id, ACTIVITY, answer=answer)
