"""Mock exams for tests: blueprints, pools, and people sitting them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from random import Random
from typing import Any

from app.domain.attempt import AnswerGiven, Attempt
from app.domain.exam_blueprint import ExamBlueprint, ExamDomain, ExamShape, ScoreScale
from app.domain.item import Item, Option
from app.domain.item_enemies import Enemies
from app.domain.person import Viewer
from app.domain.slot_marks import SlotMarks
from app.services import mock_exam
from app.storage.store import Store
from tests.builders import an_item
from tests.cast import NOW

DOMAINS = ("D-1", "D-2")
SCALE = ScoreScale(low=200, high=800, cut=500, cut_percent=70, ours=True)


def a_shape(**changes: Any) -> ExamShape:
    """A small exam: six scored items from two domains, two on trial, twelve minutes."""
    fields: dict[str, Any] = {
        "id": "small",
        "title": "Small exam",
        "items": 8,
        "scored": 6,
        "pretest": 2,
        "minutes": 12,
        "domains": {"D-1": 4, "D-2": 2},
    }
    return ExamShape(**{**fields, **changes})


def a_blueprint(*shapes: ExamShape, **changes: Any) -> ExamBlueprint:
    """An outline of two domains."""
    fields: dict[str, Any] = {
        "id": "outline",
        "title": "An outline",
        "version": "1",
        "outline_year": None,
        "source": "part2-2.31",
        "note": "",
        "items_total": 8,
        "scored": 6,
        "pretest": 2,
        "minutes": 12,
        "scale": SCALE,
        "domains": tuple(ExamDomain(c, f"Domain {c}", 3, None, "own") for c in DOMAINS),
        "shapes": shapes or (a_shape(),),
    }
    return ExamBlueprint(**{**fields, **changes})


def a_mock_item(number: int, domain: str = "D-1", **changes: Any) -> Item:
    """An item of the mock pool with words of its own; its key is b."""
    options = tuple(
        Option(letter, f"Way {letter} of {number}", f"Reason {letter}.") for letter in "abcd"
    )
    fields: dict[str, Any] = {
        "id": f"{domain.lower()}-{number:04}",
        "stem": f"What comes first in situation {number}?",
        "options": options,
        "key": ("b",),
        "domain": domain,
        "pool": "mock",
        "topic": f"topic-{number % 5}",
        "topic_title": f"Topic {number % 5}",
    }
    return replace(an_item(), **{**fields, **changes})


def a_pool(each: int = 20, *, on_trial: int = 4) -> list[Item]:
    """Live items of both domains, and some on trial."""
    live = [a_mock_item(number, domain) for domain in DOMAINS for number in range(each)]
    trial = [
        a_mock_item(1000 + number, domain, status="pretest")
        for domain in DOMAINS
        for number in range(on_trial)
    ]
    return live + trial


def start_exam(
    store: Store,
    viewer: Viewer,
    *,
    pool: Sequence[Item] | None = None,
    shape: ExamShape | None = None,
    key: str = "start",
    now: datetime = NOW,
    enemies: Enemies | None = None,
    seed: int = 7,
) -> Attempt:
    """Starts a small mock exam."""
    shape = shape or a_shape()
    start = mock_exam.MockStart(
        a_blueprint(shape), shape, pool or a_pool(), enemies or {}, request_key=key
    )
    return mock_exam.start_mock(store, viewer, start, now=now, random=Random(seed))


def save(
    store: Store,
    viewer: Viewer,
    exam: Attempt,
    chosen: str = "b",
    *,
    position: int = 1,
    base: int = 0,
    key: str = "",
    now: datetime = NOW,
    marks: SlotMarks | None = None,
) -> mock_exam.Saved:
    """Saves an answer of an exam; b is right. An empty text takes the answer back."""
    answer = AnswerGiven(
        position, (chosen,) if chosen else (), base, key or f"k-{position}-{base}", not chosen
    )
    given = mock_exam.SlotSave(position, answer, marks or SlotMarks(position))
    return mock_exam.save_slot(store, viewer, attempt_id=exam.id, save=given, now=now)
