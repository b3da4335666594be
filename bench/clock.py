"""What it costs to ask how much time is left, as the page of a running exam does over and over.

Some candidates sit a full mock exam on a real server; each asks for the clock in turn. Told is the
processor time of all processes of the server for one question. `/healthz` is asked beside it: what
any answer costs at least.

Run: python bench/clock.py [--candidates 20] [--times 100]
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app.storage.sqlite_driver import sqlite3  # noqa: E402
from bench.journeys import Server  # noqa: E402 (the path above comes first)
from bench.stampede import SECRET, Candidate, make_candidates  # noqa: E402


def milliseconds_each(server: Server, asked: Callable[[], int]) -> float:
    """Processor milliseconds of the server for one of what `asked` does; it gives how many."""
    before = server.cpu_seconds()
    count = asked()
    return 1000 * (server.cpu_seconds() - before) / count


def ask_all(candidates: list[Candidate], path: str, times: int) -> int:
    """Lets every candidate ask in turn. Gives how many questions that were."""
    for _ in range(times):
        for one in candidates:
            status, _, _ = one.browser.ask("GET", one.exam + path if path == "/clock" else path)
            assert status == 200, f"{path}: {status}"
    return times * len(candidates)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--candidates", type=int, default=20)
    parser.add_argument("--times", type=int, default=100)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/clock.db"
        cookies = make_candidates(url, asked.candidates)
        env = {"WAYMARK_INSTANCE_DIR": folder, "WAYMARK_DATABASE_URL": url}
        command = ["app.cli", "serve", "--workers", "2"]
        server = Server(command, {**env, "WAYMARK_SECRET_KEY": SECRET}, ROOT)
        try:
            candidates = [Candidate(server.port, one, defaultdict(list)) for one in cookies]
            for one in candidates:
                one.step()
            print(
                f"{platform.platform()}, {os.cpu_count()} cores, "
                f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
            )
            for path in ("/healthz", "/clock"):
                ask_all(candidates, path, 5)
                each = milliseconds_each(server, lambda: ask_all(candidates, path, asked.times))  # noqa: B023 (asked at once)
                print(f"{path:<10}{each:6.2f} ms of the processor for each of the answers")
        finally:
            server.stop()


if __name__ == "__main__":
    main()
