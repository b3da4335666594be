"""Mock exams of the demo: sat over the month, by people who know more each time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from app.demo.activity import HABITS, SEED, Month, pick
from app.domain.attempt import AnswerGiven, Attempt, Slot
from app.domain.exam_form import mock_pool
from app.domain.item import Item
from app.domain.slot_marks import Confidence, SlotMarks
from app.services import mock_exam
from app.services.mock_exam import MockStart

# Who sat which shape, and at which share of the month.
SAT = {
    "ana": (("quick", 0.2), ("half", 0.55), ("quick", 0.8)),
    "luis": (("quick", 0.4), ("domain-4", 0.7)),
    "noor": (("quick", 0.9),),
}
# Who sat one quick exam with the same questions, and when: enough people that a regrade of one of
# them can tell its effect. The first one's form is everyone's.
TOGETHER = ("luis", "priya", "tomas", "mika", "jonas", "amara")
TOGETHER_AT = 0.85
OUTLINE = "aadc"
SECONDS_A_QUESTION = 55
SURE_FROM, GUESS_BELOW = 0.75, 0.35  # of a draw that leans on whether the answer is right


def sit_exams(month: Month, key: str) -> None:
    """Lets one person sit the mock exams of their month."""
    pool = mock_pool(month.library.items.values())
    for number, (shape_id, share) in enumerate(SAT.get(key, ())):
        _sit(month, key, _start(month, shape_id, pool, number=number), share, number=number)


def sit_together(month: Month) -> None:
    """Lets several people sit a quick exam from as small a bank as one form is."""
    pool = mock_pool(month.library.items.values())
    for key in TOGETHER:
        number = len(SAT.get(key, ()))
        start = _start(month, "quick", pool, number=number)
        attempt = _sit(month, key, start, TOGETHER_AT, number=number)
        asked = {slot.item_id for slot in attempt.slots}
        pool = [item for item in pool if item.id in asked]


def _start(month: Month, shape_id: str, pool: Sequence[Item], *, number: int) -> MockStart:
    blueprint = month.library.blueprints[OUTLINE]
    shape = next(one for one in blueprint.shapes if one.id == shape_id)
    return MockStart(blueprint, shape, pool, month.library.enemies, f"demo-exam-{number}")


def _sit(month: Month, key: str, start: MockStart, share: float, *, number: int) -> Attempt:
    library, viewer = month.library, month.viewers[key]
    random = Random(f"{SEED}-exam-{key}-{number}")
    moment = month.at(month.day(share), 9, 15)
    attempt = mock_exam.start_mock(month.store, viewer, start, now=moment, random=random)
    items = {(item.id, item.version): item for item in library.items.values()}
    knows = min(0.9, HABITS[key].knows + 0.08 * number)
    for slot in attempt.slots:
        moment += timedelta(seconds=random.randint(20, 2 * SECONDS_A_QUESTION - 20))
        item = items[slot.item_id, slot.item_version]
        save = _answer(slot, item, pick(item, slot.option_order, knows, random), random)
        mock_exam.save_slot(month.store, viewer, attempt_id=attempt.id, save=save, now=moment)
    _hand_in(month, key, attempt, moment)
    return attempt


def _answer(slot: Slot, item: Item, chosen: str, random: Random) -> mock_exam.SlotSave:
    lean = random.random() + (0.2 if chosen in item.key else -0.1)
    confidence = Confidence.FAIRLY
    if lean > SURE_FROM:
        confidence = Confidence.SURE
    elif lean < GUESS_BELOW:
        confidence = Confidence.GUESS
    return mock_exam.SlotSave(
        slot.position,
        AnswerGiven(slot.position, (chosen,), 0, f"demo-{slot.position}"),
        SlotMarks(slot.position, is_flagged=random.random() < 0.08, confidence=confidence),
    )


def _hand_in(month: Month, key: str, attempt: Attempt, moment: datetime) -> None:
    now = moment + timedelta(seconds=40)
    mock_exam.hand_in(month.store, month.viewers[key], attempt_id=attempt.id, now=now)
