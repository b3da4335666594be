"""Plays cases for the demo, along the test walks that lie beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from random import Random

from app.demo.activity import SEED, Month
from app.domain.person import Viewer
from app.domain.run import ACTIVITY, CHOICE, CONTINUE, Move, current_scene, is_waiting
from app.domain.scenario import Scenario
from app.domain.scenario_walk import AnswerStep, PickStep, Walk
from app.services import play
from app.services.play import RunInPlay, StepAsked

SECONDS_A_STEP = (15, 95)  # the shortest and the longest
# Who plays which case along which walk, by their places in the list, and when in the month.
# An unfinished run stops after so many steps.
PLAYED: Mapping[str, tuple[tuple[int, int, float, int], ...]] = {
    "ana": ((1, 0, 0.35, 99), (2, 1, 0.8, 5)),
    "noor": ((0, 1, 0.3, 99), (1, 2, 0.6, 99), (2, 0, 0.9, 99)),
    "luis": ((0, 2, 0.7, 99), (2, 4, 0.75, 99)),
    "mika": ((0, 0, 0.5, 99), (1, 1, 0.85, 99), (2, 5, 0.6, 99)),
    # The third case is played by enough people for its paths to be told to trainers.
    "priya": ((2, 4, 0.4, 99),),
    "tomas": ((2, 2, 0.55, 99),),
    "amara": ((2, 3, 0.5, 99), (2, 4, 0.7, 99)),
}


def play_cases(month: Month, key: str) -> None:
    """Lets one person play the cases that are theirs in the demo."""
    cases = list(month.library.scenarios.values())
    for case, walk, share, steps in PLAYED.get(key, ()):
        if case < len(cases) and cases[case].walks:
            scenario = cases[case]
            chosen = scenario.walks[walk % len(scenario.walks)]
            moment = datetime.combine(month.day(share), time(20, 5), UTC)
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
