"""Puts the result of a mock exam on screen: the score, what it rests on, what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from flask import url_for

from app.domain.attempt import Attempt, Response, Slot
from app.domain.exam_clock import working_time
from app.domain.exam_form import repeats_too_much
from app.domain.exam_pace import seconds_by_position, usual_seconds
from app.domain.exam_score import cut_right, share_between, unscored
from app.domain.regrade import Regrade, as_counted, judged
from app.domain.slot_marks import Confidence, SlotMarks
from app.services.mock_exam import pinned_scale
from app.storage.sittings import KeptReport
from app.storage.store import Store
from app.web.exam.mock_pages import DomainLine, EarlierLine, ResultPage, SureLine
from app.web.exam.practice_buttons import missed_button
from app.web.shared.filters import say_short_day
from app.web.shared.part_data import MapSlot, MissedButton
from app.web.shared.site_days import site_day

CONFIDENCE = {
    Confidence.SURE: "Sure",
    Confidence.FAIRLY: "Fairly sure",
    Confidence.GUESS: "A guess",
    Confidence.UNSAID: "Not said",
}
EARLIER = 6
SLOWEST = 5
CAUSES = {"regrade": "A question was regraded", "undone": "A regrade was taken back"}


def result_page(store: Store, attempt: Attempt, *, person: str) -> ResultPage:
    """Shows the score report that counts, and how the attempt went."""
    reports = store.sittings.reports(attempt.id)
    score, scale = reports[-1].score, pinned_scale(attempt)
    current = store.attempts.current_responses(attempt.id)
    regrades = store.regrades.counting_for(attempt.id, {slot.item_id for slot in attempt.slots})
    responses = as_counted(attempt.slots, current, regrades)
    missed = _missed(attempt, current, regrades)
    marks = store.sittings.marks(attempt.id)
    every = store.attempts.all_responses(attempt.id)
    spent = seconds_by_position(attempt.started_at, every, store.sittings.breaks(attempt.id))
    repeated = _count(attempt.settings.get("most_repeated"))
    return ResultPage(
        title=attempt.title,
        person=person,
        ended_at=attempt.finished_at or attempt.started_at,
        by_time=attempt.closed_by_time,
        scaled=score.scaled,
        is_pass=score.is_pass,
        right=score.right,
        scored=score.scored,
        unscored=unscored(attempt.slots),
        cut=scale.cut,
        cut_right=cut_right(score.scored, scale),
        low=scale.low,
        high=scale.high,
        unanswered=sum(not _has_answer(slot, current) for slot in missed),
        domains=tuple(
            DomainLine(part, *share_between(part.right, part.asked)) for part in score.parts
        ),
        sure=_sure_lines(responses, marks),
        sure_and_wrong=_where(attempt, responses, marks, Confidence.SURE, is_right=False),
        lucky=_where(attempt, responses, marks, Confidence.GUESS, is_right=True),
        slowest=tuple(
            (review_slot(attempt, position), say_seconds(spent[position]))
            for position in sorted(spent, key=lambda p: (-spent[p], p))[:SLOWEST]
        ),
        pace_seconds=usual_seconds(spent),
        allowed_pace_seconds=_allowed_pace(store, attempt),
        late=sum(response.is_late for response in every),
        changes=tuple(_change(report) for report in reports[1:]),
        earlier=_earlier(store, attempt),
        outline=f"{attempt.settings.get('blueprint', '')}".upper()
        + f" outline {attempt.settings.get('blueprint_version', '')}",
        repeated=repeated,
        repeats_too_much=repeats_too_much(repeated, len(attempt.slots)),
        review_url=url_for("exam.review", attempt_id=attempt.id),
        missed_button=_missed_button(store, missed),
    )


def review_slot(attempt: Attempt, position: int) -> MapSlot:
    """Leads to one question of the review."""
    url = url_for("exam.review", attempt_id=attempt.id, at=position, _anchor=f"question-{position}")
    return MapSlot(position, url)


def say_seconds(seconds: int) -> str:
    """A short time in words: 48 s, 2 min 5 s."""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return f"{rest} s"
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"


def _missed(
    attempt: Attempt, current: Mapping[int, Response], regrades: Sequence[Regrade]
) -> list[Slot]:
    """The places that cost a point: scored ones that count, and not as right."""
    return [
        slot
        for slot in attempt.slots
        if slot.is_scored and judged(slot, current.get(slot.position), regrades) is False
    ]


def _has_answer(slot: Slot, current: Mapping[int, Response]) -> bool:
    return slot.position in current and current[slot.position].is_answer


def _missed_button(store: Store, missed: Sequence[Slot]) -> MissedButton | None:
    """Practice in the domains that cost points: practice never asks an exam's own questions."""
    items = store.attempts.frozen((slot.item_id, slot.item_version) for slot in missed)
    domains = sorted({item.domain for item in items.values()})
    return (
        missed_button("Practice the domains I missed points in", domain=domains)
        if domains
        else None
    )


def _allowed_pace(store: Store, attempt: Attempt) -> int:
    """What this person had for each question, with the extra time of that day. Units: seconds."""
    ended_at = attempt.finished_at or attempt.started_at
    allowance = store.sittings.allowance_at(attempt.person_id, ended_at)
    had = working_time(attempt.limit or timedelta(0), allowance)
    return round(had.total_seconds() / len(attempt.slots))


def _sure_lines(
    responses: Mapping[int, Response], marks: Mapping[int, SlotMarks]
) -> tuple[SureLine, ...]:
    lines = []
    for confidence, words in CONFIDENCE.items():
        said = [r for r in _answers(responses) if _confidence(marks, r.position) is confidence]
        if said:
            lines.append(SureLine(words, sum(r.is_right for r in said), len(said)))
    only_unsaid = [line for line in lines if line.words != CONFIDENCE[Confidence.UNSAID]] == []
    return () if only_unsaid else tuple(lines)


def _where(
    attempt: Attempt,
    responses: Mapping[int, Response],
    marks: Mapping[int, SlotMarks],
    confidence: Confidence,
    *,
    is_right: bool,
) -> tuple[MapSlot, ...]:
    return tuple(
        review_slot(attempt, response.position)
        for response in _answers(responses)
        if response.is_right is is_right and _confidence(marks, response.position) is confidence
    )


def _answers(responses: Mapping[int, Response]) -> list[Response]:
    return [responses[place] for place in sorted(responses) if responses[place].is_answer]


def _confidence(marks: Mapping[int, SlotMarks], position: int) -> Confidence:
    return marks[position].confidence if position in marks else Confidence.UNSAID


def _earlier(store: Store, attempt: Attempt) -> tuple[EarlierLine, ...]:
    """Earlier exams of the same shape, newest first, to compare with."""
    others = [
        one
        for one in store.attempts.recent_mocks(attempt.person_id, limit=40)
        if one.finished_at is not None
        and one.started_at < attempt.started_at
        and _same_shape(one, attempt)
    ][:EARLIER]
    reports = store.sittings.current_reports([one.id for one in others])
    return tuple(_earlier_line(one, reports[one.id]) for one in others if one.id in reports)


def _earlier_line(attempt: Attempt, report: KeptReport) -> EarlierLine:
    ended: datetime = attempt.finished_at or attempt.started_at
    url = url_for("exam.result", attempt_id=attempt.id)
    return EarlierLine(attempt.title, ended, report.score.scaled, report.score.is_pass, url)


def _same_shape(one: Attempt, other: Attempt) -> bool:
    names: Sequence[str] = ("blueprint", "shape")
    return all(one.settings.get(name) == other.settings.get(name) for name in names)


def _change(report: KeptReport) -> str:
    day = say_short_day(site_day(report.made_at))
    score = report.score
    return f"{CAUSES.get(report.cause, 'Worked out anew')} on {day}: {score.scaled} since then."


def _count(told: object) -> int:
    return told if isinstance(told, int) else 0
