"""Several processes that read a number, add one and write it back, all at once.

Run as a program, `python -m tests.storage.writers file processes times manner`, so that the
writers are forked by a process without threads. It prints what became of them as JSON.
"""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from sqlalchemy import event, text

from app.storage import engine as engines
from app.storage.engine import open_engine
from app.storage.store import open_store
from app.storage.trouble import StorageTrouble

STORE, LATE = "store", "late"  # as our Store writes, or as the driver would: BEGIN, then lock
ROOT = Path(__file__).resolve().parents[2]
READ = text("SELECT value FROM counter")
WRITE = text("UPDATE counter SET value = :value")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the writers did. Units: counts of increments."""

    counted: int  # what the database says in the end
    acknowledged: int  # what the writers were told is kept
    failed: int
    told: str  # the first failure, in the database's words


def race(file: Path, *, processes: int, times: int, manner: str) -> Outcome:
    """Lets the writers loose on a new counter in a database file."""
    engine = open_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        connection.execute(text("CREATE TABLE counter (value INTEGER)"))
        connection.connection.cursor().execute("INSERT INTO counter VALUES (0)")
        connection.commit()
    command = [sys.executable, "-m", "tests.storage.writers", str(file)]
    done = subprocess.run(
        [*command, str(processes), str(times), manner],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    told: list[tuple[int, list[str]]] = json.loads(done.stdout)
    with engine.connect() as connection:
        counted = connection.execute(READ).scalar_one()
    engine.dispose()
    failures = [words for _, failed in told for words in failed]
    acknowledged = sum(count for count, _ in told)
    return Outcome(counted, acknowledged, len(failures), failures[0] if failures else "")


def _add_ones(file: str, times: int, manner: str, barrier: Barrier) -> tuple[int, list[str]]:
    engine = open_engine(f"sqlite:///{file}")
    # The race is about locks. Waiting for the disk at each commit would only make it longer.
    event.listen(engine, "connect", lambda raw, _record: raw.execute("PRAGMA synchronous=OFF"))
    if manner == LATE:
        _begin_late(engine)
    acknowledged, failures = 0, []
    barrier.wait()
    with open_store(engine) as store:
        for _ in range(times):
            try:
                with store.writing():
                    value = store.session.execute(READ).scalar_one()
                    store.session.execute(WRITE, {"value": value + 1})
                acknowledged += 1
            except StorageTrouble as trouble:
                failures.append(str(trouble))
    engine.dispose()
    return acknowledged, failures


def _begin_late(engine: Any) -> None:
    """Takes away the turns and what `_prepare_sqlite` does at BEGIN; waits shortly for a lock."""
    engines._GATES.pop(engine, None)
    for listener in list(engine.dispatch.begin):
        event.remove(engine, "begin", listener)
    event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN DEFERRED"))
    event.listen(engine, "connect", lambda raw, _record: raw.execute("PRAGMA busy_timeout=50"))


def _worker(file: str, times: int, manner: str, barrier: Barrier, results: Any) -> None:
    try:
        results.put(_add_ones(file, times, manner, barrier))
    except Exception as error:
        results.put((0, [repr(error)]))


def main(file: str, processes: str, times: str, manner: str) -> None:
    fork = multiprocessing.get_context("fork")
    barrier, results = fork.Barrier(int(processes)), fork.SimpleQueue()
    workers = [
        fork.Process(target=_worker, args=(file, int(times), manner, barrier, results))
        for _ in range(int(processes))
    ]
    for worker in workers:
        worker.start()
    told = [results.get() for _ in workers]
    for worker in workers:
        worker.join()
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
