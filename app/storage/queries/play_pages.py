"""What the pages about cases read: a person's own runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.storage.store import Store
from app.storage.tables.play import RunRow, StepRow


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One run of a person. Units: `steps` counts the steps taken.

    None: `last_step_at` is None before the first step; `ended_at` and `ending`, the id of the
    ending scene, are None while it goes on.
    """

    id: str
    scenario_id: str
    revision: str
    started_at: datetime
    ended_at: datetime | None
    ending: str | None
    steps: int
    last_step_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Says whether it can be gone on with."""
        return self.ended_at is None


def runs_of(store: Store, person_id: str) -> list[RunSummary]:
    """A person's runs of every case, newest first."""
    taken = (
        select(
            StepRow.run_id,
            func.count().label("steps"),
            func.max(StepRow.taken_at, type_=StepRow.taken_at.type).label("last_step_at"),
        )
        .join(RunRow, RunRow.id == StepRow.run_id)
        .where(RunRow.organisation_id == store.organisation_id, RunRow.person_id == person_id)
        .group_by(StepRow.run_id)
        .subquery()
    )
    query = (
        select(
            RunRow.id,
            RunRow.scenario_id,
            RunRow.revision,
            RunRow.started_at,
            RunRow.ended_at,
            RunRow.ending,
            func.coalesce(taken.c.steps, 0),
            taken.c.last_step_at,
        )
        .outerjoin(taken, taken.c.run_id == RunRow.id)
        .where(RunRow.organisation_id == store.organisation_id, RunRow.person_id == person_id)
        .order_by(RunRow.started_at.desc(), RunRow.id.desc())
    )
    return [RunSummary(*row) for row in store.session.execute(query)]
