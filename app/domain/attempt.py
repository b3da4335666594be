"""One person answering one fixed set of items: what may be answered, when, and how often.

Pure: the deadline of timed exams comes with mock exams; practice has none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import chain

from app.domain.errors import Conflict, InvalidInput, NotFound
from app.domain.item import Item, is_correct


class AttemptKind(StrEnum):
    """Why the items are asked: a practice quiz, or a lesson's own check questions."""

    PRACTICE = "practice"
    CHECK = "check"


class Feedback(StrEnum):
    """When reasons are shown: after each answer, or after the whole quiz."""

    TUTOR = "tutor"
    EXAM = "exam"


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of the form: which wording of which item, its options in the order shown."""

    position: int  # from 1
    item_id: str
    item_version: str
    option_order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Response:
    """An answer given to a slot; `revision` counts answers to that slot from 1."""

    position: int
    revision: int
    chosen: tuple[str, ...]
    is_right: bool
    request_key: str
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class Attempt:
    """One person's sitting of one form.

    None: `finished_at` is None while it can still be answered.
    """

    id: str
    person_id: str
    kind: AttemptKind
    feedback: Feedback
    title: str
    slots: tuple[Slot, ...]
    started_at: datetime
    finished_at: datetime | None = None
    right_count: int | None = None
    settings: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Says whether answers are still taken."""
        return self.finished_at is None

    def slot(self, position: int) -> Slot:
        """Finds a place of the form. Raises: NotFound if the form is shorter."""
        if not 1 <= position <= len(self.slots):
            raise NotFound("no-such-question", "This quiz has no question with that number.")
        return self.slots[position - 1]


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """What the browser sent: which options, seen at which revision, under which key."""

    position: int
    chosen: tuple[str, ...]
    base_revision: int
    request_key: str


def record_response(
    attempt: Attempt,
    answer: AnswerGiven,
    *,
    earlier: Sequence[Response],
    item: Item,
    now: datetime,
) -> Response:
    """Decides what an answer becomes: a new response, or the one it was sent as before.

    Shape: `earlier` holds the responses to this slot, oldest first.
    Raises: InvalidInput if nothing or an unknown option is chosen; Conflict if the attempt is
    finished, the answer was already settled, or another tab has answered since.
    """
    repeated = next((r for r in earlier if r.request_key == answer.request_key), None)
    if repeated is not None:
        return repeated
    if not attempt.is_open:
        raise Conflict(
            "attempt-finished",
            "This quiz is finished, so the answer was not added.",
            "Your result holds everything that was saved before.",
        )
    _refuse_unusable(attempt.slot(answer.position), answer)
    current = earlier[-1] if earlier else None
    if current is not None and attempt.feedback is Feedback.TUTOR:
        raise Conflict(
            "already-answered",
            "You have answered this question already; the first answer counts.",
            "Read why, then go on to the next question.",
        )
    revision = current.revision if current else 0
    if answer.base_revision != revision:
        raise Conflict(
            "answered-elsewhere",
            "This question was answered in another tab since you opened this one.",
            "Below is the answer that is saved. Choose again if you want another.",
        )
    return Response(
        position=answer.position,
        revision=revision + 1,
        chosen=answer.chosen,
        is_right=is_correct(item, answer.chosen),
        request_key=answer.request_key,
        answered_at=now,
    )


def _refuse_unusable(slot: Slot, answer: AnswerGiven) -> None:
    if not answer.chosen:
        raise InvalidInput("nothing-chosen", "Choose one answer first.")
    if len(answer.chosen) > 1:
        raise InvalidInput("too-many-options", "Choose one answer only.")
    if answer.chosen[0] not in slot.option_order:
        raise InvalidInput(
            "unknown-option", "That answer does not belong to this question.", "Choose again."
        )


def is_settled(attempt: Attempt, position: int, responses: Mapping[int, Response]) -> bool:
    """Says whether the key of a slot may be shown: never before its answer is final."""
    if not attempt.is_open:
        return True
    return attempt.feedback is Feedback.TUTOR and position in responses


def next_open_position(attempt: Attempt, answered: Mapping[int, Response], *, after: int) -> int:
    """Finds the next slot without an answer, going round once.

    Shape: when all are answered, the slot after `after`, or the last one.
    """
    count = len(attempt.slots)
    going_round = chain(range(after + 1, count + 1), range(1, after + 1))
    return next((p for p in going_round if p not in answered), min(after + 1, count))
