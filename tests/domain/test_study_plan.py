from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.assignment import (
    SOON,
    Assignment,
    AssignmentKind,
    AssignmentState,
    Membership,
    assignment_state,
)
from app.domain.due_day import AssignmentStanding, Target, due_day
from app.domain.lesson import Lesson, ReadingState
from app.domain.scenario import Scenario
from app.domain.study_plan import (
    ENOUGH_MISSED,
    QUESTIONS_A_DAY,
    PlanStop,
    Standing,
    StopKind,
    plan_day,
)
from tests.builders import A_DAY, a_lesson
from tests.learning_builders import an_assignment

UNREAD = ReadingState(0, 3, "opening")
BEGUN = ReadingState(1, 3, "even-a-yes")
READ = ReadingState(3, 3, None)
LESSONS = {
    lesson_id: a_lesson(id=lesson_id, minutes=minutes)
    for lesson_id, minutes in (("family/one", 10), ("family/two", 20), ("family/three", 30))
}
CASES = {
    case_id: Scenario(case_id, case_id.title(), "first", (), minutes=15)
    for case_id in ("lena", "nora")
}


def a_standing(**changes: Any) -> Standing:
    """Everything read and played, nothing missed, new or asked: a day without a stop."""
    fields: dict[str, Any] = {
        "reading": dict.fromkeys(LESSONS, READ),
        "played": frozenset(CASES),
        "missed": 0,
        "unseen": 0,
        "asked": (),
    }
    asked = changes.pop("assignments", ())
    standing = Standing(**{**fields, **changes})
    return replace(standing, asked=[stand(one, standing) for one in asked])


def stand(assignment: Assignment, standing: Standing) -> AssignmentStanding:
    """Where somebody stands who has read and played this much."""
    target_id, is_case = assignment.target_id, assignment.kind is AssignmentKind.SCENARIO
    read = standing.reading.get(target_id)
    done = target_id in standing.played if is_case else read is not None and read.is_complete
    due = due_day(assignment, Membership("person-1", A_DAY - timedelta(days=60)))
    minutes = (CASES if is_case else LESSONS)[target_id].minutes
    target = Target(target_id, "Lesson", minutes=minutes)
    state = assignment_state(due.on, done=done, today=A_DAY)
    return AssignmentStanding(assignment, "person-1", target, due, state)


def reading(one: ReadingState, two: ReadingState, three: ReadingState) -> dict[str, ReadingState]:
    return dict(zip(LESSONS, (one, two, three), strict=True))


def planned(standing: Standing, lessons: dict[str, Lesson] | None = None) -> tuple[PlanStop, ...]:
    return plan_day(standing, lessons=LESSONS if lessons is None else lessons, scenarios=CASES)


def test_when_everything_is_done_the_day_is_free() -> None:
    assert planned(a_standing()) == ()


def test_the_first_unread_lesson_comes_next() -> None:
    stops = planned(a_standing(reading=reading(READ, UNREAD, UNREAD)))

    assert stops == (PlanStop(StopKind.LESSON, "family/two", 20),)


def test_a_lesson_that_was_begun_comes_before_an_earlier_one() -> None:
    stops = planned(a_standing(reading=reading(UNREAD, UNREAD, BEGUN)))

    assert [stop.target_id for stop in stops] == ["family/three"]


def test_a_lesson_that_left_the_content_is_no_stop() -> None:
    standing = a_standing(reading={"family/gone": BEGUN, **reading(READ, READ, UNREAD)})

    assert [stop.target_id for stop in planned(standing)] == ["family/three"]


def test_a_case_that_was_not_played_is_the_last_stop() -> None:
    stops = planned(a_standing(played=frozenset({"lena"}), unseen=5))

    assert [stop.kind for stop in stops] == [StopKind.PRACTICE, StopKind.SCENARIO]
    assert (stops[-1].target_id, stops[-1].minutes) == ("nora", 15)


@pytest.mark.parametrize(
    ("missed", "is_a_stop"), [(0, False), (ENOUGH_MISSED - 1, False), (ENOUGH_MISSED, True)]
)
def test_missed_questions_get_a_quiz_when_there_are_enough(missed: int, is_a_stop: bool) -> None:
    stops = planned(a_standing(missed=missed))

    assert [stop.kind for stop in stops] == ([StopKind.MISSED] if is_a_stop else [])


@pytest.mark.parametrize(
    ("unseen", "count", "minutes"), [(1, 1, 1), (5, 5, 6), (10, 10, 12), (400, QUESTIONS_A_DAY, 12)]
)
def test_new_questions_fill_at_most_a_days_quiz(unseen: int, count: int, minutes: int) -> None:
    (stop,) = planned(a_standing(unseen=unseen))

    assert (stop.kind, stop.count, stop.minutes) == (StopKind.PRACTICE, count, minutes)


@pytest.mark.parametrize(
    ("due_in", "state"),
    [
        (timedelta(days=-1), AssignmentState.OVERDUE),
        (timedelta(0), AssignmentState.DUE_SOON),
        (SOON, AssignmentState.DUE_SOON),
    ],
)
def test_what_is_asked_comes_first_when_due(due_in: timedelta, state: AssignmentState) -> None:
    asked = an_assignment(target_id="family/three", due_on=A_DAY + due_in)
    standing = a_standing(reading=reading(UNREAD, READ, UNREAD), assignments=(asked,))

    stops = planned(standing)

    assert [stop.target_id for stop in stops] == ["family/three", "family/one"]
    assert stops[0].asked is not None
    assert (stops[0].asked.assignment, stops[0].asked.state) == (asked, state)
    assert stops[1].asked is None


def test_what_is_asked_for_later_is_no_stop_of_today() -> None:
    asked = an_assignment(target_id="family/one", due_on=A_DAY + SOON + timedelta(days=1))

    assert planned(a_standing(assignments=(asked,), reading=reading(READ, READ, READ))) == ()


def test_what_is_asked_and_done_is_no_stop() -> None:
    asked = an_assignment(target_id="family/one", due_on=A_DAY)

    assert planned(a_standing(assignments=(asked,))) == ()


def test_a_case_that_is_asked_is_planned_once() -> None:
    asked = an_assignment(kind=AssignmentKind.SCENARIO, target_id="lena", due_on=A_DAY)

    stops = planned(a_standing(played=frozenset({"nora"}), assignments=(asked,)))

    assert [(stop.kind, stop.target_id) for stop in stops] == [(StopKind.SCENARIO, "lena")]


def test_a_lesson_asked_of_the_team_and_of_the_person_is_planned_once_when_first_due() -> None:
    first = an_assignment(id="first", target_id="family/one", due_on=A_DAY)
    second = an_assignment(
        id="second", person_id="person-1", target_id="family/one", due_on=A_DAY + SOON
    )

    stops = planned(a_standing(reading=reading(UNREAD, READ, READ), assignments=(first, second)))

    assert [stop.asked.assignment for stop in stops if stop.asked] == [first]


asked_for = st.tuples(st.sampled_from([*LESSONS, *CASES]), st.integers(-30, 30))


@given(
    st.tuples(*[st.sampled_from([UNREAD, BEGUN, READ])] * 3),
    st.frozensets(st.sampled_from(list(CASES))),
    st.integers(0, 40),
    st.integers(0, 40),
    st.lists(asked_for, max_size=6),
)
def test_no_lesson_or_case_is_planned_twice(
    states: tuple[ReadingState, ReadingState, ReadingState],
    played: frozenset[str],
    missed: int,
    unseen: int,
    wishes: list[tuple[str, int]],
) -> None:
    assignments = tuple(
        an_assignment(
            id=f"assignment-{number}",
            kind=AssignmentKind.LESSON if target in LESSONS else AssignmentKind.SCENARIO,
            target_id=target,
            due_on=A_DAY + timedelta(days=days),
        )
        for number, (target, days) in enumerate(wishes)
    )
    standing = a_standing(
        reading=reading(*states),
        played=played,
        missed=missed,
        unseen=unseen,
        assignments=assignments,
    )

    stops = planned(standing)

    targets = [stop.target_id for stop in stops]
    assert len(targets) == len(set(targets))
    assert all(stop.minutes > 0 for stop in stops)
