"""How often a competency was met, could be met on this path, and could be met in the whole case.

One decision is one observation on each competency its choice shows, and its first pass counts.
Source: docs/decisions/0010-branching-cases.md (counts instead of percentages).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.run import CHOICE, Replay, ReplayStep, counted_rate
from app.domain.scenario import HIGHEST_RATING, Choice, Scenario, Scene
from app.domain.scenario_activity import Activity, Showing
from app.domain.scenario_answer import is_scored, observed_value, read_answer, weigh_answer

MET_FROM = 2  # acceptable; what a value must be for the competency to count as met


@dataclass(frozen=True, slots=True)
class Observation:
    """What one decision or activity showed of one competency. Units: values are 0–3.

    Shape: `best` is the highest value on offer there; `step` counts moves from 0; `choice` is
    empty for an activity.
    """

    code: str
    scene: str
    step: int
    value: int
    best: int
    choice: str = ""

    @property
    def is_met(self) -> bool:
        """Says whether the competency was shown well enough."""
        return self.value >= MET_FROM


@dataclass(frozen=True, slots=True)
class CompetencyCount:
    """The three numbers of one competency, in decisions.

    Units: `earned` and `best_on_offer` are sums of values 0–3 over the decisions reached.
    """

    code: str
    met: int
    reached: int
    possible: int
    earned: int
    best_on_offer: int


def observations(scenario: Scenario, run: Replay) -> tuple[Observation, ...]:
    """Everything a run showed, first passes only, in order.

    A decision is an observation on a competency when the choice taken shows it, or when what
    an expert would do there shows it.
    """
    found: list[Observation] = []
    answered: set[str] = set()
    for number, step in enumerate(run.steps):
        scene = scenario.scene_by_id[step.before.scene]
        if step.move.kind == CHOICE:
            found += _of_choice(scene, step, number)
        elif scene.activity is not None and scene.id not in answered and step.move.answer:
            answered.add(scene.id)
            found += _of_activity(scene, step, number)
    return tuple(found)


def _of_choice(scene: Scene, step: ReplayStep, number: int) -> list[Observation]:
    choice = scene.choice(step.move.choice_id)
    if choice is None or counted_rate(scene, step.before, choice) is None:
        return []
    shown = {showing.code: showing.value for showing in scene.showings(choice)}
    codes = [*shown, *(code for code in expert_codes(scene) if code not in shown)]
    return [
        Observation(code, scene.id, number, shown.get(code, 0), best_value(scene, code), choice.id)
        for code in codes
    ]


def _of_activity(scene: Scene, step: ReplayStep, number: int) -> list[Observation]:
    activity = scene.activity
    if activity is None:
        return []
    share = weigh_answer(activity, read_answer(activity, step.move.answer or {})).share
    if share is None:
        return []
    return [
        Observation(s.code, scene.id, number, observed_value(s.value, share), s.value)
        for s in activity.shows
    ]


def expert_codes(scene: Scene) -> tuple[str, ...]:
    """The competencies a decision lets an expert show, in the order written."""
    experts = [c for c in scene.scored_choices if c.rate == HIGHEST_RATING]
    shown = [s for choice in experts for s in scene.showings(choice)]
    return tuple(dict.fromkeys(s.code for s in shown if s.value >= MET_FROM))


def best_value(scene: Scene, code: str) -> int:
    """The highest value of a competency among the scored choices of a scene."""
    shown = [s for choice in scene.scored_choices for s in scene.showings(choice)]
    return max((showing.value for showing in shown if showing.code == code), default=0)


def opportunities(scenario: Scenario, code: str) -> int:
    """How many decisions and scored activities of a case can show a competency."""
    return sum(
        any(shows_code(scene, choice, code) for choice in scene.choices)
        + (scene.activity is not None and _activity_shows(scene.activity, code))
        for scene in scenario.scenes
    )


def _activity_shows(activity: Activity, code: str) -> bool:
    return is_scored(activity) and code in _codes(activity.shows)


def _codes(showings: Iterable[Showing]) -> set[str]:
    return {showing.code for showing in showings}


def shows_code(scene: Scene, choice: Choice, code: str) -> bool:
    """Says whether a choice is evidence on a competency."""
    return choice.is_scored and code in _codes(scene.showings(choice))


def competency_counts(scenario: Scenario, run: Replay) -> tuple[CompetencyCount, ...]:
    """The counts for each competency the case declares, in its order."""
    found = observations(scenario, run)
    return tuple(
        _count(scenario, code, [one for one in found if one.code == code])
        for code in scenario.competencies
    )


def _count(scenario: Scenario, code: str, found: list[Observation]) -> CompetencyCount:
    return CompetencyCount(
        code=code,
        met=sum(one.is_met for one in found),
        reached=len(found),
        possible=opportunities(scenario, code),
        earned=sum(one.value for one in found),
        best_on_offer=sum(one.best for one in found),
    )


def decision_total(scenario: Scenario, run: Replay) -> int:
    """The sum of ratings of a run's decisions, first passes only."""
    total = 0
    for step in run.steps:
        scene = scenario.scene_by_id[step.before.scene]
        choice = scene.choice(step.move.choice_id)
        if choice is not None:
            total += counted_rate(scene, step.before, choice) or 0
    return total
