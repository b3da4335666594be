"""What to do next: the few stops of a day's plan, from what is asked, begun and missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.assignment import AssignmentKind, AssignmentState
from app.domain.due_day import AssignmentStanding
from app.domain.lesson import Lesson, ReadingState
from app.domain.scenario import Scenario

MINUTES_A_QUESTION = 1.2  # 72 seconds, the pace of the AADC
QUESTIONS_A_DAY = 10
ENOUGH_MISSED = 3  # fewer are not worth a quiz of their own


class StopKind(StrEnum):
    """What a stop of the plan asks for."""

    LESSON = "lesson"
    SCENARIO = "scenario"
    QUIZ = "quiz"
    MOCK = "mock"
    PLAN = "plan"
    MISSED = "missed"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class PlanStop:
    """One stop of the day. Units: `minutes` are estimates.

    None: `asked` is None when nobody asked for it.
    """

    kind: StopKind
    target_id: str
    minutes: int
    count: int = 0
    asked: AssignmentStanding | None = None

    @property
    def is_overdue(self) -> bool:
        """Says whether it was asked for by a day that is over."""
        return self.asked is not None and self.asked.state is AssignmentState.OVERDUE


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands today, as the plan needs it.

    Shape: `reading` by lesson id for every lesson, in the order of the curriculum;
    `played` holds ids of cases with a finished run; `asked` the earliest due first.
    """

    reading: Mapping[str, ReadingState]
    played: frozenset[str]
    missed: int
    unseen: int
    asked: Sequence[AssignmentStanding]


def plan_day(
    standing: Standing,
    *,
    lessons: Mapping[str, Lesson],
    scenarios: Mapping[str, Scenario],
) -> tuple[PlanStop, ...]:
    """Chooses the stops of a day: what is asked and due, then reading, questions, a case.

    Shape: each lesson or case at most once; empty when everything is done.
    """
    stops = _assigned(standing)
    taken = {stop.target_id for stop in stops}
    lesson = _next_lesson(standing, lessons)
    if lesson is not None and lesson.id not in taken:
        stops.append(PlanStop(StopKind.LESSON, lesson.id, lesson.minutes))
    stops += _questions(standing)
    case = next((s for s in scenarios.values() if s.id not in standing.played), None)
    if case is not None and case.id not in taken:
        stops.append(PlanStop(StopKind.SCENARIO, case.id, case.minutes))
    return tuple(stops)


def _assigned(standing: Standing) -> list[PlanStop]:
    stops: list[PlanStop] = []
    for one in standing.asked:
        if one.state not in {AssignmentState.OVERDUE, AssignmentState.DUE_SOON}:
            continue
        kind, target_id = _STOPS[one.assignment.kind], one.assignment.target_id
        if any((stop.kind, stop.target_id) == (kind, target_id) for stop in stops):
            continue  # asked of the team and of the person too; the first due is enough
        stops.append(PlanStop(kind, target_id, one.target.minutes, asked=one))
    return stops


_STOPS = {
    AssignmentKind.LESSON: StopKind.LESSON,
    AssignmentKind.SCENARIO: StopKind.SCENARIO,
    AssignmentKind.QUIZ: StopKind.QUIZ,
    AssignmentKind.MOCK: StopKind.MOCK,
    AssignmentKind.PLAN: StopKind.PLAN,
}


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
