"""A learner's whole journey under load, as a ratio to a bare Flask quiz in the same run.

Waymark and the floor are served by the same server with the same number of processes and
threads, and keep every answer durably. The journey: open a lesson, start a quiz, answer five
questions (each with its page), finish, read the result.

Run: python bench/journeys.py [--learners 16] [--seconds 12]
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection, RemoteDisconnected
from pathlib import Path
from urllib.parse import urlencode

from app.storage.sqlite_driver import sqlite3

HERE = Path(__file__).parent
ROOT = HERE.parent
WORKERS, THREADS = 2, 1
TOKEN = re.compile(rb'name="csrf_token" value="([^"]+)"')
KEY = re.compile(rb'name="request_key" value="([^"]+)"')
OPTION = re.compile(rb'name="chosen" value="([^"]+)"')
PASSWORD = "slate-harbor-lantern-copper"


@dataclass
class Tally:
    """What one run saw. Units: seconds."""

    steps: int = 0
    answers: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


class Browser:
    """One learner's browser on one kept-open connection."""

    def __init__(self, port: int, tally: Tally) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookie, self.tally = "", tally

    def ask(
        self, method: str, path: str, form: dict[str, str] | None = None
    ) -> tuple[int, bytes, str]:
        headers = {"Cookie": self.cookie} if self.cookie else {}
        body = None
        if form is not None:
            body = urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        started = time.perf_counter()
        try:
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
        except (BrokenPipeError, ConnectionResetError, RemoteDisconnected):
            self.connection.close()  # the server ended an old connection; a browser opens another
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
        content = response.read()
        took = time.perf_counter() - started
        (self.tally.answers if method == "POST" else self.tally.pages).append(took)
        self.tally.steps += 1
        if response.status >= 400:
            self.tally.failed.append(f"{response.status} {method} {path}")
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                self.cookie = value.split(";", 1)[0]
        return response.status, content, response.getheader("Location") or ""


def waymark_journey(browser: Browser, lesson: str, number: int) -> None:
    """Lesson, quiz, five answers, result. Every POST is a durable write."""
    browser.ask("GET", lesson)
    _, page, _ = browser.ask("GET", "/exam/practice")
    token = TOKEN.search(page)[1].decode()
    wish = {"length": "5", "seen": "any", "feedback": "tutor", "request_key": f"r{number}"}
    _, _, url = browser.ask("POST", "/exam/practice", {"csrf_token": token, **wish})
    quiz = url
    for position in range(1, 6):
        _, page, _ = browser.ask("GET", f"{quiz}/items/{position}")
        sent = {
            "csrf_token": token,
            "request_key": KEY.search(page)[1].decode(),
            "base_revision": "0",
            "chosen": OPTION.search(page)[1].decode(),
        }
        browser.ask("POST", f"{quiz}/items/{position}", sent)
    browser.ask("POST", f"{quiz}/finish", {"csrf_token": token})
    browser.ask("GET", f"{quiz}/report")


def floor_journey(browser: Browser, _lesson: str, _number: int) -> None:
    """The same steps on the bare quiz."""
    browser.ask("GET", "/lesson")
    browser.ask("GET", "/practice")
    browser.ask("POST", "/practice", {"length": "5"})
    for position in range(1, 6):
        browser.ask("GET", f"/quiz/{position}")
        browser.ask("POST", f"/quiz/{position}", {"chosen": "a"})
    browser.ask("POST", "/finish", {})
    browser.ask("GET", "/report")


def sign_in(browser: Browser, email: str) -> None:
    _, page, _ = browser.ask("GET", "/account/sign-in")
    form = {"csrf_token": TOKEN.search(page)[1].decode(), "email": email, "password": PASSWORD}
    browser.ask("POST", "/account/sign-in", form)


def drive(
    server: Server, journey, learners: int, seconds: float, *, emails: list[str] | None, lesson: str
) -> tuple[Tally, float, float]:
    """Gives what was seen, and the wall and processor seconds it took; the warm-up is not in."""
    tallies = [Tally() for _ in range(learners)]
    browsers = [Browser(server.port, tally) for tally in tallies]
    for place, browser in enumerate(browsers):
        if emails is not None:
            sign_in(browser, emails[place])
        journey(browser, lesson, 10_000 + place)  # warm-up, not counted
    for tally in tallies:
        tally.steps, tally.answers, tally.pages, tally.failed = 0, [], [], []
    end = time.perf_counter() + seconds

    def learn(browser: Browser) -> None:
        number = 0
        while time.perf_counter() < end:
            journey(browser, lesson, number)
            number += 1

    threads = [threading.Thread(target=learn, args=(browser,)) for browser in browsers]
    started, cpu = time.perf_counter(), server.cpu_seconds()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took, cpu = time.perf_counter() - started, server.cpu_seconds() - cpu
    total = Tally(
        steps=sum(t.steps for t in tallies),
        answers=[a for t in tallies for a in t.answers],
        pages=[p for t in tallies for p in t.pages],
        failed=[f for t in tallies for f in t.failed],
    )
    return total, took, cpu


class Server:
    """A served app in its own processes; knows what memory and processor time they used."""

    def __init__(self, command: list[str], env: dict[str, str], cwd: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.started = time.perf_counter()
        command = [sys.executable, "-m", *command, "--port", str(self.port)]
        self.process = subprocess.Popen(
            command,
            cwd=cwd,
            env={**os.environ, **env},
            start_new_session=True,
            stdout=subprocess.DEVNULL,
        )
        self.ready_after = self._wait()

    def _wait(self) -> float:
        while time.perf_counter() - self.started < 60:
            try:
                connection = HTTPConnection("127.0.0.1", self.port, timeout=2)
                connection.request("GET", "/healthz")
                if connection.getresponse().status < 500:
                    return time.perf_counter() - self.started
            except OSError:
                time.sleep(0.02)
        raise SystemExit("the server did not start")

    def processes(self) -> list[int]:
        group = os.getpgid(self.process.pid)
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    if os.getpgid(int(entry.name)) == group:
                        found.append(int(entry.name))
                except ProcessLookupError:
                    continue
        return found

    def memory_mib(self) -> float:
        """Proportional memory of all its processes: shared pages count once."""
        total = 0
        for pid in self.processes():
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
        return total / 1024

    def cpu_seconds(self) -> float:
        ticks = 0
        for pid in self.processes():
            parts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(parts[11]) + int(parts[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def make_people(folder: Path, count: int) -> list[str]:
    """Prepares a database with as many candidates as there are learners."""
    sys.path.insert(0, str(ROOT))
    from app.config import read_settings
    from app.domain.person import Role, RoleGrant
    from app.services.account import NewPerson, add_cohort, add_organisation, add_person
    from app.storage.engine import open_engine
    from app.storage.schema import upgrade
    from app.storage.store import open_store

    settings = read_settings({"WAYMARK_INSTANCE_DIR": str(folder)})
    engine = open_engine(settings.database_url)
    upgrade(engine)
    now = datetime.now(UTC)
    emails = [f"learner{number}@bench.example" for number in range(count)]
    with open_store(engine) as store:
        scoped = store.for_organisation(add_organisation(store, name="Bench", now=now))
        team = add_cohort(scoped, name="Bench", now=now)
        grants = frozenset({RoleGrant(Role.CANDIDATE, team.id)})
        for email in emails:
            add_person(scoped, NewPerson("Bench Learner", email, PASSWORD), grants=grants, now=now)
    engine.dispose()
    return emails


def measure(
    name: str, server: Server, journey, arguments, emails: list[str] | None
) -> dict[str, float]:
    tally, took, cpu = drive(
        server,
        journey,
        arguments.learners,
        arguments.seconds,
        emails=emails,
        lesson="/learn/lessons/advocacy/what-advocacy-is",
    )
    found = {
        "steps/s": tally.steps / took,
        "cpu ms a step": 1000 * cpu / max(1, tally.steps),
        "answer p50 ms": 1000 * statistics.median(tally.answers),
        "answer p99 ms": 1000 * percentile(tally.answers, 0.99),
        "answer worst ms": 1000 * max(tally.answers),
        "page p99 ms": 1000 * percentile(tally.pages, 0.99),
        "failed": len(tally.failed),
        "memory MiB": server.memory_mib(),
        "ready after s": server.ready_after,
    }
    print(f"\n{name}: {arguments.learners} learners, {arguments.seconds:g} s")
    for label, value in found.items():
        print(f"  {label:<16} {value:10.2f}")
    for failure in tally.failed[:3]:
        print(f"  failed: {failure}")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=12)
    arguments = parser.parse_args()
    print(
        f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}; {WORKERS} processes × {THREADS} threads each"
    )
    with tempfile.TemporaryDirectory() as folder:
        emails = make_people(Path(folder), arguments.learners)
        counts = ["--workers", str(WORKERS)]
        bare_server = ["granian", "--interface", "wsgi", "--factory", "bench.floor:create_app"]
        bare_server += ["--blocking-threads", str(THREADS), "--backpressure", "64", *counts]
        floor = Server(bare_server, {"FLOOR_DATABASE": f"{folder}/floor.db"}, ROOT)
        try:
            bare = measure("Floor (bare Flask quiz)", floor, floor_journey, arguments, None)
        finally:
            floor.stop()
        serve = ["app.cli", "serve", "--threads", str(THREADS), *counts]
        waymark = Server(serve, {"WAYMARK_INSTANCE_DIR": folder}, ROOT)
        try:
            ours = measure("Waymark", waymark, waymark_journey, arguments, emails)
        finally:
            waymark.stop()
    share = ours["steps/s"] / bare["steps/s"]
    print(f"\nWaymark does {share:.2f} of the floor's steps (aim: 0.33 or 500 steps/s).")


if __name__ == "__main__":
    main()
