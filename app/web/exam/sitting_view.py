"""Puts a running exam on screen: one question, the map, the time, the look before handing in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import url_for

from app.domain.attempt import Attempt, Response
from app.domain.item import Item
from app.domain.slot_marks import SlotMarks, marks_stamp, merge_marks
from app.services.mock_exam import Sitting, SlotSave
from app.web.exam.clock_pace import milliseconds_until_next
from app.web.exam.mock_pages import BreakPage, ClockOnScreen, OverviewPage, SlotPage
from app.web.shared.part_data import MapSlot
from app.web.shared.questions import shown_question


@dataclass(frozen=True, slots=True)
class Stand:
    """A running exam at one moment. Shape: responses and marks by position."""

    sitting: Sitting
    responses: Mapping[int, Response]
    marks: Mapping[int, SlotMarks]
    now: datetime


def slot_page(
    stand: Stand,
    position: int,
    *,
    item: Item,
    fault: tuple[str, str] = ("", ""),
    refused: str = "",
    sent: SlotSave | None = None,
) -> SlotPage:
    """Shows one question as it stands for the person answering.

    None: `sent` is None unless a save was refused; its marks are shown with the kept ones.
    """
    attempt, responses = stand.sitting.attempt, stand.responses
    slot, count = attempt.slot(position), len(attempt.slots)
    kept = stand.marks.get(position, SlotMarks(position))
    here = merge_marks(kept, sent.marks, seen=sent.marks_seen) if sent else kept
    refused_option = item.option(refused)
    return SlotPage(
        title=attempt.title,
        position=position,
        count=count,
        answered=answered_count(responses),
        question=shown_question(
            item, slot.option_order, responses.get(position), struck=here.struck
        ),
        marks=here,
        marks_seen=marks_stamp(kept),
        slots=map_slots(stand, here=position),
        clock=clock_on_screen(stand.sitting, now=stand.now),
        action_url=slot_url(attempt, position),
        previous_url=slot_url(attempt, position - 1) if position > 1 else "",
        next_url=slot_url(attempt, position + 1) if position < count else "",
        fault=fault[0],
        advice=fault[1],
        refused_choice=refused_option.text if refused_option else "",
    )


def break_page(sitting: Sitting, *, fault: tuple[str, str] = ("", "")) -> BreakPage:
    """Shows a break, and what was refused because of it."""
    return BreakPage(
        title=sitting.attempt.title,
        minutes_left=minutes_of_break(sitting),
        end_url=url_for("exam.end_break", attempt_id=sitting.attempt.id),
        fault=fault[0],
        advice=fault[1],
    )


def overview_page(stand: Stand) -> OverviewPage:
    """Shows what is still open or marked, before handing in."""
    attempt = stand.sitting.attempt
    slots = map_slots(stand, here=0)
    first_open = next((slot for slot in slots if slot.state == "open"), slots[-1])
    return OverviewPage(
        title=attempt.title,
        count=len(slots),
        answered=answered_count(stand.responses),
        open_slots=tuple(slot for slot in slots if slot.state == "open"),
        flagged_slots=tuple(slot for slot in slots if slot.is_flagged),
        slots=slots,
        clock=clock_on_screen(stand.sitting, now=stand.now),
        exam_url=url_for("exam.sitting", attempt_id=attempt.id),
        back_url=first_open.url,
        hand_in_url=url_for("exam.hand_in", attempt_id=attempt.id),
    )


def map_slots(stand: Stand, *, here: int) -> tuple[MapSlot, ...]:
    """Every question at a glance. Shape: `here` is 0 on pages without a question."""
    attempt = stand.sitting.attempt
    base = url_for("exam.slot", attempt_id=attempt.id, position=1)[:-1]
    slots = []
    for slot in attempt.slots:
        number = slot.position
        response, mark = stand.responses.get(number), stand.marks.get(number)
        is_answered = response is not None and response.is_answer
        slots.append(
            MapSlot(
                number,
                f"{base}{number}",
                "met" if is_answered else "open",
                number == here,
                mark is not None and mark.is_flagged,
            )
        )
    return tuple(slots)


def clock_on_screen(sitting: Sitting, *, now: datetime) -> ClockOnScreen:
    """The time as the page counts it down; the server alone decides when it is over."""
    attempt_id = sitting.attempt.id
    return ClockOnScreen(
        ends_at=sitting.clock.ends_at or datetime.max.replace(tzinfo=UTC),
        seconds_left=sitting.clock.seconds_left(now),
        minutes_of_break=minutes_of_break(sitting),
        url=url_for("exam.clock", attempt_id=attempt_id),
        ask_again=milliseconds_until_next(),
    )


def minutes_of_break(sitting: Sitting) -> int:
    """Break time that is left, in begun minutes."""
    return -int(-sitting.clock.break_left.total_seconds() // 60)


def answered_count(responses: Mapping[int, Response]) -> int:
    """How many questions have an answer."""
    return sum(response.is_answer for response in responses.values())


def slot_url(attempt: Attempt, position: int) -> str:
    """The address of one question."""
    return url_for("exam.slot", attempt_id=attempt.id, position=position)
