"""A lesson or case asked of a person, and where they stand with it on a given day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

SOON = timedelta(days=14)


class AssignmentKind(StrEnum):
    """What can be asked of people today."""

    LESSON = "lesson"
    SCENARIO = "scenario"


class AssignmentState(StrEnum):
    """Where a person stands with an assignment."""

    DONE = "done"
    OVERDUE = "overdue"
    DUE_SOON = "due soon"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Assignment:
    """Something asked of a team or of one of its people.

    None: `person_id` is None when the whole team is asked.
    """

    id: str
    cohort_id: str
    person_id: str | None
    kind: AssignmentKind
    target_id: str
    due_on: date
    assigned_by: str

    def asks(self, person_id: str) -> bool:
        """Says whether it is asked of this person, being a member of the team."""
        return self.person_id is None or self.person_id == person_id


def assignment_state(assignment: Assignment, *, done: bool, today: date) -> AssignmentState:
    """Says where a person stands. Due dates last until the end of their day."""
    if done:
        return AssignmentState.DONE
    if assignment.due_on < today:
        return AssignmentState.OVERDUE
    if assignment.due_on <= today + SOON:
        return AssignmentState.DUE_SOON
    return AssignmentState.OPEN
