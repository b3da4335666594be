"""Does an answer cost more when many are stored? The same saves beside few and many responses.

Run: python bench/growth.py [--stored 1000000] [--saves 400]
"""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from sqlalchemy import insert

from app.domain.attempt import Attempt
from app.domain.person import Viewer
from app.services.account import add_organisation
from app.storage.engine import open_engine
from app.storage.schema import upgrade
from app.storage.store import Store, open_store
from app.storage.tables.learning import AttemptRow, ResponseRow
from tests.cast import as_viewer, make_cast
from tests.exam_builders import a_pool, a_shape, save, start_exam

A_BATCH = 20_000
ROUNDS = 5
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def fill(store: Store, person_id: str, count: int) -> None:
    """Stores finished answers of a long history."""
    stored = 0
    while stored < count:
        attempt_id = store.new_id(NOW - timedelta(days=400))
        common = {"organisation_id": store.organisation_id, "person_id": person_id}
        attempt = {
            **common,
            **{"id": attempt_id, "kind": "practice", "feedback": "tutor", "title": "Old"},
            **{"settings": {}, "slots": [], "asked_count": A_BATCH, "request_key": attempt_id},
            **{"started_at": NOW, "finished_at": NOW, "right_count": 0},
        }
        rows = [
            {
                **common,
                **{"id": f"{attempt_id[:28]}{place:08}", "attempt_id": attempt_id},
                **{"position": place, "revision": 1, "item_id": f"old-{place % 900}"},
                **{"item_version": "v", "chosen": ["a"], "is_right": False},
                **{"request_key": str(place), "answered_at": NOW},
            }
            for place in range(1, min(A_BATCH, count - stored) + 1)
        ]
        with store.writing():
            store.session.execute(insert(AttemptRow), [attempt])
            store.session.execute(insert(ResponseRow), rows)
        stored += len(rows)


def an_exam(store: Store, viewer: Viewer, saves: int, *, key: str) -> Attempt:
    shape = a_shape(domains={"D-1": saves}, pretest=0, minutes=600)
    return start_exam(store, viewer, pool=a_pool(saves, on_trial=0), shape=shape, key=key, now=NOW)


def cost(store: Store, viewer: Viewer, exam: Attempt) -> float:
    """The median save. Units: milliseconds."""
    took = []
    for slot in exam.slots:
        started = time.perf_counter()
        save(store, viewer, exam, position=slot.position, now=NOW)
        took.append(1000 * (time.perf_counter() - started))
    return statistics.median(took)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stored", type=int, default=1_000_000)
    parser.add_argument("--saves", type=int, default=400)
    arguments = parser.parse_args()
    print(
        f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}"
    )
    figures: dict[int, list[float]] = {10: [], arguments.stored: []}
    with tempfile.TemporaryDirectory() as folder:
        homes = {}
        for stored in figures:
            engine = open_engine(f"sqlite:///{folder}/{stored}.db")
            upgrade(engine)
            with open_store(engine) as store:
                home = store.for_organisation(add_organisation(store, name="Bench", now=NOW))
                cast = make_cast(home, now=NOW)
                fill(home, cast.luis.id, stored)
            homes[stored] = engine
        for turn in range(ROUNDS):  # by turns, so that a busy moment of the machine meets both
            for stored, engine in homes.items():
                with open_store(engine) as store:
                    home = store.for_organisation(store.people.any_organisation_id() or "")
                    people = {person.first_name: person for person in home.people.everyone()}
                    name = ("Ana", "Luis", "Noor", "Mika", "Jonas")[turn]
                    viewer = as_viewer(home, people[name])
                    exam = an_exam(home, viewer, arguments.saves // ROUNDS, key=str(turn))
                    figures[stored].append(cost(home, viewer, exam))
        for engine in homes.values():
            engine.dispose()
    few, many = (statistics.median(found) for found in figures.values())
    print(f"a save beside {10:>9,} responses: {few:6.2f} ms")
    print(f"a save beside {arguments.stored:>9,} responses: {many:6.2f} ms")
    print(f"ratio {many / few:.2f} (aim: 1.2)")


if __name__ == "__main__":
    main()
