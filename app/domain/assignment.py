"""What is asked of people: of whom, what counts as done, and where somebody stands on a day.

When it is due for one person is worked out in `due_day`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.domain.errors import InvalidInput

SOON = timedelta(days=14)
ANY_TOPIC = "any"
OWN_PLAN = "plan"  # the target of asking for a development plan: everybody has their own
MOST_QUESTIONS = 50  # a practice quiz has no more
LATEST_AFTER_JOINING = 365  # days


class AssignmentKind(StrEnum):
    """What can be asked of people today. A plan is a development plan with a goal."""

    LESSON = "lesson"
    SCENARIO = "scenario"
    QUIZ = "quiz"
    MOCK = "mock"
    PLAN = "plan"


class Audience(StrEnum):
    """Of whom something is asked."""

    TEAM = "team"
    PERSON = "person"
    ROLE = "role"
    NEWCOMERS = "newcomers"


class AssignmentState(StrEnum):
    """Where a person stands with an assignment."""

    DONE = "done"
    OVERDUE = "overdue"
    DUE_SOON = "due soon"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class DoneRule:
    """What a quiz must reach to count.

    Units: `questions` answered in one quiz; `percent` of its questions answered right, 0 when
    the outcome does not matter.
    """

    questions: int = 0
    percent: int = 0


NO_RULE = DoneRule()


@dataclass(frozen=True, slots=True)
class Membership:
    """Somebody in a team. Shape: `role` is the credential shown after the name, or empty."""

    person_id: str
    joined_on: date
    role: str = ""


@dataclass(frozen=True, slots=True)
class Assignment:
    """Something asked of a team, of one of its people, of a role, or of whoever joins.

    Shape: `target_id` names a lesson, a case, a topic (or any), or an exam as outline/shape.
    Whether a result is shown is said when it is asked and never changes.
    None: `person_id` is None unless one person is asked; `due_on` when the day follows from
    joining, `days_after_joining` when it does not.
    """

    id: str
    cohort_id: str
    person_id: str | None
    kind: AssignmentKind
    target_id: str
    due_on: date | None
    assigned_by: str
    asked_at: datetime
    asked_on: date
    role: str = ""
    days_after_joining: int | None = None
    shows_result: bool = False
    rule: DoneRule = NO_RULE

    @property
    def audience(self) -> Audience:
        """Of whom it is asked."""
        if self.person_id is not None:
            return Audience.PERSON
        if self.days_after_joining is not None:
            return Audience.NEWCOMERS
        return Audience.ROLE if self.role else Audience.TEAM

    def asks(self, member: Membership) -> bool:
        """Says whether it is asked of this member of the team.

        Newcomers are those who join on the day it was asked or later.
        """
        if self.person_id is not None:
            return self.person_id == member.person_id
        if self.role and self.role != member.role:
            return False
        return self.days_after_joining is None or member.joined_on >= self.asked_on


def refuse_misfit(assignment: Assignment, *, today: date) -> None:
    """Refuses what cannot be asked. Raises: InvalidInput with what to change."""
    if assignment.days_after_joining is None:
        if assignment.due_on is None or assignment.due_on < today:
            raise InvalidInput("due-date-past", "Choose a due date that is not in the past.")
    elif not 1 <= assignment.days_after_joining <= LATEST_AFTER_JOINING:
        raise InvalidInput(
            "days-unusable", f"Give 1 to {LATEST_AFTER_JOINING} days after joining the team."
        )
    if assignment.shows_result and assignment.kind is not AssignmentKind.MOCK:
        raise InvalidInput("result-not-shown", "Only the result of a mock exam can be shown.")
    if assignment.kind is AssignmentKind.QUIZ:
        if not 1 <= assignment.rule.questions <= MOST_QUESTIONS:
            raise InvalidInput(
                "questions-unusable", f"Ask for 1 to {MOST_QUESTIONS} questions in a quiz."
            )
        if not 0 <= assignment.rule.percent <= 100:
            raise InvalidInput("percent-unusable", "Give a share from 0 to 100 percent.")


def quiz_counts(rule: DoneRule, *, answered: int, right: int, asked: int) -> bool:
    """Says whether a finished quiz is enough: questions answered, and the share right of all."""
    if answered < rule.questions or asked == 0:
        return False
    return right * 100 >= rule.percent * asked


def assignment_state(due_on: date, *, done: bool, today: date) -> AssignmentState:
    """Says where a person stands. Due dates last until the end of their day."""
    if done:
        return AssignmentState.DONE
    if due_on < today:
        return AssignmentState.OVERDUE
    if due_on <= today + SOON:
        return AssignmentState.DUE_SOON
    return AssignmentState.OPEN
