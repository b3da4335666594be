"""Every case that ships is proven, walked to every ending, and rewards no habit."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.problem import Severity
from app.domain.scenario import Scenario
from app.domain.scenario_certificate import MOST_LONGEST, certify
from app.domain.scenario_check import check_scenario
from app.domain.scenario_states import Exploration, explore
from app.domain.walk_player import play_walk
from app.library.case_folder import read_case_folder, read_case_texts

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
NAMES = sorted(file.parent.name for file in SCENARIOS.glob("*/case.md"))


@pytest.fixture(scope="module", params=NAMES)
def case(request: pytest.FixtureRequest) -> Scenario:
    told = f"scenarios/{request.param}"
    texts, problems = read_case_texts(SCENARIOS / request.param, told=told)
    scenario, more = read_case_folder(texts, told=told)
    assert scenario is not None
    assert [p for p in [*problems, *more] if p.severity is Severity.ERROR] == []
    return scenario


@pytest.fixture(scope="module")
def explored(case: Scenario) -> Exploration:
    return explore(case)


def test_case_is_proven_without_an_error(case: Scenario, explored: Exploration) -> None:
    codes = set(case.competencies)
    errors = [
        p
        for p in check_scenario(case, known_competencies=codes)
        if p.severity is Severity.ERROR or p.code in {"SC122", "SC123", "SC390"}
    ]

    assert explored.is_proven
    assert explored.plan.left_out == ()
    assert errors == []


def test_every_ending_has_a_walk_that_passes(case: Scenario) -> None:
    results = [play_walk(case, walk) for walk in case.walks]

    assert [result.faults for result in results if not result.passed] == []
    assert {result.ending for result in results} >= {ending.id for ending in case.endings}


def test_certificate_holds(case: Scenario, explored: Exploration) -> None:
    best = explored.best_total
    assert best is not None

    certificate = certify(case, best_total=best)

    assert certificate.passing == ()
    assert certificate.longest_share <= MOST_LONGEST
    assert certificate.holds
    # Chance alone must not look like skill.
    assert certificate.floor.passing_share <= 0.05
    assert certificate.floor.mean_share < 0.6
    assert all(one.unfinished == 0 for one in certificate.habits)
