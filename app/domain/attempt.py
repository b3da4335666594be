"""One person answering one fixed set of items: what may be answered, when, and how often."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import chain

from app.domain.errors import Conflict, InvalidInput, NotFound
from app.domain.exam_clock import LATE_FOR, NO_LIMIT, ExamClock
from app.domain.item import Item, is_correct


class AttemptKind(StrEnum):
    """Why the items are asked: a practice quiz, a lesson's own check questions, a mock exam."""

    PRACTICE = "practice"
    CHECK = "check"
    MOCK = "mock"


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
    is_scored: bool = True  # pretest items of an exam are not


@dataclass(frozen=True, slots=True)
class Response:
    """An answer given to a slot; `revision` counts answers to that slot from 1.

    Shape: `chosen` is empty when an answer was taken back.
    """

    position: int
    revision: int
    chosen: tuple[str, ...]
    is_right: bool
    request_key: str
    answered_at: datetime
    is_late: bool = False  # it came after the end: kept, and not counted

    @property
    def is_answer(self) -> bool:
        """Says whether it is an answer, and not one taken back."""
        return bool(self.chosen)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One person's sitting of one form.

    None: `finished_at` is None while it can still be answered; `limit` when time does not count.
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
    limit: timedelta | None = None
    closed_by_time: bool = False

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
    takes_back: bool = False  # asks for no answer at all, instead of having forgotten one
    after_key: str = ""  # of the save of the same page that this one follows, heard of or not


def record_response(
    attempt: Attempt,
    answer: AnswerGiven,
    *,
    earlier: Sequence[Response],
    item: Item,
    now: datetime,
    clock: ExamClock = NO_LIMIT,
) -> Response:
    """Decides what an answer becomes: a new response, or the one it was sent as before.

    An answer after the end of a timed exam becomes a late response, which never counts.
    Shape: `earlier` holds the responses to this slot, oldest first, late ones too.
    Raises: InvalidInput if nothing or an unknown option is chosen; Conflict if the attempt is
    finished, on a break, the answer was already settled, or another tab has answered since.
    """
    repeated = next((r for r in earlier if r.request_key == answer.request_key), None)
    if repeated is not None:
        if repeated.chosen != answer.chosen:  # a page gone back to sends its old key
            raise _answered_elsewhere()
        return repeated
    is_late = _is_late(attempt, clock, now)
    _refuse_unusable(attempt, answer)
    if not is_late:
        _refuse_conflicting(attempt, answer, [r for r in earlier if not r.is_late], clock)
    return Response(
        position=answer.position,
        revision=len(earlier) + 1,
        chosen=answer.chosen,
        is_right=is_correct(item, answer.chosen),
        request_key=answer.request_key,
        answered_at=now,
        is_late=is_late,
    )


def _is_late(attempt: Attempt, clock: ExamClock, now: datetime) -> bool:
    """Says whether an answer comes after the end. Raises: Conflict when none is taken at all."""
    if attempt.is_open:
        return not clock.takes_answers(now)
    ended = clock.ends_at
    if attempt.closed_by_time and ended is not None and now <= ended + LATE_FOR:
        return True
    raise _finished()


def _refuse_conflicting(
    attempt: Attempt, answer: AnswerGiven, earlier: Sequence[Response], clock: ExamClock
) -> None:
    if clock.on_break:
        raise _on_a_break()
    current = earlier[-1] if earlier else None
    if current is not None and attempt.feedback is Feedback.TUTOR:
        raise Conflict(
            "already-answered",
            "You have answered this question already; the first answer counts.",
            "Read why, then go on to the next question.",
        )
    follows = current is not None and answer.after_key == current.request_key
    if answer.base_revision != (current.revision if current else 0) and not follows:
        raise _answered_elsewhere()


def refuse_marks(attempt: Attempt, clock: ExamClock, now: datetime) -> None:
    """Lets marks through where an answer would count: nothing is called saved that is not.

    Raises: Conflict after the end and on a break.
    """
    if not attempt.is_open or not clock.takes_answers(now):
        raise _finished()
    if clock.on_break:
        raise _on_a_break()


def _finished() -> Conflict:
    return Conflict(
        "attempt-finished",
        "This sitting is finished, so nothing was added.",
        "Your result holds everything that was saved before.",
    )


def _on_a_break() -> Conflict:
    return Conflict(
        "on-a-break",
        "You are on a break, so nothing was changed.",
        "End the break first; your time then runs on.",
    )


def _answered_elsewhere() -> Conflict:
    return Conflict(
        "answered-elsewhere",
        "This question was answered in another tab since you opened this one.",
        "Below is the answer that is saved. Choose again if you want another.",
    )


def _refuse_unusable(attempt: Attempt, answer: AnswerGiven) -> None:
    slot = attempt.slot(answer.position)
    may_be_empty = answer.takes_back and attempt.feedback is Feedback.EXAM
    if not answer.chosen and not may_be_empty:
        raise InvalidInput("nothing-chosen", "Choose one answer first.")
    if len(answer.chosen) > 1:
        raise InvalidInput("too-many-options", "Choose one answer only.")
    if answer.chosen and answer.chosen[0] not in slot.option_order:
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
    done = {position for position, response in answered.items() if response.is_answer}
    return next((p for p in going_round if p not in done), min(after + 1, count))
