"""The server as an operator starts it, in a process group of its own that can be killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 90
WORKERS = 2
AS_SHIPPED = "app.cli"
ANSWERS_EARLY = "tests.faults.early_server"  # for the negative control


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server keeps its things, and where it is found."""

    folder: Path
    compiled: Path  # of modules; shared by all servers of a run
    database_url: str
    port: int

    def environment(self) -> Mapping[str, str]:
        # Nobody's settings but these; compiled modules are kept, or each start would take longer.
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("WAYMARK_") and name != "PYTHONDONTWRITEBYTECODE"
        }
        return {
            **kept,
            "PYTHONPYCACHEPREFIX": str(self.compiled),
            "WAYMARK_INSTANCE_DIR": str(self.folder / "instance"),
            "WAYMARK_DATABASE_URL": self.database_url,
            "WAYMARK_CONTENT_DIR": str(ROOT / "content"),
        }


class Server:
    """One life of the server."""

    def __init__(self, place: Place, program: str = AS_SHIPPED) -> None:
        self.place = place
        self._said = place.folder / "said.txt"
        with self._said.open("ab") as said:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-m", program, "serve"),
                    *("--port", str(place.port), "--workers", str(WORKERS)),
                ],
                cwd=ROOT,
                env=place.environment(),
                stdout=said,
                stderr=said,
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # a group of its own
            )

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                break
            if _answers(self.place.port):
                return
            time.sleep(0.02)
        words = self._said.read_text(errors="replace")[-2000:]
        self.kill()
        raise AssertionError(f"the server did not start:\n{words}")

    def kill(self) -> None:
        """Kills parent and workers in one moment, without a warning."""
        with suppress(ProcessLookupError):  # it has ended: whoever waits for answers will notice
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """Asks it to stop, as an operator or the system does, and waits until it has."""
        self._process.terminate()
        self._process.wait(SECONDS_TO_START)

    def kill_a_worker(self, random: Random) -> None:
        """Kills one of the processes that answer; the parent must put another in its place."""
        os.kill(random.choice(self.workers()), signal.SIGKILL)

    def workers(self) -> list[int]:
        """The processes that answer, by their ids; those that have just died are not among them."""
        return [
            process
            for process, parent, state, command in _processes()
            if parent == self._process.pid and state != "Z" and "resource_tracker" not in command
        ]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/account/sign-in")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _processes() -> Iterator[tuple[int, int, str, str]]:
    """Every process: its id, its parent's, its state in one letter, its command."""
    if not Path("/proc/self/stat").exists():  # not Linux
        asked = ["ps", "-A", "-o", "pid=,ppid=,stat=,args="]
        listed = subprocess.run(asked, check=True, capture_output=True, text=True)
        for line in listed.stdout.splitlines():
            process, parent, state, command = line.split(None, 3)
            yield int(process), int(parent), state[0], command
        return
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            command = (folder / "cmdline").read_text(errors="replace").replace("\0", " ")
            yield int(folder.name), int(parent), state, command
