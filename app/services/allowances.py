"""Extra time and breaks: set once for a person, in force for every exam, at once."""

from __future__ import annotations

from datetime import datetime

from app.domain.access import allows_time
from app.domain.attempt import AttemptKind
from app.domain.errors import Conflict, InvalidInput
from app.domain.exam_clock import Allowance
from app.domain.person import Viewer
from app.services.mock_exam import settle_break
from app.services.quiz_time import close_overdue_quizzes
from app.storage.audit import AuditEntry
from app.storage.sittings import SetAllowance
from app.storage.store import Store

MOST_EXTRA_PERCENT = 300
MOST_BREAK_MINUTES = 240


def allow(
    store: Store, viewer: Viewer, *, person_id: str, allowance: Allowance, now: datetime
) -> bool:
    """Gives a person extra time and breaks; a running exam has it from this moment on.

    Says whether anything changed.
    Raises: NotFound for somebody the viewer may not do this for; InvalidInput outside the limits;
    Conflict when less is given while an exam or a timed quiz runs.
    """
    if not 0 <= allowance.extra_percent <= MOST_EXTRA_PERCENT:
        raise InvalidInput(
            "extra-time", f"Extra time is between 0 and {MOST_EXTRA_PERCENT} percent."
        )
    if not 0 <= allowance.break_minutes <= MOST_BREAK_MINUTES:
        raise InvalidInput(
            "break-time", f"Breaks are between 0 and {MOST_BREAK_MINUTES} minutes in an exam."
        )
    allows_time(viewer, store.people.grants_of(person_id))
    close_overdue_quizzes(store, now=now, person_id=person_id)
    with store.writing():
        allows_time(viewer, store.people.grants_of(person_id))
        before = store.sittings.allowance(person_id)
        if before == allowance:
            return False
        if store.attempts.running(person_id, kind=AttemptKind.PRACTICE):
            _refuse_less_time(before, allowance)
        for attempt in store.attempts.running(person_id):
            _refuse_less_time(before, allowance)
            _refuse_less_break(before, allowance)
            settle_break(store, attempt, now=now)
        store.sittings.set_allowance(store.new_id(now), person_id, allowance, by=viewer.id, now=now)
        entry = AuditEntry(
            now,
            "exam time set",
            actor_id=viewer.id,
            subject_id=person_id,
            details={
                "extra_percent": allowance.extra_percent,
                "break_minutes": allowance.break_minutes,
            },
        )
        store.audit.add(store.new_id(now), entry)
    return True


def _refuse_less_time(before: Allowance, after: Allowance) -> None:
    if after.extra_percent < before.extra_percent:
        raise _less()


def _refuse_less_break(before: Allowance, after: Allowance) -> None:
    if after.break_minutes < before.break_minutes:
        raise _less()


def _less() -> Conflict:
    return Conflict(
        "exam-running",
        "This person is sitting an exam or a timed quiz, so no time can be taken away now.",
        "Time can be added at once; take it away afterwards.",
    )


def allowances_of(store: Store, viewer: Viewer, *, person_id: str) -> list[SetAllowance]:
    """What was set for a person, newest first. Raises: NotFound as `allow` does."""
    allows_time(viewer, store.people.grants_of(person_id))
    return store.sittings.allowances(person_id)
