"""Answers that were worked out already, the ones asked for longest ago forgotten first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Answer = TypeVar("Answer")


class Kept(Generic[Key, Answer]):
    """Keeps so many answers of a process; several threads may ask."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: OrderedDict[Key, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def get(
        self, key: Key, work_out: Callable[[], Answer], *, keep: Callable[[], bool] = lambda: True
    ) -> Answer:
        """Finds an answer, or works it out and keeps it unless `keep` says otherwise then."""
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        found = work_out()
        if keep():
            with self._lock:
                self._known[key] = found
                while len(self._known) > self._most:
                    self._known.popitem(last=False)
        return found
