"""What must hold before a draft of a case is published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.problem import Problem, Severity
from app.domain.review_mark import UNREVIEWED
from app.domain.scenario import Scenario

# Warnings elsewhere, but nobody should meet a case with them.
MUST_HOLD = frozenset({"SC123"})


@dataclass(frozen=True, slots=True)
class Hurdle:
    """Something that keeps a draft from being published, and what to do about it."""

    words: str
    advice: str
    problem: Problem | None = None


def hurdles(
    before: Scenario | None, after: Scenario | None, problems: Iterable[Problem]
) -> tuple[Hurdle, ...]:
    """Everything that stands between a draft and learners, in reading order.

    None: `before` is None for a new case; `after` when the draft cannot be read.
    """
    found = [
        Hurdle(problem.message, problem.advice, problem)
        for problem in problems
        if problem.severity is Severity.ERROR or problem.code in MUST_HOLD
    ]
    if after is not None and before is not None:
        found += _of_review(before, after)
        if after.fingerprint == before.fingerprint and after.walks == before.walks:
            found.append(Hurdle("Nothing has changed since it was published.", "Change something."))
    return tuple(found)


def _of_review(before: Scenario, after: Scenario) -> list[Hurdle]:
    """A review speaks for the text that was read, not for a later one."""
    review = after.review
    if review is None or not review.is_reviewed or review != before.review:
        return []
    if after.fingerprint == before.fingerprint:
        return []
    return [
        Hurdle(
            f"The text changed after {review.by} reviewed it.",
            f"Name the new review in the front matter, or set it to “{UNREVIEWED}”.",
        )
    ]
