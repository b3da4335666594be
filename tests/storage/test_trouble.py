from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import Engine, text

from app.domain.errors import Conflict, InvalidInput
from app.storage import schema
from app.storage.engine import open_engine
from app.storage.health import check_health
from app.storage.store import Store, open_store
from app.storage.trouble import StorageTrouble, TroubleKind, kind_of_trouble
from tests.cast import NOW
from tests.troubled_databases import (
    damage,
    file_of,
    free_the_disk,
    full,
    held,
    impatient,
    read_only,
)

MUCH = {"content/lessons/much.md": "much " * 100_000}  # half a megabyte
LITTLE = {"content/lessons/little.md": "little"}


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("database or disk is full", TroubleKind.FULL),
        ('could not extend file "base/1": No space left on device', TroubleKind.FULL),
        ("attempt to write a readonly database", TroubleKind.READ_ONLY),
        ("cannot execute INSERT in a read-only transaction", TroubleKind.READ_ONLY),
        ("database is locked", TroubleKind.BUSY),
        ("database table is locked: people", TroubleKind.BUSY),
        ("unable to open database file", TroubleKind.UNREACHABLE),
        ("disk I/O error", TroubleKind.UNREACHABLE),
        ("database disk image is malformed", TroubleKind.UNREACHABLE),
        ("no such table: people", TroubleKind.UNREACHABLE),
        ('relation "people" does not exist', TroubleKind.UNREACHABLE),
        ("connection to server failed: Connection refused", TroubleKind.UNREACHABLE),
        ("terminating connection due to administrator command", TroubleKind.UNREACHABLE),
        ("server closed the connection unexpectedly", TroubleKind.UNREACHABLE),
        ("something nobody has seen before", TroubleKind.OTHER),
    ],
)
def test_a_databases_words_are_sorted_into_kinds(told: str, kind: TroubleKind) -> None:
    assert kind_of_trouble(told) is kind


def test_a_read_only_disk_is_told_as_one_where_sqlite_only_says_that_it_cannot_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In write-ahead logging it cannot make the files it keeps beside the database."""
    nowhere = open_engine(f"sqlite:///{tmp_path}/no such folder/waymark.db")
    monkeypatch.setattr(os, "statvfs", lambda _folder: SimpleNamespace(f_flag=os.ST_RDONLY))

    with pytest.raises(StorageTrouble) as trouble, nowhere.connect():
        pass

    assert trouble.value.kind is TroubleKind.READ_ONLY


@pytest.mark.parametrize("kind", TroubleKind)
def test_what_an_operator_reads_holds_the_databases_own_words(kind: TroubleKind) -> None:
    words = StorageTrouble(kind, "the technical words").in_words()

    assert "the technical words" in words
    assert kind is TroubleKind.OTHER or words != "the technical words"


def test_a_full_disk_keeps_nothing_of_a_change(sqlite_url: str, sqlite_store: Store) -> None:
    with _store_on(full(sqlite_url)) as troubled:
        kind = _kind_met_by_keeping(troubled, LITTLE, MUCH)
        kept_here = troubled.content_files.texts()

    assert kind is TroubleKind.FULL
    assert kept_here == {}
    assert sqlite_store.content_files.texts() == {}


def test_a_full_disk_can_be_read_and_is_written_again_once_there_is_room(
    sqlite_url: str, sqlite_store: Store
) -> None:
    engine = full(sqlite_url)

    with _store_on(engine, sqlite_store.organisation_id) as troubled:
        _kind_met_by_keeping(troubled, MUCH)
        read = troubled.people.organisation_name()
        troubled.end_reading()
        free_the_disk(engine)
        with troubled.writing():
            _keep(troubled, MUCH)

    assert read == "Harbor Counseling"
    assert sqlite_store.content_files.texts() == MUCH


def test_a_writer_who_failed_leaves_the_gate_open(sqlite_url: str) -> None:
    with _store_on(full(sqlite_url)) as troubled:
        _kind_met_by_keeping(troubled, MUCH)

        with Path(f"{file_of(sqlite_url)}.writer").open() as gate:
            fcntl.flock(gate, fcntl.LOCK_EX | fcntl.LOCK_NB)  # would be refused


def test_a_read_only_database_is_read_and_refuses_to_write(database_url: str, store: Store) -> None:
    store.end_reading()

    with _store_on(open_engine(read_only(database_url)), store.organisation_id) as troubled:
        name = troubled.people.organisation_name()
        kind = _kind_met_by_keeping(troubled, LITTLE)

    assert name == "Harbor Counseling"
    assert kind is TroubleKind.READ_ONLY
    assert store.content_files.texts() == {}


def test_a_database_that_somebody_else_holds_is_busy(sqlite_url: str, sqlite_store: Store) -> None:
    with _store_on(impatient(sqlite_url)) as troubled:
        with held(sqlite_url):
            kind = _kind_met_by_keeping(troubled, LITTLE)
        with troubled.writing():  # the writer that gave up stands in nobody's way
            _keep(troubled, LITTLE)

    assert kind is TroubleKind.BUSY
    assert sqlite_store.content_files.texts() == LITTLE


def test_a_database_that_is_not_there_is_unreachable(tmp_path: Path, database: str) -> None:
    nowhere = tmp_path / "no such folder"
    urls = {
        "sqlite": f"sqlite:///{nowhere}/waymark.db",
        "postgresql": f"postgresql://nobody@/waymark?host={nowhere}",
    }

    with _store_on(open_engine(urls[database])) as troubled:
        with pytest.raises(StorageTrouble) as reading:
            troubled.people.everyone()
        writing = _kind_met_by_keeping(troubled, LITTLE)

    assert reading.value.kind is TroubleKind.UNREACHABLE
    assert writing is TroubleKind.UNREACHABLE


def test_a_database_with_nothing_in_it_is_unreachable(engine: Engine) -> None:
    schema.downgrade(engine)

    with open_store(engine) as troubled, pytest.raises(StorageTrouble) as trouble:
        troubled.people.everyone()

    assert trouble.value.kind is TroubleKind.UNREACHABLE


def test_a_damaged_file_is_unreachable(sqlite_url: str) -> None:
    damage(sqlite_url)

    with _store_on(open_engine(sqlite_url)) as troubled, pytest.raises(StorageTrouble) as trouble:
        troubled.people.everyone()

    assert trouble.value.kind is TroubleKind.UNREACHABLE


def test_a_connection_that_breaks_inside_a_change_keeps_nothing(
    engine: Engine, store: Store, database: str
) -> None:
    if database != "postgresql":
        pytest.skip("SQLite has no connection to break")

    def broken_off() -> None:
        with store.writing():
            _keep(store, LITTLE)
            own = store.session.execute(text("SELECT pg_backend_pid()")).scalar_one()
            with engine.connect() as other:
                other.execute(text("SELECT pg_terminate_backend(:own)"), {"own": own}).all()
            _keep(store, MUCH)

    with pytest.raises(StorageTrouble) as trouble:
        broken_off()

    assert trouble.value.kind is TroubleKind.UNREACHABLE
    assert store.content_files.texts() == {}  # on a new connection, without a restart


def test_a_clash_is_told_as_one_and_not_as_trouble(store: Store) -> None:
    with store.writing():
        store.people.add_organisation("the-same", name="Once", now=NOW)

    with pytest.raises(Conflict), store.writing():
        store.people.add_organisation("the-same", name="Twice", now=NOW)


def test_what_cannot_be_stored_is_no_trouble_of_the_database(store: Store, database: str) -> None:
    if database != "postgresql":
        pytest.skip("SQLite stores any text")

    for unusable in ("ana\0", "a" * 500):
        with pytest.raises(InvalidInput), store.writing():
            store.people.add_organisation("id", name=unusable, now=NOW)


def test_health_tells_what_answers(engine: Engine, database: str) -> None:
    health = check_health(engine)

    assert health.answers
    assert health.kind.startswith(database)
    assert bool(health.mode) is (database == "sqlite")


def test_health_tells_that_nothing_has_been_made_yet(engine: Engine, database: str) -> None:
    schema.downgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))

    assert not check_health(engine).answers


def test_health_tells_that_a_file_is_no_database(tmp_path: Path) -> None:
    file = tmp_path / "letter.db"
    file.write_bytes(b"Dear Ruth, this is a letter and not a database. " * 100)
    engine = open_engine(f"sqlite:///{file}")

    assert not check_health(engine).answers
    assert file.read_bytes().startswith(b"Dear Ruth")


@contextmanager
def _store_on(engine: Engine, organisation_id: str | None = None) -> Iterator[Store]:
    with open_store(engine, organisation_id) as store:
        yield store
    engine.dispose()


def _keep(store: Store, texts: dict[str, str]) -> None:
    store.content_files.keep(texts, present=frozenset(texts), now=NOW)


def _kind_met_by_keeping(store: Store, *texts: dict[str, str]) -> TroubleKind:
    """The kind of trouble that comes of keeping some texts in one change."""

    def keep_all() -> None:
        with store.writing():
            for more in texts:
                _keep(store, more)

    with pytest.raises(StorageTrouble) as trouble:
        keep_all()
    return trouble.value.kind
