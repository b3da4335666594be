"""What a person's own quizzes and mock exams came to: for their own eyes.

No supervisor's page reaches this module; a test watches which tables those pages ask.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from app.domain.attempt import Feedback
from app.storage.store import Store
from app.storage.tables.learning import AttemptRow, ResponseRow


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """The answer that counts at one place of one attempt.

    Shape: `kind` is that of attempts.
    """

    attempt_id: str
    kind: str
    title: str
    item_id: str
    item_version: str
    is_right: bool
    answered_on: date


def own_answers(store: Store, person_id: str, *, kinds: Collection[str]) -> list[OwnAnswer]:
    """The answers of a person that may be told by now, in attempts of some kinds.

    Cost: one query over the person's answers.
    """
    query = (
        select(
            ResponseRow.attempt_id,
            ResponseRow.position,
            AttemptRow.kind,
            AttemptRow.title,
            ResponseRow.item_id,
            ResponseRow.item_version,
            ResponseRow.is_right,
            ResponseRow.answered_at,
            ResponseRow.chosen,
        )
        .join(AttemptRow, AttemptRow.id == ResponseRow.attempt_id)
        .where(
            ResponseRow.organisation_id == store.organisation_id,
            ResponseRow.person_id == person_id,
            AttemptRow.kind.in_(sorted(kinds)),
            # As `TOLD` of the attempts' shelf says it; here the attempt is joined already.
            ResponseRow.is_late.is_(False),
            or_(AttemptRow.feedback != Feedback.EXAM, AttemptRow.finished_at.is_not(None)),
        )
        .order_by(ResponseRow.attempt_id, ResponseRow.position, ResponseRow.revision)
    )
    newest = {(row[0], row[1]): row for row in store.session.execute(query)}
    return [
        OwnAnswer(row[0], *row[2:7], store.day_of(row[7]))
        for row in newest.values()
        if row[8]  # taken back: no answer
    ]
