"""A machine whose clock can be set while true time goes on."""

from __future__ import annotations

from datetime import datetime, timedelta


class MachineClock:
    """True time passes; the wall clock may be set ahead or back, the counter may not."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._passed = timedelta(0)
        self._set_off = timedelta(0)

    def pass_time(self, length: timedelta) -> None:
        self._passed += length

    def jump(self, by: timedelta) -> None:
        self._set_off += by

    def wall(self) -> datetime:
        return self._start + self._passed + self._set_off

    def counter(self) -> float:
        return 1_000.0 + self._passed.total_seconds()
