"""Several people, or several tabs, doing something at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Engine

from app.storage.store import Store, open_store

Result = TypeVar("Result")
SECONDS_TO_MEET = 30


def at_once(store: Store, *actions: Callable[[Store], Result]) -> list[Result | Exception]:
    """Starts every action at one moment, each in a thread and with a store like this one.

    Shape: what became of each action, in their order; a refusal stands for a result.
    """
    engine, barrier = store.session.get_bind(), threading.Barrier(len(actions))
    assert isinstance(engine, Engine)
    store.end_reading()  # an open look at the database would keep every writer waiting

    def go(action: Callable[[Store], Result]) -> Result | Exception:
        with open_store(engine, store.organisation_id) as own:
            barrier.wait(timeout=SECONDS_TO_MEET)
            try:
                return action(own)
            except Exception as refusal:
                return refusal

    with ThreadPoolExecutor(len(actions)) as threads:
        return list(threads.map(go, actions))
