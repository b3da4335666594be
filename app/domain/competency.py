"""Named abilities and the published frameworks they belong to."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

FOUNDATION = "foundation"  # the kind of a group whose competencies consist of knowledge


@dataclass(frozen=True, slots=True)
class Competency:
    """One named ability of one framework.

    Shape: `maps_to` holds codes of another framework that this ability draws on.
    """

    code: str  # for example "TAP21-47"
    framework: str  # for example "TAP21"
    group: str  # id of the group it stands in; empty when the framework has none
    title: str  # short name; equals `text` when the framework gives none
    text: str
    sureness: str  # confirmed, position-inferred, third-party, unverified, own
    maps_to: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()  # exam blueprint domains it mostly serves
    note: str = ""


@dataclass(frozen=True, slots=True)
class CompetencyGroup:
    """A part of a framework: a foundation, a practice dimension, or an element of one."""

    id: str
    title: str
    kind: str
    parent: str = ""


@dataclass(frozen=True)
class CompetencyFramework:
    """A published set of competencies in one edition."""

    id: str
    title: str
    edition: str
    publisher: str
    source: str
    note: str
    groups: tuple[CompetencyGroup, ...]
    competencies: tuple[Competency, ...]
    version: str = "1"  # of our file: raised when a line changes its meaning
    scale: str = ""  # id of the scale its levels are told on; empty: the first there is
    mapping: str = ""  # own or official; whose the mappings to other frameworks are
    path: str = field(default="", compare=False)

    def top_of(self, competency: Competency) -> str:
        """The id of the outermost group around a competency; empty when it stands in none."""
        return self._tops.get(competency.group, competency.group)

    @property
    def top_groups(self) -> tuple[CompetencyGroup, ...]:
        """The groups that stand in no other, in the order written."""
        return tuple(group for group in self.groups if not group.parent)

    @property
    def top_titles(self) -> dict[str, str]:
        """The titles of those groups by id."""
        return {group.id: group.title for group in self.top_groups}

    def members_of(self, top: str) -> tuple[Competency, ...]:
        """The competencies inside an outermost group, those of its parts too."""
        return tuple(one for one in self.competencies if self.top_of(one) == top)

    def is_practical(self, competency: Competency) -> bool:
        """Says whether it takes more than knowledge: everything outside a foundation does."""
        return self._kinds.get(self.top_of(competency)) != FOUNDATION

    @cached_property
    def _tops(self) -> dict[str, str]:
        return _tops_of(self.groups)

    @cached_property
    def _kinds(self) -> dict[str, str]:
        return {group.id: group.kind for group in self.groups}


def _tops_of(groups: tuple[CompetencyGroup, ...]) -> dict[str, str]:
    parents = {group.id: group.parent for group in groups}
    tops = {}
    for group_id in parents:
        top, seen = group_id, {group_id}
        while parents.get(top) and parents[top] not in seen:
            top = parents[top]
            seen.add(top)
        tops[group_id] = top
    return tops
