"""How long a regrade takes that concerns very many exams, as a ratio to the least it could take.

The exams are made by bulk insert: full forms of 150 places, each of which asks one wording. The
floor reads the same forms and adds the same number of rows with bare sqlite3, deciding nothing.
While preview, signing and undoing go on, a few learners save answers, each from another process.

Run: python bench/regrade.py [--attempts 100000] [--answers 10] [--savers 2]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app.domain.item import Item  # noqa: E402 (the path above comes first)
from app.domain.person import Person, Role, RoleGrant, Viewer  # noqa: E402
from app.domain.regrade import RegradePolicy  # noqa: E402
from app.services import regrade  # noqa: E402
from app.services.account import NewPerson, add_organisation, add_person  # noqa: E402
from app.storage import schema  # noqa: E402
from app.storage.engine import open_engine  # noqa: E402
from app.storage.sqlite_driver import sqlite3  # noqa: E402
from app.storage.store import Store, open_store  # noqa: E402
from bench.savers import saving  # noqa: E402
from tests.builders import an_item  # noqa: E402

FORM, SCORED, CUT = 150, 125, 88
LIMIT_SECONDS = 60  # of the processor: the clock says how busy the machine is, too
PEOPLE = 2_000
STARTED = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SETTINGS = {
    "blueprint": "aadc",
    "blueprint_version": "2022",
    "shape": "full",
    "scale": {"low": 200, "high": 800, "cut": 500, "cut_percent": 70, "ours": True},
    "domains": [["AADC-1", "One"], ["AADC-2", "Two"], ["AADC-3", "Three"], ["AADC-4", "Four"]],
    "most_repeated": 0,
}
ATTEMPTS = (
    "insert into attempts (id, organisation_id, person_id, kind, feedback, title, settings, slots, "
    "asked_count, request_key, started_at, finished_at, right_count, limit_seconds, closed_by_time)"
    " values (?, ?, ?, 'mock', 'exam', 'Full', ?, ?, ?, ?, ?, ?, ?, 10800, 0)"
)
RESPONSES = (
    "insert into responses (id, organisation_id, person_id, attempt_id, position, revision, "
    "item_id, item_version, chosen, is_right, request_key, answered_at, is_late)"
    " values (?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, 0)"
)
REPORTS = (
    "insert into score_reports (id, organisation_id, person_id, attempt_id, number, cause, "
    "right_count, scored_count, scaled, is_pass, parts, made_at)"
    " values (?, ?, ?, ?, ?, 'submitted', ?, ?, ?, ?, ?, ?)"
)
NEWS = (
    "insert into news (id, organisation_id, person_id, kind, about, made_at)"
    " values (?, ?, ?, 'regrade', ?, ?)"
)


class Took(NamedTuple):
    """Units: seconds, by the clock and of the processor."""

    wall: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.wall:7.1f} s (processor {self.cpu:.1f} s)"


def main() -> None:
    """Prints machine, figures and ratio; fails when the limit is passed at 100,000 exams."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--attempts", type=int, default=100_000)
    parser.add_argument("--answers", type=int, default=10, help="responses kept for each exam")
    parser.add_argument("--savers", type=int, default=2, help="learners who save meanwhile")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "waymark.db"
        engine = open_engine(f"sqlite:///{path}")
        schema.upgrade(engine)
        with open_store(engine) as store:
            home = store.for_organisation(add_organisation(store, name="Harbor", now=NOW))
            trainer, item = _prepare(home)
            home.end_reading()
            made, _ = _timed(lambda: _make(path, home, item, asked.attempts, asked.answers))
            print(f"machine   {platform.machine()}, {os.cpu_count()} cores, {_memory():.1f} GiB")
            print(f"software  Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}")
            print(
                f"exams     {asked.attempts:,} of {FORM} places, {asked.answers} answers kept "
                f"each; {path.stat().st_size / 2**20:,.0f} MiB, made in {made.wall:.0f} s"
            )
            signed = _measure(home, trainer, item, _Savers(f"sqlite:///{path}", home, asked.savers))
            floor, rows = _timed(lambda: _floor(path, item))
            print(f"floor     {floor}   {rows:,} rows added, nothing decided")
            print(f"ratio     {signed.cpu / floor.cpu:7.1f}     sign to floor, processor time")
    if signed.cpu > LIMIT_SECONDS * max(1.0, asked.attempts / 100_000):
        raise SystemExit(f"over the limit of {LIMIT_SECONDS} s of the processor for 100,000 exams")


class _Savers:
    """People who save while something is done. Each block has people of its own."""

    def __init__(self, url: str, store: Store, count: int) -> None:
        self.url, self.organisation, self.count = url, store.organisation_id, count
        self.people = [one.id for one in store.people.everyone() if one.email[0] == "p"]
        store.end_reading()

    def during(self, told: str, action: Callable):
        """Does something beside them, and tells what they met."""
        people = [self.people.pop() for _ in range(self.count)]
        with saving(self.url, self.organisation, people) as waits:
            result = action()
        print(f"          saves {told}: {waits}", flush=True)
        for failure in waits.failed[:3]:
            print(f"          {failure}")
        return result


def _measure(store: Store, trainer: Viewer, item: Item, savers: _Savers) -> Took:
    """Previews, signs and undoes a regrade. Gives what signing took."""
    savers.during("beside nothing", lambda: time.sleep(10))
    wish = regrade.RegradeWish(
        item.id, item.version, RegradePolicy.CREDIT, (), True, "Two answers are defensible."
    )
    took, preview = savers.during(
        "meanwhile",
        lambda: _timed(lambda: regrade.preview_regrade(store, trainer, wish, now=NOW)),
    )
    effect = preview.effect
    print(f"preview   {took}   {effect.concerned:,} concerned, {effect.changed:,} moved")
    store.end_reading()
    signed, entry = savers.during(
        "meanwhile",
        lambda: _timed(
            lambda: regrade.sign_regrade(store, trainer, wish, seen=preview.seen, now=NOW)
        ),
    )
    print(f"sign      {signed}   limit {LIMIT_SECONDS} s of the processor for 100,000")
    later = NOW + timedelta(days=1)
    undone, _ = savers.during(
        "meanwhile",
        lambda: _timed(
            lambda: regrade.undo_regrade(store, trainer, regrade_id=entry.id, now=later)
        ),
    )
    print(f"undo      {undone}")
    return signed


def _prepare(store: Store) -> tuple[Viewer, Item]:
    item = an_item(id="the-question", pool="mock")
    grant = frozenset({RoleGrant(Role.TRAINER)})
    person = NewPerson("Ben Okafor", "ben@harbor.example", "slate-harbor-lantern-copper")
    ben = add_person(store, person, grants=grant, now=NOW)
    with store.writing():
        store.attempts.freeze([item], now=STARTED)
        store.sittings.expose([item.id])
        for number in range(PEOPLE):
            one = Person(
                store.new_id(NOW), store.organisation_id, f"p{number}@harbor.example", f"P {number}"
            )
            store.people.add(one, password_hash="none", now=NOW)
    return Viewer(ben, grant), item


def _make(path: Path, store: Store, item: Item, attempts: int, answers: int) -> None:
    """Inserts exams, answers and reports, two thousand exams at a time."""
    random, organisation = Random(1), store.organisation_id
    people = [one.id for one in store.people.everyone()]
    store.end_reading()
    others = [(f"other-question-{number}", f"{number:016x}") for number in range(900)]
    settings = json.dumps(SETTINGS)
    exams = (_exam(random, item, others, answers) for _ in range(attempts))
    with sqlite3.connect(path) as db:
        db.execute("pragma synchronous=off")
        number = 0
        while some := list(islice(exams, 2_000)):
            rows: tuple[list, list, list] = ([], [], [])
            for slots, responses, right in some:
                number += 1
                at = str((STARTED + timedelta(minutes=number)).replace(tzinfo=None)) + ".000000"
                attempt, person = f"00000000-{number:027d}", people[number % len(people)]
                whose = (organisation, person)
                rows[0].append((attempt, *whose, settings, slots, FORM, attempt, at, at, right))
                for place, (item_id, version, chosen, is_right) in responses:
                    key = f"{attempt[9:]}-{place:03d}"
                    told = (item_id, version, f'["{chosen}"]', is_right, key, at)
                    rows[1].append((key, *whose, attempt, place, *told))
                rows[2].append((attempt, *whose, attempt, 1, *_score(right), at))
            for statement, made in zip((ATTEMPTS, RESPONSES, REPORTS), rows, strict=True):
                db.executemany(statement, made)
    db.close()


def _exam(
    random: Random, item: Item, others: list[tuple[str, str]], answers: int
) -> tuple[str, list[tuple[int, tuple[str, str, str, bool]]], int]:
    """A form with the wording somewhere among its scored places, and some of its answers."""
    form = random.sample(others, FORM - 1)
    place = random.randint(1, SCORED)
    form.insert(place - 1, (item.id, item.version))
    slots = [
        [*one, ["a", "b", "c", "d"]] if at <= SCORED else [*one, ["a", "b", "c", "d"], False]
        for at, one in enumerate(form, start=1)
    ]
    kept = {place} if random.random() < 0.97 else set()  # some left it without an answer
    kept.update(random.sample(range(1, FORM + 1), max(0, answers - len(kept))))
    responses = []
    for at in sorted(kept):
        chosen = random.choice("bbabcd")
        responses.append((at, (*form[at - 1], chosen, chosen == "b")))
    return json.dumps(slots), responses, random.randint(60, 115)


def _score(right: int) -> tuple[int, int, int, bool, str]:
    parts = [[f"AADC-{n}", "Part", right // 4 + (n <= right % 4), 31] for n in range(1, 5)]
    parts[3][3] = SCORED - 93
    scaled = 500 + round((right - CUT) * 300 / (SCORED - CUT)) if right >= CUT else 200 + 3 * right
    return right, SCORED, scaled, right >= CUT, json.dumps(parts)


def _floor(path: Path, item: Item) -> int:
    """Reads the same forms and adds as many rows again, bare; everything is rolled back."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("pragma synchronous=full")
    db.execute("begin immediate")
    moved = {row[0] for row in db.execute("select attempt_id from score_reports where number = 2")}
    found = db.execute(
        "select a.id, a.organisation_id, a.person_id, a.slots, r.parts from attempts a "
        "join score_reports r on r.attempt_id = a.id and r.number = 1 where instr(a.slots, ?)",
        (item.version,),
    )
    added = 0
    for rows in _some(found):
        concerned = [row for row in rows if json.loads(row[3]) and row[0] in moved]
        at = "2026-11-23 09:00:00.000000"
        db.executemany(
            REPORTS,
            [(f"x{r[0][1:]}", *r[1:3], r[0], 9, 1, 1, 1, 1, r[4], at) for r in concerned],
        )
        db.executemany(NEWS, [(f"x{r[0][1:]}", *r[1:3], "{}", at) for r in concerned])
        added += 2 * len(concerned)
    db.execute("rollback")
    db.close()
    return added


def _some(found: sqlite3.Cursor) -> Iterator[list[tuple]]:
    while rows := found.fetchmany(2_000):
        yield rows


def _timed(action: Callable):
    """Gives the seconds an action took with its result.

    On a machine that does other things too, processor time says more than the clock.
    """
    started, cpu = time.perf_counter(), time.process_time()
    result = action()
    return Took(time.perf_counter() - started, time.process_time() - cpu), result


def _memory() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


if __name__ == "__main__":
    main()
