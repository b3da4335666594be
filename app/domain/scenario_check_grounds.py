"""Checks of lawful grounds: whether they fit what is told, to whom, and beside which release."""

from __future__ import annotations

from app.domain.lawful_ground import EMERGENCY, sounds_medical
from app.domain.scenario import Choice, Scenario
from app.domain.scenario_axes import choices_of
from app.domain.scenario_findings import Findings, listed
from app.domain.scenario_states import Exploration


def check_grounds(scenario: Scenario, findings: Findings) -> None:
    """Looks for grounds beside a breach or beside nothing, and emergencies told to lay people."""
    for choice in choices_of(scenario):
        if not choice.ground:
            continue
        if choice.breach:
            message = f"“{choice.id}” is marked as a breach and as lawful."
            findings.add("SC516", message, choice.place)
        elif not choice.disclosures:
            message = f"“{choice.id}” names a ground for telling, but tells nothing."
            advice = "Say what is told in “discloses:”, or delete “under:”."
            findings.add("SC516", message, choice.place, advice=advice)
        if choice.ground == EMERGENCY and not choice.why:
            _check_hearers(scenario, choice, findings)


def _check_hearers(scenario: Scenario, choice: Choice, findings: Findings) -> None:
    """Who is medical personnel cannot be read off a role, so a doubtful one needs a reason."""
    roles = {member.id: member.role for member in scenario.cast}
    hearers = dict.fromkeys(disclosure.person for disclosure in choice.disclosures)
    lay = [person for person in hearers if not sounds_medical(roles.get(person, ""))]
    if lay:
        message = f"“{choice.id}” tells {listed(lay)} in an emergency and does not say why."
        findings.add("SC515", message, choice.place)


def check_needless_grounds(exploration: Exploration, findings: Findings) -> None:
    """Tells of grounds where a release covers all that is told, whatever happened before."""
    bare: dict[str, bool] = {}
    for found in exploration.disclosures:
        bare[found.choice.id] = bare.get(found.choice.id, False) or found.bare != 0
    for choice in choices_of(exploration.scenario):
        if choice.is_lawful and not choice.breach and bare.get(choice.id) is False:
            message = f"“{choice.id}” names the ground “{choice.ground}”, but a release covers it."
            findings.add("SC514", message, choice.place)
