"""Everything that can be wrong with a case, as a list of problems with stable codes.

Names and ratings are looked up; what depends on states of play is proven for every state.
"""

from __future__ import annotations

from collections.abc import Collection

from app.domain.naive_policies import estimated_minutes, passing_habits
from app.domain.problem import Problem, Severity, in_reading_order
from app.domain.scenario import Scenario
from app.domain.scenario_axes import LARGEST_DOMAIN, largest_domain_for
from app.domain.scenario_check_conditions import check_conditions, tell_domain
from app.domain.scenario_check_consent import check_consent_names, check_consent_states
from app.domain.scenario_check_names import check_names
from app.domain.scenario_check_pass import check_pass_mark, check_pass_reach
from app.domain.scenario_check_reach import check_graph, check_reach
from app.domain.scenario_check_scoring import check_scoring
from app.domain.scenario_check_texts import check_texts
from app.domain.scenario_check_traces import check_traces
from app.domain.scenario_findings import Findings
from app.domain.scenario_states import Exploration, explore
from app.domain.scenario_vocabulary import Place
from app.domain.walk_player import play_walk

# While one of these stands, what is said of states would only repeat it in other words.
_UNSETTLING = frozenset({"SC104", "SC112", "SC301"})
PLAYED_UP_TO = 200  # scenes; larger cases are not played with naive habits on every check


def check_scenario(
    scenario: Scenario,
    *,
    known_competencies: Collection[str],
    largest_domain: int = LARGEST_DOMAIN,
    plays_habits: bool = True,
    exploration: Exploration | None = None,
) -> list[Problem]:
    """Checks a case.

    Units: `largest_domain` counts combinations of values; a larger case is told not proven.
    Shape: problems in reading order; those about states carry a play that shows them. Without
    `plays_habits` the case is not played with habits, and SC309 and SC903 are left out.
    None: without an `exploration` of the same domain, one is made.
    """
    findings = Findings(scenario)
    check_names(scenario, findings)
    check_consent_names(scenario, findings)
    check_scoring(scenario, known_competencies, findings)
    check_texts(scenario, findings)
    check_pass_mark(scenario, findings)
    if exploration is None:
        exploration = explore(scenario, largest_domain=largest_domain)
    check_graph(exploration, findings)
    tell_domain(exploration, findings, largest=largest_domain_for(scenario, largest_domain))
    is_settled = not any(problem.code in _UNSETTLING for problem in findings.problems)
    check_traces(exploration, findings, is_settled=is_settled)
    if is_settled:
        check_reach(exploration, findings)
        check_conditions(exploration, findings)
        check_consent_states(exploration, findings)
        check_pass_reach(exploration, findings)
        _check_walks(exploration, findings)
        if plays_habits:
            _check_habits(exploration, findings)
    return in_reading_order(findings.problems)


def _check_walks(exploration: Exploration, findings: Findings) -> None:
    scenario = exploration.scenario
    if scenario.scene(scenario.start) is None:
        return
    walked: set[str | None] = set()
    for walk in scenario.walks:
        result = play_walk(scenario, walk)
        if result.passed:
            walked.add(result.ending)
        for line, message in result.faults:
            findings.add("SC122", message, Place(walk.place.file, line, line))
    for ending in exploration.endings_reached:
        if ending.id not in walked:
            message = f"No walk that passes ends in “{ending.id}”."
            play = exploration.play_to(ending.id)
            findings.add("SC123", message, ending.place, witness=play)


def _check_habits(exploration: Exploration, findings: Findings) -> None:
    scenario = exploration.scenario
    has_errors = any(problem.severity is Severity.ERROR for problem in findings.problems)
    if has_errors or len(scenario.scenes) > PLAYED_UP_TO or not exploration.reach:
        return
    _check_minutes(scenario, findings)
    for habit in passing_habits(scenario, best_total=exploration.best_total or 0):
        message = f"Whoever always takes the {habit} choice does well in this case."
        findings.add("SC903", message, scenario.front_matter)


def _check_minutes(scenario: Scenario, findings: Findings) -> None:
    estimate = estimated_minutes(scenario)
    if scenario.minutes and not estimate / 2 <= scenario.minutes <= estimate * 2.5:
        message = f"The case says {scenario.minutes} minutes; a play takes about {estimate:.0f}."
        findings.add("SC309", message, scenario.front_matter)
