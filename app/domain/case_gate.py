"""What must hold before a draft of a case is published, and what is good to know before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.domain.case_review import ReviewStage, ReviewStand
from app.domain.open_runs import MOVES_ON, RunStand
from app.domain.problem import Problem, Severity
from app.domain.review_mark import UNREVIEWED
from app.domain.scenario import Scenario
from app.domain.scenario_codes import CODES, case_problem

# Warnings elsewhere, but nobody should meet a case with them.
MUST_HOLD = frozenset({"SC123"})


@dataclass(frozen=True, slots=True)
class Hurdle:
    """Something that keeps a draft from being published, and what to do about it."""

    words: str
    advice: str
    problem: Problem | None = None


def hurdles(
    before: Scenario | None,
    after: Scenario | None,
    problems: Iterable[Problem],
    *,
    has_version: bool = True,
) -> tuple[Hurdle, ...]:
    """Everything that stands between a draft and learners, in reading order.

    Shape: without `has_version` the text has no line in which its version could be raised.
    None: `before` is None for a new case; `after` when the draft cannot be read.
    """
    found = [
        Hurdle(problem.message, problem.advice, problem)
        for problem in problems
        if problem.severity is Severity.ERROR or problem.code in MUST_HOLD
    ]
    if after is not None and before is not None:
        found += _of_review(before, after)
        if not has_version:
            words = "The front matter has no line “version:”, so the version cannot be raised."
            found.append(_coded("SC801", words, after))
        if after.fingerprint == before.fingerprint and after.walks == before.walks:
            found.append(Hurdle("Nothing has changed since it was published.", "Change something."))
    return tuple(found)


def cautions(
    case_id: str, stand: ReviewStand, open_runs: Mapping[RunStand, int]
) -> Iterator[Problem]:
    """What does not keep a draft from being published, and should be known."""
    path = case_id
    if stand.stage is ReviewStage.OUTDATED:
        message = "The text changed after its second reader had read it."
        yield _problem("SC802", message, path)
    pinned = sum(count for one, count in open_runs.items() if one not in MOVES_ON)
    if pinned:
        runs = "1 open run stays" if pinned == 1 else f"{pinned} open runs stay"
        yield _problem("SC803", f"{runs} in the text that serves now, to its end.", path)


def _of_review(before: Scenario, after: Scenario) -> list[Hurdle]:
    """A review speaks for the text that was read, not for a later one."""
    review = after.review
    if review is None or not review.is_reviewed or review != before.review:
        return []
    if after.fingerprint == before.fingerprint:
        return []
    words = f"The text changed after {review.by} reviewed it."
    advice = f"Name the new review in the front matter, or set it to “{UNREVIEWED}”."
    return [_coded("SC802", words, after, advice)]


def _coded(code: str, words: str, after: Scenario, advice: str = "") -> Hurdle:
    problem = case_problem(code, words, path=after.path, place=after.front_matter, advice=advice)
    return Hurdle(problem.message, problem.advice, problem)


def _problem(code: str, message: str, path: str) -> Problem:
    return Problem(code, CODES[code].severity, path, message, CODES[code].cure)
