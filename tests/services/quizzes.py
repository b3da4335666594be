"""Quizzes and checks as tests of services start and answer them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from random import Random

from app.domain.attempt import Attempt, Feedback
from app.domain.item import Item
from app.domain.person import Viewer
from app.domain.practice import PracticeWish, Seen
from app.services import exam
from app.storage.store import Store
from tests.builders import an_item
from tests.cast import NOW
from tests.learning_builders import an_answer

SOME_ITEMS = tuple(an_item(id=f"item-{number}") for number in range(1, 6))


def start_quiz(
    store: Store,
    viewer: Viewer,
    *,
    items: Sequence[Item] = SOME_ITEMS,
    feedback: Feedback = Feedback.EXAM,
    seen: Seen = Seen.ANY,
    length: int = 10,
    key: str = "start",
    now: datetime = NOW,
) -> Attempt:
    """Starts a practice quiz on some items, five by default."""
    wish = PracticeWish(frozenset(), length, seen, feedback)
    start = exam.PracticeStart(wish, items, "Consent", request_key=key)
    return exam.start_practice(store, viewer, start, now=now, random=Random(7))


def answer(
    store: Store,
    viewer: Viewer,
    quiz: Attempt,
    chosen: str = "b",
    *,
    position: int = 1,
    base: int = 0,
    key: str = "key-1",
    now: datetime = NOW,
) -> exam.Answered:
    """Answers a question of a quiz; b is right."""
    sent = an_answer(chosen, position=position, base_revision=base, request_key=key)
    return exam.answer_item(store, viewer, attempt_id=quiz.id, answer=sent, now=now)
