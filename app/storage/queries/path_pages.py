"""What the page about the paths through a case reads: first runs, without the people."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select

from app.domain.path_counts import PlayedRun
from app.storage.store import Store
from app.storage.tables.play import RunRow, StepRow


@dataclass(frozen=True, slots=True)
class CaseRuns:
    """The runs of a case. Shape: `first` holds one run of each person, oldest first."""

    first: tuple[PlayedRun, ...]
    later: int


def runs_of_case(store: Store, scenario_id: str) -> CaseRuns:
    """The first run of everybody who has played a case, in whatever wording, with its moves.

    Cost: two queries; all steps of these runs are read.
    """
    place = func.row_number().over(
        partition_by=RunRow.person_id, order_by=(RunRow.started_at, RunRow.id)
    )
    runs = (
        select(RunRow.id, RunRow.seed, RunRow.started_at, RunRow.ending, place.label("place"))
        .where(RunRow.organisation_id == store.organisation_id, RunRow.scenario_id == scenario_id)
        .subquery()
    )
    found = list(store.session.execute(select(runs).order_by(runs.c.started_at, runs.c.id)))
    steps = (
        select(StepRow.run_id, StepRow.move, StepRow.taken_at)
        .join(runs, runs.c.id == StepRow.run_id)
        .where(runs.c.place == 1, StepRow.organisation_id == store.organisation_id)
        .order_by(StepRow.run_id, StepRow.position)
    )
    moves = defaultdict(list)
    for run_id, move, taken_at in store.session.execute(steps):
        moves[run_id].append((move, taken_at))
    first = [row for row in found if row.place == 1]
    return CaseRuns(
        tuple(
            PlayedRun(row.seed, row.started_at, row.ending, tuple(moves[row.id])) for row in first
        ),
        later=len(found) - len(first),
    )
