"""What the set-up scripts of the tests share: asking the machine, installing, and the verdict."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence

INSTALL_SECONDS = 900


def in_ci() -> bool:
    """Says whether nobody is watching, so that a missing tool must fail and not be skipped."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def fast_folder(*, megabytes: int) -> str | None:
    """Where to keep files that nobody will miss, in memory if the system offers that much.

    None: it does not; the usual place for temporary files has to do. Syncing to a busy disk is
    most of what a test of a database does.
    """
    memory = "/dev/shm"
    if not os.access(memory, os.W_OK) or shutil.disk_usage(memory).free < megabytes * 1_000_000:
        return None
    return memory


def runs(program: str) -> bool:
    """Says whether a program starts; some systems leave stubs that only print advice."""
    return failure_of([program, "--version"], seconds=30) is None


def failure_of(
    command: Sequence[str], *, seconds: int, environment: dict[str, str] | None = None
) -> str | None:
    """Runs a command quietly. None: it succeeded; otherwise the last thing it said."""
    try:
        done = subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            timeout=seconds,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **(environment or {})},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    if done.returncode == 0:
        return None
    said = (done.stderr.strip() or done.stdout.strip()).splitlines()
    return said[-1] if said else f"{command[0]} ended with code {done.returncode}"


def can_use_apt() -> bool:
    return is_root() and shutil.which("apt-get") is not None


def apt_install(package: str) -> str | None:
    """Installs a Debian package. None: done; otherwise why not."""
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    options = ["-qq", "-o", "Acquire::Retries=3"]
    # A failed update is no verdict: the lists on disk may still do.
    failure_of(["apt-get", *options, "update"], seconds=INSTALL_SECONDS, environment=quiet)
    return failure_of(
        ["apt-get", *options, "install", "-y", "--no-install-recommends", package],
        seconds=INSTALL_SECONDS,
        environment=quiet,
    )


def prepare(name: str, *, find: Callable[[], str | None], install: Callable[[], str | None]) -> int:
    """Finds a tool or installs it, and says which. The exit code is 1 only when CI lacks it."""
    found = find()
    if found is None:
        print(f"{name}: not found; installing it.", flush=True)
        reason = install()
        found = find()
        if found is None:
            return _missing(name, reason or "it was installed, but still cannot be found")
    print(f"{name}: {found}", flush=True)
    return 0


def _missing(name: str, reason: str) -> int:
    verdict = "CI needs them, so this is a failure" if in_ci() else "they will be skipped"
    print(
        f"\n!! {name} is missing: {reason}.\n!! Tests that need it: {verdict}.\n", file=sys.stderr
    )
    return 1 if in_ci() else 0
