"""The real server as its own processes, which a test may kill and start again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

STARTS_WITHIN = 90  # seconds; the demo is made at the first start, on a busy machine


class ServedDemo:
    """`waymark serve` with the demo, on a folder and a port of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self._env = {**os.environ, "WAYMARK_INSTANCE_DIR": str(folder), "WAYMARK_DEMO": "1"}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it and waits until it answers."""
        command = [sys.executable, "-m", "app.cli", "serve", "--port", str(self.port)]
        self._process = subprocess.Popen(
            command, env=self._env, stdout=subprocess.DEVNULL, start_new_session=True
        )
        end = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < end:
            asked = HTTPConnection("127.0.0.1", self.port, timeout=2)
            try:
                asked.request("GET", "/healthz")
                if asked.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.05)
            finally:
                asked.close()
        raise AssertionError("the server did not start")

    def kill(self) -> None:
        """Kills every process of it at once, without a word."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None
