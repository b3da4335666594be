"""What a new wording of a case means for people in the middle of it. Nobody is ever reset.

Source: docs/decisions/0014-studio-for-cases.md.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from app.domain.case_changes import DECLARED
from app.domain.errors import DomainError
from app.domain.run import Replay, replay
from app.domain.scenario import Scenario


class RunStand(StrEnum):
    """How an open run stands to a new wording."""

    UNTOUCHED = "untouched"  # nothing changed that this run has met or can meet
    SAME_PATH = "same path"  # what it met is as it was; something else changed
    DECISION_CHANGED = "decision changed"  # something it met, or what it rests on
    SCENE_GONE = "scene gone"  # the scene it stands in is not there any more


MOVES_ON = frozenset({RunStand.UNTOUCHED, RunStand.SAME_PATH})


def stand_of_run(before: Scenario, after: Scenario, run: Replay) -> RunStand:
    """Classes an open run by what changed of its path, its scene and its state.

    A run that moves on is played again in the new wording and stands where it stood.
    """
    if after.scene(run.state.scene) is None:
        return RunStand.SCENE_GONE
    if any(getattr(before, name) != getattr(after, name) for name in DECLARED):
        return RunStand.DECISION_CHANGED
    met = {run.start.scene, *(step.after.scene for step in run.steps)}
    if any(_differs(before, after, scene) for scene in met) or not _plays_alike(after, run):
        return RunStand.DECISION_CHANGED
    ahead = before.scene_by_id.keys() | after.scene_by_id.keys()
    if any(_differs(before, after, scene) for scene in ahead):
        return RunStand.SAME_PATH
    return RunStand.UNTOUCHED


def _differs(before: Scenario, after: Scenario, scene_id: str) -> bool:
    old, new = before.scene(scene_id), after.scene(scene_id)
    if old is None or new is None:
        return old is not new
    return replace(old, fingerprint="") != replace(new, fingerprint="")  # comments do not count


def _plays_alike(after: Scenario, run: Replay) -> bool:
    try:
        again = replay(after, seed=run.start.seed, moves=[step.move for step in run.steps])
    except DomainError:
        return False
    return [step.after for step in again.steps] == [step.after for step in run.steps]
