"""Many processes that save answers of mock exams at once, each of a sitting of its own.

Run as a program, `python -m tests.faults.savers file times manner attempt:person…`, so that they
are forked by a process without threads. It prints what became of them as JSON.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from functools import partial
from multiprocessing.synchronize import Barrier

from app.domain.errors import Conflict
from app.domain.person import Viewer
from app.storage.store import Store, open_store
from app.storage.trouble import StorageTrouble
from tests.cast import as_viewer
from tests.faults import exams
from tests.learning_builders import an_answer
from tests.storage.writers import SECONDS_TO_MEET, Told, hurried_engine, let_loose


def main(file: str, times: str, manner: str, *sittings: str) -> None:
    writers = [partial(_save_answers, file, int(times), manner, one) for one in sittings]
    print(json.dumps(let_loose(writers)))


def _save_answers(file: str, times: int, manner: str, sitting: str, barrier: Barrier) -> Told:
    attempt_id, person_id = sitting.split(":")
    engine = hurried_engine(file, manner)
    kept, failures = 0, []
    with open_store(engine) as store:
        viewer = _viewer(store, person_id)
        store = store.for_organisation(viewer.organisation_id)
        exam = store.attempts.find(attempt_id)
        store.end_reading()
        assert exam is not None
        barrier.wait(timeout=SECONDS_TO_MEET)
        for number in range(times):
            position = 1 + number % len(exam.slots)
            answer = an_answer(
                "abcd"[number % 4],
                position=position,
                base_revision=number // len(exam.slots),
                request_key=f"save {number}",
            )
            try:
                exams.save(store, viewer, exam, answer, position=position, now=datetime.now(UTC))
                kept += 1
            except (StorageTrouble, Conflict) as trouble:  # after one trouble, revisions differ
                failures.append(str(trouble))
    engine.dispose()
    return kept, failures


def _viewer(store: Store, person_id: str) -> Viewer:
    organisation_id = store.people.any_organisation_id()
    assert organisation_id is not None
    scoped = store.for_organisation(organisation_id)
    person = next(one for one in scoped.people.everyone() if one.id == person_id)
    return as_viewer(scoped, person)


if __name__ == "__main__":
    main(*sys.argv[1:])
