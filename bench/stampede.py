"""Everybody starts at nine: many candidates open a full mock exam within a minute, then save.

Each candidate opens the brief, starts the exam, meets the first question, and from then on opens
a question and saves an answer about once a minute. Told are the times of each kind of request.

Run: python bench/stampede.py [--candidates 1000] [--seconds 60] [--postgresql]
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import re
import sys
import tempfile
import threading
import time
from collections import defaultdict
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from queue import Empty, PriorityQueue

sys.path.insert(0, str(Path(__file__).parent.parent))

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from app.domain.person import Person, Role, RoleGrant
from app.services.account import add_cohort, add_organisation
from app.services.sign_in import open_sign_in
from app.storage.engine import open_engine
from app.storage.schema import upgrade
from app.storage.sqlite_driver import sqlite3
from app.storage.store import Store, open_store
from bench.journeys import Browser, Server, Tally, percentile
from tests.postgresql_cluster import start_server

ROOT = Path(__file__).parent.parent
EXAM = "/exam/mocks/aadc/full"
SECRET = "a secret of this measurement only, long enough"
DRIVERS = 48  # threads of the driver: more than are ever busy at once
TOKEN = re.compile(rb'name="csrf_token" value="([^"]+)"')
OPTION = re.compile(rb'name="chosen" value="([^"]+)"')
Times = dict[str, list[float]]


def make_candidates(url: str, count: int) -> list[str]:
    """Prepares a database with signed-in candidates. Gives a cookie for each."""
    engine, now = open_engine(url), datetime.now(UTC)
    upgrade(engine)
    app = Flask("signer")
    app.secret_key = SECRET
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    with open_store(engine) as store:
        home = store.for_organisation(add_organisation(store, name="Bench", now=now))
        grant = RoleGrant(Role.CANDIDATE, add_cohort(home, name="Bench", now=now).id)
        with home.writing():
            people = [add_candidate(home, grant, number, now) for number in range(count)]
            tokens = [open_sign_in(home, person, device="", now=now) for person in people]
    engine.dispose()
    return [f"waymark={signer.dumps({'sign_in': token})}" for token in tokens]


def add_candidate(store: Store, grant: RoleGrant, number: int, now: datetime) -> str:
    """Adds one person who is signed in already, so that no password is hashed."""
    email = f"candidate{number}@bench.example"
    person = Person(store.new_id(now), store.organisation_id, email, "Bench Candidate")
    store.people.add(person, password_hash="none", now=now)
    store.people.grant(store.new_id(now), person.id, grant, now=now)
    return person.id


class Candidate:
    """One person of the stampede."""

    def __init__(self, port: int, cookie: str, times: Times) -> None:
        self.browser = Browser(port, Tally())
        self.browser.cookie = cookie
        self.times, self.saves, self.exam, self.token = times, 0, "", ""

    def step(self) -> None:
        """Starts, or saves one answer."""
        if self.exam:
            self._save()
        else:
            self._start()

    def _ask(self, kind: str, method: str, path: str, form=None) -> tuple[int, bytes, str]:
        began = time.perf_counter()
        answer = self.browser.ask(method, path, form)
        self.times[kind].append(1000 * (time.perf_counter() - began))
        return answer

    def _start(self) -> None:
        _, page, _ = self._ask("brief", "GET", EXAM)
        self.token = TOKEN.search(page)[1].decode()
        form = {"csrf_token": self.token, "request_key": "start"}
        _, _, exam = self._ask("start", "POST", EXAM, form)
        self._ask("question", "GET", f"{exam}/items/1")
        self.exam = exam

    def _save(self) -> None:
        self.saves += 1
        url = f"{self.exam}/items/{self.saves}"
        _, page, _ = self._ask("question", "GET", url)
        key = {"csrf_token": self.token, "request_key": f"k{self.saves}", "base_revision": "0"}
        self._ask("save", "POST", url, {**key, "chosen": OPTION.search(page)[1].decode()})


def stampede(port: int, cookies: list[str], seconds: float) -> tuple[Times, list[str]]:
    """Runs it: everybody starts within `seconds`, and saves until twice that."""
    times: Times = defaultdict(list)
    chance, queue = random.Random(3), PriorityQueue[tuple[float, int, Candidate]]()
    for number, cookie in enumerate(cookies):
        queue.put((chance.uniform(0, seconds), number, Candidate(port, cookie, times)))
    began, failed = time.perf_counter(), list[str]()

    def drive() -> None:
        while time.perf_counter() - began < 2 * seconds:
            try:
                at, number, candidate = queue.get(timeout=1)
            except Empty:
                continue
            time.sleep(max(0.0, at - (time.perf_counter() - began)))
            try:
                candidate.step()
            except Exception as error:
                failed.append(repr(error))
                continue
            failed.extend(candidate.browser.tally.failed)
            candidate.browser.tally.failed.clear()
            again = time.perf_counter() - began + chance.uniform(0.5, 1.5) * 60
            if again < 2 * seconds:
                queue.put((again, number, candidate))

    drivers = [threading.Thread(target=drive) for _ in range(DRIVERS)]
    for driver in drivers:
        driver.start()
    for driver in drivers:
        driver.join()
    return times, failed


def tell(times: Times, failed: list[str]) -> None:
    """Prints what was found."""
    print(f"{'':<12}{'count':>8}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'worst':>9}")
    for kind, found in times.items():
        shares = "".join(f"{percentile(found, share):9.0f}" for share in (0.5, 0.95, 0.99))
        print(f"{kind:<12}{len(found):>8}{shares}{max(found):9.0f}")
    print(f"errors {len(failed)} (aims: start p95 300 ms, save p95 100 ms, errors 0)")
    for failure in failed[:3]:
        print(f"  {failure}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--candidates", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--postgresql", action="store_true")
    arguments = parser.parse_args()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        url, told = f"sqlite:///{folder}/stampede.db", f"SQLite {sqlite3.sqlite_version}"
        if arguments.postgresql:
            url, stop = start_server()
            stack.callback(stop)
            told = "PostgreSQL (a throw-away one, without fsync)"
        print(
            f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
            f"{told}; {arguments.candidates} candidates start within {arguments.seconds:g} s"
        )
        cookies = make_candidates(url, arguments.candidates)
        env = {"WAYMARK_INSTANCE_DIR": folder, "WAYMARK_DATABASE_URL": url}
        command = ["app.cli", "serve", "--workers", "2"]
        server = Server(command, {**env, "WAYMARK_SECRET_KEY": SECRET}, ROOT)
        try:
            times, failed = stampede(server.port, cookies, arguments.seconds)
        finally:
            server.stop()
    tell(times, failed)


if __name__ == "__main__":
    main()
