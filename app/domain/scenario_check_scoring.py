"""Checks of ratings: whether a decision measures something, and nothing can be farmed."""

from __future__ import annotations

from collections.abc import Collection

from app.domain.competency_counts import opportunities
from app.domain.problem import Severity
from app.domain.scenario import HIGHEST_RATING, Choice, Scenario, Scene
from app.domain.scenario_activity import (
    Order,
    Pick,
    RingExpectation,
    Sct,
    Showing,
    Sociogram,
)
from app.domain.scenario_findings import Findings, listed
from app.domain.scenario_vocabulary import Place

FEWEST_DECISIONS = 3  # on one competency, before a case says anything about it
SMALLEST_PANEL = 10
MOST_MIDDLE_ANSWERS = 0.1  # share of sct items whose panel mostly says “no change”
THIN_FEEDBACK = 8  # words


def check_scoring(
    scenario: Scenario, known_competencies: Collection[str], findings: Findings
) -> None:
    """Looks at ratings, competencies, critical errors, feedback and expected answers."""
    for code in scenario.competencies:
        if code not in known_competencies:
            message = f"The competency “{code}” is in no framework."
            findings.add("SC401", message, scenario.front_matter)
        elif opportunities(scenario, code) < FEWEST_DECISIONS:
            count = opportunities(scenario, code)
            message = f"“{code}” is shown by {count} of the case's decisions; 3 are needed."
            findings.add("SC402", message, scenario.front_matter)
    for scene in scenario.scenes:
        _check_decision(scene, findings)
        for choice in scene.choices:
            _check_choice(scenario, scene, choice, findings)
        _check_activity(scenario, scene, findings)
    _check_middle_answers(scenario, findings)
    _check_repeated_feedback(scenario, findings)


def _check_decision(scene: Scene, findings: Findings) -> None:
    rates = [choice.rate for choice in scene.scored_choices]
    if rates and HIGHEST_RATING not in rates:
        message = f"No choice in “{scene.id}” is what an expert would do."
        findings.add("SC403", message, scene.place)
    if len(rates) > 1 and len(set(rates)) == 1:
        findings.add("SC404", f"All choices in “{scene.id}” are rated {rates[0]}.", scene.place)


def _check_choice(scenario: Scenario, scene: Scene, choice: Choice, findings: Findings) -> None:
    _check_showings(scenario, scene.showings(choice), choice.id, choice.place, findings)
    if choice.is_scored and not scene.showings(choice):
        message = f"“{choice.id}” is rated, but not as evidence of any competency."
        findings.add("SC405", message, choice.place, advice="Add “shows: CODE 3”.")
    if choice.critical and choice.rate != 0:
        findings.add("SC406", f"“{choice.id}” is critical but not rated 0.", choice.place)
    if choice.critical and not choice.feedback:
        findings.add("SC407", f"“{choice.id}” is critical and says not why.", choice.place)
    if choice.is_scored and not choice.feedback:
        message = f"“{choice.id}” is scored, but the learner hears nothing about it."
        findings.add("SC308", message, choice.place, severity=Severity.ERROR)
    elif choice.is_scored and len(choice.feedback.split()) < THIN_FEEDBACK:
        message = f"The feedback on “{choice.id}” has under {THIN_FEEDBACK} words."
        findings.add("SC308", message, choice.place)


def _check_showings(
    scenario: Scenario,
    showings: tuple[Showing, ...],
    name: str,
    place: Place,
    findings: Findings,
) -> None:
    codes = [showing.code for showing in showings]
    undeclared = [code for code in dict.fromkeys(codes) if code not in scenario.competencies]
    if undeclared:
        message = f"“{name}” shows {listed(undeclared)}, not among the case's competencies."
        findings.add("SC405", message, place, advice="Add it to “competencies”, or correct it.")
    if len(set(codes)) < len(codes):
        findings.add("SC405", f"“{name}” shows one competency twice.", place, advice="Keep one.")


def _check_activity(scenario: Scenario, scene: Scene, findings: Findings) -> None:
    activity = scene.activity
    if activity is None:
        return
    _check_showings(scenario, activity.shows, scene.id, activity.place, findings)
    match activity:
        case Sociogram():
            _check_sociogram(activity, findings)
        case Pick():
            _check_pick(activity, findings)
        case Order():
            _check_order(activity, findings)
        case Sct():
            _check_sct(activity, findings)
        case _:
            pass


def _check_sociogram(activity: Sociogram, findings: Findings) -> None:
    people = {person.id for person in activity.people}
    kinds = {tie.id for tie in activity.ties}
    unknown: list[str] = []
    for wanted in activity.expect:
        if isinstance(wanted, RingExpectation):
            unknown += [wanted.person] if wanted.person not in people else []
            if not 1 <= wanted.nearest <= wanted.farthest <= len(activity.rings):
                message = f"“{wanted.person}” is expected in a ring that is not there."
                findings.add("SC450", message, activity.place)
        else:
            unknown += [person for person in wanted.pair if person not in activity.everyone]
            unknown += [wanted.kind] if wanted.kind not in kinds else []
    if unknown:
        message = f"The expected answer names {listed(dict.fromkeys(unknown))}, not in this map."
        findings.add("SC450", message, activity.place)
    if not activity.expect:
        findings.add("SC451", "This map expects no answer.", activity.place)


def _check_pick(activity: Pick, findings: Findings) -> None:
    ids = [option.id for option in activity.options]
    if len(set(ids)) < len(ids):
        findings.add("SC104", "Two options of this activity have one id.", activity.place)
    if not any(option.is_key for option in activity.options):
        findings.add("SC451", "No option of this activity is right.", activity.place)


def _check_order(activity: Order, findings: Findings) -> None:
    ids = [item.id for item in activity.items]
    if len(set(ids)) < len(ids):
        findings.add("SC104", "Two steps of this activity have one id.", activity.place)
    named = [item for pair in activity.pairs for item in pair]
    unknown = [item for item in dict.fromkeys(named) if item not in ids]
    if unknown:
        message = f"The order that matters names {listed(unknown)}, not among the steps."
        findings.add("SC450", message, activity.place)
    if not activity.pairs:
        findings.add("SC451", "No order of these steps is right.", activity.place)


def _check_sct(activity: Sct, findings: Findings) -> None:
    if any(abs(vote) > activity.reach for vote in activity.panel) or activity.scale % 2 == 0:
        message = "A judgment of the panel is off the scale, or the scale has no middle."
        findings.add("SC450", message, activity.place)
    if len(activity.panel) < SMALLEST_PANEL:
        message = f"The panel has {len(activity.panel)} clinicians."
        findings.add("SC452", message, activity.place)


def _check_middle_answers(scenario: Scenario, findings: Findings) -> None:
    items = [scene.activity for scene in scenario.scenes if isinstance(scene.activity, Sct)]
    middle = [item for item in items if item.modal_answer == 0]
    if middle and len(middle) > MOST_MIDDLE_ANSWERS * len(items):
        message = f"The panel's answer is “no change” in {len(middle)} of {len(items)} items."
        findings.add("SC453", message, middle[0].place)


def _check_repeated_feedback(scenario: Scenario, findings: Findings) -> None:
    seen: dict[str, str] = {}
    for scene in scenario.scenes:
        for choice in scene.scored_choices:
            words = " ".join(choice.feedback.lower().split())
            if words and words in seen:
                message = f"“{choice.id}” has the same feedback as “{seen[words]}”."
                findings.add("SC308", message, choice.place)
            seen.setdefault(words, choice.id)
