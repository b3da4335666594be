"""Checks of releases and disclosures: who may hear what, and whether a play can go past it."""

from __future__ import annotations

from app.domain.scenario import Choice, Scenario
from app.domain.scenario_axes import all_effects, choices_of
from app.domain.scenario_check_grounds import check_grounds, check_needless_grounds
from app.domain.scenario_check_revoked import check_given_again
from app.domain.scenario_declared import Consent, ConsentAct
from app.domain.scenario_findings import Findings, when_drawn
from app.domain.scenario_reach import Reach
from app.domain.scenario_states import DisclosureFinding, Exploration
from app.domain.scenario_vocabulary import ConsentVerb, Place


def check_consent_names(scenario: Scenario, findings: Findings) -> None:
    """Looks for unknown people and topics, topics in both lists, and topics nobody uses."""
    for consent in scenario.consents:
        whose = f"The consent “{consent.id}”"
        _check_people((consent.giver, consent.receiver), whose, consent.place, findings)
        _check_topics((*consent.covers, *consent.never), whose, consent.place, findings)
        for topic in consent.covers:
            if topic in consent.never:
                message = f"“{topic}” is both covered and kept by “{consent.id}”."
                findings.add("SC503", message, consent.place)
        _check_limits(scenario, consent, findings)
    for choice in choices_of(scenario):
        for disclosure in choice.disclosures:
            _check_people((disclosure.person,), f"“{choice.id}”", choice.place, findings)
            _check_topics((disclosure.topic,), f"“{choice.id}”", choice.place, findings)
    check_grounds(scenario, findings)
    _check_use(scenario, findings)


def _check_people(people: tuple[str, ...], whose: str, place: Place, findings: Findings) -> None:
    known = {member.id for member in findings.scenario.cast}
    for person in people:
        if person not in known:
            findings.add("SC501", f"{whose} names “{person}”, who is not in cast.", place)


def _check_topics(topics: tuple[str, ...], whose: str, place: Place, findings: Findings) -> None:
    known = {fact.topic for fact in findings.scenario.facts}
    for topic in dict.fromkeys(topics):
        if topic not in known:
            findings.add("SC502", f"{whose} names the topic “{topic}”, not in facts.", place)


def _check_use(scenario: Scenario, findings: Findings) -> None:
    used = {d.topic for choice in choices_of(scenario) for d in choice.disclosures}
    for consent in scenario.consents:
        used.update((*consent.covers, *consent.never))
    for fact in scenario.facts:
        if fact.topic not in used:
            message = f"Nothing covers, protects or tells the topic “{fact.topic}”."
            findings.add("SC504", message, fact.place)


def _check_limits(scenario: Scenario, consent: Consent, findings: Findings) -> None:
    acts = {
        e.verb
        for e in all_effects(scenario)
        if isinstance(e, ConsentAct) and e.consent == consent.id
    }
    if ConsentVerb.GIVE in acts and ConsentVerb.ASK not in acts and not consent.never:
        message = f"“{consent.id}” is given, but nobody asks what is off limits."
        findings.add("SC512", message, consent.place)


def check_consent_states(exploration: Exploration, findings: Findings) -> None:
    """Proves that no play discloses what no release covers, or gives one that was revoked."""
    if exploration.reach is None:
        return
    for found in exploration.disclosures:
        _check_disclosure(exploration.reach, found, findings)
    _check_breaches(exploration, findings)
    check_needless_grounds(exploration, findings)
    check_given_again(exploration.reach, findings)


def _check_disclosure(reach: Reach, found: DisclosureFinding, findings: Findings) -> None:
    if found.choice.breach or found.choice.ground or not found.bare:
        return
    told, person = found.disclosure.topic, found.disclosure.person
    masks = reach.machine.masks
    bare = reach.shown[found.scene] & masks.of(found.choice.condition)
    bare &= ~masks.covered(found.choice, found.disclosure)
    share = "" if found.covered else ", whatever happened before"
    drawn = when_drawn(reach, reach.start_of_play(found.scene, bare))
    message = f"“{found.choice.id}” tells {person} “{told}” without a release{share}{drawn}."
    findings.add("SC510", message, found.choice.place, witness=found.play)


def _check_breaches(exploration: Exploration, findings: Findings) -> None:
    uncovered: dict[str, int] = {}
    for found in exploration.disclosures:
        uncovered[found.choice.id] = uncovered.get(found.choice.id, 0) + found.uncovered
    for choice in choices_of(exploration.scenario):
        if choice.breach and uncovered.get(choice.id) == 0:
            message = f"“{choice.id}” is marked as a breach, but a release always covers it."
            play = _play_of(exploration.reach, choice) if exploration.reach else ()
            findings.add("SC511", message, choice.place, witness=play)


def _play_of(reach: Reach, choice: Choice) -> tuple[str, ...]:
    move, taken = next((m, taken) for m, taken in reach.taken() if m.choice is choice and taken)
    return (*reach.play_to(move.scene, taken), choice.id)
