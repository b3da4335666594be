"""Goals of an individual development plan: what to grow in, by which steps, looked at again when.

Source: docs/decisions/0022-supervision-chain.md (the plan of TIP 52 ends with a re-observation).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.errors import InvalidInput

LONGEST_WORDS = 2000


class GoalState(StrEnum):
    """Where a goal stands. A look again ends it either way; what is left becomes another goal."""

    OPEN = "open"
    DEMONSTRATED = "demonstrated"
    NOT_YET = "not yet"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class GoalWish:
    """A goal to set. Shape: `observation_id` names the feedback it grew from, or is empty."""

    competency: str
    goal: str
    steps: str
    target_on: date
    reobserve_on: date
    observation_id: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal of one person.

    Shape: `settled_by_observation` is the observation that showed it, or empty.
    None: `settled_on` is None while it is open.
    """

    id: str
    person_id: str
    wish: GoalWish
    set_by: str
    set_on: date
    state: GoalState = GoalState.OPEN
    settled_on: date | None = None
    settled_by_observation: str = ""
    settled_words: str = ""

    def is_due(self, today: date) -> bool:
        """Says whether it should have been looked at again by now."""
        return self.state is GoalState.OPEN and self.wish.reobserve_on <= today


def day_planned(goals: Iterable[Goal], asked_on: date) -> date | None:
    """Since which day one person has had a plan that counts for being asked on a day.

    The first goal set from that day on counts, and so does one that stood open then and was to be
    looked at again on that day or later. What happens to it afterwards changes nothing.
    None: there is none.
    """
    counts = (
        goal.set_on
        for goal in goals
        if goal.set_on >= asked_on
        or (
            goal.wish.reobserve_on >= asked_on
            and (goal.settled_on is None or goal.settled_on >= asked_on)
        )
    )
    return min(counts, default=None)


def refuse_unfit_goal(wish: GoalWish, *, today: date) -> None:
    """Refuses a goal that cannot be worked on.

    Raises: InvalidInput without words, for dates in the past, or a look before the first day.
    """
    for name in ("goal", "steps"):
        words = getattr(wish, name)
        if not words.strip():
            raise InvalidInput(f"goal-{name}", "Write a few words here.")
        if len(words) > LONGEST_WORDS:
            raise InvalidInput(f"goal-{name}", f"Use at most {LONGEST_WORDS:,} letters here.")
    if wish.target_on < today:
        raise InvalidInput("goal-target_on", "Choose a day that is not in the past.")
    if wish.reobserve_on < today:
        raise InvalidInput("goal-reobserve_on", "Choose a day that is not in the past.")
