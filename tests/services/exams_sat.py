"""Finished mock exams as tests of regrading need them: sat through the service, b is right."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from app.domain.attempt import AnswerGiven, Attempt
from app.domain.exam_blueprint import ExamBlueprint, ExamDomain, ExamShape, ScoreScale
from app.domain.item import Item
from app.domain.person import Viewer
from app.domain.slot_marks import SlotMarks
from app.services import mock_exam
from app.storage.store import Store
from tests.builders import an_item
from tests.cast import NOW

DOMAIN = "AADC-4"
POOL = tuple(an_item(id=f"mock-{number}", pool="mock", topic="t") for number in range(1, 5))
ASKED = POOL[0]  # the question that is regraded: every exam asks all four
SCALE = ScoreScale(200, 800, 500, 70, ours=True)
SHAPE = ExamShape("quick", "Quick", 4, 4, 0, 30, {DOMAIN: 4})
BLUEPRINT = ExamBlueprint(
    id="aadc",
    title="AADC",
    version="2022",
    outline_year=2022,
    source="part2-2.31",
    note="",
    items_total=4,
    scored=4,
    pretest=0,
    minutes=30,
    scale=SCALE,
    domains=(ExamDomain(DOMAIN, "Ethics", 4, None, "third-party"),),
    shapes=(SHAPE,),
)


def sit(
    store: Store,
    viewer: Viewer,
    asked: str = "b",
    others: str = "bb",
    *,
    key: str = "exam",
    now: datetime = NOW,
    pool: tuple[Item, ...] = POOL,
    hands_in: bool = True,
) -> Attempt:
    """Sits an exam: `asked` answers `ASKED`, `others` the other three; a blank answers nothing."""
    start = mock_exam.MockStart(BLUEPRINT, SHAPE, pool, {}, key)
    attempt = mock_exam.start_mock(store, viewer, start, now=now, random=Random(3))
    left = list(others.ljust(3))
    for slot in attempt.slots:
        chosen = asked if slot.item_id == ASKED.id else left.pop(0)
        if chosen.strip():
            given = AnswerGiven(slot.position, (chosen,), 0, f"{key}-{slot.position}")
            save = mock_exam.SlotSave(slot.position, given, SlotMarks(slot.position))
            mock_exam.save_slot(store, viewer, attempt_id=attempt.id, save=save, now=now)
    if hands_in:
        return hand_in(store, viewer, attempt, now=now + timedelta(minutes=5))
    return attempt


def hand_in(store: Store, viewer: Viewer, attempt: Attempt, *, now: datetime) -> Attempt:
    """Hands an exam in."""
    return mock_exam.hand_in(store, viewer, attempt_id=attempt.id, now=now)
