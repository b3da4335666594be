"""Mock exams as the proofs start them: small, on questions of their own, b is always right."""

from __future__ import annotations

from datetime import datetime
from random import Random

from app.domain.attempt import AnswerGiven, Attempt
from app.domain.exam_blueprint import ExamBlueprint, ExamDomain, ExamShape, ScoreScale
from app.domain.person import Viewer
from app.domain.slot_marks import SlotMarks
from app.services import mock_exam
from app.services.mock_exam import MockStart, Saved, SlotSave
from app.storage.store import Store
from tests.builders import an_item
from tests.cast import NOW

DOMAIN = ExamDomain("AADC-4", "Professional responsibility", 60, None, "test")


def start_exam(
    store: Store,
    viewer: Viewer,
    *,
    questions: int = 4,
    minutes: int = 60,
    key: str = "start",
    now: datetime = NOW,
) -> Attempt:
    """Starts a mock exam of so many questions."""
    shape = ExamShape(
        "small", "Small exam", questions, questions, 0, minutes, {DOMAIN.code: questions}
    )
    outline = ExamBlueprint(
        id="proof",
        title="Proof",
        version="1",
        outline_year=None,
        source="test",
        note="",
        items_total=questions,
        scored=questions,
        pretest=0,
        minutes=minutes,
        scale=ScoreScale(200, 800, 500, 70, ours=True),
        domains=(DOMAIN,),
        shapes=(shape,),
    )
    pool = [an_item(id=f"mock-{number}", pool="mock") for number in range(1, questions + 1)]
    start = MockStart(outline, shape, pool, {}, key)
    return mock_exam.start_mock(store, viewer, start, now=now, random=Random(7))


def save(
    store: Store,
    viewer: Viewer,
    exam: Attempt,
    answer: AnswerGiven | None,
    *,
    position: int = 1,
    now: datetime = NOW,
) -> Saved:
    """Saves an answer of an exam, without any marks beside it."""
    sent = SlotSave(position, answer, SlotMarks(position))
    return mock_exam.save_slot(store, viewer, attempt_id=exam.id, save=sent, now=now)
