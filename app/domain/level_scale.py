"""Scales on which a level of a competency is told: ordered steps in words, never numbers to add.

Levels are decisions in an order. Nothing here or elsewhere averages them.
Source: docs/decisions/0021-competency-evidence.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Level:
    """One step of a scale. Shape: `rank` counts from 1, the lowest step."""

    id: str
    rank: int
    title: str
    meaning: str


@dataclass(frozen=True, slots=True)
class LevelScale:
    """The steps on which a framework's competencies are rated. Shape: levels by rank from 1.

    `competent` is the rank from which somebody may do it in routine situations; `source` names a
    work of the list of sources and is empty for a scale of our own.
    """

    id: str
    title: str
    levels: tuple[Level, ...]
    competent: int = 1
    source: str = ""
    note: str = ""

    def level(self, rank: int) -> Level:
        """Finds a step by its rank. Raises: InvalidInput for a rank outside the scale."""
        for level in self.levels:
            if level.rank == rank:
                return level
        raise InvalidInput(
            "level-outside-scale",
            f"There is no level {rank} on the scale “{self.title}”.",
            f"Choose one from 1, {self.levels[0].title}, to "
            f"{self.levels[-1].rank}, {self.levels[-1].title}.",
        )

    def holds(self, rank: int) -> bool:
        """Says whether a rank is a step of this scale."""
        return any(level.rank == rank for level in self.levels)
