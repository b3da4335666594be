"""Where people stand with what was asked of them: for Today, team pages, mails and calendars.

One place, so that a learner, their supervisor and a reminder never tell different things.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from app.domain.assignment import (
    ANY_TOPIC,
    Assignment,
    AssignmentKind,
    Membership,
    assignment_state,
    quiz_counts,
)
from app.domain.development_goal import Goal, day_planned
from app.domain.due_day import AssignmentStanding, DueDay, Leave, MockOutcome, Target, due_day
from app.domain.lesson import day_read
from app.domain.person import Role, Viewer
from app.library.library import Library
from app.storage.queries.done_days import (
    MockDone,
    QuizDone,
    days_ended,
    days_read,
    mocks_done,
    quizzes_done,
)
from app.storage.store import Store

MINUTES_A_PLAN = 20  # a talk about one goal; our guess
MINUTES_A_QUESTION = 1.2  # 72 seconds, the pace of the AADC
KIND_WORDS = {
    AssignmentKind.LESSON: "Lesson",
    AssignmentKind.SCENARIO: "Case",
    AssignmentKind.QUIZ: "Quiz",
    AssignmentKind.MOCK: "Mock exam",
    AssignmentKind.PLAN: "Development plan",
}


Wanted = Callable[[Assignment], bool]


def everything(_: Assignment) -> bool:
    """Leaves no assignment out."""
    return True


@dataclass(frozen=True, slots=True)
class Done:
    """What somebody did of an assignment. None: `outcome` is None unless it is to be shown."""

    on: date
    outcome: MockOutcome | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything asked of some teams, with whoever is asked.

    Shape: standings by due day, then in the order in which they were asked.
    """

    assignments: tuple[Assignment, ...]
    targets: dict[str, Target]  # by assignment
    standings: tuple[AssignmentStanding, ...]
    leaves: tuple[Leave, ...]


def own_standings(
    store: Store, library: Library, viewer: Viewer, *, today: date, only: Wanted = everything
) -> tuple[AssignmentStanding, ...]:
    """Where the viewer stands with what is asked of them, the earliest due first."""
    teams = viewer.cohorts_as(Role.CANDIDATE)
    found = asked_of(store, library, teams, today=today, person_id=viewer.id, only=only)
    return found.standings


def asked_of(
    store: Store,
    library: Library,
    cohort_ids: Collection[str],
    *,
    today: date,
    person_id: str | None = None,
    only: Wanted = everything,
) -> Asked:
    """Gathers where everyone in some teams stands, or one person.

    Shape: `only` says which assignments matter.
    Cost: up to nine queries, however many people and assignments there are.
    """
    assignments = [one for one in store.cohorts.assignments(frozenset(cohort_ids)) if only(one)]
    targets = {one.id: target_of(library, one) for one in assignments}
    if not assignments:
        return Asked((), {}, (), ())
    members = store.due_days.memberships(cohort_ids, person_id=person_id)
    pairs = [
        (one, member)
        for one in assignments
        for member in members.get(one.cohort_id, ())
        if one.asks(member)
    ]
    people = {member.person_id for _, member in pairs}
    leaves = tuple(store.due_days.leaves(people))
    extensions = store.due_days.extensions([one.id for one in assignments])
    done_on = _done_by(store, library, [one for one, _ in pairs], people)
    due = partial(due_day, extensions=extensions, leaves=leaves)
    standings = [
        _standing(one, member, targets[one.id], due(one, member), done_on(one, member), today)
        for one, member in pairs
        if targets[one.id].is_offered
    ]
    standings.sort(key=lambda standing: standing.due.on)  # stable
    return Asked(tuple(assignments), targets, tuple(standings), leaves)


def target_of(library: Library, assignment: Assignment) -> Target:
    """Names what is asked, also when it has left the content."""
    found = _TARGETS[assignment.kind](library, assignment)
    return found or Target(assignment.target_id, KIND_WORDS[assignment.kind], is_offered=False)


def _standing(
    assignment: Assignment,
    member: Membership,
    target: Target,
    due: DueDay,
    done: Done | None,
    today: date,
) -> AssignmentStanding:
    state = assignment_state(due.on, done=done is not None, today=today)
    is_told = done is not None and done.on >= assignment.asked_on
    return AssignmentStanding(
        assignment,
        member.person_id,
        target,
        due,
        state,
        done_on=done.on if done is not None and is_told else None,
        outcome=done.outcome if done is not None else None,
    )


def _done_by(
    store: Store, library: Library, assignments: Sequence[Assignment], people: Collection[str]
) -> Callable[[Assignment, Membership], Done | None]:
    of_kind: dict[AssignmentKind, list[Assignment]] = {}
    for one in assignments:
        of_kind.setdefault(one.kind, []).append(one)

    def ids(kind: AssignmentKind) -> set[str]:
        return {one.target_id for one in of_kind.get(kind, ())}

    def since(kind: AssignmentKind) -> Iterable[Assignment]:
        return of_kind.get(kind, ())

    lessons, cases = ids(AssignmentKind.LESSON), ids(AssignmentKind.SCENARIO)
    read = days_read(store, people, lessons) if lessons else {}
    ended = days_ended(store, people, cases) if cases else {}
    quizzes, mocks = since(AssignmentKind.QUIZ), since(AssignmentKind.MOCK)
    sat_quizzes = (
        quizzes_done(store, people, since=min(one.asked_at for one in quizzes)) if quizzes else []
    )
    planned = _goals_of(store, people) if of_kind.get(AssignmentKind.PLAN) else {}
    sat_mocks = mocks_done(store, people, since=min(one.asked_at for one in mocks)) if mocks else []

    def done(assignment: Assignment, member: Membership) -> Done | None:
        key = (member.person_id, assignment.target_id)
        if assignment.kind is AssignmentKind.QUIZ:
            return _quiz_done(assignment, member, sat_quizzes)
        if assignment.kind is AssignmentKind.MOCK:
            return _mock_done(assignment, member, sat_mocks)
        if assignment.kind is AssignmentKind.PLAN:
            day = day_planned(planned.get(member.person_id, ()), assignment.asked_on)
            return None if day is None else Done(day)
        if assignment.kind is AssignmentKind.SCENARIO:
            day = ended.get(key)
        else:
            lesson = library.lessons.get(assignment.target_id)
            day = day_read(lesson, read.get(key, {})) if lesson else None
        return None if day is None else Done(day)

    return done


def _goals_of(store: Store, people: Collection[str]) -> dict[str, list[Goal]]:
    found: dict[str, list[Goal]] = {}
    for goal in store.goals.of_people(people):
        found.setdefault(goal.person_id, []).append(goal)
    return found


def _quiz_done(assignment: Assignment, member: Membership, sat: Iterable[QuizDone]) -> Done | None:
    """The first quiz that was begun after it was asked, on its topic alone, and is enough."""
    wanted = frozenset({assignment.target_id})
    for one in sat:
        if one.person_id != member.person_id or one.started_at < assignment.asked_at:
            continue
        if assignment.target_id != ANY_TOPIC and one.topics != wanted:
            continue
        if quiz_counts(assignment.rule, answered=one.answered, right=one.right, asked=one.asked):
            return Done(one.finished_on)
    return None


def _mock_done(assignment: Assignment, member: Membership, sat: Iterable[MockDone]) -> Done | None:
    """The first such exam begun after it was asked: what came before stays the person's own."""
    for one in sat:
        if (one.person_id, one.target_id) != (member.person_id, assignment.target_id):
            continue
        if one.started_at >= assignment.asked_at:
            told = MockOutcome(one.scaled, one.is_pass) if assignment.shows_result else None
            return Done(one.finished_on, told)
    return None


def _lesson(library: Library, assignment: Assignment) -> Target | None:
    found = library.lessons.get(assignment.target_id)
    return Target(found.title, "Lesson", minutes=found.minutes) if found else None


def _case(library: Library, assignment: Assignment) -> Target | None:
    found = library.scenarios.get(assignment.target_id)
    return Target(found.title, "Case", minutes=found.minutes) if found else None


def _quiz(library: Library, assignment: Assignment) -> Target | None:
    topic = library.topics.get(assignment.target_id)
    if topic is None and assignment.target_id != ANY_TOPIC:
        return None
    about = topic.title if topic else "any topic"
    questions, percent = assignment.rule.questions, assignment.rule.percent
    title = f"Quiz on {about}: {questions} questions"
    if percent:
        title += f", {percent} % right"
    return Target(title, "Quiz", minutes=max(1, round(questions * MINUTES_A_QUESTION)))


def _mock(library: Library, assignment: Assignment) -> Target | None:
    blueprint_id, _, shape_id = assignment.target_id.partition("/")
    blueprint = library.blueprints.get(blueprint_id)
    shapes = blueprint.shapes if blueprint else ()
    shape = next((one for one in shapes if one.id == shape_id), None)
    return Target(shape.title, "Mock exam", minutes=shape.minutes) if shape else None


def _plan(_: Library, __: Assignment) -> Target | None:
    return Target("A development plan", "Development plan", minutes=MINUTES_A_PLAN)


_TARGETS: dict[AssignmentKind, Callable[[Library, Assignment], Target | None]] = {
    AssignmentKind.LESSON: _lesson,
    AssignmentKind.SCENARIO: _case,
    AssignmentKind.QUIZ: _quiz,
    AssignmentKind.MOCK: _mock,
    AssignmentKind.PLAN: _plan,
}
