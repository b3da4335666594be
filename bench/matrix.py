"""How long the pages of a large team take beside very many answers: matrix, morning, gaps.

A team of 100 with three observations of each of 123 competencies, all of them asked; beside it
the answers of everybody (bench/crowd.py). The page is asked of the whole app in this process;
what counts is the processor's time, not the clock's.

Run: python bench/matrix.py [--stored 1000000] [--people 100] [--rounds 9]
"""

from __future__ import annotations

import argparse
import gc
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sqlalchemy import event  # noqa: E402 (the path above comes first)

from app.config import read_settings  # noqa: E402
from app.domain.competency_requirement import RequirementSet  # noqa: E402
from app.factory import create_app  # noqa: E402
from app.services.account import add_organisation  # noqa: E402
from app.services.competencies import judging, set_requirements  # noqa: E402
from app.storage.engine import open_engine  # noqa: E402
from app.storage.queries.team_pages import open_team  # noqa: E402
from app.storage.schema import upgrade  # noqa: E402
from app.storage.sqlite_driver import sqlite3  # noqa: E402
from app.storage.store import open_store  # noqa: E402
from app.web.shared.content_keeper import current_library  # noqa: E402
from app.web.shared.database import db  # noqa: E402
from bench import crowd  # noqa: E402
from tests.cast import PASSWORD, as_viewer, make_cast  # noqa: E402

SECRET = "a secret of this measurement only, long enough"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
LIMIT_MS = 500
OBSERVED = 3  # times each competency of each person
MARKS = 20  # competencies of one observation
PAGES = (
    ("matrix", "/competencies"),
    ("area", "/competencies/areas/PD5"),
    ("cell", "/competencies/people/{}/PD5"),
    ("morning", ""),
    ("gaps", "/gaps"),
)
MODES = ("live", "recorded", "role-play")
Row = tuple[object, ...]
OBSERVATION = (
    "id, organisation_id, person_id, observer_id, mode, observed_on, note, went_well, next_step, "
    "marks, counts, goal_id, revision, saved_by_tab, tab_step, started_at, saved_at, finished_at"
)
RATING = (
    "id, organisation_id, person_id, competency_code, framework_id, framework_version, scale_id, "
    "level, level_title, observed_support, source, observation_id, rater_id, rater_credential, "
    "note, rated_at"
)


def fill_ratings(
    path: Path, organisation: str, team: str, rater: str, people: list[str], codes: list[str]
) -> int:
    """Puts people into the team and rates them past all services. Gives the count of ratings."""
    observations: list[Row] = []
    ratings: list[Row] = []
    chance = Random(7)
    parts = [codes[start : start + MARKS] for start in range(0, len(codes), MARKS)]
    for person in people:
        for number, part in ((n, p) for n in range(OBSERVED) for p in parts):
            day = datetime.now(UTC) - timedelta(days=1 + 40 * number + chance.randrange(40))
            at, seen = day.strftime("%Y-%m-%d %H:%M:%S.%f"), f"obs-{len(observations):030d}"
            told = (MODES[number], f"{day:%Y-%m-%d}", "", "Well.", "Next.", "[]", "{}", None)
            observations.append((seen, organisation, person, rater, *told, 1, "", 0, at, at, at))
            for code in part:
                named = (
                    code,
                    "TAP21",
                    "2006, version 1",
                    "five-steps",
                    chance.choice((2, 3, 3, 4)),
                )
                row = (f"r-{len(ratings):032d}", organisation, person, *named, "Competent")
                ratings.append((*row, "alone", "observation", seen, rater, "CCS 12", "", at))
    with sqlite3.connect(path) as plain:
        plain.executemany(
            f"update role_grants set cohort_id='{team}' where person_id=?", [(p,) for p in people]
        )
        _insert(plain, "observations", OBSERVATION, observations)
        _insert(plain, "ratings", RATING, ratings)
    plain.close()
    return len(ratings)


def _insert(plain: sqlite3.Connection, table: str, columns: str, rows: list[Row]) -> None:
    marks = ", ".join("?" * len(rows[0]))
    plain.executemany(f"insert into {table} ({columns}) values ({marks})", rows)


def measure(folder: Path, *, stored: int, people: int, rounds: int) -> Iterator[str]:
    """Prepares one installation and measures its pages. Gives lines to print."""
    path = folder / "matrix.db"
    url = f"sqlite:///{path}"
    upgrade(open_engine(url))
    settings = {"WAYMARK_INSTANCE_DIR": str(folder), "WAYMARK_DATABASE_URL": url}
    app = create_app(read_settings({**settings, "WAYMARK_SECRET_KEY": SECRET}))
    with app.app_context():
        library = current_library()
    now = datetime.now(UTC)
    with open_store(open_engine(url)) as store:
        home = store.for_organisation(add_organisation(store, name="Bench", now=now))
        items = list(library.items.values())
        cast = make_cast(home, now=now)
        with home.writing():
            home.attempts.freeze(items, now=now)
        crowd.fill(path, home.organisation_id, items, stored=stored, people=max(people, 100))
        crowd_ids = [f"00000000-person-{number:020d}" for number in range(people)]
        codes = [one.code for one in library.frameworks["TAP21"].competencies]
        rated = fill_ratings(
            path, home.organisation_id, cast.eastside.id, cast.cora.id, crowd_ids, codes
        )
        cora = as_viewer(home, cast.cora)
        team = open_team(home, cora, cast.eastside.id)
        asked: RequirementSet = library.supervision.sets["tap21-competent"]
        by = judging(home, library, team, library.frameworks["TAP21"])
        set_requirements(
            home, cora, by, cohort_id=team.id, requirements=asked.requirements, now=now
        )
    yield f"{len(team.members)} people, {rated:,} ratings, {stored:,} answers stored"
    browser = app.test_client()
    token = TOKEN.search(browser.get("/account/sign-in").get_data(as_text=True))
    assert token
    sent = {"email": cast.cora.email, "password": PASSWORD, "csrf_token": token[1]}
    assert browser.post("/account/sign-in", data=sent).status_code == 303
    first = crowd_ids[0]
    asked_of_store: list[str] = []
    with app.app_context():
        event.listen(
            db.engine, "after_cursor_execute", lambda *told: asked_of_store.append(told[2])
        )
    gc.collect()
    gc.freeze()  # as the server does once it has read everything
    for name, rest in PAGES:
        page = f"/team/{cast.eastside.id}{rest.format(first)}"
        before = len(asked_of_store)
        browser.get(page)
        queries = len(asked_of_store) - before
        times = []
        for _ in range(rounds):
            began = time.process_time()
            assert browser.get(page).status_code == 200
            times.append(1000 * (time.process_time() - began))
        middle = statistics.median(times)
        over = f"  OVER {LIMIT_MS} ms" if middle > LIMIT_MS and name != "gaps" else ""
        yield f"{name:<8} {middle:7.0f} ms  (most {max(times):.0f}), {queries} queries{over}"


def main() -> None:
    """Prints one line for each page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stored", type=int, default=1_000_000)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=9)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for line in measure(
            Path(folder), stored=asked.stored, people=asked.people, rounds=asked.rounds
        ):
            print(line, flush=True)


if __name__ == "__main__":
    main()
