"""When something asked is due for one person: the day it names, extensions, and leave.

Leave pauses the clock: each day of leave between the day the date was set and the due day moves
the due day by one. Nothing is ever due on a day of leave unless it was due before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.assignment import Assignment, AssignmentState, Membership
from app.domain.errors import InvalidInput

ONE_DAY = timedelta(days=1)
LONGEST_LEAVE = timedelta(days=366)
LONGEST_EXTENSION = timedelta(days=366)
LONGEST_NOTE = 300


class ExtensionReason(StrEnum):
    """Why somebody gets more time. A closed list, so that it can be counted and stays sober."""

    WORKLOAD = "workload"
    PERSONAL = "personal"
    ACCESS = "access"
    UNCLEAR = "unclear"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Leave:
    """Days on which somebody is away, the first and the last included."""

    id: str
    person_id: str
    first_day: date
    last_day: date

    def covers(self, day: date) -> bool:
        """Says whether the person is away on this day."""
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, slots=True)
class Extension:
    """More time for one person, given on a day. The newest one counts."""

    assignment_id: str
    person_id: str
    due_on: date
    reason: ExtensionReason
    note: str
    given_by: str
    given_on: date


@dataclass(frozen=True, slots=True)
class DueDay:
    """When something is due for one person. Units: `leave_days` it was moved by leave.

    None: `extension` is None when nobody gave more time.
    """

    on: date
    leave_days: int = 0
    extension: Extension | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked, as it is called now. `is_offered` is False once it has left the content.

    Units: `minutes` it takes, an estimate; 0 when nothing is known.
    """

    title: str
    kind: str
    is_offered: bool = True
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class MockOutcome:
    """The result of a mock exam that was to be shown. Units: `scaled` on our own scale."""

    scaled: int
    is_pass: bool


@dataclass(frozen=True, slots=True)
class AssignmentStanding:
    """Where one person stands with one assignment.

    None: `done_on` is None while it is not done, and when it was done before it was asked:
    asking for something does not open what came before. `outcome` is None unless the assignment
    said beforehand that a result is shown.
    """

    assignment: Assignment
    person_id: str
    target: Target
    due: DueDay
    state: AssignmentState
    done_on: date | None = None
    outcome: MockOutcome | None = None

    @property
    def is_done(self) -> bool:
        """Says whether nothing is left to do."""
        return self.state is AssignmentState.DONE


def due_day(
    assignment: Assignment,
    member: Membership,
    *,
    extensions: Iterable[Extension] = (),
    leaves: Sequence[Leave] = (),
) -> DueDay:
    """Works out when an assignment is due for a member.

    Shape: `extensions` and `leaves` may speak of others too, the oldest extension first.
    """
    named = _named_day(assignment, member)
    set_on, due = max(assignment.asked_on, member.joined_on), named
    newest = None
    for one in extensions:
        if (one.assignment_id, one.person_id) == (assignment.id, member.person_id):
            set_on, due, newest = one.given_on, one.due_on, one
    moved = moved_by_leave(
        due, set_on=set_on, leaves=[one for one in leaves if one.person_id == member.person_id]
    )
    return DueDay(moved, (moved - due).days, newest)


def moved_by_leave(due: date, *, set_on: date, leaves: Sequence[Leave]) -> date:
    """Moves a due day by the days of leave after the day on which it was set."""
    start, stretches = min(set_on, due), _merged(leaves)
    if due == start:  # no day was given that leave could take away: only the day itself counts
        return next((last + ONE_DAY for first, last in stretches if first <= due <= last), due)
    for first, last in stretches:
        if last <= start or first > due:
            continue
        due += last - max(first, start + ONE_DAY) + ONE_DAY
    return due


def is_away(leaves: Iterable[Leave], person_id: str, day: date) -> bool:
    """Says whether somebody is on leave on a day."""
    return any(one.person_id == person_id and one.covers(day) for one in leaves)


def refuse_leave(first_day: date, last_day: date) -> None:
    """Refuses days that are no leave. Raises: InvalidInput with what to change."""
    if last_day < first_day:
        raise InvalidInput("leave-backwards", "The last day of leave comes before the first.")
    if last_day - first_day > LONGEST_LEAVE:
        raise InvalidInput("leave-long", "One leave lasts a year at most; enter the rest later.")


def refuse_extension(due_on: date, note: str, *, today: date, before: date) -> None:
    """Refuses more time that is none. Raises: InvalidInput with what to change."""
    if due_on < today:
        raise InvalidInput("due-date-past", "Choose a new due date that is not in the past.")
    if due_on <= before:
        raise InvalidInput("due-date-earlier", "Choose a day after the present due date.")
    if due_on > today + LONGEST_EXTENSION:
        raise InvalidInput("due-date-far", "Choose a day within a year from now.")
    if len(note) > LONGEST_NOTE:
        raise InvalidInput("note-long", f"Keep the note under {LONGEST_NOTE} characters.")


def _named_day(assignment: Assignment, member: Membership) -> date:
    if assignment.days_after_joining is not None:
        return member.joined_on + timedelta(days=assignment.days_after_joining)
    if assignment.due_on is None:
        raise ValueError("an assignment names a day, or days after joining")
    return assignment.due_on


def _merged(leaves: Iterable[Leave]) -> list[tuple[date, date]]:
    """Leaves as stretches that neither overlap nor touch, the earliest first."""
    merged: list[tuple[date, date]] = []
    for one in sorted(leaves, key=lambda leave: leave.first_day):
        if merged and one.first_day <= merged[-1][1] + ONE_DAY:
            merged[-1] = (merged[-1][0], max(merged[-1][1], one.last_day))
        else:
            merged.append((one.first_day, one.last_day))
    return merged
