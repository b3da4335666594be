"""Teams: what supervisors ask of people, more time, leave, and reminders by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.access import keeps_leave, supervised_cohort
from app.domain.assignment import (
    NO_RULE,
    Assignment,
    AssignmentKind,
    DoneRule,
    Membership,
    refuse_misfit,
)
from app.domain.due_day import (
    Extension,
    ExtensionReason,
    Leave,
    due_day,
    refuse_extension,
    refuse_leave,
)
from app.domain.errors import Conflict, InvalidInput, NotFound
from app.domain.person import Viewer
from app.storage.audit import AuditEntry
from app.storage.news import News
from app.storage.store import Store


@dataclass(frozen=True, slots=True)
class AssignmentWish:
    """What a supervisor asks for.

    None: `person_id` is None unless one person is asked; either `due_on` or
    `days_after_joining` is None. Shape: `role` is a credential, empty for everyone.
    """

    kind: AssignmentKind
    target_id: str
    due_on: date | None
    person_id: str | None = None
    role: str = ""
    days_after_joining: int | None = None
    shows_result: bool = False
    rule: DoneRule = NO_RULE


@dataclass(frozen=True, slots=True)
class MoreTime:
    """An extension asked for."""

    assignment_id: str
    person_id: str
    due_on: date
    reason: ExtensionReason
    note: str = ""


def assign(
    store: Store, supervisor: Viewer, *, cohort_id: str, wish: AssignmentWish, now: datetime
) -> Assignment:
    """Asks something of a team, of one of its people, of a role in it, or of newcomers.

    Raises: NotFound for a team that is not the supervisor's, or a person not in it;
    InvalidInput for a due date in the past; Conflict if the same is asked already.
    """
    supervised_cohort(supervisor, cohort_id)
    assignment = Assignment(
        id=store.new_id(now),
        cohort_id=cohort_id,
        person_id=wish.person_id,
        kind=wish.kind,
        target_id=wish.target_id,
        due_on=wish.due_on,
        assigned_by=supervisor.id,
        asked_at=now,
        asked_on=store.day_of(now),
        role=wish.role,
        days_after_joining=wish.days_after_joining,
        shows_result=wish.shows_result,
        rule=wish.rule,
    )
    refuse_misfit(assignment, today=store.day_of(now))
    with store.writing():
        store.cohorts.hold(cohort_id)  # two forms must not both find that nothing is asked yet
        members = store.cohorts.members(cohort_id)
        if wish.person_id is not None and wish.person_id not in {one.id for one in members}:
            raise NotFound("person-not-found", "There is no such person in this team.")
        if wish.role and wish.role not in {one.credential for one in members}:
            raise InvalidInput("role-unknown", "Nobody in this team has this credential.")
        _refuse_twice(store, assignment)
        store.cohorts.assign(assignment)
    return assignment


def withdraw(
    store: Store, supervisor: Viewer, *, cohort_id: str, assignment_id: str, now: datetime
) -> None:
    """Takes an assignment back. Raises: NotFound if it is not one of the supervisor's teams'."""
    supervised_cohort(supervisor, cohort_id)
    with store.writing():
        if not store.cohorts.withdraw(assignment_id, cohort_id=cohort_id, now=now):
            raise _no_assignment()


def extend(
    store: Store, supervisor: Viewer, *, cohort_id: str, wish: MoreTime, now: datetime
) -> Extension:
    """Gives one person more time, with the reason; earlier extensions stay in the record.

    Raises: NotFound for anything outside the supervisor's teams, or not asked of the person;
    InvalidInput for a day that is no later than the present one.
    """
    supervised_cohort(supervisor, cohort_id)
    today = store.day_of(now)
    note = " ".join(wish.note.split())
    with store.writing():
        store.cohorts.hold(cohort_id)
        assignment, member = _asked(store, cohort_id, wish.assignment_id, wish.person_id)
        present = due_day(
            assignment,
            member,
            extensions=store.due_days.extensions([assignment.id]),
            leaves=store.due_days.leaves([member.person_id]),
        )
        refuse_extension(wish.due_on, note, today=today, before=present.on)
        extension = Extension(
            assignment.id, member.person_id, wish.due_on, wish.reason, note, supervisor.id, today
        )
        store.due_days.extend(store.new_id(now), extension, now=now)
    return extension


def keep_leave(
    store: Store, keeper: Viewer, *, person_id: str, days: tuple[date, date], now: datetime
) -> Leave:
    """Keeps days on which somebody is away; their clocks pause meanwhile.

    Shape: `days` are the first and the last one, both included.
    Raises: NotFound unless an administrator or a supervisor of the person asks; InvalidInput for
    days in the wrong order; Conflict if some of them are kept already.
    """
    leave = Leave(store.new_id(now), person_id, *days)
    refuse_leave(*days)
    with store.writing():
        store.people.hold(person_id)
        keeps_leave(keeper, store.people.grants_of(person_id))
        for known in store.due_days.leaves([person_id]):
            if known.first_day <= leave.last_day and leave.first_day <= known.last_day:
                raise Conflict("leave-overlaps", "Some of these days are kept as leave already.")
        store.due_days.keep_leave(leave, by=keeper.id, now=now)
        _note(store, "leave kept", keeper.id, person_id, now)
    return leave


def remove_leave(
    store: Store, keeper: Viewer, *, person_id: str, leave_id: str, now: datetime
) -> None:
    """Takes leave back; due days fall where they were. Raises: NotFound as `keep_leave`."""
    with store.writing():
        keeps_leave(keeper, store.people.grants_of(person_id))
        if not store.due_days.remove_leave(leave_id, person_id=person_id, by=keeper.id, now=now):
            raise NotFound("leave-not-found", "There is no such leave.")
        _note(store, "leave removed", keeper.id, person_id, now)


def remind(
    store: Store,
    supervisor: Viewer,
    *,
    cohort_id: str,
    assignment_id: str,
    person_id: str,
    now: datetime,
) -> None:
    """Reminds one person of one thing: on their start page at once, and in the next digest.

    Once a day: pressed again, nothing is added.
    Raises: NotFound for anything outside the supervisor's teams, or not asked of the person.
    """
    supervised_cohort(supervisor, cohort_id)
    with store.writing():
        store.people.hold(person_id)
        assignment, member = _asked(store, cohort_id, assignment_id, person_id)
        key, today = (member.person_id, assignment.id), store.day_of(now)
        if key in store.due_days.nudges([person_id], since=today):
            return
        store.due_days.nudge(assignment.id, person_id, day=today, by=supervisor.id, now=now)
        about = {"assignment": assignment.id, "by": supervisor.person.full_name}
        store.news.add_many([News(store.new_id(now), person_id, "reminder", about, now)])


def _asked(
    store: Store, cohort_id: str, assignment_id: str, person_id: str
) -> tuple[Assignment, Membership]:
    members = store.due_days.memberships({cohort_id}).get(cohort_id, [])
    for member in members:
        if member.person_id == person_id:
            for one in store.cohorts.assignments(frozenset({cohort_id})):
                if one.id == assignment_id and one.asks(member):
                    return one, member
    raise _no_assignment()


def _no_assignment() -> NotFound:
    return NotFound("assignment-not-found", "There is no such assignment in this team.")


def _refuse_twice(store: Store, wanted: Assignment) -> None:
    # A form sent twice must not ask twice.
    for known in store.cohorts.assignments(frozenset({wanted.cohort_id})):
        if _asks_the_same(known, wanted):
            when = f", due {known.due_on:%B} {known.due_on.day}" if known.due_on else ""
            raise Conflict(
                "already-assigned",
                f"This is asked already{when}.",
                "Withdraw that assignment first if the date should change.",
            )


def _asks_the_same(one: Assignment, other: Assignment) -> bool:
    def key(a: Assignment) -> tuple[object, ...]:
        return (a.kind, a.target_id, a.person_id, a.role, a.days_after_joining is None)

    return key(one) == key(other)


def _note(store: Store, action: str, actor_id: str, subject_id: str, now: datetime) -> None:
    entry = AuditEntry(now, action, actor_id=actor_id, subject_id=subject_id, details={})
    store.audit.add(store.new_id(now), entry)
