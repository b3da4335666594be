"""Counts of an observed motivational interview, and the measures worked out from them.

The measures are those of MITI 4; the thresholds are data (content/supervision). They tell of one
conversation and are kept apart from levels of competency.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from app.domain.errors import InvalidInput

MOST_COUNTED = 999
LOWEST_GLOBAL, HIGHEST_GLOBAL = 1, 5


class Measure(StrEnum):
    """What is worked out. Shape: ratios and globals as fractions, the share as 0–1."""

    REFLECTIONS_TO_QUESTIONS = "reflections-to-questions"
    COMPLEX_REFLECTIONS = "complex-reflections"
    RELATIONAL = "relational"
    TECHNICAL = "technical"


class Reached(StrEnum):
    """How a measure stands to its thresholds."""

    GOOD = "good"
    FAIR = "fair"
    BELOW = "below fair"


@dataclass(frozen=True, slots=True)
class MICounts:
    """What an observer counted and judged in one conversation.

    None: not counted, or not judged. Units: globals are 1 to 5 as MITI 4 has them.
    """

    questions: int | None = None
    simple_reflections: int | None = None
    complex_reflections: int | None = None
    cultivating: int | None = None
    softening: int | None = None
    partnership: int | None = None
    empathy: int | None = None

    @classmethod
    def from_json(cls, told: Mapping[str, int | None]) -> MICounts:
        """Reads what `as_json` wrote."""
        return cls(**told)

    def as_json(self) -> dict[str, int | None]:
        """Plain data to keep."""
        return asdict(self)

    @property
    def is_empty(self) -> bool:
        """Says whether nothing was counted or judged."""
        return all(value is None for value in asdict(self).values())


@dataclass(frozen=True, slots=True)
class MeasureThreshold:
    """From where a measure counts as fair and as good. Shape: `unit` says how it is written."""

    measure: Measure
    title: str
    fair: Fraction
    good: Fraction
    unit: str


@dataclass(frozen=True, slots=True)
class MIThresholds:
    """The thresholds as dated data. Shape: `source` names a work of the list of sources."""

    source: str
    as_of: date
    measures: tuple[MeasureThreshold, ...]
    note: str = ""


def refuse_unfit_counts(counts: MICounts) -> None:
    """Refuses counts that nobody can have counted. Raises: InvalidInput with the field."""
    for name, value in counts.as_json().items():
        is_global = name in {"cultivating", "softening", "partnership", "empathy"}
        low, high = (LOWEST_GLOBAL, HIGHEST_GLOBAL) if is_global else (0, MOST_COUNTED)
        if value is not None and not low <= value <= high:
            raise InvalidInput(f"counts-{name}", f"Use a whole number from {low} to {high}.")


def measures_of(counts: MICounts) -> dict[Measure, Fraction]:
    """Works out what can be worked out; a measure that lacks something is absent.

    Source: MITI 4.2.1 coding manual, summary measures.
    >>> measures_of(MICounts(questions=4, simple_reflections=3, complex_reflections=5))[
    ...     Measure.REFLECTIONS_TO_QUESTIONS
    ... ]
    Fraction(2, 1)
    """
    found: dict[Measure, Fraction] = {}
    simple, deep = counts.simple_reflections, counts.complex_reflections
    if simple is not None and deep is not None:
        if counts.questions:
            found[Measure.REFLECTIONS_TO_QUESTIONS] = Fraction(simple + deep, counts.questions)
        if simple + deep:
            found[Measure.COMPLEX_REFLECTIONS] = Fraction(deep, simple + deep)
    if counts.partnership is not None and counts.empathy is not None:
        found[Measure.RELATIONAL] = Fraction(counts.partnership + counts.empathy, 2)
    if counts.cultivating is not None and counts.softening is not None:
        found[Measure.TECHNICAL] = Fraction(counts.cultivating + counts.softening, 2)
    return found


def reached(value: Fraction, threshold: MeasureThreshold) -> Reached:
    """Says how a measure stands to its thresholds; reaching one exactly is enough."""
    if value >= threshold.good:
        return Reached.GOOD
    return Reached.FAIR if value >= threshold.fair else Reached.BELOW
