"""Who sees what of a mock exam or a quiz, and that it is never changed backwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain.assignment import ANY_TOPIC, OWN_PLAN, AssignmentKind, AssignmentState, DoneRule
from app.domain.development_goal import GoalState, GoalWish
from app.domain.due_day import AssignmentStanding, ExtensionReason
from app.domain.errors import Conflict, InvalidInput, NotFound
from app.domain.person import Viewer
from app.library.library import Library, read_library
from app.services import cohort, exam, supervision
from app.services.assigned import asked_of, own_standings
from app.services.supervised import Place
from app.services.supervision import GoalEnd
from app.storage.store import Store
from tests.builders import a_content_folder
from tests.cast import NOW, Cast, a_person, as_viewer
from tests.services.exams_sat import BLUEPRINT, sit
from tests.services.quizzes import answer, start_quiz
from tests.services.supervising import sent
from tests.supervision_chain import a_rating_library

TODAY = NOW.date()
MOCK = {"kind": AssignmentKind.MOCK, "target_id": "aadc/quick"}
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    found = read_library(a_content_folder(tmp_path))
    return replace(found, blueprints={BLUEPRINT.id: BLUEPRINT})


@pytest.fixture
def cora(store: Store, cast: Cast) -> Viewer:
    return as_viewer(store, cast.cora)


@pytest.fixture
def ana(store: Store, cast: Cast) -> Viewer:
    return as_viewer(store, cast.ana)


def ask(store: Store, cora: Viewer, cast: Cast, **changes: Any) -> str:
    fields: dict[str, Any] = {
        "kind": AssignmentKind.LESSON,
        "target_id": "family/consent-first",
        "due_on": TODAY + timedelta(days=10),
    }
    now = changes.pop("now", NOW)
    wish = cohort.AssignmentWish(**{**fields, **changes})
    return cohort.assign(store, cora, cohort_id=cast.eastside.id, wish=wish, now=now).id


def of_ana(store: Store, library: Library, ana: Viewer) -> list[AssignmentStanding]:
    found = own_standings(store, library, ana, today=TODAY)
    store.end_reading()
    return list(found)


def test_a_mock_exam_is_done_without_its_result(
    store: Store, cast: Cast, cora: Viewer, ana: Viewer, library: Library
) -> None:
    ask(store, cora, cast, **MOCK)

    sit(store, ana, now=LATER)

    (standing,) = of_ana(store, library, ana)
    assert (standing.state, standing.done_on, standing.outcome) == (
        AssignmentState.DONE,
        TODAY,
        None,
    )


def test_a_result_is_shown_where_it_was_said_beforehand(
    store: Store, cast: Cast, cora: Viewer, ana: Viewer, library: Library
) -> None:
    ask(store, cora, cast, shows_result=True, **MOCK)

    sit(store, ana, now=LATER)

    (standing,) = of_ana(store, library, ana)
    assert standing.outcome is not None
    assert (standing.outcome.scaled, standing.outcome.is_pass) == (500, True)


def test_an_exam_begun_before_it_was_asked_stays_the_persons_own(
    store: Store, cast: Cast, cora: Viewer, ana: Viewer, library: Library
) -> None:
    sit(store, ana, now=NOW - timedelta(days=1))

    ask(store, cora, cast, shows_result=True, **MOCK)

    (standing,) = of_ana(store, library, ana)
    assert (standing.state, standing.outcome) == (AssignmentState.DUE_SOON, None)


def test_asking_again_with_the_result_opens_nothing_that_was_sat_before(
    store: Store, cast: Cast, cora: Viewer, ana: Viewer, library: Library
) -> None:
    first = ask(store, cora, cast, **MOCK)
    sit(store, ana, now=LATER)
    later = LATER + timedelta(hours=1)
    cohort.withdraw(store, cora, cohort_id=cast.eastside.id, assignment_id=first, now=later)

    ask(store, cora, cast, shows_result=True, now=later, **MOCK)

    assert [one.outcome for one in of_ana(store, library, ana)] == [None]


@pytest.mark.parametrize(
    ("rule", "is_done"),
    [
        (DoneRule(5), True),
        (DoneRule(6), False),
        (DoneRule(5, 80), True),
        (DoneRule(5, 81), False),
    ],
)
def test_a_quiz_counts_by_the_rule_it_was_asked_with(
    store: Store,
    cast: Cast,
    cora: Viewer,
    ana: Viewer,
    library: Library,
    rule: DoneRule,
    is_done: bool,
) -> None:
    ask(store, cora, cast, kind=AssignmentKind.QUIZ, target_id=ANY_TOPIC, rule=rule)
    quiz = start_quiz(store, ana, now=LATER)
    for slot in quiz.slots:
        chosen = "a" if slot.position == 1 else "b"
        answer(store, ana, quiz, chosen, position=slot.position, key=f"k{slot.position}", now=LATER)

    before = [one.is_done for one in of_ana(store, library, ana)]
    exam.finish_attempt(store, ana, attempt_id=quiz.id, now=LATER)

    assert before == [False]
    assert [one.is_done for one in of_ana(store, library, ana)] == [is_done]


def test_a_quiz_on_another_topic_does_not_count(
    store: Store, cast: Cast, cora: Viewer, ana: Viewer, library: Library
) -> None:
    ask(store, cora, cast, kind=AssignmentKind.QUIZ, target_id="consent", rule=DoneRule(1))
    quiz = start_quiz(store, ana, now=LATER)  # on everything
    for slot in quiz.slots:
        answer(store, ana, quiz, "b", position=slot.position, key=f"k{slot.position}", now=LATER)
    exam.finish_attempt(store, ana, attempt_id=quiz.id, now=LATER)

    assert [one.is_done for one in of_ana(store, library, ana)] == [False]


def test_a_role_and_newcomers_are_asked_as_people_come(
    store: Store, cast: Cast, cora: Viewer, library: Library
) -> None:
    ask(store, cora, cast, role="LCAS-A")
    ask(store, cora, cast, due_on=None, days_after_joining=14)
    joined = NOW + timedelta(days=3)
    petra = a_person(store, "Petra Lang", team=cast.eastside, now=joined)

    found = asked_of(store, library, {cast.eastside.id}, today=TODAY).standings

    of_role = {one.person_id for one in found if one.assignment.role}
    newcomers = {one.person_id: one.due.on for one in found if not one.assignment.role}
    assert of_role == {cast.ana.id, cast.noor.id}
    assert newcomers[petra.id] == (joined + timedelta(days=14)).date()


def test_more_time_and_leave_move_the_day_of_one_person(
    store: Store, cast: Cast, cora: Viewer, library: Library
) -> None:
    asked = ask(store, cora, cast)
    until = TODAY + timedelta(days=20)
    more = cohort.MoreTime(asked, cast.ana.id, until, ExtensionReason.WORKLOAD, " Night  shifts ")

    given = cohort.extend(store, cora, cohort_id=cast.eastside.id, wish=more, now=NOW)
    days = (TODAY + timedelta(days=5), TODAY + timedelta(days=6))
    cohort.keep_leave(store, as_viewer(store, cast.eli), person_id=cast.luis.id, days=days, now=NOW)

    found = asked_of(store, library, {cast.eastside.id}, today=TODAY).standings
    due = {one.person_id: (one.due.on - TODAY).days for one in found}
    assert due == {cast.ana.id: 20, cast.luis.id: 12, cast.noor.id: 10}
    assert given.note == "Night shifts"


def test_nobody_else_gives_more_time_keeps_leave_or_reminds(
    store: Store, cast: Cast, cora: Viewer
) -> None:
    asked = ask(store, cora, cast)
    team, until = cast.eastside.id, TODAY + timedelta(days=20)
    more = cohort.MoreTime(asked, cast.ana.id, until, ExtensionReason.OTHER)
    elsewhere = cohort.MoreTime(asked, cast.mika.id, until, ExtensionReason.OTHER)
    days = (TODAY, TODAY)
    for somebody in (cast.dov, cast.ana, cast.ben):
        other = as_viewer(store, somebody)
        with pytest.raises(NotFound):
            cohort.extend(store, other, cohort_id=team, wish=more, now=NOW)
        with pytest.raises(NotFound):
            cohort.keep_leave(store, other, person_id=cast.ana.id, days=days, now=NOW)
        with pytest.raises(NotFound):
            cohort.remind(
                store, other, cohort_id=team, assignment_id=asked, person_id=cast.ana.id, now=NOW
            )
    with pytest.raises(NotFound):
        cohort.extend(store, cora, cohort_id=team, wish=elsewhere, now=NOW)

    assert store.due_days.extensions([asked]) == []
    assert store.due_days.leaves([cast.ana.id]) == []


def test_leave_that_overlaps_is_refused_and_removed_leave_gives_the_day_back(
    store: Store, cast: Cast, cora: Viewer, ana: Viewer, library: Library
) -> None:
    ask(store, cora, cast)
    days = (TODAY + timedelta(days=1), TODAY + timedelta(days=4))
    leave = cohort.keep_leave(store, cora, person_id=ana.id, days=days, now=NOW)

    with pytest.raises(Conflict):
        cohort.keep_leave(store, cora, person_id=ana.id, days=(days[1], days[1]), now=NOW)
    moved = [one.due.leave_days for one in of_ana(store, library, ana)]
    cohort.remove_leave(store, cora, person_id=ana.id, leave_id=leave.id, now=NOW)

    assert moved == [4]
    assert [one.due.leave_days for one in of_ana(store, library, ana)] == [0]
    with pytest.raises(NotFound):
        cohort.remove_leave(store, cora, person_id=ana.id, leave_id=leave.id, now=NOW)


def test_an_earlier_day_is_no_more_time(store: Store, cast: Cast, cora: Viewer) -> None:
    asked = ask(store, cora, cast)
    sooner = TODAY + timedelta(days=10)
    more = cohort.MoreTime(asked, cast.ana.id, sooner, ExtensionReason.OTHER)

    with pytest.raises(InvalidInput):
        cohort.extend(store, cora, cohort_id=cast.eastside.id, wish=more, now=NOW)


def test_a_reminder_by_hand_is_told_once_a_day(
    store: Store, cast: Cast, cora: Viewer, ana: Viewer
) -> None:
    asked = ask(store, cora, cast)

    for hours in (0, 3, 26):
        cohort.remind(
            store,
            cora,
            cohort_id=cast.eastside.id,
            assignment_id=asked,
            person_id=ana.id,
            now=NOW + timedelta(hours=hours),
        )

    assert [one.kind for one in store.news.unseen(ana.id)] == ["reminder", "reminder"]


PLAN = {"kind": AssignmentKind.PLAN, "target_id": OWN_PLAN}


def set_goal(store: Store, by: Viewer, person: Viewer, cast: Cast, *, now: datetime) -> str:
    """Sets a goal that is to be looked at again thirty days later."""
    again = now.date() + timedelta(days=30)
    wish = GoalWish("CONF", "Checks first", "Read", again, again)
    place = Place(cast.eastside.id, person.id)
    supervision.set_goal(store, by, place, wish, a_rating_library(), sent(now))
    return store.goals.of_person(person.id)[-1].id


def test_a_plan_is_done_with_the_first_goal_after_it_was_asked_and_stays_so(
    store: Store, cast: Cast, cora: Viewer, ana: Viewer, library: Library
) -> None:
    ask(store, cora, cast, **PLAN, now=NOW - timedelta(days=9))
    assert of_ana(store, library, ana)[0].state is AssignmentState.DUE_SOON

    goal = set_goal(store, cora, ana, cast, now=NOW - timedelta(days=3))
    supervision.settle_goal(
        *(store, cora, Place(cast.eastside.id, ana.id), goal),
        GoalEnd(GoalState.DROPPED, "Another one."),
        now=NOW,
    )

    (standing,) = of_ana(store, library, ana)
    assert standing.done_on == TODAY - timedelta(days=3)
    others = asked_of(store, library, [cast.eastside.id], today=TODAY).standings
    assert [one.is_done for one in others if one.person_id != ana.id] == [False, False]


def test_a_plan_that_was_open_when_it_was_asked_counts_without_its_day(
    store: Store, cast: Cast, cora: Viewer, ana: Viewer, library: Library
) -> None:
    set_goal(store, cora, ana, cast, now=NOW - timedelta(days=20))

    ask(store, cora, cast, **PLAN)

    (standing,) = of_ana(store, library, ana)
    assert (standing.is_done, standing.done_on) == (True, None)


def test_a_goal_whose_day_had_gone_by_is_no_plan(
    store: Store, cast: Cast, cora: Viewer, ana: Viewer, library: Library
) -> None:
    set_goal(store, cora, ana, cast, now=NOW - timedelta(days=31))

    ask(store, cora, cast, **PLAN)

    assert not of_ana(store, library, ana)[0].is_done
