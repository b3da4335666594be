"""The shelf of goals of development plans."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.orm import Session

from app.domain.development_goal import Goal, GoalState, GoalWish
from app.domain.local_time import day_in
from app.storage.tables.supervision_chain import DevelopmentGoalRow


@dataclass(frozen=True, slots=True)
class Settling:
    """How a goal ends. Shape: `observation_id` is the one that showed it, or empty."""

    state: GoalState
    words: str
    by: str
    observation_id: str = ""


class GoalShelf:
    """Gets and saves the goals of one organisation."""

    def __init__(self, session: Session, organisation_id: str, zone: str) -> None:
        self._session = session
        self._organisation_id = organisation_id
        self._zone = zone

    def add(self, goal: Goal, *, now: datetime) -> None:
        """Adds a goal."""
        wish = goal.wish
        self._session.execute(
            insert(DevelopmentGoalRow).values(
                id=goal.id,
                organisation_id=self._organisation_id,
                person_id=goal.person_id,
                competency_code=wish.competency,
                goal=wish.goal,
                steps=wish.steps,
                target_on=wish.target_on,
                reobserve_on=wish.reobserve_on,
                observation_id=wish.observation_id or None,
                set_by=goal.set_by,
                set_at=now,
                state=GoalState.OPEN,
                settled_at=None,
                settled_by=None,
                settled_by_observation=None,
                settled_words="",
            )
        )

    def settle(self, goal_id: str, settling: Settling, *, now: datetime) -> bool:
        """Ends an open goal. Says whether it was open."""
        settled = self._session.execute(
            update(DevelopmentGoalRow)
            .where(
                DevelopmentGoalRow.id == goal_id,
                DevelopmentGoalRow.organisation_id == self._organisation_id,
                DevelopmentGoalRow.state == GoalState.OPEN,
            )
            .values(
                state=settling.state,
                settled_at=now,
                settled_by=settling.by,
                settled_by_observation=settling.observation_id or None,
                settled_words=settling.words,
            )
            .returning(DevelopmentGoalRow.id)
        )
        return settled.first() is not None

    def of_person(self, person_id: str) -> list[Goal]:
        """The goals of a person, the earliest look again first."""
        return self.of_people([person_id])

    def of_people(self, person_ids: Collection[str]) -> list[Goal]:
        """The goals of some people, the earliest look again first."""
        query = (
            select(DevelopmentGoalRow.__table__)
            .where(
                DevelopmentGoalRow.organisation_id == self._organisation_id,
                DevelopmentGoalRow.person_id.in_(sorted(person_ids)),
            )
            .order_by(DevelopmentGoalRow.reobserve_on, DevelopmentGoalRow.id)
        )
        return [_goal_from(row, self._zone) for row in self._session.execute(query)]


def _goal_from(row: Row[*tuple[Any, ...]], zone: str) -> Goal:
    wish = GoalWish(
        row.competency_code,
        row.goal,
        row.steps,
        row.target_on,
        row.reobserve_on,
        row.observation_id or "",
    )
    return Goal(
        id=row.id,
        person_id=row.person_id,
        wish=wish,
        set_by=row.set_by,
        set_on=day_in(zone, row.set_at),
        state=GoalState(row.state),
        settled_on=day_in(zone, row.settled_at) if row.settled_at else None,
        settled_by_observation=row.settled_by_observation or "",
        settled_words=row.settled_words,
    )
