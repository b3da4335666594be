"""Keeps the server's memory small, and its start short."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8  # from malloc.h
MEGABYTE = 1 << 20


def give_memory_back() -> bool:
    """Tells glibc to return large blocks at once and to keep few arenas.

    Every sign-in hashes in a block of 19 MiB; by default glibc keeps such blocks once freed, in
    each thread's arena. Says whether it could be told: elsewhere nothing is changed.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):  # another C library, such as musl
        return False
    settings = ((M_MMAP_THRESHOLD, MEGABYTE), (M_TRIM_THRESHOLD, MEGABYTE), (M_ARENA_MAX, 2))
    return all(mallopt(name, value) == 1 for name, value in settings)


@contextmanager
def collection_paused() -> Iterator[None]:
    """Leaves garbage alone while modules load: nearly all they make stays, and looking costs."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
