"""Puts the questions of a finished exam on screen, a stretch at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from app.domain.attempt import Attempt, Response, Slot
from app.domain.exam_pace import seconds_by_position
from app.domain.item import Item
from app.domain.regrade import KeyNow, Regrade, as_counted, judged, key_now
from app.domain.slot_marks import Confidence, SlotMarks
from app.library.library import Library
from app.services.mock_exam import pinned_domains
from app.storage.store import Store
from app.web.exam.mock_pages import ReviewedSlot, ReviewPage
from app.web.exam.practice_buttons import bookmark_button
from app.web.exam.result_view import CONFIDENCE, say_seconds
from app.web.shared.part_data import Way
from app.web.shared.questions import answered_question

A_PAGE = 10
LEAST_OTHERS = 10  # people: the answers of fewer could point at one of them
SHOWN = {
    "all": "All",
    "wrong": "Not right",
    "sure-and-wrong": "Sure and not right",
    "lucky": "Right by a guess",
    "flagged": "Marked",
    "noted": "With a note",
    "bookmarked": "Bookmarked",
}
LETTERS = "ABCDEFGHI"
NO_MARKS = SlotMarks(0)


@dataclass(frozen=True, slots=True)
class _Record:
    """Everything kept of one attempt, for looking through its questions."""

    attempt: Attempt
    responses: Mapping[int, Response]
    marks: Mapping[int, SlotMarks]
    items: Mapping[tuple[str, str], Item]
    spent: Mapping[int, int]
    regrades: Sequence[Regrade]
    bookmarked: frozenset[str]


def review_page(
    store: Store, library: Library, attempt: Attempt, *, show: str, at: int
) -> ReviewPage:
    """Shows the stretch of questions that holds position `at`, or the first one."""
    record = _record(store, attempt)
    chosen = show if show in SHOWN else "all"
    slots = [slot for slot in attempt.slots if _is_shown(chosen, slot, record)]
    before = sum(slot.position < at for slot in slots)
    first = before - before % A_PAGE
    if first >= len(slots):
        first = 0
    stretch = slots[first : first + A_PAGE]
    others = store.answer_tallies.of_others(
        [(slot.item_id, slot.item_version) for slot in stretch], person_id=attempt.person_id
    )
    last = first + len(stretch)
    return ReviewPage(
        title=attempt.title,
        narrowings=tuple(Way(words, _url(attempt, name)) for name, words in SHOWN.items()),
        chosen=SHOWN[chosen],
        total=len(slots),
        span=f"{first + 1} to {last} of {len(slots)}" if len(slots) > A_PAGE else "",
        questions=tuple(
            _reviewed(library, slot, record, others.get((slot.item_id, slot.item_version), {}))
            for slot in stretch
        ),
        previous=_way("Earlier questions", attempt, chosen, slots, first - A_PAGE),
        following=_way("Further questions", attempt, chosen, slots, first + A_PAGE),
        result_url=url_for("exam.result", attempt_id=attempt.id),
    )


def _record(store: Store, attempt: Attempt) -> _Record:
    every = store.attempts.all_responses(attempt.id)
    regrades = store.regrades.counting_for(attempt.id, {slot.item_id for slot in attempt.slots})
    current = store.attempts.current_responses(attempt.id)
    return _Record(
        attempt=attempt,
        responses=as_counted(attempt.slots, current, regrades),
        marks=store.sittings.marks(attempt.id),
        items=store.attempts.frozen((slot.item_id, slot.item_version) for slot in attempt.slots),
        spent=seconds_by_position(attempt.started_at, every, store.sittings.breaks(attempt.id)),
        regrades=regrades,
        bookmarked=store.practice.bookmarks(attempt.person_id),
    )


def _is_shown(chosen: str, slot: Slot, record: _Record) -> bool:
    response = record.responses.get(slot.position)
    marks = record.marks.get(slot.position, NO_MARKS)
    is_right = bool(judged(slot, None, record.regrades) if response is None else response.is_right)
    is_answer = response is not None and response.is_answer
    return {
        "all": True,
        "wrong": not is_right,
        "sure-and-wrong": is_answer and not is_right and marks.confidence is Confidence.SURE,
        "lucky": is_right and marks.confidence is Confidence.GUESS,
        "flagged": marks.is_flagged,
        "noted": bool(marks.note),
        "bookmarked": slot.item_id in record.bookmarked,
    }[chosen]


def _reviewed(
    library: Library, slot: Slot, record: _Record, others: Mapping[str, int]
) -> ReviewedSlot:
    item = record.items[slot.item_id, slot.item_version]
    position = slot.position
    response = record.responses.get(position)
    marks = record.marks.get(position, NO_MARKS)
    now = key_now(slot, item, record.regrades)
    is_regraded = any(one.concerns(slot) for one in record.regrades)
    lesson = library.lessons.get(item.lesson)
    is_answer = response is not None and response.is_answer
    return ReviewedSlot(
        position=position,
        question=answered_question(
            item, slot.option_order, response if is_answer else None, best=now.best
        ),
        domain=pinned_domains(record.attempt).get(item.domain, item.domain),
        is_scored=slot.is_scored,
        confidence=CONFIDENCE[marks.confidence] if marks.confidence else "",
        note=marks.note,
        time=say_seconds(record.spent[position]) if position in record.spent else "",
        others=_others(slot, others),
        regraded=_regraded(slot, item, now) if is_regraded else "",
        lesson=Way(lesson.title, url_for("learn.lesson", area=lesson.area, slug=lesson.slug))
        if lesson
        else None,
        is_flagged=marks.is_flagged,
        report_url=url_for("exam.report_item", attempt_id=record.attempt.id, position=position),
        bookmark=bookmark_button(record.attempt, position, record.bookmarked, back="review"),
    )


def _regraded(slot: Slot, item: Item, now: KeyNow) -> str:
    """What a regrade made of a question, by the letters it is shown with."""
    counting = _letters(slot, now.counting)
    if now.rest:
        return "Regraded: it counts as right for everybody."
    if not now.counting:
        return "Regraded: this question no longer counts."
    if now.rest is None:
        return f"Regraded: it counts for those who chose {counting}, and for nobody else."
    former = _letters(slot, [one for one in item.key if one not in now.best])
    if len(now.counting) > 1:
        words = f"{counting} count as right" + (f", and {former} no longer does" if former else "")
    else:
        words = f"{counting} is the right answer, and {former} no longer is"
    return f"Regraded: {words}. The reasons below were written before that."


def _letters(slot: Slot, options: Sequence[str]) -> str:
    letters = zip(LETTERS, slot.option_order, strict=False)
    *first, last = [letter for letter, option in letters if option in options] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _others(slot: Slot, counts: Mapping[str, int]) -> str:
    total = sum(counts.values())
    if total < LEAST_OTHERS:
        return ""
    letters = zip(LETTERS, slot.option_order, strict=False)
    shares = [f"{letter} {round(100 * counts.get(o, 0) / total)} %" for letter, o in letters]
    return f"How {total} other people answered: {', '.join(shares)}."


def _url(attempt: Attempt, show: str, at: int = 0) -> str:
    wanted: dict[str, object] = {} if show == "all" else {"show": show}
    if at:
        wanted["at"] = at
    return url_for("exam.review", attempt_id=attempt.id, **wanted)  # type: ignore[arg-type]  # texts and numbers


def _way(title: str, attempt: Attempt, show: str, slots: Sequence[Slot], place: int) -> Way | None:
    if not 0 <= place < len(slots):
        return None
    return Way(title, _url(attempt, show, slots[place].position))
