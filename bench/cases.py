"""Checking cases: how long what the studio shows takes, on generated cases and on the shipped ones.

Times are processor time, since a checker waits for nothing; the best of several runs is told.
The floor is one AND over as many bits as the case has scene and state pairs, done for each move:
the least that any exact exploration has to touch.

Run: python bench/cases.py [--runs 5] [--seed 1]
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from app.domain.naive_policies import any_answer, passing_habits
from app.domain.nearest_change import nearest_change
from app.domain.run import (
    ACTIVITY,
    CHOICE,
    CONTINUE,
    Move,
    Replay,
    current_scene,
    is_open,
    is_waiting,
    replay,
)
from app.domain.scenario import Scenario
from app.domain.scenario_check import check_scenario
from app.domain.scenario_check_conditions import check_conditions
from app.domain.scenario_check_consent import check_consent_states
from app.domain.scenario_check_reach import check_graph, check_reach
from app.domain.scenario_findings import Findings
from app.domain.scenario_states import Exploration, explore
from app.library.library import read_library
from app.library.places import find_places
from app.library.scenario_text import read_case
from tests.clean_cases import clean_case

CODES = frozenset({"CONF", "FAM"})


@dataclass(frozen=True)
class Figure:
    what: str
    seconds: float
    aim: float | None


def best_of(runs: int, work: Callable[[], object]) -> float:
    times = []
    for _ in range(runs):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def wide_case(seed: int, scenes: int) -> str:
    """A case as wide as long: each choice leads somewhere among the next scenes.

    Three choices a scene, a third of them under a condition, half with an effect; 131,072
    combinations of values. The same proportions as in decision 10's first measurements.
    """
    chance = random.Random(seed)
    flags = [f"f{n}" for n in range(9)]
    front = "".join(f"  {flag}: {{flag: true, start: false, show: debrief}}\n" for flag in flags)
    body = [_wide_scene(chance, number, scenes, flags) for number in range(scenes - 2)]
    return _WIDE.format(flags=front) + "\n".join(body) + _WIDE_ENDINGS


def _wide_scene(chance: random.Random, number: int, scenes: int, flags: list[str]) -> str:
    written = [f"## [s{number}] Scene {number}\n\n**Ann:** Well, then, number {number}.\n"]
    for letter, rate in zip("abc", chance.sample((3, 2, 1, 0), 3), strict=True):
        ahead = number + chance.randint(1, 40) if letter != "a" else number + 1
        target = f"s{ahead}" if ahead < scenes - 2 else chance.choice(("good", "poor"))
        written.append(f"- [Do {letter} in {number}.] -> {target} {{#s{number}{letter}}}")
        if letter != "a" and chance.random() < 0.45:
            asked = f"trust >= {chance.randint(1, 15)}", f"strain < {chance.randint(1, 15)}"
            written.append(f"  if: {chance.choice((*asked, chance.choice(flags)))}")
        if chance.random() < 0.5:
            name = chance.choice(("trust", "strain"))
            change = f"{name} {chance.choice(('+1', '-1', '+2'))}", f"{chance.choice(flags)} = true"
            written.append(f"  set: {chance.choice(change)}")
        rated = 3 if letter == "a" else min(rate, 2)
        written.append(f"  rate: {rated}\n  shows: CONF {rated}, FAM {rated}")
        written.append(f"  feedback: What {letter} did in {number} is told in words of its own.")
    return "\n".join(written) + "\n"


def state_checks(case: Scenario) -> Exploration:
    """Everything that depends on states of play, from nothing."""
    findings = Findings(case)
    exploration = explore(case)
    check_graph(exploration, findings)
    check_reach(exploration, findings)
    check_conditions(exploration, findings)
    check_consent_states(exploration, findings)
    return exploration


def read(text: str) -> Scenario:
    case, problems = read_case({"case.md": text}, path="made")
    assert case is not None, problems
    return case


def large(title: str, text: str, runs: int) -> list[Figure]:
    case = read(text)
    exploration = state_checks(case)
    print(
        f"\n{title}: {len(case.scenes):,} scenes, {exploration.plan.size:,} combinations, "
        f"{exploration.pairs:,} scene and state pairs, {len(text) // 1024} KB"
    )
    reach = exploration.reach
    assert reach is not None
    sets = [
        (reach.shown.get(m.scene, 0), m.mask) for some in reach.machine.moves.values() for m in some
    ]
    return [
        Figure(
            "floor: one AND for each move", best_of(runs, lambda: [a & b for a, b in sets]), None
        ),
        Figure("reading the text", best_of(runs, lambda: read(text)), None),
        Figure("following every state", best_of(runs, lambda: explore(case)), None),
        Figure("all checks of states", best_of(runs, lambda: state_checks(case)), 1.0),
        Figure("highest total", best_of(1, lambda: explored(exploration).best_total), None),
        Figure("totals of every ending", best_of(1, lambda: explored(exploration).scores), 2.0),
    ]


def explored(exploration: Exploration) -> Exploration:
    """The same states, with nothing worked out from them yet."""
    return Exploration(exploration.scenario, exploration.plan, exploration.reach)


def typing(title: str, text: str, runs: int) -> list[Figure]:
    """What the studio works out at each pause in typing."""
    case = read(text)
    best = explore(case).best_total or 0

    def everything() -> None:
        check_scenario(read(text), known_competencies=CODES, plays_habits=False)

    print(f"\n{title}: {len(case.scenes)} scenes, {explore(case).plan.size:,} combinations")
    return [
        Figure("reading the text", best_of(runs, lambda: read(text)), None),
        Figure("reading and every check but habits", best_of(runs, everything), 0.05),
        Figure(
            "habits and minutes", best_of(runs, lambda: passing_habits(case, best_total=best)), None
        ),
    ]


def a_play(case: Scenario, seed: int) -> Replay:
    chance, moves = random.Random(seed), list[Move]()
    for _ in range(200):
        state = replay(case, seed=seed, moves=moves).state
        scene = current_scene(case, state)
        picks = [choice.id for choice in scene.choices if is_open(choice, state)]
        if state.has_ended:
            break
        if scene.activity is not None and is_waiting(scene, state):
            moves.append(Move(scene.id, ACTIVITY, answer=any_answer(scene.activity)))
        elif picks:
            moves.append(Move(scene.id, CHOICE, chance.choice(picks)))
        else:
            moves.append(Move(scene.id, CONTINUE))
    return replay(case, seed=seed, moves=moves)


def shipped() -> list[Scenario]:
    return list(read_library(find_places(None, None)).scenarios.values())


def check_shipped(runs: int) -> list[Figure]:
    print("\nThe cases that ship: every check but habits, without reading")
    return [
        Figure(f"{case.id}, {len(case.scenes)} scenes", best_of(runs, partial(checked, case)), 0.05)
        for case in shipped()
    ]


def checked(case: Scenario) -> None:
    codes = frozenset(case.competencies)
    check_scenario(case, known_competencies=codes, plays_habits=False)


def nearest(runs: int) -> list[Figure]:
    print("\nThe nearest change, on the cases that ship (worst of ten plays each)")
    figures = []
    for case in shipped():
        plays = [a_play(case, seed) for seed in range(10)]
        worst = max(best_of(runs, partial(nearest_change, case, play)) for play in plays)
        figures.append(Figure(case.id, worst, 0.05))
    return figures


def tell(figures: list[Figure]) -> None:
    for one in figures:
        aim = "" if one.aim is None else f"  aim {one.aim * 1000:,.0f} ms: "
        if one.aim is not None:
            aim += "kept" if one.seconds <= one.aim else f"missed by {one.seconds / one.aim:.1f}"
        print(f"  {one.what:<36}{one.seconds * 1000:>9,.1f} ms{aim}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, one used")
    tell(large("A thousand scenes, wide", wide_case(told.seed, 1_000), told.runs))
    long = clean_case(told.seed, chapters=249, flags=6, highest=15)
    tell(large("A thousand scenes, five hundred decisions in a row", long, min(told.runs, 2)))
    text = clean_case(told.seed, chapters=13, flags=0)
    tell(typing("Sixty scenes", text, told.runs))
    tell(check_shipped(told.runs))
    tell(nearest(told.runs))


_WIDE = """---
format: 1
id: made
title: A wide case
language: en
start: s0
competencies: [CONF, FAM]
cast:
  you: {{name: You, role: counselor}}
  ann: {{name: Ann, role: client}}
state:
  trust: {{range: 0..15, start: 7, show: debrief}}
  strain: {{range: 0..15, start: 3, show: debrief}}
{flags}---

# Scenes

"""
_WIDE_ENDINGS = """
## [good] Well
ending: good

## [poor] Poorly
ending: poor
"""

if __name__ == "__main__":
    main()
