"""What simple habits earn in a case: always the first choice, always the longest, and so on.

A case that rewards a habit measures the habit. Only what a learner sees is used to choose.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain.competency_counts import decision_total
from app.domain.errors import Conflict
from app.domain.play_state import PlayState
from app.domain.run import (
    ACTIVITY,
    CHOICE,
    CONTINUE,
    Move,
    OfferedChoice,
    Replay,
    ReplayStep,
    current_scene,
    is_waiting,
    legal_choices,
    play_move,
    start_run,
)
from app.domain.run_scene import shown_blocks
from app.domain.scenario import Scenario
from app.domain.scenario_activity import Activity, Order, Pick, Say, Sct, Sociogram
from app.domain.scenario_walk import Answer

STEP_CAP = 500  # moves in one play; a habit may run in circles
DEFAULT_SEEDS = tuple(range(1, 21))
CHECK_SEEDS = DEFAULT_SEEDS[:5]
GUESSING_SEEDS = tuple(range(1, 201))
WORDS_A_MINUTE = 180  # careful reading on a screen
MINUTES_FOR_A_DECISION = 0.5
MINUTES_FOR_AN_ACTIVITY = 2.0
MINUTES_FOR_THE_DEBRIEF = 5.0
PASSING_SHARE = 0.8  # of the best total; the formative default when a case sets no pass mark

_HEDGES = re.compile(
    r"\b(?:may|might|could|perhaps|maybe|some|sometimes|would like|if you|wonder|seems)\b",
    re.IGNORECASE,
)
_REFLECTS = re.compile(
    r"\breflect|\bsounds like|\byou feel|\bask what\b|^[\"“](?:so,? )?you\b|^[\"“]it sounds",
    re.IGNORECASE,
)

Policy = Callable[[Sequence[OfferedChoice], random.Random], OfferedChoice]


@dataclass(frozen=True, slots=True)
class PolicyResult:
    """What one habit earned over several seeds.

    Units: `mean_total` is a sum of ratings; `mean_share` is its proportion 0–1 of the best
    total; `critical_share` is the proportion of plays with a critical error.
    """

    policy: str
    plays: int
    mean_total: float
    mean_share: float
    critical_share: float
    unfinished: int
    passing_share: float  # of plays that do well without a critical error


@dataclass(frozen=True, slots=True)
class GuessingFloor:
    """What chance alone earns: a result below `high_share` says little about a person.

    Units: shares are proportions 0–1 of the best total; 19 of 20 plays stay at or below
    `high_share`; `passing_share` is the proportion of plays that do well without a critical error.
    """

    plays: int
    mean_share: float
    high_share: float
    passing_share: float


def _first(open_choices: Sequence[OfferedChoice], _: random.Random) -> OfferedChoice:
    return open_choices[0]


def _last(open_choices: Sequence[OfferedChoice], _: random.Random) -> OfferedChoice:
    return open_choices[-1]


def _longest(open_choices: Sequence[OfferedChoice], _: random.Random) -> OfferedChoice:
    return max(open_choices, key=lambda choice: len(choice.label))


def _shortest(open_choices: Sequence[OfferedChoice], _: random.Random) -> OfferedChoice:
    return min(open_choices, key=lambda choice: len(choice.label))


def _hedged(open_choices: Sequence[OfferedChoice], _: random.Random) -> OfferedChoice:
    return max(open_choices, key=lambda choice: len(_HEDGES.findall(choice.label)))


def _reflecting(open_choices: Sequence[OfferedChoice], chance: random.Random) -> OfferedChoice:
    fitting = [choice for choice in open_choices if _REFLECTS.search(choice.label)]
    return chance.choice(fitting or list(open_choices))


def _asking(open_choices: Sequence[OfferedChoice], chance: random.Random) -> OfferedChoice:
    most = max(choice.label.count("?") for choice in open_choices)
    return chance.choice([one for one in open_choices if one.label.count("?") == most])


def _uniform(open_choices: Sequence[OfferedChoice], chance: random.Random) -> OfferedChoice:
    return chance.choice(list(open_choices))


POLICIES: dict[str, Policy] = {
    "first": _first,
    "last": _last,
    "longest": _longest,
    "shortest": _shortest,
    "hedged": _hedged,
    "reflecting": _reflecting,
    "asking": _asking,
    "random": _uniform,
}


def naive_results(
    scenario: Scenario, *, best_total: int, seeds: Sequence[int] = DEFAULT_SEEDS
) -> tuple[PolicyResult, ...]:
    """Plays a case with every habit. Units: `best_total` is the highest sum of ratings.

    Cost: one play for each habit and seed; a tenth of a second for an ordinary case.
    """
    return tuple(
        _result(name, [_play(scenario, policy, seed) for seed in seeds], scenario, best_total)
        for name, policy in POLICIES.items()
    )


def passing_habits(
    scenario: Scenario, *, best_total: int, seeds: Sequence[int] = CHECK_SEEDS
) -> tuple[str, ...]:
    """Names the habits that do well with every seed, without a critical error.

    Cost: a habit that fails is played once only.
    """
    return tuple(
        name
        for name, policy in POLICIES.items()
        if best_total
        and all(_passes(scenario, _play(scenario, policy, seed), best_total) for seed in seeds)
    )


def guessing_floor(
    scenario: Scenario, *, best_total: int, seeds: Sequence[int] = GUESSING_SEEDS
) -> GuessingFloor:
    """Plays a case by chance alone. Cost: a millisecond or two for each seed."""
    runs = [_play(scenario, _uniform, seed) for seed in seeds]
    shares = sorted(decision_total(scenario, run) / best_total for run in runs)
    return GuessingFloor(
        plays=len(runs),
        mean_share=sum(shares) / len(shares),
        high_share=shares[math.ceil(0.95 * len(shares)) - 1],
        passing_share=sum(_passes(scenario, run, best_total) for run in runs) / len(runs),
    )


def _passes(scenario: Scenario, run: Replay, best_total: int) -> bool:
    good = decision_total(scenario, run) >= PASSING_SHARE * best_total
    return good and not _is_critical(scenario, run)


def estimated_minutes(scenario: Scenario, *, seeds: Sequence[int] = CHECK_SEEDS) -> float:
    """Estimates how long a play takes: reading, deciding, answering, and the debrief."""
    plays = [_play(scenario, _uniform, seed) for seed in seeds]
    return MINUTES_FOR_THE_DEBRIEF + sum(_minutes(scenario, run) for run in plays) / len(plays)


def _minutes(scenario: Scenario, run: Replay) -> float:
    minutes = 0.0
    for step in run.steps:
        scene = scenario.scene_by_id[step.before.scene]
        if step.move.kind == ACTIVITY:
            minutes += MINUTES_FOR_AN_ACTIVITY
            continue
        texts = [block.text for block in shown_blocks(scenario, scene.blocks, step.before)]
        texts += [choice.label for choice in scene.choices]
        texts.append(step.outcome.feedback)
        words = sum(len(text.split()) for text in texts)
        decides = step.move.kind == CHOICE
        minutes += words / WORDS_A_MINUTE + MINUTES_FOR_A_DECISION * decides
    return minutes


def _result(name: str, runs: list[Replay], scenario: Scenario, best_total: int) -> PolicyResult:
    totals = [decision_total(scenario, run) for run in runs]
    mean = sum(totals) / len(runs)
    return PolicyResult(
        policy=name,
        plays=len(runs),
        mean_total=mean,
        mean_share=mean / best_total if best_total else 0.0,
        critical_share=sum(_is_critical(scenario, run) for run in runs) / len(runs),
        unfinished=sum(not run.state.has_ended for run in runs),
        passing_share=sum(_passes(scenario, run, best_total) for run in runs) / len(runs),
    )


def _is_critical(scenario: Scenario, run: Replay) -> bool:
    taken = ((scenario.scene(s.move.scene), s.move.choice_id) for s in run.steps)
    choices = (scene.choice(choice) for scene, choice in taken if scene is not None)
    return any(choice is not None and choice.critical for choice in choices)


def _play(scenario: Scenario, policy: Policy, seed: int) -> Replay:
    chance = random.Random(f"policy:{seed}")
    start = state = start_run(scenario, seed=seed)
    steps: list[ReplayStep] = []
    while not state.has_ended and len(steps) < STEP_CAP:
        move = _next_move(scenario, state, policy, chance)
        if move is None:
            break
        try:
            after, outcome = play_move(scenario, state, move)
        except Conflict:
            break  # a scene that is not written yet; told by the checker
        steps.append(ReplayStep(move, state, after, outcome))
        state = after
    return Replay(start, tuple(steps))


def _next_move(
    scenario: Scenario, state: PlayState, policy: Policy, chance: random.Random
) -> Move | None:
    scene = current_scene(scenario, state)
    if is_waiting(scene, state) and scene.activity is not None:
        return Move(scene.id, ACTIVITY, answer=any_answer(scene.activity))
    open_choices = [choice for choice in legal_choices(scenario, state) if choice.is_open]
    if open_choices:
        return Move(scene.id, CHOICE, policy(open_choices, chance).id)
    return Move(scene.id, CONTINUE) if scene.go and not scene.choices else None


def any_answer(activity: Activity) -> Answer:
    """An answer that fits an activity and says nothing; it only lets the play go on."""
    match activity:
        case Sociogram():
            return {"rings": {}, "ties": []}
        case Pick():
            return {"chosen": [activity.options[0].id]}
        case Order():
            return {"order": [item.id for item in activity.items]}
        case Say():
            return {"words": "…"}
        case Sct():
            return {"judgment": 0}
