"""The history of a large organisation, put into a SQLite file past all services, for measuring.

Everybody has quizzes and mock exams with their reports, bookmarks, reading, roles, news and
reports of questions. One person in a hundred has an exam that runs.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from app.domain.item import Item
from app.storage.sqlite_driver import sqlite3

QUIZ, MOCK = 20, 150  # questions
MOCKS = 4  # one answer of so many belongs to a mock exam
A_TRANSACTION = 50_000  # rows
START = datetime(2025, 10, 1, 9, 0, tzinfo=UTC)
BOOKMARKS, SECTIONS, NEWS, REPORTS = 20, 40, 5, 3  # for each person
COLUMNS = {
    "people": "id, organisation_id, email, full_name, credential, password_hash, status, "
    "created_at",
    "role_grants": "id, organisation_id, person_id, role, granted_at",
    "attempts": "id, organisation_id, person_id, kind, feedback, title, settings, slots, "
    "asked_count, request_key, started_at, finished_at, right_count, limit_seconds, closed_by_time",
    "responses": "id, organisation_id, person_id, attempt_id, position, revision, item_id, "
    "item_version, chosen, is_right, request_key, answered_at, is_late",
    "score_reports": "id, organisation_id, person_id, attempt_id, number, cause, right_count, "
    "scored_count, scaled, is_pass, parts, made_at",
    "bookmarks": "person_id, item_id, organisation_id, made_at",
    "section_reads": "id, organisation_id, person_id, lesson_id, section_id, lesson_version, "
    "read_at",
    "news": "id, organisation_id, person_id, kind, about, made_at",
    "item_reports": "id, organisation_id, person_id, attempt_id, position, item_id, item_version, "
    "kind, words, sent_at, state, answer",
}
Row = tuple[str, tuple[object, ...]]  # the table, and the values of its columns


def fill(path: Path, organisation: str, items: Sequence[Item], *, stored: int, people: int) -> None:
    """Stores so many answers of so many people. Shape: the wordings of `items` are kept already."""
    crowd = _Crowd(organisation, items, people)
    with sqlite3.connect(path, isolation_level=None) as db:
        db.execute("pragma synchronous=off")
        db.execute("pragma cache_size=-400000")
        waiting: dict[str, list[tuple[object, ...]]] = defaultdict(list)
        held = 0
        for table, values in crowd.rows(stored):
            waiting[table].append(values)
            held += 1
            if held == A_TRANSACTION:
                _insert(db, waiting)
                held = 0
        _insert(db, waiting)
    db.close()


def _insert(db: sqlite3.Connection, waiting: dict[str, list[tuple[object, ...]]]) -> None:
    db.execute("begin immediate")
    for table in COLUMNS:  # in this order: each refers to those before it
        if rows := waiting.pop(table, []):
            marks = ", ".join("?" * len(rows[0]))
            db.executemany(f"insert into {table} ({COLUMNS[table]}) values ({marks})", rows)
    db.execute("commit")


class _Crowd:
    """Makes the rows. Ids sort by time, as those of the services do."""

    def __init__(self, organisation: str, items: Sequence[Item], people: int) -> None:
        self.organisation, self.items = organisation, items
        self.people = [f"00000000-person-{number:020d}" for number in range(people)]
        self.random, self.count = Random(5), 0

    def rows(self, stored: int) -> Iterator[Row]:
        """Everybody and everything; attempts of all people in turn, so that they mix."""
        for person in self.people:
            yield from self._person(person)
        answers, number = 0, 0
        while answers < stored:
            person = self.people[number % len(self.people)]
            is_mock = number % (MOCKS * MOCK // QUIZ - MOCKS + 1) == 0
            size = min(MOCK if is_mock else QUIZ, stored - answers)
            yield from self._attempt(person, size, is_mock=is_mock, number=number)
            answers, number = answers + size, number + 1
        for person in self.people[::100]:
            yield self._running(person)

    def _person(self, person: str) -> Iterator[Row]:
        whose, at = (self.organisation, person), _at(0)
        email = f"{person}@bench.example"
        named = (person, self.organisation, email, "Bench Person", "", "none", "active", at)
        yield "people", named
        yield "role_grants", (self._id(), *whose, "candidate", at)
        for item in self.random.sample(self.items, BOOKMARKS):
            yield "bookmarks", (person, item.id, self.organisation, at)
        for number in range(SECTIONS):
            read = (f"lesson/{number // 5}", f"section-{number % 5}", "v", at)
            yield "section_reads", (self._id(), *whose, *read)
        for _ in range(NEWS):
            yield "news", (self._id(), *whose, "regrade", "{}", at)

    def _attempt(self, person: str, size: int, *, is_mock: bool, number: int) -> Iterator[Row]:
        attempt, whose, at = self._id(), (self.organisation, person), _at(number)
        form = self.random.sample(self.items, min(size, len(self.items)))
        form += self.random.choices(self.items, k=size - len(form))
        right = size // 2
        limit = 10_800 if is_mock else None
        yield (
            "attempts",
            (attempt, *whose, *self._told(form, attempt, is_mock), at, at, right, limit, 0),
        )
        for place, item in enumerate(form, start=1):
            key = self._id()
            chosen = json.dumps(list(item.key)) if place <= right else '["z"]'
            told = (item.id, item.version, chosen, place <= right, key, at, 0)
            yield "responses", (key, *whose, attempt, place, 1, *told)
        if is_mock:
            score = (right, size, 450, 0, json.dumps([["AADC-1", "One", right, size]]), at)
            yield "score_reports", (self._id(), *whose, attempt, 1, "submitted", *score)
        elif number < REPORTS * len(self.people):
            about = (form[0].id, form[0].version, "typo", "Bench.", at, "open", "")
            yield "item_reports", (self._id(), *whose, attempt, 1, *about)

    def _running(self, person: str) -> Row:
        attempt, at = self._id(), str(datetime.now(UTC).replace(tzinfo=None))
        form = self.random.choices(self.items, k=MOCK)
        told = self._told(form, attempt, True)
        return "attempts", (attempt, self.organisation, person, *told, at, None, None, 10_800, 0)

    def _told(self, form: Sequence[Item], key: str, is_mock: bool) -> tuple[object, ...]:
        slots = [[item.id, item.version, [one.id for one in item.options]] for item in form]
        kind = ("mock", "exam", "Full") if is_mock else ("practice", "tutor", "All topics")
        settings = {"scale": {"low": 200, "high": 800, "cut": 500, "cut_percent": 70, "ours": True}}
        return (*kind, json.dumps(settings), json.dumps(slots), len(slots), key)

    def _id(self) -> str:
        self.count += 1
        return f"00000000-{self.count:027d}"


def _at(number: int) -> str:
    moment = START + timedelta(minutes=number / 4)
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f")
