"""What a candidate's own pages read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, cast, func, select

from app.domain.attempt import AttemptKind
from app.storage.attempts import TOLD
from app.storage.store import Store
from app.storage.tables.learning import AttemptRow, ResponseRow


@dataclass(frozen=True, slots=True)
class QuizLine:
    """One practice quiz of a person. None: not finished yet."""

    id: str
    title: str
    feedback: str
    asked: int
    started_at: datetime
    finished_at: datetime | None
    right: int | None


@dataclass(frozen=True, slots=True)
class ItemCount:
    """How often a person answered an item, and how often rightly."""

    answered: int
    right: int


def practice_quizzes(store: Store, person_id: str, *, limit: int = 60) -> list[QuizLine]:
    """A person's practice quizzes, newest first."""
    query = (
        select(
            AttemptRow.id,
            AttemptRow.title,
            AttemptRow.feedback,
            AttemptRow.asked_count,
            AttemptRow.started_at,
            AttemptRow.finished_at,
            AttemptRow.right_count,
        )
        .where(
            AttemptRow.organisation_id == store.organisation_id,
            AttemptRow.person_id == person_id,
            AttemptRow.kind == AttemptKind.PRACTICE,
        )
        .order_by(AttemptRow.started_at.desc(), AttemptRow.id.desc())
        .limit(limit)
    )
    return [QuizLine(*row) for row in store.session.execute(query)]


def item_counts(store: Store, person_id: str) -> dict[str, ItemCount]:
    """How a person's answers went, by item id. Items never answered are absent."""
    query = (
        select(
            ResponseRow.item_id,
            func.count(),
            func.sum(cast(ResponseRow.is_right, Integer)),
        )
        .where(
            ResponseRow.organisation_id == store.organisation_id,
            ResponseRow.person_id == person_id,
            TOLD,
        )
        .group_by(ResponseRow.item_id)
    )
    return {
        item_id: ItemCount(int(answered), int(right))
        for item_id, answered, right in store.session.execute(query)
    }
