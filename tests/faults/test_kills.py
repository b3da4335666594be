"""The server is killed again and again while people save answers; what was told is there.

Every life of the server ends twice: first one of its workers is killed, then the whole process
group. After each start the database is compared with the clients' own ledger.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from app.storage.backup import sqlite_file
from app.storage.sqlite_driver import sqlite3
from app.storage.store import Store
from tests.cast import a_person, as_viewer
from tests.faults import exams
from tests.faults.clients import Browser, Client, at_work
from tests.faults.counts import times
from tests.faults.ledger import Ledger, Verdict
from tests.faults.server import ANSWERS_EARLY, AS_SHIPPED, WORKERS, Place, Server, free_port

CLIENTS = 6
QUESTIONS = 20
KILLS = {"sqlite": times(50, long=500), "postgresql": times(10, long=100)}
KILLS_OF_THE_CONTROL = 6
SECONDS_TO_SAVE = 30


class Harness:
    """Clients with an exam each, and the lives of a server on one database."""

    def __init__(self, place: Place, store: Store, program: str, seed: int = 1) -> None:
        self.ledger, self.kills = Ledger(), 0
        self._place, self._store, self._program = place, store, program
        self._random = Random(seed)
        now = datetime.now(UTC)
        self._people = [a_person(store, f"Client{n} Price", now=now) for n in range(CLIENTS)]
        self._exams = [
            exams.start_exam(
                store, as_viewer(store, one), questions=QUESTIONS, minutes=600, now=now
            )
            for one in self._people
        ]
        store.end_reading()
        self.clients: list[Client] = []

    def kill_often(self, kills: int) -> Verdict:
        """Starts and kills until it was done so often, and compares once more at the end."""
        server = Server(self._place, self._program)
        server.wait_until_ready()
        for person, exam in zip(self._people, self._exams, strict=True):
            browser = Browser(self._place.port)
            browser.sign_in(person.email)
            self.clients.append(Client(browser, exam, self.ledger, seed=len(self.clients)))
        while True:
            with at_work(self.clients):
                self._kill_under_load(lambda life=server: life.kill_a_worker(self._random))
                self._kill_under_load(server.kill)
            server = Server(self._place, self._program)
            server.wait_until_ready()
            verdict = self._compare()
            if self.kills >= kills or not verdict.is_clean:
                server.kill()
                return verdict

    def _kill_under_load(self, kill: Callable[[], None]) -> None:
        """Waits until answers are acknowledged again, then for a random while, and kills."""
        before, deadline = self.ledger.acknowledged, time.monotonic() + SECONDS_TO_SAVE
        while self.ledger.acknowledged < before + CLIENTS and time.monotonic() < deadline:
            time.sleep(0.005)
        time.sleep(self._random.uniform(0, times(400, long=1_200) / 1_000))
        kill()
        self.kills += 1

    def _compare(self) -> Verdict:
        rows = [
            (exam.id, response)
            for exam in self._exams
            for response in self._store.attempts.all_responses(exam.id)
        ]
        self._store.end_reading()
        _assert_whole(self._place.database_url)
        return self.ledger.compare(rows)


def _assert_whole(url: str) -> None:
    """Lets SQLite read every page of its file; PostgreSQL is not what was killed."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(sqlite_file(url))) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.fixture
def place(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, database_url: str) -> Place:
    compiled = tmp_path_factory.getbasetemp() / "compiled"
    return Place(tmp_path, compiled, database_url, free_port())


def test_no_acknowledged_answer_is_lost_when_the_server_is_killed(
    place: Place, store: Store, database: str, record_property: Callable[[str, object], None]
) -> None:
    harness = Harness(place, store, AS_SHIPPED)

    verdict = harness.kill_often(KILLS[database])

    line = verdict.line(harness.kills)
    record_property("faults", line if database == "sqlite" else f"{database}: {line}")
    assert verdict.is_clean, verdict
    assert verdict.acknowledged > harness.kills * CLIENTS
    assert [reply for client in harness.clients for reply in client.unexpected] == []


def test_a_worker_that_is_killed_is_replaced(place: Place) -> None:
    server = Server(place)
    try:
        server.wait_until_ready()
        before, deadline = set(server.workers()), time.monotonic() + SECONDS_TO_SAVE

        server.kill_a_worker(Random(1))

        while len(after := set(server.workers())) < WORKERS or after == before:
            assert time.monotonic() < deadline, (before, after)
            time.sleep(0.05)
        assert len(before & after) == WORKERS - 1
        server.wait_until_ready()
    finally:
        server.kill()


def test_a_server_that_is_stopped_leaves_everything_in_one_file(
    place: Place, store: Store, database: str
) -> None:
    if database != "sqlite":
        pytest.skip("PostgreSQL keeps its own files")
    person = a_person(store, "Ana Reyes", now=datetime.now(UTC))
    store.end_reading()
    server = Server(place)
    server.wait_until_ready()
    browser = Browser(place.port)
    browser.sign_in(person.email)
    browser.hang_up()

    server.stop()

    log = Path(f"{sqlite_file(place.database_url)}-wal")
    assert not log.exists() or log.stat().st_size == 0


def test_a_server_that_answers_before_it_saves_is_caught(place: Place, store: Store) -> None:
    """The negative control: were nothing lost here, the test above would see nothing."""
    harness = Harness(place, store, ANSWERS_EARLY)

    verdict = harness.kill_often(KILLS_OF_THE_CONTROL)

    assert verdict.lost > 0, verdict
