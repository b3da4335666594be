"""content/supervision/requirement-sets.yaml → requirements that a team can start from.

Levels are named by their id, as in the evidence rules; `with_ranks` looks them up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from app.domain.competency import CompetencyFramework
from app.domain.competency_requirement import Requirement, RequirementSet
from app.domain.level_scale import LevelScale
from app.domain.problem import Problem
from app.library.evidence_rules_file import Months
from app.library.schema import Code, FileShape, Line, Shape, Text, fit
from app.library.supervision_shapes import repeated
from app.library.yaml_file import read_yaml


class _RequirementShape(Shape):
    target: Code
    level: Code
    role: Line = ""
    validity_months: Months | None = None


class _SetShape(Shape):
    id: Code
    title: Line
    framework: Code
    source: Code | None = None
    why: Text
    requirements: Annotated[tuple[_RequirementShape, ...], Field(min_length=1)]


class _SetsShape(FileShape):
    sets: Annotated[tuple[_SetShape, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class SetAsWritten:
    """A set of requirements. Shape: `levels` names the level of each requirement by its id."""

    written: RequirementSet
    levels: tuple[str, ...]
    path: str

    def with_ranks(
        self,
        frameworks: Mapping[str, CompetencyFramework],
        scales: Mapping[str, LevelScale],
    ) -> RequirementSet | None:
        """Puts ranks in the place of ids. None: something it names is not there."""
        framework = frameworks.get(self.written.framework)
        scale = scales.get(framework.scale) if framework else None
        if framework is None or scale is None:
            return None
        ranks = {level.id: level.rank for level in scale.levels}
        targets = {group.id for group in framework.top_groups}
        targets |= {one.code for one in framework.competencies}
        told = self.written
        if not {*self.levels} <= {*ranks} or any(
            one.target not in targets for one in told.requirements
        ):
            return None
        asked = tuple(
            Requirement(one.framework, one.target, ranks[level], one.role, one.validity_months)
            for one, level in zip(told.requirements, self.levels, strict=True)
        )
        return RequirementSet(told.id, told.title, told.framework, asked, told.why, told.source)


def read_requirement_sets(
    text: str, *, path: str
) -> tuple[tuple[SetAsWritten, ...] | None, list[Problem]]:
    """Reads the sets. None: the file has errors and cannot serve."""
    node, problems = read_yaml(text, path=path)
    if node is None:
        return None, problems
    shape, misfits = fit(_SetsShape, node, path=path)
    if shape is None:
        return None, problems + misfits
    faults = repeated([one.id for one in shape.sets], node, ("sets",), path=path)
    if faults:
        return None, problems + faults
    return tuple(_as_written(one, path) for one in shape.sets), problems


def _as_written(shape: _SetShape, path: str) -> SetAsWritten:
    asked = tuple(
        Requirement(shape.framework, one.target, 0, one.role, one.validity_months)
        for one in shape.requirements
    )
    written = RequirementSet(
        shape.id, shape.title, shape.framework, asked, shape.why, shape.source or ""
    )
    return SetAsWritten(written, tuple(one.level for one in shape.requirements), path)
