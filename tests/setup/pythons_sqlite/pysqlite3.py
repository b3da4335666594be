"""Stands before the real one on `PYTHONPATH`, so that Python's own SQLite is used.

That is how Waymark runs where no ready made `pysqlite3` comes along. `make test` runs the tests of
storage this way as well, `make faults` those of kills.
"""

raise ImportError("Python's own SQLite is to be used")
