"""Several processes that read a number, add one and write it back, all at once.

Run as a program, `python -m tests.storage.writers file processes times manner`, so that the
writers are forked by a process without threads. It prints what became of them as JSON.
"""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing.synchronize import Barrier
from pathlib import Path

from sqlalchemy import Engine, event, text

from app.storage import engine as engines
from app.storage.engine import open_engine
from app.storage.store import open_store
from app.storage.trouble import StorageTrouble

STORE, LATE = "store", "late"  # as our Store writes, or as the driver would: BEGIN, then lock
SECONDS_TO_MEET, LONGEST_SECONDS = 60, 900
ROOT = Path(__file__).resolve().parents[2]
READ = text("SELECT value FROM counter")
WRITE = text("UPDATE counter SET value = :value")

Told = tuple[int, list[str]]  # how often a writer was told "kept", and each failure


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
    told = told_by("tests.storage.writers", file, processes, times, manner)
    with engine.connect() as connection:
        counted = connection.execute(READ).scalar_one()
    engine.dispose()
    failures = [words for _, failed in told for words in failed]
    acknowledged = sum(count for count, _ in told)
    return Outcome(counted, acknowledged, len(failures), failures[0] if failures else "")


def told_by(program: str, *arguments: object) -> list[Told]:
    """Runs one of these programs in a process of its own. Gives what its writers were told."""
    done = subprocess.run(
        [sys.executable, "-m", program, *map(str, arguments)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        timeout=LONGEST_SECONDS,
    )
    told: list[Told] = json.loads(done.stdout)
    return told


def _add_ones(file: str, times: int, manner: str, barrier: Barrier) -> Told:
    engine = hurried_engine(file, manner)
    acknowledged, failures = 0, []
    barrier.wait(timeout=SECONDS_TO_MEET)
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


def hurried_engine(file: str, manner: str) -> Engine:
    """Opens the database for a race in one of the manners.

    The race is about locks. Waiting for the disk at each commit would only make it longer.
    """
    engine = open_engine(f"sqlite:///{file}")
    event.listen(engine, "connect", lambda raw, _record: raw.execute("PRAGMA synchronous=OFF"))
    if manner == LATE:
        _begin_late(engine)
    return engine


def _begin_late(engine: Engine) -> None:
    """Takes away the turns and what `_prepare_sqlite` does at BEGIN; waits shortly for a lock."""
    engines._GATES.pop(engine, None)
    for listener in list(engine.dispatch.begin):
        event.remove(engine, "begin", listener)
    event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN DEFERRED"))
    event.listen(engine, "connect", lambda raw, _record: raw.execute("PRAGMA busy_timeout=50"))


def let_loose(writers: Sequence[Callable[[Barrier], Told]]) -> list[Told]:
    """Forks a process for each writer, lets all begin at once, and gathers what they were told."""
    fork = multiprocessing.get_context("fork")
    barrier, results = fork.Barrier(len(writers)), fork.SimpleQueue()

    def run(writer: Callable[[Barrier], Told]) -> None:
        try:
            results.put(writer(barrier))
        except Exception as error:
            barrier.abort()  # nobody waits for one who cannot come
            results.put((0, [repr(error)]))

    processes = [fork.Process(target=run, args=(writer,)) for writer in writers]
    for process in processes:
        process.start()
    told = [results.get() for _ in processes]
    for process in processes:
        process.join()
    return told


def main(file: str, processes: str, times: str, manner: str) -> None:
    writer = partial(_add_ones, file, int(times), manner)
    print(json.dumps(let_loose([writer] * int(processes))))


if __name__ == "__main__":
    main(*sys.argv[1:])
