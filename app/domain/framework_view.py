"""Frameworks seen through another: an exam outline as one, and codes that stand for each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from app.domain.competency import Competency, CompetencyFramework, CompetencyGroup
from app.domain.exam_blueprint import ExamBlueprint

OUTLINE_GROUP = "domains"


def outline_framework(
    blueprint: ExamBlueprint, frameworks: Iterable[CompetencyFramework]
) -> CompetencyFramework:
    """Shows the domains of an exam outline as a framework.

    Each domain maps to every competency whose own line names it. The mapping is ours.
    """
    known = [one for framework in frameworks for one in framework.competencies]
    framework_id = blueprint.id.upper()
    group = f"{framework_id}-{OUTLINE_GROUP}"
    return CompetencyFramework(
        id=framework_id,
        title=f"{blueprint.title}: domains of the exam",
        edition=str(blueprint.outline_year or blueprint.version),
        publisher="IC&RC",
        source=blueprint.source,
        note=blueprint.note,
        groups=(CompetencyGroup(group, "Domains of the exam", "dimension"),),
        competencies=tuple(
            Competency(
                code=domain.code,
                framework=framework_id,
                group=group,
                title=domain.title,
                text=domain.title,
                sureness=domain.sureness,
                maps_to=tuple(one.code for one in known if domain.code in one.domains),
                domains=(domain.code,),
            )
            for domain in blueprint.domains
        ),
        version=blueprint.version,
        mapping="own",
    )


def codes_for(
    framework: CompetencyFramework, others: Collection[CompetencyFramework]
) -> Mapping[str, frozenset[str]]:
    """Which competencies of a framework a code of another one speaks about, through a mapping.

    Shape: by code of the other frameworks; a mapping counts in either direction, and only one
    step of it. Codes that lead nowhere are absent.
    """
    own = {one.code for one in framework.competencies}
    found: dict[str, set[str]] = defaultdict(set)
    for other in others:
        if other.id == framework.id:
            continue
        for one in other.competencies:
            found[one.code] |= own.intersection(one.maps_to)
    for one in framework.competencies:
        for code in one.maps_to:
            if code not in own:
                found[code].add(one.code)
    return {code: frozenset(codes) for code, codes in found.items() if codes}
