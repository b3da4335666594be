"""How a case is played, for those who write it: counts of people, made safe to show."""

from __future__ import annotations

from datetime import datetime

from app.domain.path_counts import count_paths
from app.domain.path_report import PathReport, report_paths
from app.domain.scenario import Scenario
from app.storage.queries.path_pages import runs_of_case
from app.storage.store import Store


def case_paths(store: Store, scenario: Scenario, *, now: datetime) -> PathReport:
    """Tells how the people of an organisation have gone through a case as it is written now.

    Exact counts go no further than this. Cost: reads the steps of one run of every player.
    """
    runs = runs_of_case(store, scenario.id)
    store.end_reading()
    counts = count_paths(scenario, runs.first, now=now)
    return report_paths(scenario, counts, later_runs=runs.later)
