"""Checks of what choices leave behind: those that do the same, and scenes that change nothing."""

from __future__ import annotations

from app.domain.scenario import Choice, Scene
from app.domain.scenario_findings import Findings
from app.domain.scenario_states import Exploration


def check_traces(exploration: Exploration, findings: Findings, *, is_settled: bool) -> None:
    """Looks for false choices. Shape: without `is_settled` plays mean nothing and are left out."""
    for scene in exploration.scenario.scenes:
        _check_false_choices(scene, exploration if is_settled else None, findings)


def _trace(choice: Choice) -> tuple[object, ...]:
    """Everything a choice leaves behind in the story."""
    return (choice.target, choice.effects, choice.disclosures, choice.ground, bool(choice.breach))


def _check_false_choices(scene: Scene, proven: Exploration | None, findings: Findings) -> None:
    seen: dict[tuple[object, ...], Choice] = {}
    for choice in scene.choices:
        guard = choice.condition.node if choice.condition else None
        same = (*_trace(choice), choice.rate, bool(choice.critical), guard, choice.is_again)
        if same in seen:
            message = f"“{choice.id}” and “{seen[same].id}” lead the same way with the same rating."
            findings.add("SC209", message, choice.place, witness=_play(proven, scene, choice))
        seen.setdefault(same, choice)
    traces = {_trace(choice) for choice in scene.choices}
    if len(scene.choices) > 1 and len(traces) == 1 and len(seen) == len(scene.choices):
        message = f"Whatever is chosen in “{scene.id}”, the story goes on in the same way."
        play = proven.play_to(scene.id) if proven else ()
        findings.add("SC208", message, scene.place, witness=play)


def _play(proven: Exploration | None, scene: Scene, choice: Choice) -> tuple[str, ...]:
    """A play that takes the choice. Shape: empty when no play does."""
    if proven is None or proven.reach is None:
        return ()
    for move in proven.reach.machine.moves[scene.id]:
        taken = proven.reach.shown.get(scene.id, 0) & move.mask
        if move.choice is choice and taken:
            return (*proven.reach.play_to(scene.id, taken), choice.id)
    return ()
