"""Named abilities and the published frameworks they belong to."""

from __future__ import annotations

from dataclasses import dataclass, field


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


@dataclass(frozen=True, slots=True)
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
    path: str = field(default="", compare=False)
