"""Sitting a mock exam: starting, saving, breaks, the end, and the score report.

Each change is one transaction, in which the time is judged. What was saved is never lost: an
exam whose time is over is closed with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Protocol

from app.domain.attempt import (
    AnswerGiven,
    Attempt,
    AttemptKind,
    Feedback,
    Response,
    record_response,
    refuse_marks,
)
from app.domain.errors import Conflict
from app.domain.exam_blueprint import ExamBlueprint, ExamShape, ScoreScale
from app.domain.exam_clock import ExamClock, exam_clock, ran_out_at
from app.domain.exam_form import RECENT_FORMS, FormWish, assemble_form
from app.domain.exam_score import score_exam
from app.domain.item import Item
from app.domain.item_enemies import Enemies
from app.domain.person import Viewer
from app.domain.slot_marks import SlotMarks, merge_marks, tidy_marks
from app.services.exam import own_attempt
from app.storage.sittings import KeptReport
from app.storage.store import Store


@dataclass(frozen=True, slots=True)
class MockStart:
    """A mock exam asked for. Shape: `pool` holds the items that exams may use."""

    blueprint: ExamBlueprint
    shape: ExamShape
    pool: Sequence[Item]
    enemies: Enemies
    request_key: str


@dataclass(frozen=True, slots=True)
class Sitting:
    """An attempt at a mock exam, with its time as it stands."""

    attempt: Attempt
    clock: ExamClock


@dataclass(frozen=True, slots=True)
class Saved:
    """What was kept of a save: it is committed.

    None: `response` is None while the question has no answer; `marks` when the save came late.
    """

    sitting: Sitting
    response: Response | None
    marks: SlotMarks | None = None


@dataclass(frozen=True, slots=True)
class SlotSave:
    """What a page sends for one place.

    Shape: `marks_seen` is the stamp of the marks the page was made with.
    None: `answer` is None when nothing new is answered.
    """

    position: int
    answer: AnswerGiven | None
    marks: SlotMarks
    marks_seen: str = ""


def start_mock(
    store: Store, viewer: Viewer, start: MockStart, *, now: datetime, random: Random
) -> Attempt:
    """Starts a mock exam; the same request key finds the exam it started before.

    Raises: Conflict while another exam of this person runs, or when the bank is too small.
    """
    close_overdue(store, now=now, person_id=viewer.id)
    with store.writing():
        store.people.hold(viewer.id)  # two tabs must not start two exams
        started = store.attempts.find_by_request(viewer.id, start.request_key)
        if started is not None:
            return started
        if store.attempts.running(viewer.id, limit=1):
            raise Conflict(
                "exam-running",
                "You have an exam that is still running.",
                "Go on with it or hand it in; then you can start another one.",
            )
        recent = store.attempts.recent_mocks(viewer.id, limit=RECENT_FORMS)
        wish = FormWish(
            shape=start.shape,
            recent=[frozenset(slot.item_id for slot in one.slots) for one in recent],
            shown=store.sittings.shown(),
        )
        form = assemble_form(start.pool, wish, enemies=start.enemies, random=random)
        attempt = Attempt(
            id=store.new_id(now),
            person_id=viewer.id,
            kind=AttemptKind.MOCK,
            feedback=Feedback.EXAM,
            title=start.shape.title,
            slots=form.slots,
            started_at=now,
            settings=_pinned(start) | {"most_repeated": form.most_repeated},
            limit=timedelta(minutes=start.shape.minutes),
        )
        store.attempts.freeze(form.items, now=now)
        store.attempts.add(attempt, request_key=start.request_key)
        store.sittings.expose(item.id for item in form.items)
    return attempt


def own_sitting(
    store: Store, viewer: Viewer, attempt_id: str, *, now: datetime, lock: bool = False
) -> Sitting:
    """Finds a mock exam of the viewer's own. Raises: NotFound for any other."""
    attempt = own_attempt(store, viewer, attempt_id, kinds={AttemptKind.MOCK}, lock=lock)
    return sitting_of(store, attempt, now=now)


def settle_break(store: Store, attempt: Attempt, *, now: datetime) -> None:
    """Keeps a break that ran out as ended when it did. Part of a change."""
    allowance = store.sittings.allowance(attempt.person_id)
    over_at = ran_out_at(store.sittings.breaks(attempt.id), allowance, now)
    if over_at is not None:
        store.sittings.end_breaks(attempt.id, now=over_at)


def sitting_of(store: Store, attempt: Attempt, *, now: datetime) -> Sitting:
    """Adds the time as it stands: what was allowed to the person is looked up each time."""
    clock = exam_clock(
        started_at=attempt.started_at,
        limit=attempt.limit,
        allowance=store.sittings.allowance(attempt.person_id),
        breaks=store.sittings.breaks(attempt.id),
        now=now,
    )
    return Sitting(attempt, clock)


def save_slot(
    store: Store, viewer: Viewer, *, attempt_id: str, save: SlotSave, now: datetime
) -> Saved:
    """Keeps an answer and the marks beside it. The same save again changes nothing.

    An answer after the end is kept as late and never counts; the exam is then closed.
    Raises: NotFound for an exam of someone else; what `record_response` and `tidy_marks` raise.
    """
    marks = None
    with store.writing():
        sitting = own_sitting(store, viewer, attempt_id, now=now, lock=True)
        attempt = sitting.attempt
        slot = attempt.slot(save.position)
        earlier = store.attempts.responses_to(attempt.id, save.position)
        response = next((one for one in reversed(earlier) if not one.is_late), None)
        if save.answer is not None:
            key = (slot.item_id, slot.item_version)
            response = record_response(
                attempt,
                save.answer,
                earlier=earlier,
                item=store.attempts.frozen([key])[key],
                now=now,
                clock=sitting.clock,
            )
            if response not in earlier:
                store.attempts.add_response(store.new_id(now), attempt, response)
        if not (response and response.is_late):
            marks = _note(store, sitting, save, now=now)
        if attempt.is_open and sitting.clock.is_over(now):
            sitting = replace(sitting, attempt=_close_by_time(store, sitting))
    return Saved(sitting, response, marks)


def take_break(store: Store, viewer: Viewer, *, attempt_id: str, now: datetime) -> Sitting:
    """Stops the clock. Raises: Conflict when no break time is left or the exam is over."""
    with store.writing():
        sitting = own_sitting(store, viewer, attempt_id, now=now, lock=True)
        if not sitting.attempt.is_open or sitting.clock.is_over(now):
            raise Conflict("attempt-finished", "This exam is over.", "Open its result.")
        if sitting.clock.on_break:
            return sitting
        if sitting.clock.break_left <= timedelta(0) or not sitting.clock.seconds_left(now):
            raise Conflict(
                "no-break-left",
                "There is no break time left in this exam.",
                "Your supervisor can allow breaks for all your exams.",
            )
        settle_break(store, sitting.attempt, now=now)
        store.sittings.begin_break(store.new_id(now), attempt_id, now=now)
        return sitting_of(store, sitting.attempt, now=now)


def end_break(store: Store, viewer: Viewer, *, attempt_id: str, now: datetime) -> Sitting:
    """Lets the clock run on; ending a break that is over changes nothing."""
    with store.writing():
        sitting = own_sitting(store, viewer, attempt_id, now=now, lock=True)
        if sitting.clock.on_break:
            store.sittings.end_breaks(attempt_id, now=now)
        return sitting_of(store, sitting.attempt, now=now)


def hand_in(store: Store, viewer: Viewer, *, attempt_id: str, now: datetime) -> Attempt:
    """Closes an exam and scores it; handing in again gives the same result."""
    with store.writing():
        sitting = own_sitting(store, viewer, attempt_id, now=now, lock=True)
        attempt = sitting.attempt
        if not attempt.is_open:
            return attempt
        if sitting.clock.is_over(now):
            return _close_by_time(store, sitting)
        return _close(store, attempt, now=now, cause="submitted")


def sits_exam(store: Store, viewer: Viewer, *, now: datetime) -> bool:
    """Says whether an exam of a person runs: until its end, reasons of others could be its keys."""
    running = store.attempts.running(viewer.id)
    return any(not sitting_of(store, one, now=now).clock.is_over(now) for one in running)


def close_overdue(store: Store, *, now: datetime, person_id: str) -> int:
    """Closes exams of a person whose time is over, with what was saved. Gives how many."""
    running = store.attempts.running(person_id)
    overdue = [one.id for one in running if sitting_of(store, one, now=now).clock.is_over(now)]
    store.end_reading()
    return sum(close_if_over(store, attempt_id, now=now) for attempt_id in overdue)


def close_if_over(store: Store, attempt_id: str, *, now: datetime) -> bool:
    """Closes an exam whose time is over, and says whether it did: each is closed once."""
    with store.writing():
        attempt = store.attempts.find(attempt_id, lock=True)
        if attempt is None or not attempt.is_open:
            return False
        sitting = sitting_of(store, attempt, now=now)
        if not sitting.clock.is_over(now):
            return False
        _close_by_time(store, sitting)
        return True


class Pinned(Protocol):
    """What an exam's score rests on is kept with its settings."""

    @property
    def settings(self) -> Mapping[str, object]:
        """The settings of the exam, as they were when it started."""


def pinned_scale(exam: Pinned) -> ScoreScale:
    """The scale that was in force when the exam started."""
    scale = exam.settings["scale"]
    if not isinstance(scale, Mapping):
        raise TypeError("the scale of an exam is kept with its settings")
    return ScoreScale(**scale)


def pinned_domains(exam: Pinned) -> dict[str, str]:
    """Titles of the exam's domains by code, in order, as they were when it started."""
    domains = exam.settings["domains"]
    if not isinstance(domains, Sequence):
        raise TypeError("the domains of an exam are kept with its settings")
    return dict(domains)


def report_on(
    store: Store,
    attempt: Attempt,
    *,
    number: int,
    cause: str,
    now: datetime,
    regrade_id: str | None = None,
) -> KeptReport:
    """Works out a score report from the wordings the exam was asked in. Keeps nothing."""
    items = store.attempts.frozen((slot.item_id, slot.item_version) for slot in attempt.slots)
    score = score_exam(
        attempt,
        store.attempts.current_responses(attempt.id),
        items,
        scale=pinned_scale(attempt),
        domains=pinned_domains(attempt),
        regrades=store.regrades.counting_for(attempt.id, {slot.item_id for slot in attempt.slots}),
    )
    return KeptReport(
        attempt_id=attempt.id,
        person_id=attempt.person_id,
        number=number,
        cause=cause,
        score=score,
        made_at=now,
        regrade_id=regrade_id,
    )


def _note(store: Store, sitting: Sitting, save: SlotSave, *, now: datetime) -> SlotMarks:
    """Keeps the marks that changed on the page that sent them. Gives what stands then."""
    attempt, position = sitting.attempt, save.position
    kept = store.sittings.marks(attempt.id).get(position, SlotMarks(position))
    marks = merge_marks(kept, save.marks, seen=save.marks_seen)
    marks = tidy_marks(marks, attempt.slot(position).option_order)
    if marks != kept:
        refuse_marks(attempt, sitting.clock, now)
        store.sittings.note(attempt.id, marks, now=now)
    return marks


def _close_by_time(store: Store, sitting: Sitting) -> Attempt:
    ended = sitting.clock.ends_at
    assert ended is not None  # noqa: S101 (an exam without a limit is never over)
    return _close(store, sitting.attempt, now=ended, cause="time")


def _close(store: Store, attempt: Attempt, *, now: datetime, cause: str) -> Attempt:
    by_time = cause == "time"
    store.concerned.hold_ledger(shared=True)  # no regrade may be signed between score and end
    report = report_on(store, attempt, number=1, cause=cause, now=now)
    store.attempts.finish(attempt.id, right_count=report.score.right, now=now, by_time=by_time)
    store.answer_tallies.count_in(attempt.id)
    settle_break(store, attempt, now=now)
    store.sittings.end_breaks(attempt.id, now=now)
    store.sittings.add_reports([(store.new_id(now), report)])
    return replace(attempt, finished_at=now, right_count=report.score.right, closed_by_time=by_time)


def _pinned(start: MockStart) -> dict[str, object]:
    """What the score of this exam rests on, kept with it: a later edit changes nothing."""
    scale, blueprint = start.blueprint.scale, start.blueprint
    return {
        "blueprint": blueprint.id,
        "blueprint_version": blueprint.version,
        "shape": start.shape.id,
        "scale": {
            "low": scale.low,
            "high": scale.high,
            "cut": scale.cut,
            "cut_percent": scale.cut_percent,
            "ours": scale.ours,
        },
        "domains": [
            [domain.code, domain.title]
            for domain in blueprint.domains
            if domain.code in start.shape.domains
        ],
    }
