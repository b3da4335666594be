"""Evidence, rules and requirements, with defaults."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.domain.competency_requirement import (
    EvidenceRules,
    KnowledgeRule,
    LevelRule,
    Requirement,
)
from app.domain.competency_state import Asked
from app.domain.evidence import Answered, Decided, Evidence, EvidenceKind, Outcome, Rated

A_CODE = "TAP21-56"
BEGAN = date(2026, 3, 2)


def some_rules(**changes: Any) -> EvidenceRules:
    """Competent is rank 3 and takes three observations on two days, one of them direct."""
    fields: dict[str, Any] = {
        "id": "rules",
        "scale": "five-steps",
        "levels": (LevelRule(1, 1), LevelRule(3, 3, 2, 1), LevelRule(4, 5, 3, 2, 2)),
        "direct_modes": frozenset({"live", "recorded"}),
        "ageing_days": 90,
        "validity_months": 24,
        "knowledge": KnowledgeRule(10, 80, 2),
    }
    return EvidenceRules(**{**fields, **changes})


def asked_for(level: int = 3, *, is_skill: bool = True, **changes: Any) -> Asked:
    """A skill at rank 3."""
    validity = changes.pop("validity_months", None)
    raters = changes.pop("raters_there_are", 99)
    requirement = Requirement("TAP21", A_CODE, level, validity_months=validity)
    return Asked(requirement, some_rules(**changes), is_skill, raters)


def a_row(kind: EvidenceKind, outcome: Outcome, day: date = BEGAN, **changes: Any) -> Evidence:
    return Evidence("person-1", A_CODE, kind, day, outcome, **changes)


def seen(
    level: int = 3, day: date = BEGAN, mode: str = "live", rater: str = "cora", **changes: Any
) -> Evidence:
    """An observation by Cora."""
    outcome = Rated(level, mode)
    return a_row(EvidenceKind.OBSERVATION, outcome, day, rater_id=rater, **changes)


def answered(right: int, asked: int, day: date = BEGAN) -> Evidence:
    return a_row(EvidenceKind.QUIZ, Answered(right, asked), day)


def played(met: int = 3, day: date = BEGAN) -> Evidence:
    return a_row(EvidenceKind.CASE, Decided(met, met, met + 1), day)


def signed(level: int = 3, day: date = BEGAN) -> Evidence:
    return a_row(EvidenceKind.SIGN_OFF, Rated(level), day, rater_id="cora")
