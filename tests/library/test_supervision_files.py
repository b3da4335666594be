"""Scales, evidence rules and requirement sets: read, and refused with place and advice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.competency import CompetencyFramework
from app.domain.problem import Problem
from app.library.competency_file import read_framework
from app.library.evidence_rules_file import read_evidence_rules
from app.library.level_scale_file import read_level_scales
from app.library.places import find_places
from app.library.requirement_file import read_requirement_sets
from app.library.supervision_rules import SupervisionAsRead

SHIPPED = find_places(None, None).content / "supervision"
SCALES = (SHIPPED / "level-scales.yaml").read_text("utf-8")
RULES = (SHIPPED / "evidence-rules.yaml").read_text("utf-8")
SETS = (SHIPPED / "requirement-sets.yaml").read_text("utf-8")
Reader = Callable[..., tuple[object, list[Problem]]]


def test_a_scale_counts_its_levels_from_one() -> None:
    scales, problems = read_level_scales(SCALES, path="scales")

    assert problems == []
    assert scales is not None
    assert [(level.rank, level.title) for level in scales[0].levels] == [
        (1, "Understands"),
        (2, "Developing"),
        (3, "Competent"),
        (4, "Skilled"),
        (5, "Master"),
    ]


@pytest.mark.parametrize(
    ("read", "text", "code", "line"),
    [
        (read_level_scales, SCALES.replace("competent: 3", "competent: 9"), "SR442", True),
        (read_level_scales, SCALES.replace("id: developing", "id: understands"), "SR441", True),
        (read_level_scales, SCALES.replace("meaning: Grasps", "means: Grasps"), "YF", True),
        (read_level_scales, "scales: []", "YF", False),
        (read_evidence_rules, RULES.replace("observations: 3", "observations: 0"), "YF", True),
        (read_evidence_rules, RULES.replace("from: competent", "from: skilled"), "SR441", True),
        (read_evidence_rules, RULES.replace("scale: entrustment", "scale: five-steps"), "SR", True),
        (read_evidence_rules, RULES.replace("ageing_days: 90", "ageing_days: soon"), "YF", True),
        (
            read_requirement_sets,
            SETS.replace("validity_months: 12", "validity_months: 0"),
            "YF",
            True,
        ),
        (
            read_requirement_sets,
            SETS.replace("tap21-case-management", "tap21-competent"),
            "SR",
            True,
        ),
        (read_requirement_sets, SETS.replace("why:", "because:"), "YF", True),
    ],
)
def test_a_fault_is_told_with_its_line_and_advice(
    read: Reader, text: str, code: str, line: bool
) -> None:
    value, problems = read(text, path="file")

    assert value is None
    assert [one for one in problems if one.code.startswith(code) and one.advice]
    assert not line or any(one.line and one.line > 1 for one in problems)


@pytest.mark.parametrize(
    ("scales", "rules", "sets"),
    [
        (SCALES, RULES.replace("from: skilled", "from: expert"), SETS),
        (SCALES, RULES.replace("scale: entrustment", "scale: trust"), SETS),
        (SCALES, RULES, SETS.replace("target: PD3", "target: PD99")),
        (SCALES, RULES, SETS.replace("level: developing", "level: good")),
        (SCALES, RULES, SETS.replace("framework: TAP21", "framework: TAP99")),
    ],
)
def test_what_leads_nowhere_is_told_and_does_not_serve(
    scales: str, rules: str, sets: str, tap21: CompetencyFramework
) -> None:
    read = SupervisionAsRead(
        read_level_scales(scales, path="s")[0] or (),
        read_evidence_rules(rules, path="r")[0] or (),
        read_requirement_sets(sets, path="q")[0] or (),
    )
    problems: list[Problem] = []

    told = read.fit_together([tap21], shelf_of=problems, broken=())

    assert {one.code for one in problems} == {"XR520"}
    assert len(told.evidence) + len(told.sets) < 4


@pytest.fixture(scope="module")
def tap21() -> CompetencyFramework:
    path = Path(SHIPPED.parent, "competencies", "tap21.yaml")
    framework, _ = read_framework(path.read_text("utf-8"), path="tap21")
    assert framework is not None
    return framework
