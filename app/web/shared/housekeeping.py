"""The thread that keeps house in each serving process: nobody has to look for time to be over."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from threading import Event, Thread

from flask import Flask

from app.domain.regrade import Regrade
from app.services.housekeeping import close_left_open, go_on_with_stopped
from app.storage.store import Store
from app.web.shared.clock import now
from app.web.shared.database import db

log = logging.getLogger("waymark")

EVERY = 30.0  # seconds


def start_housekeeping(app: Flask, *, every: float = EVERY, stop: Event | None = None) -> Thread:
    """Starts keeping house beside the answering of requests, until the process ends.

    Only for a process that serves, after it was forked: threads do not survive a fork. Several
    processes may do it at once; each exam is closed, and reached by a regrade, by one of them.
    """
    until = stop or Event()
    thread = Thread(target=_keep_house, args=(app, every, until), name="housekeeping", daemon=True)
    thread.start()
    return thread


def _keep_house(app: Flask, every: float, until: Event) -> None:
    seen: Mapping[str, Regrade] = {}
    while not until.wait(every):
        try:
            with app.app_context():
                store = Store(db.session())
                close_left_open(store, now=now())
                seen = go_on_with_stopped(store, seen, now=now())
        except Exception:
            log.exception("housekeeping failed; it is tried again in %.0f seconds", every)
