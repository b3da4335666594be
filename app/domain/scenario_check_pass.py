"""Checks of the pass mark: what it asks for must be there, within reach, and not given away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.domain.competency_counts import MET_FROM
from app.domain.problem import Severity
from app.domain.scenario import Scenario, Scene
from app.domain.scenario_answer import is_scored
from app.domain.scenario_axes import choices_of
from app.domain.scenario_declared import PassMark
from app.domain.scenario_findings import Findings, listed
from app.domain.scenario_graph import loops
from app.domain.scenario_machine import MoveSets
from app.domain.scenario_states import Exploration

_FAR = 100_000  # more than any play has decisions; the price of a critical error


def check_pass_mark(scenario: Scenario, findings: Findings) -> None:
    """Looks for competencies a pass mark asks for that the case does not declare."""
    mark = scenario.pass_mark
    if mark is None:
        return
    codes = [need.code for need in mark.needs]
    unknown = [code for code in codes if code not in scenario.competencies]
    if unknown:
        message = f"“pass” needs {listed(unknown)}, not among the case's competencies."
        advice = "Add it to “competencies”, or correct it."
        findings.add("SC405", message, mark.place, advice=advice)
    if not any(need.value for need in mark.needs) and not mark.forbids_critical:
        findings.add("SC411", "“pass” asks for nothing.", mark.place)


def check_pass_reach(exploration: Exploration, findings: Findings) -> None:
    """Proves that some play meets each need, and that some play misses the mark.

    A need is weighed by itself: that each can be met does not say that one play meets all.
    """
    mark = exploration.scenario.pass_mark
    if mark is None or exploration.reach is None:
        return
    for need in mark.needs:
        most = _most(exploration, need.code, mark)
        if need.code in exploration.scenario.competencies and most is not None:
            if most >= need.value:
                continue
            told = f"the most is {most}" if most >= 0 else "each play has a critical error"
            message = f"No play meets “{need.code}” {need.value} times; {told}."
            findings.add("SC410", message, mark.place)
    _check_given_away(exploration, mark, findings)


def _most(exploration: Exploration, code: str, mark: PassMark) -> int | None:
    """How often a play can meet a competency, when it answers every activity well.

    Shape: below 0 when each play has a critical error that the mark forbids; an activity in a
    loop counts for plays that never come to it.
    None: too many combinations to tell.
    """
    scenes, reach = exploration.scenario.scene_by_id, exploration.reach
    looped = set().union(*loops(reach.walked)) if reach else set()
    asked = {scene.id for scene in scenes.values() if _activity_meets(scene, code)}

    def weigh(move: MoveSets) -> int:
        met = move.scene in asked - looped
        is_critical = move.choice is not None and bool(move.choice.critical)
        price = _FAR * (is_critical and mark.forbids_critical)
        return met + _choice_meets(scenes[move.scene], move, code) - price

    most = exploration.highest_sum(weigh)
    return None if most is None else most + len(asked & looped)


def _activity_meets(scene: Scene, code: str) -> bool:
    activity = scene.activity
    if activity is None or not is_scored(activity):
        return False
    return any(shown.code == code and shown.value >= MET_FROM for shown in activity.shows)


def _choice_meets(scene: Scene, move: MoveSets, code: str) -> bool:
    if move.choice is None or not move.counts:
        return False
    shown = scene.showings(move.choice)
    return any(one.code == code and one.value >= MET_FROM for one in shown)


def _check_given_away(exploration: Exploration, mark: PassMark, findings: Findings) -> None:
    scenario = exploration.scenario
    if mark.forbids_critical:
        if not any(choice.critical for choice in choices_of(scenario)):
            message = "“pass” forbids critical errors, but no choice of the case is one."
            findings.add("SC411", message, mark.place, severity=Severity.INFO)
        elif _critical_is_met(exploration):
            return
    fewest = {need.code: _fewest(exploration, need.code) for need in mark.needs if need.value}
    if fewest and _is_given(mark, fewest):
        message = "Every play meets what “pass” asks for."
        findings.add("SC411", message, mark.place)


def _critical_is_met(exploration: Exploration) -> bool:
    reach = exploration.reach
    moves: Iterable[tuple[MoveSets, int]] = reach.taken() if reach else ()
    return any(taken and move.choice and move.choice.critical for move, taken in moves)


def _fewest(exploration: Exploration, code: str) -> int | None:
    """How often the weakest play meets a competency, when it answers no activity well."""
    scenes = exploration.scenario.scene_by_id
    most = exploration.highest_sum(lambda move: -_choice_meets(scenes[move.scene], move, code))
    return None if most is None else -most


def _is_given(mark: PassMark, fewest: Mapping[str, int | None]) -> bool:
    needs = {need.code: need.value for need in mark.needs if need.value}
    return all((fewest[code] or 0) >= value for code, value in needs.items())
