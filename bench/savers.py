"""Learners who save answers while something else runs: how long each of them waits.

Each is a process of its own, as the workers of the server are.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Event

from app.domain.person import Viewer
from app.storage.engine import open_engine
from app.storage.store import Store, open_store
from bench.journeys import percentile
from tests.cast import as_viewer
from tests.exam_builders import a_pool, a_shape, save, start_exam

EXAM = 200  # questions
A_PAUSE = 0.05  # seconds between two saves of one person
CONTEXT = multiprocessing.get_context("spawn")


class Waits:
    """How long saves took. Units: milliseconds."""

    def __init__(self) -> None:
        self.took: list[float] = []
        self.failed: list[str] = []

    def __str__(self) -> str:
        if not self.took:
            return "no save"
        shares = " / ".join(f"{percentile(self.took, share):.0f}" for share in (0.5, 0.95, 0.99))
        return (
            f"{len(self.took):,} saves, p50 / p95 / p99 {shares} ms, "
            f"worst {max(self.took):.0f} ms, failed {len(self.failed)}"
        )


@contextmanager
def saving(url: str, organisation_id: str, person_ids: list[str]) -> Iterator[Waits]:
    """Lets people save, each in a process, until the block ends; then tells what they met."""
    waits, stop, queue = Waits(), CONTEXT.Event(), CONTEXT.SimpleQueue()
    ready = CONTEXT.Semaphore(0)
    savers = [
        CONTEXT.Process(target=_save_on, args=(url, organisation_id, one, stop, ready, queue))
        for one in person_ids
    ]
    for saver in savers:
        saver.start()
    for _ in savers:
        ready.acquire()
    try:
        yield waits
    finally:
        stop.set()
        for _ in savers:
            took, failed = queue.get()
            waits.took += took
            waits.failed += failed
        for saver in savers:
            saver.join()


def _save_on(
    url: str,
    organisation_id: str,
    person_id: str,
    stop: Event,
    ready: multiprocessing.synchronize.Semaphore,
    queue: SimpleQueue[tuple[list[float], list[str]]],
) -> None:
    took: list[float] = []
    failed: list[str] = []
    with open_store(open_engine(url), organisation_id) as store:
        person = store.people.find(person_id)
        viewer, count = as_viewer(store, person), 0
        exam = _exam(store, viewer)
        ready.release()
        while not stop.is_set():
            base, place = divmod(count, EXAM)
            began = time.perf_counter()
            try:
                save(store, viewer, exam, position=place + 1, base=base, now=exam.started_at)
            except Exception as error:
                failed.append(repr(error))
            took.append(1000 * (time.perf_counter() - began))
            count += 1
            time.sleep(A_PAUSE)
    queue.put((took, failed))


def _exam(store: Store, viewer: Viewer):
    shape = a_shape(domains={"D-1": EXAM}, pretest=0, minutes=600)
    now = datetime.now(UTC)
    key = f"saver-{now.timestamp()}"
    return start_exam(store, viewer, pool=a_pool(EXAM, on_trial=0), shape=shape, key=key, now=now)
