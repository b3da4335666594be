"""An exploration as plain JSON, for the command line and for other programs."""

from __future__ import annotations

from typing import Any

from app.domain.competency_counts import opportunities
from app.domain.scenario_certificate import certify
from app.domain.scenario_states import DisclosureFinding, Exploration, StatesAt


def exploration_report(exploration: Exploration) -> dict[str, Any]:
    """Everything an exploration found.

    Shape: JSON with stable keys; plays are lists of choice ids. Without proof, `proven` is false
    and the lists are empty.
    Cost: explores the case, and plays it a few hundred times for the certificate.
    """
    scenario, scores = exploration.scenario, exploration.scores
    reached = {scene.id for scene in exploration.endings_reached}
    bounds = scores.by_ending if scores else {}
    return {
        "case": scenario.id,
        "title": scenario.title,
        "version": scenario.version,
        "fingerprint": scenario.fingerprint,
        "proven": exploration.is_proven,
        "combinations": exploration.plan.size,
        "not_followed": list(exploration.plan.left_out),
        "reachable_pairs": exploration.pairs,
        "moves": exploration.moves,
        "scenes": [
            {
                "id": scene.id,
                "title": scene.title,
                "states": exploration.states_in(scene.id),
                "values": _values(exploration, scene.id),
            }
            for scene in scenario.scenes
        ],
        "unreachable": [scene.id for scene in exploration.unreachable],
        "stuck": [_states(found) for found in exploration.stuck],
        "endless": [_states(found) for found in exploration.endless],
        "on_every_path": list(exploration.always_met),
        "endings": [
            {
                "id": scene.id,
                "kind": scene.ending,
                "title": scene.title,
                "reached": scene.id in reached,
                "play": list(exploration.play_to(scene.id)),
                "worst_total": bounds[scene.id][0] if scene.id in bounds else None,
                "best_total": bounds[scene.id][1] if scene.id in bounds else None,
            }
            for scene in scenario.endings
        ],
        "disclosures": [_disclosure(found) for found in exploration.disclosures],
        "decision_totals": {
            "worst": scores.worst if scores else None,
            "best": scores.best if scores else None,
        },
        "opportunities": {code: opportunities(scenario, code) for code in scenario.competencies},
        "certificate": _certificate(exploration),
    }


def _certificate(exploration: Exploration) -> dict[str, Any] | None:
    """What habits and chance earn. None: nothing can be earned, or nothing was proven."""
    best = exploration.best_total
    return certify(exploration.scenario, best_total=best).as_json() if best else None


def _values(exploration: Exploration, scene: str) -> dict[str, list[Any]]:
    return {name: list(values) for name, values in exploration.values_at(scene).items()}


def _states(found: StatesAt) -> dict[str, Any]:
    return {"scene": found.scene, "states": found.count, "play": list(found.play)}


def _disclosure(found: DisclosureFinding) -> dict[str, Any]:
    return {
        "scene": found.scene,
        "choice": found.choice.id,
        "topic": found.disclosure.topic,
        "person": found.disclosure.person,
        "marked_as_breach": bool(found.choice.breach),
        "lawful_ground": found.choice.ground or None,
        "covered_states": found.covered,
        "uncovered_states": found.uncovered,
        "play": list(found.play),
    }
