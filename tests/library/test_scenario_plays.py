"""The play told with a finding can be played, and shows what the finding says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.domain.play_state import bare_disclosures
from app.domain.problem import Problem
from app.domain.scenario import Scenario
from app.domain.scenario_check import check_scenario
from app.domain.scenario_condition import holds
from app.domain.scenario_declared import StateVariable
from app.library.problem_help import code_help
from app.library.scenario_text import read_case
from tests.library.test_problem_help import KNOWN, with_fault
from tests.oracle.seeded_faults import Played, follow, stands_in
from tests.scenario_builders import a_choice, a_scenario, a_scene, an_ending

Shows = Callable[[Scenario, Played, Problem], bool]


def goes_round(case: Scenario, played: Played, problem: Problem) -> bool:
    """The last choice leads back to where it was made, and nothing is different."""
    return played.after.scene == played.before.scene and played.after.values == played.before.values


def both_rules_hold(case: Scenario, played: Played, problem: Problem) -> bool:
    return all(holds(rule.when, played.after) for rule in case.rules) and len(case.rules) == 2


def loses_its_effect(case: Scenario, played: Played, problem: Problem) -> bool:
    return played.last is not None and played.after.values["strain"] == 0


def ends_soon(case: Scenario, played: Played, problem: Problem) -> bool:
    return played.after.has_ended and len(played.after.decided) < 3


def takes_a_choice_twice(case: Scenario, played: Played, problem: Problem) -> bool:
    return len(problem.witness) > len(set(problem.witness)) and played.last is not None


def tells_what_is_covered(case: Scenario, played: Played, problem: Problem) -> bool:
    last = played.last
    return (
        last is not None and bool(last.breach) and not bare_disclosures(case, played.before, last)
    )


def comes_to_the_ending(case: Scenario, played: Played, problem: Problem) -> bool:
    endings = [e.id for e in case.endings if f"“{e.id}”" in problem.message]
    return any(list(stands_in(case, played.after, ending)) for ending in endings)


def stands_at_the_scene(case: Scenario, played: Played, problem: Problem) -> bool:
    named = [s.id for s in case.scenes if f"“{s.id}”" in problem.message]
    return any(list(stands_in(case, played.after, scene)) for scene in named)


def takes_the_named_choice(case: Scenario, played: Played, problem: Problem) -> bool:
    return played.last is not None and f"“{played.last.id}”" in problem.message


PLAYS: dict[str, Shows] = {
    "SC123": comes_to_the_ending,
    "SC207": goes_round,
    "SC208": stands_at_the_scene,
    "SC209": takes_the_named_choice,
    "SC302": lambda case, played, problem: not played.after.has_ended,
    "SC304": stands_at_the_scene,
    "SC306": both_rules_hold,
    "SC307": loses_its_effect,
    "SC310": stands_at_the_scene,
    "SC314": ends_soon,
    "SC408": takes_a_choice_twice,
    "SC510": takes_the_named_choice,
    "SC511": tells_what_is_covered,
}


@pytest.mark.parametrize("code", PLAYS)
def test_play_of_a_finding_shows_it(code: str) -> None:
    example = code_help()[code].example
    assert example is not None
    case, _ = read_case(with_fault(example), path="lena-and-ruth")
    assert case is not None

    found = check_scenario(case, known_competencies=KNOWN)
    problem = next(p for p in found if p.code == code)

    assert problem.witness
    assert any(PLAYS[code](case, played, problem) for played in follow(case, problem.witness))


def test_loop_that_moves_the_clock_is_no_loop_that_changes_nothing() -> None:
    clock = StateVariable("clock", 0, low=0, high=9)

    def waiting(minutes: int) -> Scenario:
        wait = a_choice("wait", "room")
        room = a_scene("room", wait, a_choice("leave", "end"), minutes=minutes)
        return a_scenario(room, an_ending("end"), state=(clock,))

    def codes(case: Scenario) -> set[str]:
        return {p.code for p in check_scenario(case, known_competencies=KNOWN)}

    assert "SC207" in codes(waiting(0))
    assert "SC207" not in codes(waiting(3))
