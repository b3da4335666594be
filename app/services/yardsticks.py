"""By what a competency is rated: its framework in one version, and the scale of its levels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.competency import CompetencyFramework
from app.domain.competency_requirement import EvidenceRules
from app.domain.errors import InvalidInput, NotFound
from app.domain.level_scale import LevelScale
from app.library.catalog import Library

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


def yardstick_of(library: Library, framework: CompetencyFramework) -> Yardstick | None:
    """By what a framework is rated. None: there is no scale at all."""
    scale = library.supervision.scale_of(framework)
    if scale is None:
        return None
    version = f"{framework.edition}, version {framework.version}"[:60]
    rules = library.supervision.evidence_of(framework)
    return Yardstick(framework.id, version, scale, rules)


def yardsticks(library: Library) -> Mapping[str, Yardstick]:
    """By what each competency is rated, by its code. Those without a scale are absent."""
    found = {}
    for framework in library.frameworks.values():
        yardstick = yardstick_of(library, framework)
        if yardstick is not None:
            found.update({one.code: yardstick for one in framework.competencies})
    return found


def yardstick_for(library: Library, code: str) -> Yardstick:
    """By what one competency is rated. Raises: InvalidInput if it is in no framework."""
    known = library.competencies.get(code)
    framework = library.frameworks.get(known.framework) if known else None
    found = yardstick_of(library, framework) if framework else None
    if found is None:
        raise InvalidInput(
            "competency-unknown", "There is no such competency.", "Choose one of the list."
        )
    return found


def target_of(library: Library, kind: str, code: str) -> Target:
    """A competency, or an outermost area of a framework: `TAP21/PD3`.

    Raises: NotFound if there is no such thing.
    """
    missing = NotFound("target-not-found", "There is no such competency or area.")
    if kind == COMPETENCY:
        known = library.competencies.get(code)
        if known is None:
            raise missing
        return Target(kind, code, known.title, (code,), yardstick_for(library, code))
    framework_id, _, group_id = code.partition("/")
    framework = library.frameworks.get(framework_id)
    yardstick = yardstick_of(library, framework) if framework else None
    if kind != AREA or framework is None or yardstick is None:
        raise missing
    for group in framework.top_groups:
        if group.id == group_id:
            codes = tuple(one.code for one in framework.members_of(group_id))
            return Target(kind, code, group.title, codes, yardstick)
    raise missing
