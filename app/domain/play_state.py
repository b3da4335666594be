"""Where one run of a case stands: the scene, what the case keeps track of, what was done.

A state never changes; a move makes a new one. It holds choices, never points.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from app.domain.scenario import Choice, Scenario, Scene, coverers
from app.domain.scenario_axes import CLOCK
from app.domain.scenario_condition import holds
from app.domain.scenario_declared import Add, Consent, ConsentAct, Effect, Put
from app.domain.scenario_vocabulary import (
    STATUS_AFTER,
    ConsentStatus,
    ConsentVerb,
    EndingKind,
    Value,
)


@dataclass(frozen=True, slots=True)
class PlayState:
    """One moment of a run.

    Shape: `visited` are scenes that were left; `decided` are scenes whose scored decision was
    taken; `chosen` are choices; `fired` are rules.
    None: `ending` is None while the run goes on.
    """

    scene: str
    seed: int
    values: Mapping[str, Value]
    consents: Mapping[str, ConsentStatus]
    visited: frozenset[str] = frozenset()
    chosen: frozenset[str] = frozenset()
    decided: frozenset[str] = frozenset()
    fired: frozenset[str] = frozenset()
    is_breached: bool = False
    is_answered: bool = False  # the activity of this scene, on this visit
    ending: EndingKind | None = None
    step: int = 0  # moves taken so far

    @property
    def has_ended(self) -> bool:
        """Says whether the run has come to an ending."""
        return self.ending is not None

    @property
    def ending_kind(self) -> str | None:
        """The kind of the ending that was reached, as conditions ask for it."""
        return self.ending

    def value_of(self, name: str) -> Value | None:
        """The value of a state variable or random draw. None: there is no such variable."""
        return self.values.get(name)

    def status_of(self, consent_id: str) -> ConsentStatus:
        """How things stand with a consent."""
        return self.consents.get(consent_id, ConsentStatus.NONE)

    def has_visited(self, scene_id: str) -> bool:
        """Says whether a scene was left, or is the ending that was reached."""
        return scene_id in self.visited or (self.has_ended and scene_id == self.scene)

    def has_chosen(self, choice_id: str) -> bool:
        """Says whether a choice was taken."""
        return choice_id in self.chosen


def first_state(scenario: Scenario, *, seed: int) -> PlayState:
    """The state in the first scene, with its on-enter effects and this seed's random draws."""
    values: dict[str, Value] = {variable.name: variable.start for variable in scenario.state}
    for draw in scenario.draws:
        # A generator of its own for each draw, so that adding one leaves the others alone.
        chance = random.Random(f"{seed}:{draw.name}")
        values[draw.name] = chance.choices(draw.values, draw.weights)[0]
    state = PlayState(scene=scenario.start, seed=seed, values=values, consents={})
    return enter(scenario, state, scenario.scene_by_id[scenario.start])


def enter(scenario: Scenario, state: PlayState, scene: Scene) -> PlayState:
    """Arrives in a scene: the clock, then its on-enter effects."""
    state = replace(state, scene=scene.id, is_answered=False, ending=scene.ending)
    clock = (Add(CLOCK, scene.minutes),) if scene.minutes else ()
    return with_effects(scenario, state, (*clock, *scene.on_enter))


def after_choice(scenario: Scenario, state: PlayState, choice: Choice) -> PlayState:
    """What a choice itself changes, before any rule is asked."""
    breached = bool(bare_disclosures(scenario, state, choice))
    if choice.breach and not choice.disclosures:
        breached = True
    decided = {state.scene} if choice.is_scored else set()
    state = replace(
        state,
        is_breached=state.is_breached or breached,
        chosen=state.chosen | {choice.id},
        decided=state.decided | decided,
    )
    return with_effects(scenario, state, choice.effects)


def leave(scenario: Scenario, state: PlayState, target: str) -> tuple[PlayState, tuple[str, ...]]:
    """Leaves a scene for another, unless a rule leads elsewhere.

    Rules are checked in order; the first with somewhere to go ends the checking.
    Shape: the second part names the rules that fired.
    """
    state = replace(state, visited=state.visited | {state.scene}, step=state.step + 1)
    fired: list[str] = []
    for rule in scenario.rules:
        if (rule.is_once and rule.id in state.fired) or not holds(rule.when, state):
            continue
        fired.append(rule.id)
        state = replace(state, fired=state.fired | {rule.id})
        state = with_effects(scenario, state, rule.effects)
        if scenario.scene(rule.go) is not None:
            target = rule.go
            break
    return enter(scenario, state, scenario.scene_by_id[target]), tuple(fired)


def covering_consent(
    scenario: Scenario, state: PlayState, choice: Choice, number: int
) -> Consent | None:
    """The standing release that covers one disclosure of a choice. None: there is none."""
    possible = coverers(scenario, choice, choice.disclosures[number])
    given = ConsentStatus.GIVEN
    return next((c for c in possible if state.status_of(c.id) is given), None)


def bare_disclosures(scenario: Scenario, state: PlayState, choice: Choice) -> tuple[int, ...]:
    """The positions of a choice's disclosures that neither a release nor a ground covers."""
    if choice.is_lawful:
        return ()
    return tuple(
        number
        for number in range(len(choice.disclosures))
        if covering_consent(scenario, state, choice, number) is None
    )


def with_effects(scenario: Scenario, state: PlayState, effects: Iterable[Effect]) -> PlayState:
    """Applies effects in order; numbers stop at the ends of their range."""
    values, consents = dict(state.values), dict(state.consents)
    for effect in effects:
        match effect:
            case ConsentAct(verb, consent):
                _act(consents, verb, consent)
            case Put(name, value):
                variable = scenario.variable_by_name.get(name)
                if variable is not None and variable.index_of(value) is not None:
                    values[name] = value
            case Add(name, amount):
                variable = scenario.variable_by_name.get(name)
                held = values.get(name)
                if variable is not None and variable.is_range and isinstance(held, int):
                    values[name] = min(max(held + amount, variable.low), variable.high)
    return replace(state, values=values, consents=consents)


def _act(consents: dict[str, ConsentStatus], verb: ConsentVerb, consent: str) -> None:
    # Asking again does not take back a release that stands.
    if verb is ConsentVerb.ASK and consents.get(consent) is ConsentStatus.GIVEN:
        return
    consents[consent] = STATUS_AFTER[verb]
