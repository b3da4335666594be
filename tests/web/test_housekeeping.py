"""A serving process closes what was left open without being asked for a page."""

from __future__ import annotations

import logging
import time
from datetime import timedelta
from threading import Event
from threading import enumerate as all_threads

import pytest
from flask import Flask

from app.cli import serve
from app.storage.store import Store
from app.web.shared import housekeeping
from tests.cast import Cast, as_viewer
from tests.exam_builders import start_exam

PATIENCE = 10.0  # seconds; it takes a few hundredths


def wait_until(holds: object) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if holds():  # type: ignore[operator]
            return True
        time.sleep(0.02)
    return False


def test_an_exam_left_open_is_closed_while_nobody_looks(
    app: Flask, store: Store, cast: Cast
) -> None:
    long_ago = housekeeping.now() - timedelta(hours=4)
    attempt = start_exam(store, as_viewer(store, cast.ana), now=long_ago)

    def is_closed() -> bool:
        found = store.attempts.find(attempt.id)
        store.end_reading()
        return found is not None and not found.is_open

    stop = Event()
    thread = housekeeping.start_housekeeping(app, every=0.02, stop=stop)
    try:
        assert wait_until(is_closed)
    finally:
        stop.set()
        thread.join(PATIENCE)


def test_a_round_that_fails_is_logged_and_tried_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    rounds = []

    def fail(*_: object, **__: object) -> int:
        rounds.append(1)
        raise OSError("the disk is full")

    monkeypatch.setattr(housekeeping, "close_left_open", fail)
    stop = Event()
    with caplog.at_level(logging.ERROR):
        thread = housekeeping.start_housekeeping(app, every=0.01, stop=stop)
        try:
            assert wait_until(lambda: len(rounds) >= 2)
        finally:
            stop.set()
            thread.join(PATIENCE)

    assert "housekeeping failed" in caplog.text


def test_every_worker_keeps_house(app: Flask) -> None:
    before = {thread.ident for thread in all_threads()}

    assert serve._in_a_worker(app) is app

    started = [thread for thread in all_threads() if thread.ident not in before]
    assert [(thread.name, thread.daemon) for thread in started] == [("housekeeping", True)]
