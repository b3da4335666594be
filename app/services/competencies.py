"""Frameworks of an organisation, what is asked of its teams, and where people stand."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache

from app.domain.access import supervised_cohort
from app.domain.competency import Competency, CompetencyFramework
from app.domain.competency_import import PackageFault, from_package
from app.domain.competency_requirement import EvidenceRules, Requirement, requirements_for
from app.domain.competency_state import Asked, CompetencyStanding, competency_standing
from app.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from app.domain.framework_view import outline_framework
from app.domain.level_scale import LevelScale
from app.domain.person import Role, Viewer
from app.library.library import Library
from app.services.evidence import EvidenceByPlace
from app.storage.audit import AuditEntry
from app.storage.queries.team_pages import Member, TeamView
from app.storage.requirements import TeamRequirements
from app.storage.store import Store

LONGEST_VALIDITY = 240  # months
DEFAULT_FRAMEWORK = "TAP21"


class UnusablePackage(InvalidInput):
    """A framework that cannot be imported, with every reason."""

    def __init__(self, faults: Iterable[PackageFault]) -> None:
        super().__init__(
            "framework-unusable",
            "This file cannot be imported. Nothing of it was taken.",
            "Mend what is listed and send it again.",
        )
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Judging:
    """What people are judged by in one framework.

    None: `asked` is None when nobody has set requirements for the team.
    """

    framework: CompetencyFramework
    scale: LevelScale
    rules: EvidenceRules
    asked: TeamRequirements | None
    raters: int

    def of_role(self, role: str) -> Mapping[str, Asked]:
        """What is asked of somebody with a credential, by competency; not required is absent."""
        if role not in self._by_role:
            asked = self.asked.requirements if self.asked else ()
            found = requirements_for(self.framework, asked, role=role)
            self._by_role[role] = {
                one.code: Asked(
                    found[one.code],
                    self.rules,
                    self.framework.is_practical(one),
                    max(self.raters, 1),
                )
                for one in self.framework.competencies
                if one.code in found
            }
        return self._by_role[role]

    @cached_property
    def _by_role(self) -> dict[str, Mapping[str, Asked]]:
        return {}  # a team holds few credentials, and each is asked for by many people


def frameworks_of(store: Store, library: Library) -> dict[str, CompetencyFramework]:
    """Every framework the organisation can use, by id: of the content, its own, exam outlines."""
    found = dict(library.frameworks)
    for package in store.own_frameworks.newest().values():
        framework = _read_package(json.dumps(package))
        if framework is not None and framework.id not in found:
            found[framework.id] = framework
    shipped = tuple(found.values())
    for blueprint in library.blueprints.values():
        outline = outline_framework(blueprint, shipped)
        found.setdefault(outline.id, outline)
    return found


@lru_cache(maxsize=32)
def _read_package(text: str) -> CompetencyFramework | None:
    return from_package(text)[0]


def framework_named(
    frameworks: Mapping[str, CompetencyFramework], framework_id: str
) -> CompetencyFramework:
    """Finds a framework. Raises: NotFound if there is none of that id."""
    found = frameworks.get(framework_id)
    if found is None:
        raise NotFound("framework-not-found", "There is no such framework.")
    return found


def judging(
    store: Store, library: Library, team: TeamView, framework: CompetencyFramework
) -> Judging:
    """By what a team is judged in a framework.

    Raises: NotFound when there is no scale or no evidence rules for it.
    """
    scale = library.supervision.scale_of(framework)
    rules = library.supervision.evidence_of(framework)
    if scale is None or rules is None:
        raise NotFound(
            "scale-not-found",
            "There are no evidence rules for the scale of this framework.",
            "Add them to content/supervision, or choose another framework.",
        )
    asked = store.requirements.of_team(team.id, framework.id)
    return Judging(framework, scale, rules, asked, len(team.supervisors))


def standings_of(
    member: Member,
    by: Judging,
    evidence: EvidenceByPlace,
    *,
    on: date,
    among: Iterable[Competency] | None = None,
) -> dict[str, CompetencyStanding]:
    """Where one person stands with all competencies of a framework, or among some of them."""
    asked = by.of_role(member.credential)
    return {
        one.code: competency_standing(
            evidence.get((member.id, one.code), ()), asked.get(one.code), on=on
        )
        for one in (by.framework.competencies if among is None else among)
    }


def set_requirements(
    store: Store,
    supervisor: Viewer,
    by: Judging,
    *,
    cohort_id: str,
    requirements: Collection[Requirement],
    now: datetime,
) -> None:
    """Sets what is asked of a team in a framework from now on; what was asked before stays kept.

    Raises: NotFound for a team that is not the supervisor's; InvalidInput for a level outside
    the scale, a target that is not in the framework, or a validity that cannot be.
    """
    supervised_cohort(supervisor, cohort_id)
    targets = {group.id for group in by.framework.top_groups}
    targets |= {one.code for one in by.framework.competencies}
    for one in requirements:
        if one.target not in targets:
            raise InvalidInput("target-unknown", f"There is no “{one.target}” in this framework.")
        if one.level != 0:
            by.scale.level(one.level)
        months = one.validity_months
        if months is not None and not 1 <= months <= LONGEST_VALIDITY:
            raise InvalidInput(
                "validity-odd", f"A validity is between 1 and {LONGEST_VALIDITY} months."
            )
    with store.writing():
        store.requirements.add(
            store.new_id(now),
            cohort_id,
            by.framework.id,
            requirements,
            by=supervisor.id,
            now=now,
        )


def import_framework(
    store: Store, administrator: Viewer, library: Library, *, text: str, now: datetime
) -> CompetencyFramework:
    """Adds a framework of the organisation's own from a CASE package.

    Raises: NotAllowed for anybody but an administrator; UnusablePackage with every reason;
    Conflict if its id or a code is taken, or this version is here already.
    """
    if not administrator.holds(Role.ADMINISTRATOR):
        raise NotAllowed("not-administrator", "An administrator imports frameworks.")
    framework, faults = from_package(text)
    if framework is None:
        raise UnusablePackage(faults)
    with store.writing():
        _refuse_taken(store, library, framework)
        store.own_frameworks.add(
            store.new_id(now),
            framework.id,
            framework.version,
            json.loads(text),
            by=administrator.id,
            now=now,
        )
        details = {"framework": framework.id, "version": framework.version}
        entry = AuditEntry(now, "framework-imported", administrator.id, details=details)
        store.audit.add(store.new_id(now), entry)
    return framework


def _refuse_taken(store: Store, library: Library, framework: CompetencyFramework) -> None:
    others = frameworks_of(store, library)
    own = store.own_frameworks.newest()
    if framework.id in others and framework.id not in own:
        raise Conflict(
            "framework-taken",
            f"“{framework.id}” is the id of a framework that comes with Waymark.",
            "Give yours another id: a line such as “id=MINE” in the notes of the document.",
        )
    if store.own_frameworks.has(framework.id, framework.version):
        raise Conflict(
            "framework-version-taken",
            f"Version {framework.version} of “{framework.id}” is here already.",
            "Raise the version of the document if something has changed.",
        )
    codes = {one.code for one in framework.competencies}
    for other in others.values():
        shared = codes & {one.code for one in other.competencies}
        if shared and other.id != framework.id:
            raise Conflict(
                "codes-taken",
                f"The code “{min(shared)}” stands in “{other.title}” already.",
                "Give your competencies codes of their own; the relation “isRelatedTo” maps them.",
            )
