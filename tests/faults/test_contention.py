"""Thirty-two processes save answers to one SQLite file; meanwhile it is read and backed up."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.domain.attempt import Attempt
from app.storage.backup import back_up, sqlite_file, verify
from app.storage.store import Store, open_store
from tests.cast import a_person, as_viewer
from tests.faults import exams
from tests.faults.counts import times
from tests.storage.writers import LATE, STORE, Told, told_by

SAVERS = 32
SAVES = times(25, long=250)  # by each of them
SAVES_OF_THE_CONTROL = 10

PAUSE = 0.05  # seconds between two looks; without one, readers slow a rollback journal down
database = "sqlite"  # a file with one writer is the subject; PostgreSQL has rows to lock


@pytest.fixture
def sittings(store: Store) -> list[Attempt]:
    now = datetime.now(UTC)
    people = [a_person(store, f"Saver{number} Price", now=now) for number in range(SAVERS)]
    return [exams.start_exam(store, as_viewer(store, one), now=now) for one in people]


def test_none_of_thirty_two_savers_meets_a_lock_or_loses_an_answer(
    store: Store, sittings: list[Attempt], engine: Engine, database_url: str, tmp_path: Path
) -> None:
    store.end_reading()

    looked_at = [exam.id for exam in sittings]
    with _read_and_backed_up(
        engine, store.organisation_id, looked_at, database_url, tmp_path
    ) as troubles:
        told = _save(database_url, sittings, SAVES, STORE)

    assert [failure for _, failures in told for failure in failures] == []
    assert [kept for kept, _ in told] == [SAVES] * SAVERS
    rows = {exam.id: len(store.attempts.all_responses(exam.id)) for exam in sittings}
    assert set(rows.values()) == {SAVES}
    assert troubles == []


def test_savers_that_take_their_lock_late_meet_errors(
    store: Store, sittings: list[Attempt], database_url: str
) -> None:
    """The negative control: were this to pass, the test above would see nothing."""
    store.end_reading()

    told = _save(database_url, sittings, SAVES_OF_THE_CONTROL, LATE)

    assert [failure for _, failures in told for failure in failures if "locked" in failure]


def _save(url: str, sittings: list[Attempt], saves: int, manner: str) -> list[Told]:
    who = [f"{exam.id}:{exam.person_id}" for exam in sittings]
    return told_by("tests.faults.savers", sqlite_file(url), saves, manner, *who)


@contextmanager
def _read_and_backed_up(
    engine: Engine, organisation_id: str, attempt_ids: list[str], url: str, folder: Path
) -> Iterator[list[str]]:
    """Two readers look again and again, and backups are made. Gives what went wrong with them."""
    done, troubles = threading.Event(), list[str]()

    def again_and_again(work: Callable[[], None], pause: float) -> None:
        try:
            while not done.wait(timeout=pause):
                work()
        except Exception as trouble:
            troubles.append(repr(trouble))

    look = partial(_look, engine, organisation_id, attempt_ids, count())
    keep_backup = partial(_keep_backup, sqlite_file(url), folder, count())
    threads = [
        threading.Thread(target=again_and_again, args=work)
        for work in ((look, PAUSE), (look, PAUSE), (keep_backup, 20 * PAUSE))
    ]
    for thread in threads:
        thread.start()
    try:
        yield troubles
    finally:
        done.set()
        for thread in threads:
            thread.join()


def _look(
    engine: Engine, organisation_id: str, attempt_ids: list[str], numbers: Iterator[int]
) -> None:
    """Reads one exam, as a page would."""
    with open_store(engine, organisation_id) as store:
        attempt = store.attempts.find(attempt_ids[next(numbers) % len(attempt_ids)])
        assert attempt is not None
        store.attempts.current_responses(attempt.id)


def _keep_backup(database: Path, folder: Path, numbers: Iterator[int]) -> None:
    copy = folder / f"copy-{next(numbers)}.db"
    back_up(database, copy, now=datetime.now(UTC))
    verify(copy)
