"""Proves that nobody gives a release which was taken back, unless somebody asks again before.

A release can be given by a choice, on entering a scene, or by a rule; each looks at the state
just before it gives, so one that is revoked and given in one breath is found as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.domain.scenario_declared import ConsentAct, Effect, Rule
from app.domain.scenario_findings import Findings
from app.domain.scenario_machine import Keep, MoveSets, Step, When
from app.domain.scenario_reach import Reach
from app.domain.scenario_vocabulary import ConsentStatus, ConsentVerb, Place


def check_given_again(reach: Reach, findings: Findings) -> None:
    """Looks at everything that gives a release, in every state it happens in."""
    for scene in reach.machine.scenario.scene_by_id.values():
        for move in reach.machine.moves[scene.id]:
            if move.choice is not None and _gives(move.choice.effects):
                taken = reach.shown.get(scene.id, 0) & move.mask
                found = _given_again(reach, taken, (), move.choice.effects)
                for consent, before in found:
                    play = (*reach.play_to(scene.id, before), move.name)
                    _tell(findings, move.name, consent, move.choice.place, play)
        arrivals = reach.arrivals.get(scene.id, 0)
        for consent, before in _given_again(reach, arrivals, (), scene.on_enter):
            play = reach.play_to_arrival(scene.id, before)
            _tell(findings, scene.id, consent, scene.place, play)
    if any(_gives(rule.effects) for rule in reach.machine.scenario.rules):
        _check_rules(reach, findings)


def _check_rules(reach: Reach, findings: Findings) -> None:
    told: set[tuple[str, str]] = set()
    for move, taken in reach.taken():
        for rule, before_it in _rules_after(reach, move) if taken else ():
            for consent, before in _given_again(reach, taken, before_it, rule.effects):
                if (rule.id, consent) not in told:
                    last = (move.name,) if move.name else ()
                    play = (*reach.play_to(move.scene, before), *last)
                    _tell(findings, rule.id, consent, rule.place, play)
                told.add((rule.id, consent))


def _rules_after(reach: Reach, move: MoveSets) -> Iterator[tuple[Rule, tuple[Step, ...]]]:
    """Each rule with the steps from a move up to its effects; those pass only where it fires."""
    machine, steps = reach.machine, move.steps
    for (rule, mask), let_by in zip(machine.rules, machine.let_by, strict=True):
        yield rule, (*steps, Keep(mask))
        if machine.scenario.scene(rule.go) is not None:
            steps += (Keep(let_by),)
        else:
            steps += (When(mask, machine.rule_steps(rule)),)


def _gives(effects: Sequence[Effect]) -> bool:
    return any(isinstance(e, ConsentAct) and e.verb is ConsentVerb.GIVE for e in effects)


def _given_again(
    reach: Reach, states: int, before: tuple[Step, ...], effects: Sequence[Effect]
) -> Iterator[tuple[str, int]]:
    """Consents given while revoked. Shape: the second part is the states it starts from."""
    if not states or not _gives(effects):
        return
    machine = reach.machine
    now = machine.forward(states, before)
    for effect in effects:
        if isinstance(effect, ConsentAct) and effect.verb is ConsentVerb.GIVE:
            revoked = now & machine.masks.status(effect.consent, ConsentStatus.REVOKED)
            if revoked:
                yield effect.consent, machine.backward(revoked, before) & states
        steps = machine.effect_steps((effect,))
        now = machine.forward(now, steps)
        before += steps


def _tell(findings: Findings, name: str, consent: str, place: Place, play: tuple[str, ...]) -> None:
    message = f"“{name}” gives “{consent}” after it was revoked."
    findings.add("SC505", message, place, witness=play)
