"""What a change of the ledger does to finished exams: who moves, by how much, across the cut.

The same rules serve the preview and the change itself, so that both say the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.attempt import Response, Slot
from app.domain.exam_blueprint import ScoreScale
from app.domain.exam_score import ExamScore, rescore
from app.domain.regrade import Regrade, judged

FEWEST_TOLD = 5  # people: of fewer, any count could tell how one of them answered


@dataclass(frozen=True, slots=True)
class LedgerChange:
    """The regrades of one wording in force before and after a step, each oldest first.

    Shape: `domain` is the exam domain of the item.
    """

    before: tuple[Regrade, ...]
    after: tuple[Regrade, ...]
    domain: str


@dataclass(frozen=True, slots=True)
class ScoredPlace:
    """The place of a finished exam that asked the wording, and the score that counts now.

    None: `response` is None when the question was left without an answer.
    """

    slot: Slot
    response: Response | None
    score: ExamScore
    scale: ScoreScale
    domains: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Move:
    """How a score moved. Units: points of the scale."""

    before: int
    after: int
    was_pass: bool
    is_pass: bool


@dataclass(slots=True)
class Effect:
    """What a change does, in counts.

    Units: all count attempts, but `people`. Shape: `recounted` rest on other counts and come to
    the same score; `moves` counts equal moves of scores and leaves these out.
    """

    concerned: int = 0
    people: int = 0
    rises: int = 0
    falls: int = 0
    recounted: int = 0
    to_pass: int = 0
    to_fail: int = 0
    moves: Counter[Move] = field(default_factory=Counter)

    @property
    def changed(self) -> int:
        """How many attempts get another score report."""
        return self.rises + self.falls + self.recounted

    @property
    def is_told(self) -> bool:
        """Says whether a trainer may see it: nobody is concerned, or enough people are.

        Of few people even "nothing would change" is a hint: asked of one answer after the other,
        it gives away which one a person chose.
        """
        return self.people == 0 or self.people >= FEWEST_TOLD

    def count(self, before: ExamScore, after: ExamScore) -> None:
        """Adds one concerned attempt."""
        self.concerned += 1
        if before == after:
            return
        self.rises += after.scaled > before.scaled
        self.falls += after.scaled < before.scaled
        self.recounted += after.scaled == before.scaled
        self.to_pass += after.is_pass and not before.is_pass
        self.to_fail += before.is_pass and not after.is_pass
        if after.scaled != before.scaled:
            self.moves[Move(before.scaled, after.scaled, before.is_pass, after.is_pass)] += 1


def score_after(place: ScoredPlace, change: LedgerChange) -> ExamScore:
    """The score of an exam after a change: the same object when nothing changes for it."""
    if not place.slot.is_scored:
        return place.score
    was = judged(place.slot, place.response, change.before)
    now = judged(place.slot, place.response, change.after)
    if was is now:
        return place.score
    return rescore(
        place.score, change.domain, was=was, now=now, scale=place.scale, domains=place.domains
    )


def with_regrade(in_force: Sequence[Regrade], regrade: Regrade, *, domain: str) -> LedgerChange:
    """The change that signing a regrade makes."""
    # In the order of the ledger, should the clock of another server be ahead.
    ordered = sorted((*in_force, regrade), key=lambda one: (one.signed_at, one.id))
    return LedgerChange(tuple(in_force), tuple(ordered), domain)


def without_regrade(in_force: Sequence[Regrade], regrade_id: str, *, domain: str) -> LedgerChange:
    """The change that undoing a regrade makes."""
    left = tuple(one for one in in_force if one.id != regrade_id)
    return LedgerChange(tuple(in_force), left, domain)
