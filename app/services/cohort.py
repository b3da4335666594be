"""Teams: what supervisors ask of people, and what they may see of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.access import supervised_cohort
from app.domain.assignment import Assignment, AssignmentKind
from app.domain.errors import Conflict, InvalidInput, NotFound
from app.domain.person import Viewer
from app.storage.store import Store


@dataclass(frozen=True, slots=True)
class AssignmentWish:
    """What a supervisor asks for. None: `person_id` is None for the whole team."""

    kind: AssignmentKind
    target_id: str
    due_on: date
    person_id: str | None = None


def assign(
    store: Store, supervisor: Viewer, *, cohort_id: str, wish: AssignmentWish, now: datetime
) -> Assignment:
    """Asks something of a team or of one of its people.

    Raises: NotFound for a team that is not the supervisor's, or a person not in it;
    InvalidInput for a due date in the past; Conflict if the same is asked already.
    """
    supervised_cohort(supervisor, cohort_id)
    if wish.due_on < now.date():
        raise InvalidInput("due-date-past", "Choose a due date that is not in the past.")
    assignment = Assignment(
        id=store.new_id(now),
        cohort_id=cohort_id,
        person_id=wish.person_id,
        kind=wish.kind,
        target_id=wish.target_id,
        due_on=wish.due_on,
        assigned_by=supervisor.id,
    )
    with store.writing():
        store.cohorts.hold(cohort_id)  # two forms must not both find that nothing is asked yet
        members = {person.id for person in store.cohorts.members(cohort_id)}
        if wish.person_id is not None and wish.person_id not in members:
            raise NotFound("person-not-found", "There is no such person in this team.")
        _refuse_twice(store, cohort_id, wish)
        store.cohorts.assign(assignment, now=now)
    return assignment


def withdraw(
    store: Store, supervisor: Viewer, *, cohort_id: str, assignment_id: str, now: datetime
) -> None:
    """Takes an assignment back. Raises: NotFound if it is not one of the supervisor's teams'."""
    supervised_cohort(supervisor, cohort_id)
    with store.writing():
        if not store.cohorts.withdraw(assignment_id, cohort_id=cohort_id, now=now):
            raise NotFound("assignment-not-found", "There is no such assignment in this team.")


def _refuse_twice(store: Store, cohort_id: str, wish: AssignmentWish) -> None:
    # A form sent twice must not ask twice.
    wanted = (wish.kind, wish.target_id, wish.person_id)
    for known in store.cohorts.assignments(frozenset({cohort_id})):
        if (known.kind, known.target_id, known.person_id) == wanted:
            raise Conflict(
                "already-assigned",
                f"This is asked already, due {known.due_on:%B} {known.due_on.day}.",
                "Withdraw that assignment first if the date should change.",
            )
