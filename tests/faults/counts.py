"""How often each proof is tried: a little at every change, a lot by `make faults`."""

from __future__ import annotations

import os

IS_LONG = os.environ.get("WAYMARK_TEST_FAULTS") == "long"


def times(short: int, *, long: int) -> int:
    """How often to try something in this run."""
    return long if IS_LONG else short
