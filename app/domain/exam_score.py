"""From right answers to Waymark's own scale, with what every figure rests on.

Confidence, marks and notes are not known here: nothing that a person feels about an answer can
change its score.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, sqrt

from app.domain.attempt import Attempt, Response, Slot
from app.domain.exam_blueprint import ScoreScale
from app.domain.item import Item
from app.domain.regrade import Regrade, judged
from app.domain.score_report import PartScore

_Z = 1.96  # 95 of 100 intervals made this way hold the true share


@dataclass(frozen=True, slots=True)
class ExamScore:
    """The outcome of a mock exam.

    Units: `right` and `scored` count items; `scaled` is on the scale of the blueprint.
    Shape: `parts` in the order of the blueprint's domains. Unanswered items count as not right.
    """

    right: int
    scored: int
    scaled: int
    is_pass: bool
    parts: tuple[PartScore, ...]


def score_exam(
    attempt: Attempt,
    responses: Mapping[int, Response],
    items: Mapping[tuple[str, str], Item],
    *,
    scale: ScoreScale,
    domains: Mapping[str, str],
    regrades: Sequence[Regrade] = (),
) -> ExamScore:
    """Scores a finished exam from the wordings it was asked in.

    Shape: `responses` holds the current response by position; `items` every version of the form
    by (item id, version); `domains` titles by code, in order.
    Source: docs/decisions/0012-scoring.md.
    """
    counts = {code: [0, 0] for code in domains}
    for slot in attempt.slots:
        if not slot.is_scored:
            continue
        item = items[slot.item_id, slot.item_version]
        credit = judged(slot, responses.get(slot.position), regrades)
        _count(counts, item.domain, credit)
    return _score_of(counts, scale, domains)


def rescore(
    score: ExamScore,
    domain: str,
    *,
    was: bool | None,
    now: bool | None,
    scale: ScoreScale,
    domains: Mapping[str, str],
) -> ExamScore:
    """Works a score out again after one scored place of the form came to count otherwise.

    It is the score that `score_exam` would give, without reading all other answers again.
    Shape: `was` and `now` are what `judged` gives for the place; `domain` is its item's.
    """
    counts = {code: [0, 0] for code in domains}
    counts.update((part.code, [part.right, part.asked]) for part in score.parts)
    _count(counts, domain, was, by=-1)
    _count(counts, domain, now)
    return _score_of(counts, scale, domains)


def _count(counts: dict[str, list[int]], domain: str, credit: bool | None, *, by: int = 1) -> None:
    if credit is None:
        return
    part = counts.setdefault(domain, [0, 0])
    part[0] += by * int(credit)
    part[1] += by


def _score_of(
    counts: Mapping[str, Sequence[int]], scale: ScoreScale, domains: Mapping[str, str]
) -> ExamScore:
    parts = tuple(
        PartScore(code, domains.get(code, code), right, asked)
        for code, (right, asked) in counts.items()
        if asked
    )
    right, scored = sum(part.right for part in parts), sum(part.asked for part in parts)
    return ExamScore(
        right=right,
        scored=scored,
        scaled=scaled_score(right, scored, scale),
        is_pass=scored > 0 and right >= cut_right(scored, scale),
        parts=parts,
    )


def cut_right(scored: int, scale: ScoreScale) -> int:
    """How many right answers reach the cut. Units: items."""
    return ceil(scored * scale.cut_percent / 100)


def scaled_score(right: int, scored: int, scale: ScoreScale) -> int:
    """Puts a count of right answers on the scale, in two straight pieces that meet at the cut.

    Shape: nothing right gives the low end, the cut exactly `scale.cut`, everything right the
    high end; a count below the cut never rounds up to it.
    """
    cut = cut_right(scored, scale)
    if right >= cut:
        above = (right - cut) / (scored - cut) if scored > cut else 1.0
        return floor(scale.cut + above * (scale.high - scale.cut) + 0.5) if scored else scale.low
    below = right / cut
    return min(scale.cut - 1, floor(scale.low + below * (scale.cut - scale.low) + 0.5))


def share_between(right: int, asked: int) -> tuple[int, int]:
    """The range in which the person's true share may lie. Units: percent 0–100.

    Source: Wilson (1927), score interval at 95 %; it stays sensible for few items.
    """
    if not asked:
        return 0, 100
    share, z2 = right / asked, _Z**2
    middle = (share + z2 / (2 * asked)) / (1 + z2 / asked)
    half = _Z * sqrt(share * (1 - share) / asked + z2 / (4 * asked**2)) / (1 + z2 / asked)
    return max(0, floor(100 * (middle - half))), min(100, ceil(100 * (middle + half)))


def unscored(slots: Sequence[Slot]) -> int:
    """How many places of a form never count."""
    return sum(not slot.is_scored for slot in slots)
