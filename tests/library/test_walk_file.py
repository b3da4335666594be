"""Walks are read line by line and compared with what the run does."""

from __future__ import annotations

import pytest

from app.domain.scenario import Scenario
from app.domain.scenario_walk import WalkResult
from app.domain.walk_player import play_walk
from app.library.case_lines import Faults
from app.library.scenario_text import read_case
from app.library.walk_file import read_walk
from tests.scenario_builders import sample_text

SAFE = """# the way an expert goes
seed 7
pick neither
pick reflect
see scope "Not the slips"
pick write
map ruth=2 jo=1 lena-dan:drinks_with
pick hold
"""


@pytest.fixture
def sample() -> Scenario:
    scenario, _ = read_case({"case.md": sample_text()}, path="lena-and-ruth")
    assert scenario is not None
    return scenario


def walked(sample: Scenario, text: str) -> WalkResult:
    walk = read_walk("walks/w.walk", text, faults=Faults("lena-and-ruth"))
    assert walk is not None
    return play_walk(sample, walk)


@pytest.mark.parametrize(
    "line",
    [
        "expect ending good",
        "expect ending end-good",
        "expect alliance 8",
        "expect limits written",
        "expect release_ruth given",
        "expect score CONF 9/9",
        "expect met FAM 4/4",
        "expect total 12",
        "expect at end-good",
    ],
)
def test_expectation_that_is_met(sample: Scenario, line: str) -> None:
    result = walked(sample, SAFE + line)

    assert result.passed, result.faults
    assert result.ending == "end-good"
    assert result.choices == ("neither", "reflect", "write", "hold")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("expect ending poor", "good (end-good)"),
        ("expect alliance 7", "the run has 8"),
        ("expect score CONF 8/9", "9/9"),
        ("expect score ADV 1/1", "declares no competency"),
        ("expect patience 3", "nothing called"),
        ('see meeting "Just"', "not in"),
        ("pick hold", "ended"),
    ],
)
def test_deviation_is_told_with_its_line(sample: Scenario, line: str, told: str) -> None:
    result = walked(sample, SAFE + line)

    assert not result.passed
    assert result.faults[0][0] == 9
    assert told in result.faults[0][1]


def test_openness_of_choices_can_be_expected(sample: Scenario) -> None:
    text = "pick neither\npick push\nexpect hidden write\nexpect open sign\nexpect at scope\n"

    assert walked(sample, text).passed
    assert not walked(sample, text + "expect open write\n").passed


def test_single_ways_on_need_not_be_spelled_out(sample: Scenario) -> None:
    text = "pick neither\npick push\npick sign\nmap\ngo\nexpect at meeting\n"
    short = text.replace("go\nexpect at meeting\n", 'see meeting "Just between us"\n')

    assert walked(sample, text).passed
    assert walked(sample, short).passed


@pytest.mark.parametrize(
    "line", ["pikc neither", "pick", "pick a b", "see scope", "map ruth:1", "seed x", "judge far"]
)
def test_unreadable_line_is_a_problem(line: str) -> None:
    faults = Faults("lena-and-ruth")

    walk = read_walk("walks/w.walk", f"# one\n{line}\n", faults=faults)

    assert walk is None
    assert (faults.problems[0].code, faults.problems[0].line) == ("SC121", 2)
    assert faults.problems[0].advice
