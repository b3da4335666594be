"""What has to happen although nobody asks for it.

Exams and quizzes left open are closed, and regrades that were interrupted are gone on with.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from app.domain.attempt import AttemptKind
from app.domain.regrade import Regrade
from app.services import mock_exam, quiz_time
from app.services.regrade import carry_on_alone
from app.storage.store import Store

# An answer that came in time may still wait for its turn to be written. Whoever sits the exam
# closes it by looking at it; this one waits until no such answer can be on its way.
SETTLING = timedelta(seconds=60)
A_ROUND = 100  # stretches of a regrade: some seconds, for which exams left open wait


def close_left_open(store: Store, *, now: datetime) -> int:
    """Closes every exam and quiz whose time has been over for a while, in all organisations.

    Each is a change of its own, so that nobody's answer waits for more than one. Gives how many
    it closed.
    """
    before = now - SETTLING
    closed = 0
    for organisation_id in store.people.organisation_ids():
        own = store.for_organisation(organisation_id)
        exams = own.attempts.past_their_limit(before, kind=AttemptKind.MOCK)
        quizzes = own.attempts.past_their_limit(before, kind=AttemptKind.PRACTICE)
        own.end_reading()
        closed += sum(mock_exam.close_if_over(own, one, now=before) for one in exams)
        closed += sum(_close_quiz(own, one, now=before) for one in quizzes)
    return closed


def go_on_with_stopped(
    store: Store, seen: Mapping[str, Regrade], *, now: datetime
) -> dict[str, Regrade]:
    """Goes on with regrades that stand where they stood in the last round: nobody is at them.

    Shape: `seen` is what the last round gave, empty at first; gives the regrades that are not
    settled, as they stand now. A round takes some stretches of each; the next round goes on.
    """
    standing: dict[str, Regrade] = {}
    for organisation_id in store.people.organisation_ids():
        own = store.for_organisation(organisation_id)
        unsettled = own.regrades.unsettled()
        own.end_reading()
        for regrade in unsettled:
            stood = seen.get(regrade.id) == regrade
            standing[regrade.id] = (
                carry_on_alone(own, regrade, now=now, stretches=A_ROUND) if stood else regrade
            )
    return standing


def _close_quiz(store: Store, attempt_id: str, *, now: datetime) -> bool:
    attempt = store.attempts.find(attempt_id)
    if attempt is None or not attempt.is_open:
        return False
    return not quiz_time.close_if_over(store, attempt, now=now).is_open
