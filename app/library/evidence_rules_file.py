"""content/supervision/evidence-rules.yaml → what evidence a level takes, by scale.

Levels are named here by their id; which rank that is, the scale says. So the file is read into
rules with ids first, and `with_ranks` makes the rules once the scales are known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, StrictInt

from app.domain.competency_requirement import EvidenceRules, KnowledgeRule, LevelRule
from app.domain.level_scale import LevelScale
from app.domain.problem import Problem
from app.library.schema import Code, FileShape, Shape, Text, fit
from app.library.supervision_shapes import repeated
from app.library.yaml_file import read_yaml

_Small = Annotated[StrictInt, Field(ge=0, le=100)]
_Some = Annotated[StrictInt, Field(ge=1, le=100)]
Months = Annotated[StrictInt, Field(ge=1, le=240)]


class _KnowledgeShape(Shape):
    answers: _Some
    right_percent: _Some
    dates: _Some = 1


class _LevelRuleShape(Shape):
    from_: Annotated[Code, Field(alias="from")]
    observations: _Some
    dates: _Some = 1
    direct: _Small = 0
    raters: _Some = 1


class _RulesShape(Shape):
    id: Code
    scale: Code
    source: Code | None = None
    why: Text
    direct_modes: tuple[Code, ...]
    validity_months: Months | None = None
    ageing_days: Annotated[StrictInt, Field(ge=0, le=366)]
    knowledge: _KnowledgeShape | None = None
    levels: Annotated[tuple[_LevelRuleShape, ...], Field(min_length=1)]


class _RulesFileShape(FileShape):
    rules: Annotated[tuple[_RulesShape, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class RulesAsWritten:
    """The rules of one scale, levels named by id. Shape: `levels` pairs an id with its rule."""

    rules: EvidenceRules
    levels: tuple[tuple[str, LevelRule], ...]
    path: str

    def with_ranks(self, scales: Mapping[str, LevelScale]) -> EvidenceRules | None:
        """Puts ranks in the place of ids. None: the scale, or a level of it, is not there."""
        scale = scales.get(self.rules.scale)
        ranks = {level.id: level.rank for level in scale.levels} if scale else {}
        if any(name not in ranks for name, _ in self.levels):
            return None
        rules = sorted(
            (
                LevelRule(ranks[name], rule.observations, rule.dates, rule.direct, rule.raters)
                for name, rule in self.levels
            ),
            key=lambda rule: rule.from_level,
        )
        told = self.rules
        return EvidenceRules(
            id=told.id,
            scale=told.scale,
            levels=tuple(rules),
            direct_modes=told.direct_modes,
            ageing_days=told.ageing_days,
            validity_months=told.validity_months,
            knowledge=told.knowledge,
            source=told.source,
            why=told.why,
        )


def read_evidence_rules(
    text: str, *, path: str
) -> tuple[tuple[RulesAsWritten, ...] | None, list[Problem]]:
    """Reads the rules. None: the file has errors and cannot serve."""
    node, problems = read_yaml(text, path=path)
    if node is None:
        return None, problems
    shape, misfits = fit(_RulesFileShape, node, path=path)
    if shape is None:
        return None, problems + misfits
    faults = repeated([one.id for one in shape.rules], node, ("rules",), path=path)
    faults += repeated([one.scale for one in shape.rules], node, ("rules",), path=path)
    for place, one in enumerate(shape.rules):
        steps = ("rules", place, "levels")
        faults += repeated([level.from_ for level in one.levels], node, steps, path=path)
    if faults:
        return None, problems + faults
    return tuple(_as_written(one, path) for one in shape.rules), problems


def _as_written(shape: _RulesShape, path: str) -> RulesAsWritten:
    told = shape.knowledge
    knowledge = KnowledgeRule(told.answers, told.right_percent, told.dates) if told else None
    rules = EvidenceRules(
        id=shape.id,
        scale=shape.scale,
        levels=(),
        direct_modes=frozenset(shape.direct_modes),
        ageing_days=shape.ageing_days,
        validity_months=shape.validity_months,
        knowledge=knowledge,
        source=shape.source or "",
        why=shape.why,
    )
    levels = tuple(
        (one.from_, LevelRule(0, one.observations, one.dates, one.direct, one.raters))
        for one in shape.levels
    )
    return RulesAsWritten(rules, levels, path)
