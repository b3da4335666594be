"""What to do next: the few stops of a day's plan, from what is asked, begun and missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.assignment import Assignment, AssignmentKind, AssignmentState, assignment_state
from app.domain.lesson import Lesson, ReadingState
from app.domain.scenario import Scenario

MINUTES_A_QUESTION = 1.2  # 72 seconds, the pace of the AADC
QUESTIONS_A_DAY = 10
ENOUGH_MISSED = 3  # fewer are not worth a quiz of their own


class StopKind(StrEnum):
    """What a stop of the plan asks for."""

    LESSON = "lesson"
    SCENARIO = "scenario"
    MISSED = "missed"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class PlanStop:
    """One stop of the day. Units: `minutes` are estimates.

    None: `assignment` is None when nobody asked for it.
    """

    kind: StopKind
    target_id: str
    minutes: int
    count: int = 0
    assignment: Assignment | None = None
    state: AssignmentState | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands today, as the plan needs it.

    Shape: `reading` by lesson id for every lesson, in the order of the curriculum;
    `played` holds ids of cases with a finished run; `assignments` the earliest due first.
    """

    reading: Mapping[str, ReadingState]
    played: frozenset[str]
    missed: int
    unseen: int
    assignments: Sequence[Assignment]


def plan_day(
    standing: Standing,
    *,
    lessons: Mapping[str, Lesson],
    scenarios: Mapping[str, Scenario],
    today: date,
) -> tuple[PlanStop, ...]:
    """Chooses the stops of a day: what is asked and due, then reading, questions, a case.

    Shape: each lesson or case at most once; empty when everything is done.
    """
    stops = _assigned(standing, lessons, scenarios, today)
    taken = {stop.target_id for stop in stops}
    lesson = _next_lesson(standing, lessons)
    if lesson is not None and lesson.id not in taken:
        stops.append(PlanStop(StopKind.LESSON, lesson.id, lesson.minutes))
    stops += _questions(standing)
    case = next((s for s in scenarios.values() if s.id not in standing.played), None)
    if case is not None and case.id not in taken:
        stops.append(PlanStop(StopKind.SCENARIO, case.id, case.minutes))
    return tuple(stops)


def is_done(assignment: Assignment, standing: Standing) -> bool:
    """Says whether what was asked has been read or played to its end."""
    if assignment.kind is AssignmentKind.SCENARIO:
        return assignment.target_id in standing.played
    state = standing.reading.get(assignment.target_id)
    return state is not None and state.is_complete


def _assigned(
    standing: Standing,
    lessons: Mapping[str, Lesson],
    scenarios: Mapping[str, Scenario],
    today: date,
) -> list[PlanStop]:
    stops: list[PlanStop] = []
    for assignment in standing.assignments:
        state = assignment_state(assignment, done=is_done(assignment, standing), today=today)
        if state not in {AssignmentState.OVERDUE, AssignmentState.DUE_SOON}:
            continue
        is_lesson = assignment.kind is AssignmentKind.LESSON
        target = (lessons if is_lesson else scenarios).get(assignment.target_id)
        if target is None:
            continue  # taken out of the content since
        if any(stop.target_id == target.id for stop in stops):
            continue  # asked of the team and of the person too; the first due is enough
        kind = StopKind.LESSON if is_lesson else StopKind.SCENARIO
        stops.append(PlanStop(kind, target.id, target.minutes, assignment=assignment, state=state))
    return stops


def _next_lesson(standing: Standing, lessons: Mapping[str, Lesson]) -> Lesson | None:
    """The lesson that was begun, or else the first that has not been read."""
    unread = [
        lessons[lesson_id]
        for lesson_id, state in standing.reading.items()
        if lesson_id in lessons and not state.is_complete
    ]
    begun = [lesson for lesson in unread if standing.reading[lesson.id].is_started]
    return next(iter(begun or unread), None)


def _questions(standing: Standing) -> list[PlanStop]:
    stops = []
    if standing.missed >= ENOUGH_MISSED:
        stops.append(_quiz(StopKind.MISSED, standing.missed))
    if standing.unseen:
        stops.append(_quiz(StopKind.PRACTICE, standing.unseen))
    return stops


def _quiz(kind: StopKind, supply: int) -> PlanStop:
    count = min(supply, QUESTIONS_A_DAY)
    return PlanStop(kind, str(kind), max(1, round(count * MINUTES_A_QUESTION)), count=count)
