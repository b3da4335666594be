"""The test specification: how many items from each content area, how long, where the cut is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExamDomain:
    """A content area of an exam.

    Units: `items` counts scored items; `published_weight_percent` is 0–100 as printed.
    None: the weight is None when no source prints one.
    """

    code: str
    title: str
    items: int
    published_weight_percent: int | None
    sureness: str
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExamShape:
    """One length of an exam: full, half, quick or a single domain.

    Units: `minutes` of working time. Shape: `domains` counts scored items by domain code.
    """

    id: str
    title: str
    items: int
    scored: int
    pretest: int
    minutes: int
    domains: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ScoreScale:
    """The scale a result is told on. `ours` says that it is not the board's own.

    Units: `cut_percent` of the scored items, 0–100, is what our cut asks for.
    """

    low: int
    high: int
    cut: int
    cut_percent: int
    ours: bool


@dataclass(frozen=True, slots=True)
class ExamBlueprint:
    """A versioned outline of an exam, as data with a source."""

    id: str
    title: str
    version: str
    outline_year: int | None
    source: str
    note: str
    items_total: int
    scored: int
    pretest: int
    minutes: int
    scale: ScoreScale
    domains: tuple[ExamDomain, ...]
    shapes: tuple[ExamShape, ...]
    path: str = ""
