"""In what somebody can be rated, and by what: a framework in one version, its scale of levels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from app.domain.competency import Competency, CompetencyFramework
from app.domain.competency_requirement import EvidenceRules
from app.domain.errors import InvalidInput, NotFound
from app.domain.level_scale import LevelScale
from app.library.catalog import Library
from app.library.supervision_rules import SupervisionRules
from app.services.competencies import frameworks_of
from app.storage.store import Store

AREA, COMPETENCY = "area", "competency"


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What a level of a competency is told by. None: `rules` is None where none are written."""

    framework_id: str
    framework_version: str
    scale: LevelScale
    rules: EvidenceRules | None


@dataclass(frozen=True, slots=True)
class Target:
    """A competency or an area that can be signed off. Shape: `codes` of everything in it."""

    kind: str
    code: str
    title: str
    codes: tuple[str, ...]
    yardstick: Yardstick


@dataclass(frozen=True)
class Ratable:
    """Everything somebody can be rated in: what can be asked of a team can be rated too.

    Shape: `frameworks` by id, those the organization brought with it among them.
    """

    frameworks: Mapping[str, CompetencyFramework]
    rules: SupervisionRules

    @cached_property
    def competencies(self) -> Mapping[str, Competency]:
        """Every competency by its code; where two have one code, that of the content."""
        found: dict[str, Competency] = {}
        for framework in self.frameworks.values():
            for one in framework.competencies:
                found.setdefault(one.code, one)
        return found


def ratable_of(store: Store, library: Library) -> Ratable:
    """Everything people of an organization can be rated in. Cost: one query."""
    return Ratable(frameworks_of(store, library), library.supervision)


def yardstick_of(ratable: Ratable, framework: CompetencyFramework) -> Yardstick | None:
    """By what a framework is rated. None: there is no scale at all."""
    scale = ratable.rules.scale_of(framework)
    if scale is None:
        return None
    version = f"{framework.edition}, version {framework.version}"[:60]
    rules = ratable.rules.evidence_of(framework)
    return Yardstick(framework.id, version, scale, rules)


def yardsticks(ratable: Ratable) -> Mapping[str, Yardstick]:
    """By what each competency is rated, by its code. Those without a scale are absent."""
    by_framework = {
        framework.id: yardstick_of(ratable, framework) for framework in ratable.frameworks.values()
    }
    return {
        code: yardstick
        for code, one in ratable.competencies.items()
        if (yardstick := by_framework.get(one.framework)) is not None
    }


def yardstick_for(ratable: Ratable, code: str) -> Yardstick:
    """By what one competency is rated. Raises: InvalidInput if it is in no framework."""
    known = ratable.competencies.get(code)
    framework = ratable.frameworks.get(known.framework) if known else None
    found = yardstick_of(ratable, framework) if framework else None
    if found is None:
        raise InvalidInput(
            "competency-unknown", "There is no such competency.", "Choose one of the list."
        )
    return found


def target_of(ratable: Ratable, kind: str, code: str) -> Target:
    """A competency, or an outermost area of a framework: `TAP21/PD3`.

    Raises: NotFound if there is no such thing.
    """
    missing = NotFound("target-not-found", "There is no such competency or area.")
    if kind == COMPETENCY:
        known = ratable.competencies.get(code)
        if known is None:
            raise missing
        return Target(kind, code, known.title, (code,), yardstick_for(ratable, code))
    framework_id, _, group_id = code.partition("/")
    framework = ratable.frameworks.get(framework_id)
    yardstick = yardstick_of(ratable, framework) if framework else None
    if kind != AREA or framework is None or yardstick is None:
        raise missing
    for group in framework.top_groups:
        if group.id == group_id:
            codes = tuple(one.code for one in framework.members_of(group_id))
            return Target(kind, code, group.title, codes, yardstick)
    raise missing
