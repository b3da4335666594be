"""A full and a read-only disk, for real: a page that says so, and nothing shown as saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine, event

from tests.web.test_practice import start
from tests.web.visit import Visitor

if TYPE_CHECKING:
    from flask import Flask

pytestmark = pytest.mark.usefixtures("only_sqlite")


@pytest.fixture
def only_sqlite(database_url: str) -> None:
    if not database_url.startswith("sqlite"):
        pytest.skip("these settings are SQLite's own; PostgreSQL reports the same kinds of trouble")


def test_a_full_disk_keeps_what_was_saved_and_says_what_was_not(app: Flask, ana: Visitor) -> None:
    quiz = start(ana, feedback="exam")
    ana.post(f"{quiz}/items/1", {"chosen": "a", "request_key": "one"})
    free = fill_the_disk(engine_of(app))

    refused = None
    for number in range(2, 400):  # until the free room inside the file is used up
        response = ana.post(
            f"{quiz}/items/2",
            {"chosen": "a", "request_key": f"k{number}", "base_revision": str(number - 2)},
            expect=None,
        )
        if response.status_code != 303:
            refused = response
            break

    assert refused is not None
    assert refused.status_code == 507
    assert "The disk is full" in refused.text
    assert "Nothing of this step was saved" in refused.text
    assert "answered and saved" in ana.text(f"{quiz}/items/1")  # reading goes on
    free()
    base = number - 2
    ana.post(
        f"{quiz}/items/2",
        {"chosen": "b", "request_key": "after", "base_revision": str(base)},
    )


def test_a_read_only_disk_refuses_the_write_and_lets_people_read(app: Flask, ana: Visitor) -> None:
    quiz = start(ana)
    undo = make_read_only(engine_of(app))

    response = ana.post(f"{quiz}/items/1", {"chosen": "a", "request_key": "one"}, expect=503)

    assert "read-only just now" in response.text
    assert "0 answered and saved" in ana.text(f"{quiz}/items/1")
    undo()
    ana.post(f"{quiz}/items/1", {"chosen": "a", "request_key": "one"})
    assert "1 answered and saved" in ana.text(f"{quiz}/items/1")


def engine_of(app: Flask) -> Engine:
    with app.app_context():
        engine: Engine = app.extensions["sqlalchemy"].engines[None]
    return engine


def fill_the_disk(engine: Engine):
    """Lets the file grow no further, as a full disk does."""

    def limit(dbapi, _record) -> None:
        (pages,) = dbapi.execute("PRAGMA page_count").fetchone()
        dbapi.execute(f"PRAGMA max_page_count={pages}")

    return _on_every_connection(engine, limit)


def make_read_only(engine: Engine):
    return _on_every_connection(engine, lambda dbapi, _: dbapi.execute("PRAGMA query_only=ON"))


def _on_every_connection(engine: Engine, change):
    engine.dispose()
    event.listen(engine, "connect", change)

    def undo() -> None:
        event.remove(engine, "connect", change)
        engine.dispose()

    return undo
