"""A learner's report about a question: when it may be sent, and how trainers settle it.

It is about the question, never about the person: what a trainer decides on here needs no name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from app.domain.attempt import Attempt, AttemptKind, Response, is_settled
from app.domain.errors import Conflict, InvalidInput, NotAllowed
from app.domain.person import Role, Viewer

LONGEST_WORDS = 1_000  # characters, of a report and of its answer
INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")  # no database and no reader wants them


class ReportKind(StrEnum):
    """What seems to be wrong with a question."""

    KEY = "key"
    UNCLEAR = "unclear"
    OUTDATED = "outdated"
    TYPO = "typo"
    OTHER = "other"


class ReportState(StrEnum):
    """How far a report has come: mended and kept are its two ends."""

    OPEN = "open"
    LOOKING = "looking"
    MENDED = "mended"
    KEPT = "kept"

    @property
    def is_settled(self) -> bool:
        """Says whether the report has its outcome."""
        return self in {ReportState.MENDED, ReportState.KEPT}


# What may follow each state. A settled report is looked at again before it turns round.
NEXT: Mapping[ReportState, tuple[ReportState, ...]] = {
    ReportState.OPEN: (ReportState.LOOKING, ReportState.MENDED, ReportState.KEPT),
    ReportState.LOOKING: (ReportState.MENDED, ReportState.KEPT, ReportState.OPEN),
    ReportState.MENDED: (ReportState.LOOKING,),
    ReportState.KEPT: (ReportState.LOOKING,),
}


@dataclass(frozen=True, slots=True)
class ItemReport:
    """A report about one place of an attempt, and what came of it.

    None: `answered_by` and `answered_at` are None until a trainer has touched it.
    """

    id: str
    person_id: str
    attempt_id: str
    position: int
    item_id: str
    item_version: str
    kind: ReportKind
    words: str
    sent_at: datetime
    state: ReportState = ReportState.OPEN
    answer: str = ""
    answered_by: str | None = None
    answered_at: datetime | None = None

    @property
    def stamp(self) -> str:
        """Names this stand of the report, so that a stale page can be told."""
        return "" if self.answered_at is None else self.answered_at.isoformat()


@dataclass(frozen=True, slots=True)
class ReportDecision:
    """What a trainer sends: where the report goes, the words for the learner, the stand seen."""

    state: ReportState
    answer: str
    seen_stamp: str


def refuse_unsettled(attempt: Attempt, position: int, responses: Mapping[int, Response]) -> None:
    """Lets a question be reported once its reasons may be seen.

    Raises: NotFound if the form is shorter; Conflict while the answer is not final, because
    nothing about a question may be discussed before.
    """
    attempt.slot(position)
    if is_settled(attempt, position, responses):
        return
    if attempt.kind is AttemptKind.MOCK:
        raise Conflict(
            "exam-running",
            "This exam is still running, so its questions are not discussed yet.",
            "Once it is handed in, every question of it can be reported.",
        )
    raise Conflict(
        "answer-not-final",
        "This question can be reported once you have seen its reasons.",
        "Answer it first, or finish the quiz.",
    )


def tidy_report_words(kind: ReportKind, words: str) -> str:
    """Trims what a learner wrote.

    Raises: InvalidInput if it is too long, or if a report of another kind says nothing.
    """
    tidy = _tidy(words)
    if kind is ReportKind.OTHER and not tidy:
        raise InvalidInput("words-missing", "Say in a few words what it is about.")
    return tidy


def moves(viewer: Viewer, report: ItemReport) -> tuple[ReportState, ...]:
    """Where this person may send the report: trainers only, everyone else nowhere.

    Shape: the state it is in comes first, so that an answer alone can be changed.
    """
    return (report.state, *NEXT[report.state]) if viewer.holds(Role.TRAINER) else ()


def only_trainers(viewer: Viewer) -> None:
    """Lets trainers settle reports. Raises: NotAllowed for everyone else."""
    if not viewer.holds(Role.TRAINER):
        raise NotAllowed(
            "not-a-trainer",
            "Reports are settled by trainers.",
            "You can read them here.",
        )


def decide_report(
    report: ItemReport, decision: ReportDecision, *, viewer: Viewer, now: datetime
) -> ItemReport:
    """Gives the report as a trainer leaves it; the same decision again changes nothing.

    Raises: NotAllowed for anybody but trainers; Conflict if someone has settled it since the
    page was opened, or if the state cannot follow; InvalidInput if the outcome lacks its words
    or they are too long.
    """
    only_trainers(viewer)
    answer = _tidy(decision.answer)
    if (decision.state, answer) == (report.state, report.answer):
        return report
    if decision.seen_stamp != report.stamp:
        raise Conflict(
            "report-moved-on",
            "Somebody has worked on this report since you opened it.",
            "Below is how it stands now. Send your answer again if it still fits.",
        )
    if decision.state not in moves(viewer, report):
        raise Conflict(
            "no-such-move",
            "A settled report is looked at again before its outcome changes.",
            "Set it to “Looking into it” first.",
        )
    if decision.state.is_settled and not answer:
        raise InvalidInput(
            "answer-missing", "Write a sentence for the learner: what you did, or why it stays."
        )
    return replace(
        report, state=decision.state, answer=answer, answered_by=viewer.id, answered_at=now
    )


def _tidy(words: str) -> str:
    """Trims words and evens out line ends. Raises: InvalidInput if they are too long."""
    tidy = INVISIBLE.sub("", words.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(tidy) > LONGEST_WORDS:
        raise InvalidInput(
            "words-too-long",
            f"That is {len(tidy):,} characters; there is room for {LONGEST_WORDS:,}.",
            "Shorten it a little.",
        )
    return tidy
