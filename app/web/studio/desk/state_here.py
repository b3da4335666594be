"""What can be true when a scene is reached, each with the shortest play that comes to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.domain.scenario import Scenario
from app.domain.scenario_declared import LEARNER
from app.domain.scenario_states import Exploration
from app.web.shared.part_data import Way
from app.web.studio.desk.pages import StateRow

MOST_VALUES = 12  # of one row; of a longer range only the ends are offered
WORDS = {"visited": "was in", "chose": "chose", "rule": "rule fired", "breached": "breached"}

PlayUrl = Callable[[Sequence[str]], str]


def state_rows(exploration: Exploration, scene_id: str, play_url: PlayUrl) -> tuple[StateRow, ...]:
    """The values at a scene. Empty when it cannot be reached, or nothing was proven."""
    reach = exploration.reach
    states = reach.shown.get(scene_id, 0) if reach else 0
    if reach is None or not states:
        return ()
    space, rows = reach.machine.space, []
    for number, axis in enumerate(space.axes):
        met = [
            (place, value)
            for place, value in enumerate(axis.values)
            if states & space.equal(number, place)
        ]
        ends = met if len(met) <= MOST_VALUES else [met[0], met[-1]]
        ways = tuple(
            Way(
                _told(value),
                play_url(reach.play_to(scene_id, states & space.equal(number, place))),
            )
            for place, value in ends
        )
        rows.append(StateRow(_name(exploration.scenario, axis.key), ways))
    return tuple(rows)


def _told(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _name(scenario: Scenario, key: tuple[str, str]) -> str:
    kind, name = key
    if kind == "state":
        variable = scenario.variable_by_name.get(name)
        return variable.label if variable and variable.label else name
    if kind == "consent":
        consent = scenario.consent_by_id.get(name)
        if consent is None or consent.receiver == LEARNER:
            return f"release {name}"
        return f"release from {scenario.name_of(consent.giver)} to {_receiver(scenario, name)}"
    return f"{WORDS.get(kind, kind)} {name}".strip()


def _receiver(scenario: Scenario, consent_id: str) -> str:
    return scenario.name_of(scenario.consent_by_id[consent_id].receiver)
