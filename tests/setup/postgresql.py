"""Finds PostgreSQL's server programs, or installs them: `python -m tests.setup.postgresql`.

No server is started here; tests/postgresql_cluster.py starts a throw-away one for a test run.
Shape: `WAYMARK_TEST_POSTGRESQL_URL` names a server that is already there, and nothing is sought.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.setup.machine import apt_install, can_use_apt, prepare

FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)
PROGRAMS = ("initdb", "postgres")


def given_server() -> str | None:
    """The address of a server that the machine already offers to the tests. None: there is none."""
    return os.environ.get("WAYMARK_TEST_POSTGRESQL_URL") or None


def find_programs() -> Path | None:
    """Names the folder that holds `initdb` and `postgres`, the newest first. None: none does."""
    return next((folder for folder in _folders() if _is_complete(folder)), None)


def find_server() -> str | None:
    """Says what the tests will use. None: nothing is there."""
    if given_server():
        return "the server named by WAYMARK_TEST_POSTGRESQL_URL"
    programs = find_programs()
    return None if programs is None else str(programs)


def install_server() -> str | None:
    """Installs PostgreSQL. None: done; otherwise why not."""
    if not can_use_apt():
        return "install its server package, or set WAYMARK_TEST_POSTGRESQL_URL"
    return apt_install("postgresql")


def _folders() -> Iterator[Path]:
    initdb = shutil.which("initdb")
    if initdb is not None:
        yield Path(initdb).resolve().parent  # a link may stand in PATH without its companions
    for pattern in FOLDERS:
        yield from sorted(Path("/").glob(pattern.lstrip("/")), key=_major_version, reverse=True)


def _major_version(folder: Path) -> int:
    """The major version in a folder's path; 15 for /usr/lib/postgresql/15/bin."""
    return int("".join(c for c in folder.parent.name if c.isdigit()) or 0)


def _is_complete(folder: Path) -> bool:
    return all((folder / program).exists() for program in PROGRAMS)


if __name__ == "__main__":
    sys.exit(prepare("PostgreSQL", find=find_server, install=install_server))
