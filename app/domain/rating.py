"""Ratings: what one person decided about one competency of somebody, at one moment.

Ratings are only ever added. A self-rating stands beside those of others; nothing merges or
averages them, and where two differ widely the difference is shown until somebody explains it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby

WIDE_GAP = 2  # steps of the scale between two raters from which a note is asked for


class RatingSource(StrEnum):
    """Where a rating comes from."""

    OBSERVATION = "observation"
    SELF = "self"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Rating:
    """One rating. Shape: `level` is a rank of the scale named by `scale_id`, `level_title` what
    it was called then; `rater_credential` is the credential as it stood at that moment, in words.
    """

    id: str
    person_id: str
    competency: str
    framework_id: str
    framework_version: str
    scale_id: str
    level: int
    level_title: str
    source: RatingSource
    rater_id: str
    rated_at: datetime
    observed_support: str = ""
    observation_id: str = ""
    rater_credential: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two standing ratings of one competency that lie far apart."""

    competency: str
    lower: Rating
    higher: Rating

    @property
    def pair(self) -> frozenset[str]:
        """The ids of both, in no order."""
        return frozenset({self.lower.id, self.higher.id})


def standing(ratings: Iterable[Rating]) -> list[Rating]:
    """The latest rating of each rater for each person and competency, by competency and time.

    Shape: scales are kept apart, because levels of two scales cannot be compared.
    """
    latest: dict[tuple[str, str, str, str], Rating] = {}
    for one in sorted(ratings, key=_when):
        latest[(one.person_id, one.competency, one.scale_id, one.rater_id)] = one
    return sorted(latest.values(), key=lambda one: (one.competency, one.scale_id, *_when(one)))


def disagreements(ratings: Iterable[Rating]) -> list[Disagreement]:
    """Where standing ratings of one person's competency lie far apart, by competency.

    Shape: of each competency the two furthest apart; of equals, those made last.
    """
    found = []
    ordered = sorted(
        standing(ratings), key=lambda one: (one.person_id, one.competency, one.scale_id)
    )
    for (_, code, _), group in groupby(
        ordered, key=lambda one: (one.person_id, one.competency, one.scale_id)
    ):
        newest_first = sorted(group, key=_when, reverse=True)
        lower = min(newest_first, key=lambda one: one.level)
        higher = max(newest_first, key=lambda one: one.level)
        if higher.level - lower.level >= WIDE_GAP:
            found.append(Disagreement(code, lower, higher))
    return found


def _when(rating: Rating) -> tuple[datetime, str]:
    return rating.rated_at, rating.id
