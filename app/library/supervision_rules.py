"""Scales, evidence rules and requirement sets of content/supervision, fitted to each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from app.domain.competency import CompetencyFramework
from app.domain.competency_requirement import EvidenceRules, RequirementSet
from app.domain.level_scale import LevelScale
from app.domain.mi_counts import MIThresholds
from app.domain.observation_frequency import ObservationFrequency
from app.domain.problem import Problem, Severity
from app.domain.sign_off import SigningRules
from app.library.evidence_rules_file import RulesAsWritten
from app.library.requirement_file import SetAsWritten


@dataclass(frozen=True, slots=True)
class SupervisionRules:
    """What supervision goes by.

    Shape: scales, sets and frequencies by id, evidence rules by scale.

    None: without `mi`, counts are shown without thresholds; without `signing`, nobody can sign.
    """

    scales: Mapping[str, LevelScale] = field(default_factory=dict)
    evidence: Mapping[str, EvidenceRules] = field(default_factory=dict)
    sets: Mapping[str, RequirementSet] = field(default_factory=dict)
    mi: MIThresholds | None = None
    signing: SigningRules | None = None
    frequencies: Mapping[str, ObservationFrequency] = field(default_factory=dict)

    def scale_of(self, framework: CompetencyFramework) -> LevelScale | None:
        """The scale of a framework, or the first there is. None: there is none at all."""
        return self.scales.get(framework.scale) or next(iter(self.scales.values()), None)

    def evidence_of(self, framework: CompetencyFramework) -> EvidenceRules | None:
        """The evidence rules of a framework's scale. None: there are none for it."""
        scale = self.scale_of(framework)
        return self.evidence.get(scale.id) if scale else None


@dataclass
class SupervisionAsRead:
    """What the files said, before anything is looked up in another."""

    scales: tuple[LevelScale, ...] = ()
    rules: tuple[RulesAsWritten, ...] = ()
    sets: tuple[SetAsWritten, ...] = ()
    mi: MIThresholds | None = None
    signing: SigningRules | None = None
    frequencies: tuple[ObservationFrequency, ...] = ()

    def fit_together(
        self,
        frameworks: Iterable[CompetencyFramework],
        *,
        shelf_of: list[Problem],
        broken: Collection[str],
    ) -> SupervisionRules:
        """Looks up levels by their id, and tells in `shelf_of` what leads nowhere.

        What a file put aside may hold is not missed; `broken` names such files.
        """
        scales = {one.id: one for one in self.scales}
        known = {one.id: one for one in frameworks}
        evidence, sets = {}, {}
        misses: list[tuple[str, str, str]] = []
        for rules in self.rules:
            fitted = rules.with_ranks(scales)
            if fitted is None:
                misses.append((rules.path, rules.rules.id, f"the scale “{rules.rules.scale}”"))
            else:
                evidence[fitted.scale] = fitted
        for one in self.sets:
            ready = one.with_ranks(known, scales)
            if ready is None:
                framework = f"the framework “{one.written.framework}” or its scale"
                misses.append((one.path, one.written.id, framework))
            else:
                sets[ready.id] = ready
        misses += [
            (one.path, one.id, f"the scale “{one.scale}”")
            for one in known.values()
            if one.scale and one.scale not in scales
        ]
        if not any(path.startswith(("content/supervision", "content/comp")) for path in broken):
            shelf_of += [_leads_nowhere(*miss) for miss in misses]
        return SupervisionRules(
            MappingProxyType(scales),
            MappingProxyType(evidence),
            MappingProxyType(sets),
            self.mi,
            self.signing,
            MappingProxyType({one.id: one for one in self.frequencies}),
        )


def _leads_nowhere(path: str, subject: str, what: str) -> Problem:
    message = f"“{subject}” names something that is not in {what}."
    advice = "Correct the id of the framework, the scale, the level or the target."
    return Problem("XR520", Severity.ERROR, path, message, advice, subject=subject)
