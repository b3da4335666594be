"""The SQLite that Waymark opens its databases with.

Where one comes along as a dependency it is newer than most systems' own, and free of the race in
write-ahead logging (docs/decisions/0004-sqlite-durability.md). A database in that mode must not
be opened by two libraries at once, so everything of ours that opens one takes the driver from
here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
else:
    try:
        import pysqlite3 as sqlite3  # the same interface; wheels only for some machines
    except ImportError:
        import sqlite3

__all__ = ["sqlite3"]
