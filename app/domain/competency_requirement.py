"""What is asked of whom: a level of a competency, for how long, and what evidence it takes.

Requirements and evidence rules are data with a source; the roll-up only applies them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.competency import CompetencyFramework

EVERYBODY = ""  # a requirement for all members of a team, whatever credential they hold
NOT_ASKED = 0  # a level of none: says that a competency is not required


@dataclass(frozen=True, slots=True)
class LevelRule:
    """The least evidence for levels from `from_level` on, up to the next rule.

    Units: counts of observations at the level or above; of days; of those seen directly; of
    different raters.
    """

    from_level: int
    observations: int
    dates: int = 1
    direct: int = 0
    raters: int = 1


@dataclass(frozen=True, slots=True)
class KnowledgeRule:
    """When answers alone meet a competency that consists of knowledge.

    Units: `right_percent` is 0–100 of at least `answers` answers, on at least `dates` days.
    """

    answers: int
    right_percent: int
    dates: int = 1


@dataclass(frozen=True, slots=True)
class EvidenceRules:
    """What it takes on one scale. Shape: `levels` from the lowest level on.

    Units: `validity_months` unless a requirement says otherwise; `ageing_days` before the last
    valid day. None: without `knowledge`, no answers meet anything; `validity_months` None: for
    good. `source` and `why` say where the rules come from.
    """

    id: str
    scale: str
    levels: tuple[LevelRule, ...]
    direct_modes: frozenset[str]
    ageing_days: int
    validity_months: int | None = None
    knowledge: KnowledgeRule | None = None
    source: str = ""
    why: str = ""

    def for_level(self, level: int) -> LevelRule:
        """The rule for a level: the highest one that starts at it or below."""
        fitting = [one for one in self.levels if one.from_level <= level]
        return fitting[-1] if fitting else self.levels[0]


@dataclass(frozen=True, slots=True)
class Requirement:
    """A level asked of a group or of a single competency.

    Shape: `target` is the id of a top group, or the code of a competency; `role` the credential
    it is asked of, empty for everybody; `level` a rank of the scale, 0 for not required.
    None: `validity_months` None takes that of the evidence rules.
    """

    framework: str
    target: str
    level: int
    role: str = EVERYBODY
    validity_months: int | None = None


@dataclass(frozen=True, slots=True)
class RequirementSet:
    """A set of requirements to start from. `source` and `why` say where it comes from."""

    id: str
    title: str
    framework: str
    requirements: tuple[Requirement, ...]
    why: str
    source: str = ""


def requirements_for(
    framework: CompetencyFramework, asked: Iterable[Requirement], *, role: str
) -> Mapping[str, Requirement]:
    """The requirement that applies to each competency for somebody with a credential.

    Shape: competencies that nothing is asked of are absent. A requirement on the competency goes
    before one on its group, and then one for the credential before one for everybody.
    """
    chosen: dict[tuple[str, str], Requirement] = {}
    for one in asked:
        if one.framework == framework.id and one.role in (EVERYBODY, role):
            chosen[one.target, one.role] = one
    found: dict[str, Requirement] = {}
    for competency in framework.competencies:
        top = framework.top_of(competency)
        ways = [(target, who) for target in (competency.code, top) for who in (role, EVERYBODY)]
        fitting = next((chosen[way] for way in ways if way in chosen), None)
        if fitting is not None and fitting.level != NOT_ASKED:
            found[competency.code] = fitting
    return found
