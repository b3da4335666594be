"""What a candidate's own pages read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, bindparam, cast, func, select

from app.domain.attempt import AttemptKind
from app.storage.attempts import COUNTED, ItemKey
from app.storage.engine import connection_of
from app.storage.store import Store
from app.storage.tables.exam import BookmarkRow
from app.storage.tables.learning import AttemptRow, ItemVersionRow, ResponseRow


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
    """How often a person answered an item, and how often rightly. A changed answer is one."""

    answered: int
    right: int


@dataclass(frozen=True, slots=True)
class BookmarkLine:
    """A question that a person has bookmarked."""

    item_id: str
    made_at: datetime


def practice_quizzes(store: Store, person_id: str, *, limit: int = 60) -> list[QuizLine]:
    """A person's practice quizzes, newest first."""
    values = {"organisation": store.organisation_id, "person": person_id, "most": limit}
    return [QuizLine(*row) for row in connection_of(store.session).execute(_QUIZZES, values)]


def item_counts(store: Store, person_id: str) -> dict[str, ItemCount]:
    """How a person's answers went when they were given, by item id; regrades change none.

    Shape: items never answered are absent.
    """
    query = (
        select(
            ResponseRow.item_id,
            func.count(),
            func.sum(cast(ResponseRow.is_right, Integer)),
        )
        .where(
            ResponseRow.organisation_id == store.organisation_id,
            ResponseRow.person_id == person_id,
            COUNTED,
        )
        .group_by(ResponseRow.item_id)
    )
    return {
        item_id: ItemCount(int(answered), int(right))
        for item_id, answered, right in store.session.execute(query)
    }


def bookmark_lines(
    store: Store, person_id: str, *, limit: int, skip: int = 0
) -> list[BookmarkLine]:
    """A person's bookmarks, newest first."""
    query = (
        select(BookmarkRow.item_id, BookmarkRow.made_at)
        .where(
            BookmarkRow.organisation_id == store.organisation_id,
            BookmarkRow.person_id == person_id,
        )
        .order_by(BookmarkRow.made_at.desc(), BookmarkRow.item_id)
        .limit(limit)
        .offset(skip)
    )
    return [BookmarkLine(*row) for row in store.session.execute(query)]


def newest_wordings(store: Store, item_ids: Iterable[str]) -> list[ItemKey]:
    """The wording of each item that was frozen last; items that nobody ever met are absent."""
    query = (
        select(ItemVersionRow.item_id, ItemVersionRow.version)
        .where(ItemVersionRow.item_id.in_(sorted(set(item_ids))))
        .order_by(ItemVersionRow.stored_at, ItemVersionRow.version)
    )
    return list({item_id: version for item_id, version in store.session.execute(query)}.items())


# Put together once: it is asked for on every page to build a quiz.
_QUIZZES = (
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
        AttemptRow.organisation_id == bindparam("organisation"),
        AttemptRow.person_id == bindparam("person"),
        AttemptRow.kind == AttemptKind.PRACTICE,
    )
    .order_by(AttemptRow.started_at.desc(), AttemptRow.id.desc())
    .limit(bindparam("most"))
)
