"""Checks of names: everything a case mentions must exist, once, and hold the value it is given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from app.domain.scenario import Choice, Scenario, Scene
from app.domain.scenario_axes import (
    CLOCK,
    all_effects,
    debrief_conditions,
    names_read,
    play_conditions,
    text_conditions,
)
from app.domain.scenario_condition import (
    Compare,
    Condition,
    EndingIs,
    Flag,
    Node,
    Question,
    parts_of,
)
from app.domain.scenario_declared import Add, ConsentAct, Effect, Put
from app.domain.scenario_findings import Findings, at_line, listed
from app.domain.scenario_vocabulary import EndingKind, Place, Show


def check_names(scenario: Scenario, findings: Findings) -> None:
    """Looks for ids used twice, names that mean nothing, and values out of range."""
    _check_ids(scenario, findings)
    _check_ways(scenario, findings)
    _check_starts(scenario, findings)
    for rule in scenario.rules:
        _check_condition(scenario, rule.when, rule.place, findings)
        _check_effects(scenario, rule.effects, rule.place, findings)
        if rule.go and scenario.scene(rule.go) is None:
            message = f"The rule “{rule.id}” goes to “{rule.go}”, which is not there."
            findings.add("SC201", message, rule.place)
    for scene in scenario.scenes:
        _check_scene(scenario, scene, findings)
    for part in scenario.debrief:
        for condition in text_conditions(part.blocks):
            _check_condition(scenario, condition, part.place, findings, is_debrief=True)
    _check_use(scenario, findings)


def _check_ids(scenario: Scenario, findings: Findings) -> None:
    choices = [(choice.id, choice.place) for scene in scenario.scenes for choice in scene.choices]
    scenes = [(scene.id, scene.place) for scene in scenario.scenes]
    names = [(v.name, v.place) for v in scenario.state]
    names += [(draw.name, draw.place) for draw in scenario.draws]
    rules = [(rule.id, rule.place) for rule in scenario.rules]
    kinds = {"scene": scenes, "choice": choices, "variable": names, "rule": rules}
    for kind, found in kinds.items():
        counts = Counter(name for name, _ in found)
        seen: set[str] = set()
        for name, place in found:
            if counts[name] > 1 and name in seen:
                findings.add("SC104", f"The {kind} id “{name}” is used more than once.", place)
            seen.add(name)


def _check_ways(scenario: Scenario, findings: Findings) -> None:
    if scenario.start and scenario.scene(scenario.start) is None:
        message = f"The case starts in “{scenario.start}”, which is not there."
        findings.add("SC201", message, scenario.front_matter)
    for scene in scenario.scenes:
        ways = [(choice.target, choice.place) for choice in scene.choices]
        if scene.go:
            ways.append((scene.go, scene.place))
        for target, place in ways:
            if scenario.scene(target) is None:
                message = f"“{scene.id}” leads to “{target}”, which is not there."
                findings.add("SC201", message, place)
        _check_way_out(scene, findings)


def _check_way_out(scene: Scene, findings: Findings) -> None:
    if scene.ending is not None and (scene.choices or scene.go):
        message = f"The ending “{scene.id}” also leads on; nobody would get there."
        findings.add("SC203", message, scene.place)
    elif scene.choices and scene.go:
        message = f"“{scene.id}” has choices and a line “-> {scene.go}”; the line is never used."
        findings.add("SC203", message, scene.place)
    elif scene.ending is None and not scene.choices and not scene.go:
        findings.add("SC202", f"“{scene.id}” leads nowhere and is no ending.", scene.place)
    if scene.ending is not None and scene.activity is not None:
        message = f"The activity of the ending “{scene.id}” is never asked."
        findings.add("SC203", message, scene.activity.place)


def _check_starts(scenario: Scenario, findings: Findings) -> None:
    for variable in scenario.state:
        if variable.index_of(variable.start) is None:
            message = f"“{variable.name}” starts at {variable.start}, which it cannot be."
            findings.add("SC301", message, variable.place)


def _check_scene(scenario: Scenario, scene: Scene, findings: Findings) -> None:
    if scene.assumes is not None:
        _check_condition(scenario, scene.assumes, scene.place, findings)
    for condition in text_conditions(scene.blocks):
        _check_condition(scenario, condition, scene.place, findings)
    _check_effects(scenario, scene.on_enter, scene.place, findings)
    for choice in scene.choices:
        _check_choice(scenario, choice, findings)


def _check_choice(scenario: Scenario, choice: Choice, findings: Findings) -> None:
    if choice.condition is not None:
        _check_condition(scenario, choice.condition, choice.place, findings)
    _check_effects(scenario, choice.effects, choice.place, findings)


def _check_condition(
    scenario: Scenario,
    condition: Condition,
    place: Place,
    findings: Findings,
    *,
    is_debrief: bool = False,
) -> None:
    place = at_line(place, condition)
    for node in parts_of(condition.node):
        if isinstance(node, EndingIs):
            if not is_debrief:
                message = "The ending is not known before the debrief."
                findings.add("SC112", message, place, advice="Ask for something else here.")
            elif node.kind not in set(EndingKind):
                told = f"There is no kind of ending “{node.kind}”."
                findings.add("SC112", told, place, advice=f"There are {listed(EndingKind)}.")
            continue
        fault = _fault_of(scenario, node)
        if fault:
            code, message = fault
            findings.add(code, message, place)


def _fault_of(scenario: Scenario, node: Node) -> tuple[str, str] | None:
    match node:
        case Question(kind, subject):
            return _unknown(scenario, kind, subject)
        case Flag(name):
            variable = scenario.variable_by_name.get(name)
            if variable is None:
                return "SC112", f"Nothing is called “{name}” in state or random."
            if not variable.is_flag:
                return "SC112", f"“{name}” is no flag; compare it with a value."
        case Compare():
            return _bad_comparison(scenario, node)
        case _:
            pass
    return None


def _unknown(scenario: Scenario, kind: str, subject: str) -> tuple[str, str] | None:
    if kind == "visited":
        noun, is_known = "scene", scenario.scene(subject) is not None
    elif kind == "chose":
        noun, is_known = "choice", subject in scenario.choice_ids
    else:
        noun, is_known = "consent", subject in scenario.consent_by_id
    return None if is_known else ("SC112", f"There is no {noun} “{subject}”.")


def _bad_comparison(scenario: Scenario, node: Compare) -> tuple[str, str] | None:
    draw = next((draw for draw in scenario.draws if draw.name == node.name), None)
    if draw is not None:
        if node.value in draw.values and node.comparison in {"=", "!="}:
            return None
        return "SC301", f"“{node.name}” is never drawn as {node.value}."
    variable = scenario.variable_by_name.get(node.name)
    if variable is None:
        return "SC112", f"Nothing is called “{node.name}” in state or random."
    if variable.is_range is not (type(node.value) is int):
        return "SC112", f"“{node.name}” cannot be compared with {node.value}."
    if not variable.is_range and node.comparison not in {"=", "!="}:
        return "SC112", f"“{node.name}” has no order; compare it with = or !=."
    if variable.index_of(node.value) is None:
        return "SC301", f"“{node.name}” can never be {node.value}."
    return None


def _check_effects(
    scenario: Scenario, effects: Iterable[Effect], place: Place, findings: Findings
) -> None:
    for effect in effects:
        if isinstance(effect, ConsentAct):
            if effect.consent not in scenario.consent_by_id:
                findings.add("SC112", f"There is no consent “{effect.consent}”.", place)
            continue
        variable = scenario.variable_by_name.get(effect.variable)
        if variable is None:
            drawn = effect.variable in {draw.name for draw in scenario.draws}
            what = "is drawn by chance and never changes" if drawn else "is not in state"
            findings.add("SC112", f"“{effect.variable}” {what}.", place)
        elif isinstance(effect, Add) and not variable.is_range:
            findings.add("SC112", f"“{effect.variable}” is no number; use “=”.", place)
        elif isinstance(effect, Put) and variable.index_of(effect.value) is None:
            message = f"“{effect.variable}” can never be {effect.value}."
            findings.add("SC301", message, place)


def _check_use(scenario: Scenario, findings: Findings) -> None:
    """A variable that changes nothing and is never shown only makes the case harder to prove."""
    read = names_read((*play_conditions(scenario), *debrief_conditions(scenario)))
    written = {e.variable for e in all_effects(scenario) if isinstance(e, Add | Put)}
    if any(scene.minutes for scene in scenario.scenes):
        written.add(CLOCK)
    for variable in scenario.state:
        is_read = variable.name in read or variable.show is not Show.NEVER
        if not is_read:
            used = "set but never asked for or shown" if variable.name in written else "never used"
            findings.add("SC312", f"“{variable.name}” is {used}.", variable.place)
        elif variable.name not in written:
            message = f"“{variable.name}” is asked for or shown but never changes."
            findings.add("SC312", message, variable.place)
    for draw in scenario.draws:
        if draw.name not in read:
            findings.add("SC312", f"“{draw.name}” is drawn but never asked for.", draw.place)
