"""A serving process closes what was left open without being asked for a page."""

from __future__ import annotations

import logging
import time
from datetime import timedelta
from functools import partial
from threading import Event
from threading import enumerate as all_threads

import pytest
from flask import Flask

from app.cli import serve
from app.domain.attempt import Slot
from app.domain.regrade import NO_EXAM
from app.storage.store import Store
from app.web.shared import housekeeping
from tests.cast import Cast, as_viewer
from tests.domain.regrades import a_regrade
from tests.exam_builders import start_exam
from tests.services.exams_sat import ASKED, sit
from tests.web.visit import Visitor

PATIENCE = 30.0  # seconds; it takes a few hundredths


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


def test_an_interrupted_regrade_is_gone_on_with_while_nobody_looks(
    app: Flask, store: Store, cast: Cast
) -> None:
    attempt = sit(store, as_viewer(store, cast.ana), "a")
    with store.writing():
        store.regrades.add(
            a_regrade(
                Slot(1, ASKED.id, ASKED.version, ()), signed_by=cast.ben.id, applied_to=NO_EXAM
            )
        )

    def is_settled() -> bool:
        unsettled = store.regrades.unsettled()
        store.end_reading()
        return not unsettled

    stop = Event()
    thread = housekeeping.start_housekeeping(app, every=0.02, stop=stop)
    try:
        assert wait_until(is_settled)
    finally:
        stop.set()
        thread.join(PATIENCE)
    assert [one.cause for one in store.sittings.reports(attempt.id)] == ["submitted", "regrade"]
    store.end_reading()
    assert "Waymark, by itself" in Visitor(app).sign_in(cast.eli).text("/admin/audit")


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


def test_every_worker_keeps_house(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    before, stop = set(all_threads()), Event()
    start = partial(housekeeping.start_housekeeping, stop=stop)
    monkeypatch.setattr(housekeeping, "start_housekeeping", start)

    assert serve._in_a_worker(app) is app

    started = set(all_threads()) - before
    stop.set()
    for thread in started:
        thread.join(PATIENCE)
    assert [(thread.name, thread.daemon) for thread in started] == [("housekeeping", True)]
    assert not any(thread.is_alive() for thread in started)
