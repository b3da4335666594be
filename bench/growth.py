"""Does a page or an answer cost more when the organisation has stored very many?

The same steps of the same small person, by turns beside nobody and beside many people with very
many answers (bench/crowd.py). Pages are asked of the whole app within this process.

Run: python bench/growth.py [--stored 1000000] [--people 1000] [--rounds 40]
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from werkzeug.test import TestResponse  # noqa: E402 (the path above comes first)

from app.config import read_settings  # noqa: E402
from app.domain.attempt import AnswerGiven  # noqa: E402
from app.factory import create_app  # noqa: E402
from app.library.library import Library  # noqa: E402
from app.services.account import add_organisation  # noqa: E402
from app.services.answer_tallies import count_answers_again  # noqa: E402
from app.services.exam import answer_item  # noqa: E402
from app.storage.engine import open_engine  # noqa: E402
from app.storage.schema import upgrade  # noqa: E402
from app.storage.sqlite_driver import sqlite3  # noqa: E402
from app.storage.store import Store, open_store  # noqa: E402
from app.web.shared.content_keeper import current_library  # noqa: E402
from bench import crowd  # noqa: E402
from tests.cast import PASSWORD, Cast, as_viewer, make_cast  # noqa: E402

SECRET = "a secret of this measurement only, long enough"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
OPTION = re.compile(r'name="chosen" value="([^"]+)"')
MOCK = "/exam/mocks/aadc/quick"
Result = TypeVar("Result")


class Home:
    """One installation with the app, a candidate's browser, and a sat exam."""

    def __init__(self, folder: Path, *, stored: int, people: int) -> None:
        self.path = folder / f"{stored}.db"
        url = f"sqlite:///{self.path}"
        environment = {"WAYMARK_INSTANCE_DIR": str(folder), "WAYMARK_DATABASE_URL": url}
        upgrade(open_engine(url))
        app = create_app(read_settings({**environment, "WAYMARK_SECRET_KEY": SECRET}))
        with app.app_context():
            library = current_library()
        self.engine = open_engine(url)
        with open_store(self.engine) as store:
            self.cast = self._prepare(store, library, stored, people)
        self.times: dict[str, list[float]] = defaultdict(list)
        self.browser, self.keys = app.test_client(), 0
        self._sign_in()
        self.exam = self._sit_exam()

    def _prepare(self, store: Store, library: Library, stored: int, people: int) -> Cast:
        now = datetime.now(UTC)
        self.organisation = add_organisation(store, name="Bench", now=now)
        home = store.for_organisation(self.organisation)
        items = list(library.items.values())
        cast = make_cast(home, now=now)
        with home.writing():
            home.attempts.freeze(items, now=now)
        if stored:
            crowd.fill(self.path, self.organisation, items, stored=stored, people=people)
            count_answers_again(store)
        return cast

    def round(self) -> None:
        """Takes each step once."""
        self.get("Today", "/learn/")
        self.get("practice page", "/exam/practice")
        quiz = self.start_quiz("practice start")
        self.answer(quiz, "question page", "answer sent")
        self.get("question page, answered", f"{quiz}/items/1")
        self.get("result page", f"{self.exam}/result")
        self.get("every question of the result", f"{self.exam}/review")
        exam = self.post("exam start", MOCK, {}).location.partition("/items/")[0]
        self.answer(exam, "", "")
        self.post("exam handed in", f"{exam}/hand-in", {})
        self._save(quiz.rpartition("/")[2])

    def get(self, kind: str, url: str) -> str:
        """Opens a page, and notes what it took."""
        answer = self._timed(kind, lambda: self.browser.get(url))
        assert answer.status_code == 200, f"{url}: {answer.status}"
        return answer.get_data(as_text=True)

    def post(self, kind: str, url: str, sent: dict[str, str]) -> TestResponse:
        """Sends a form, and notes what it took."""
        self.keys += 1
        form = {"csrf_token": self.token, "request_key": f"key-{self.keys}", **sent}
        answer = self._timed(kind, lambda: self.browser.post(url, data=form))
        assert answer.status_code == 303, f"{url}: {answer.status}"
        return answer

    def start_quiz(self, kind: str) -> str:
        """Starts a quiz of ten. Gives its address."""
        wish = {"length": "10", "seen": "any", "feedback": "tutor"}
        return self.post(kind, "/exam/practice", wish).location.partition("/items/")[0]

    def answer(self, sitting: str, seen: str, sent: str, *, place: int = 1) -> None:
        """Opens a question and answers it."""
        url = f"{sitting}/items/{place}"
        chosen = OPTION.search(self.get(seen, url))[1]
        self.post(sent, url, {"base_revision": "0", "chosen": chosen})

    def _sign_in(self) -> None:
        self.token = TOKEN.search(self.get("", "/account/sign-in"))[1]
        self.post("", "/account/sign-in", {"email": self.cast.ana.email, "password": PASSWORD})
        self.token = TOKEN.search(self.get("", "/account/"))[1]

    def _sit_exam(self) -> str:
        """Sits a short mock exam and hands it in. Gives its address."""
        exam = self.post("", MOCK, {}).location.partition("/items/")[0]
        for place in range(1, 11):
            self.answer(exam, "", "", place=place)
        self.post("", f"{exam}/hand-in", {})
        return exam

    def _save(self, attempt_id: str) -> None:
        """Answers the other questions of a quiz through the service."""
        with open_store(self.engine, self.organisation) as store:
            viewer = as_viewer(store, self.cast.ana)
            quiz = store.attempts.find(attempt_id)
            for slot in quiz.slots[1:]:
                given = AnswerGiven(slot.position, slot.option_order[:1], 0, f"k{slot.position}")
                save = partial(answer_item, store, viewer, attempt_id=attempt_id, answer=given)
                self._timed("answer kept, without the page", partial(save, now=datetime.now(UTC)))

    def _timed(self, kind: str, step: Callable[[], Result]) -> Result:
        began = time.process_time()
        result = step()
        self.times[kind].append(1000 * (time.process_time() - began))
        return result


def tell(empty: Home, full: Home) -> None:
    """Prints the middle of each step's times, and their ratio. Units: processor milliseconds."""
    print(f"{'':<32}{'empty':>9}{'full':>9}{'ratio':>8}   (aim: 1.2)")
    for kind in filter(None, empty.times):
        few, many = (statistics.median(home.times[kind]) for home in (empty, full))
        print(f"{kind:<32}{few:9.2f}{many:9.2f}{many / few:8.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stored", type=int, default=1_000_000)
    parser.add_argument("--people", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=40)
    asked = parser.parse_args()
    print(
        f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}"
    )
    with tempfile.TemporaryDirectory() as folder:
        empty = Home(Path(folder), stored=0, people=0)
        began = time.perf_counter()
        full = Home(Path(folder), stored=asked.stored, people=asked.people)
        print(
            f"full: {asked.stored:,} answers of {asked.people:,} people, "
            f"{full.path.stat().st_size / 2**20:,.0f} MiB, made in "
            f"{time.perf_counter() - began:.0f} s"
        )
        for _ in range(asked.rounds):  # by turns, so that a busy moment of the machine meets both
            for home in (empty, full):
                home.round()
        tell(empty, full)
        for home in (empty, full):
            home.engine.dispose()


if __name__ == "__main__":
    main()
