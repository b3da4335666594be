from __future__ import annotations

import fcntl
import os
import shutil
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine, event, text

from app.config import read_settings
from app.domain.attempt import Feedback
from app.domain.practice import PracticeWish, Seen
from app.factory import create_app
from app.services import exam, reading
from app.services.account import add_organisation
from app.services.sign_in import open_sign_in
from app.storage.audit import AuditEntry
from app.storage.backup import fold_log
from app.storage.engine import (
    WRITE_VERBS,
    normal_url,
    open_engine,
    sqlite_journal_mode,
    wal_is_safe,
    write_mode,
)
from app.storage.sqlite_driver import sqlite3
from app.storage.store import Store, open_store
from app.storage.trouble import StorageTrouble, TroubleKind
from app.web.shared.database import db
from tests.builders import a_lesson, an_item
from tests.cast import NOW, a_person, as_viewer
from tests.learning_builders import an_answer


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("synchronous", 2),  # FULL: a commit is on the disk before anybody says "saved"
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("busy_timeout", 5000),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("mmap_size", 0),
    ],
)
def test_every_connection_is_set_for_safety(
    sqlite_engine: Engine, setting: str, expected: int
) -> None:
    with sqlite_engine.connect() as first, sqlite_engine.connect() as second:
        values = [c.execute(text(f"PRAGMA {setting}")).scalar() for c in (first, second)]

    # A SQLite without memory mapping knows no mmap_size at all.
    assert [value or 0 for value in values] == [expected, expected]


def test_the_journal_follows_the_sqlite_that_is_linked(sqlite_engine: Engine) -> None:
    with sqlite_engine.connect() as connection:
        mode = connection.execute(text("PRAGMA journal_mode")).scalar_one()

    assert mode.upper() == sqlite_journal_mode()


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 6, 23), "TRUNCATE"),
        ((3, 40, 1), "TRUNCATE"),
        ((3, 44, 5), "TRUNCATE"),
        ((3, 44, 6), "WAL"),
        ((3, 44, 99), "WAL"),
        ((3, 45, 0), "TRUNCATE"),  # newer than 3.44.6, without its fix
        ((3, 49, 2), "TRUNCATE"),
        ((3, 50, 6), "TRUNCATE"),
        ((3, 50, 7), "WAL"),
        ((3, 51, 0), "TRUNCATE"),
        ((3, 51, 2), "TRUNCATE"),
        ((3, 51, 3), "WAL"),
        ((3, 53, 0), "WAL"),
        ((4, 0, 0), "WAL"),
    ],
)
def test_write_ahead_logging_needs_a_release_without_the_race(
    version: tuple[int, int, int], mode: str
) -> None:
    assert sqlite_journal_mode(version) == mode
    assert wal_is_safe(version) is (mode == "WAL")


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 51, 3)])
def test_commits_are_synced_in_either_journal(
    tmp_path: Path, version: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    engine = open_engine(f"sqlite:///{tmp_path / 'new.db'}")

    with engine.connect() as connection:
        mode = connection.execute(text("PRAGMA journal_mode")).scalar_one()
        synchronous = connection.execute(text("PRAGMA synchronous")).scalar_one()
    engine.dispose()

    assert (mode.upper(), synchronous) == (sqlite_journal_mode(version), 2)


def test_a_sqlite_with_the_race_does_not_join_others_in_write_ahead_logging(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "waymark.db"
    with closing(sqlite3.connect(file)) as newer:
        newer.execute("PRAGMA journal_mode=WAL")
        newer.execute("CREATE TABLE told (words TEXT)")
        newer.commit()
        monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
        older = open_engine(f"sqlite:///{file}")
        with pytest.raises(StorageTrouble) as trouble, older.connect():
            pass
    with older.connect() as connection:  # alone again, it goes on in the way that is safe with it
        mode = connection.execute(text("PRAGMA journal_mode")).scalar_one()
    older.dispose()

    assert trouble.value.kind is TroubleKind.BUSY
    assert mode == "truncate"


def test_what_is_erased_is_overwritten(tmp_path: Path) -> None:
    """Backups copy free pages too, so a name that was only forgotten would stay in them."""
    file, secret = tmp_path / "waymark.db", "a name that somebody wants forgotten"
    engine = open_engine(f"sqlite:///{file}")
    with write_mode(), engine.begin() as connection:
        connection.execute(text("CREATE TABLE told (id INTEGER, words TEXT)"))
        for number in range(200):
            words = secret if number == 100 else f"something else {number} " * 3
            connection.execute(text("INSERT INTO told VALUES (:n, :w)"), {"n": number, "w": words})
    fold_log(file)
    before = file.read_bytes()
    with write_mode(), engine.begin() as connection:
        connection.execute(text("DELETE FROM told WHERE id BETWEEN 50 AND 150"))
    engine.dispose()
    fold_log(file)

    assert secret.encode() in before
    assert secret.encode() not in file.read_bytes()


def test_the_web_opens_its_database_with_the_library_that_the_mode_was_picked_for(
    sqlite_template: Path, tmp_path: Path
) -> None:
    shutil.copy(sqlite_template, tmp_path / "waymark.db")
    app = create_app(read_settings({"WAYMARK_INSTANCE_DIR": str(tmp_path)}))

    with app.app_context():
        dbapi = db.engine.dialect.dbapi
        db.engine.dispose()

    assert dbapi is sqlite3


def test_what_refers_to_nothing_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"), store.writing():
        store.audit.add(store.new_id(NOW), AuditEntry(NOW, "signed in", actor_id="nobody"))


@pytest.mark.parametrize("verb", WRITE_VERBS)
def test_a_write_outside_writing_is_refused(engine: Engine, verb: str) -> None:
    rest = {"INSERT": "INTO audit", "REPLACE": "INTO audit", "DELETE": "FROM audit"}
    statement = f"{verb} {rest.get(verb, 'audit SET action = 1')}"

    with engine.connect() as connection:
        for spelled in (statement, statement.lower(), f"\n   {statement}"):
            with pytest.raises(RuntimeError, match=r"outside Store\.writing"):
                connection.execute(text(spelled))


def test_a_shelf_cannot_write_outside_writing(store: Store) -> None:
    with pytest.raises(RuntimeError, match=r"outside Store\.writing"):
        store.people.set_active("anybody", active=False)


def test_the_writing_mode_ends_with_its_block(engine: Engine) -> None:
    with write_mode(), engine.begin() as connection:
        connection.execute(text("DELETE FROM audit"))

    with engine.connect() as connection, pytest.raises(RuntimeError):
        connection.execute(text("DELETE FROM audit"))


def test_every_writing_transaction_begins_immediate_and_reading_deferred(
    sqlite_engine: Engine,
) -> None:
    transactions = _listen(sqlite_engine)

    with open_store(sqlite_engine) as opened:
        _live_a_little(opened)

    begun = {
        transaction[0]: [t for t in transactions if t[0] == transaction[0]]
        for transaction in transactions
    }
    assert begun.keys() == {"BEGIN IMMEDIATE", "BEGIN DEFERRED"}
    assert all(_writes(t) for t in begun["BEGIN IMMEDIATE"])
    assert not any(_writes(t) for t in begun["BEGIN DEFERRED"])
    assert len(begun["BEGIN IMMEDIATE"]) == 7  # one for each thing a person did


def test_the_listener_would_see_a_late_lock(sqlite_engine: Engine) -> None:
    """The negative control of the test above."""
    transactions = _listen(sqlite_engine)

    with sqlite_engine.connect() as connection:  # begins before the writing mode is on
        connection.execute(text("SELECT 1"))
        with write_mode():
            connection.execute(text("DELETE FROM audit"))

    assert [(t[0], _writes(t)) for t in transactions] == [("BEGIN DEFERRED", True)]


@pytest.mark.parametrize(
    ("typed", "opened"),
    [
        ("postgres://db/waymark", "postgresql+psycopg://db/waymark"),
        ("postgresql://db/waymark", "postgresql+psycopg://db/waymark"),
        ("postgresql+psycopg://db/waymark", "postgresql+psycopg://db/waymark"),
        ("sqlite:///waymark.db", "sqlite:///waymark.db"),
    ],
)
def test_a_plain_address_gets_the_driver_we_ship(typed: str, opened: str) -> None:
    assert normal_url(typed) == opened


def _live_a_little(store: Store) -> None:
    """Seven changes with reading between them, as requests make them."""
    scoped = store.for_organisation(add_organisation(store, name="Harbor", now=NOW))
    ana = a_person(scoped, "Ana Reyes")
    viewer = as_viewer(scoped, ana)
    open_sign_in(scoped, ana.id, device="a browser", now=NOW)
    wish = PracticeWish(frozenset(), 5, Seen.ANY, Feedback.TUTOR)
    start = exam.PracticeStart(wish, [an_item()], "Consent", request_key="start")
    quiz = exam.start_practice(scoped, viewer, start, now=NOW, random=Random(1))
    scoped.end_reading()
    exam.answer_item(scoped, viewer, attempt_id=quiz.id, answer=an_answer(), now=NOW)
    exam.finish_attempt(scoped, viewer, attempt_id=quiz.id, now=NOW)
    exam.own_attempt(scoped, viewer, quiz.id)
    reading.mark_section(scoped, viewer, lesson=a_lesson(), section_id="opening", now=NOW)
    scoped.people.everyone()
    scoped.end_reading()


def _listen(engine: Engine) -> list[list[str]]:
    """The statements of each transaction from now on, its BEGIN first."""
    transactions: list[list[str]] = []

    @event.listens_for(engine, "before_cursor_execute")
    def _note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("BEGIN"):
            transactions.append([])
        transactions[-1].append(statement)

    return transactions


def _writes(transaction: list[str]) -> bool:
    return any(statement.startswith(WRITE_VERBS) for statement in transaction)


def test_a_turn_to_write_ends_whatever_happens_inside_it(
    sqlite_template: Path, tmp_path: Path
) -> None:
    """A turn that were kept after a failure would keep every writer waiting for ever."""
    file = tmp_path / "waymark.db"
    shutil.copy(sqlite_template, file)
    engine = open_engine(f"sqlite:///{file}")

    with open_store(engine) as store:
        for fail in (_stop, lambda: _lose_the_connection(store)):
            with pytest.raises(ZeroDivisionError), store.writing():
                fail()

    other = os.open(f"{file}.writer", os.O_RDWR)
    fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)  # raises when the turn is still taken
    os.close(other)
    engine.dispose()


def _stop() -> None:
    raise ZeroDivisionError


def _lose_the_connection(store: Store) -> None:
    store.session.connection().invalidate()  # as after a fatal fault of the disk
    raise ZeroDivisionError
