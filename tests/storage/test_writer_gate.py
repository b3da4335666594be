from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from app.storage.engine import WriterGate, open_engine
from app.storage.store import open_store
from tests.storage.writers import LATE, STORE, race


def test_eight_processes_lose_nothing_and_none_meets_a_lock(tmp_path: Path) -> None:
    outcome = race(tmp_path / "counter.db", processes=8, times=100, manner=STORE)

    assert outcome.told == ""
    assert (outcome.counted, outcome.acknowledged, outcome.failed) == (800, 800, 0)


def test_the_same_race_fails_when_transactions_begin_late(tmp_path: Path) -> None:
    """The negative control: were this to pass, the test above would see nothing."""
    outcome = race(tmp_path / "counter.db", processes=8, times=15, manner=LATE)

    assert outcome.failed > 0 or outcome.counted < outcome.acknowledged


def test_the_gate_lets_one_through_at_a_time(tmp_path: Path) -> None:
    gate, entered = WriterGate(tmp_path / "waymark.db.writer"), threading.Event()
    first = gate.enter()

    def second() -> None:
        descriptor = gate.enter()
        entered.set()
        assert descriptor is not None
        os.close(descriptor)

    waiting = threading.Thread(target=second)
    waiting.start()
    held_up = not entered.wait(timeout=0.1)
    assert first is not None
    os.close(first)
    waiting.join(timeout=10)

    assert held_up
    assert entered.is_set()


def test_a_folder_that_cannot_be_written_is_left_to_the_database(tmp_path: Path) -> None:
    assert WriterGate(tmp_path / "no such folder" / "waymark.db.writer").enter() is None


def test_only_its_owner_may_read_the_lock_file(tmp_path: Path) -> None:
    path = tmp_path / "waymark.db.writer"

    descriptor = WriterGate(path).enter()

    assert path.stat().st_mode & 0o777 == 0o600
    assert descriptor is not None
    os.close(descriptor)


def test_a_change_that_fails_lets_the_next_writer_in(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'waymark.db'}")

    with open_store(engine) as store:
        for _ in range(3):
            with pytest.raises(ZeroDivisionError), store.writing():
                raise ZeroDivisionError
        with store.writing():
            answered = store.session.execute(text("SELECT 1")).scalar_one()
    engine.dispose()

    assert answered == 1
