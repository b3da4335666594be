"""The database of a test: a fresh copy of a migrated one, on SQLite and on PostgreSQL.

`WAYMARK_TEST_DATABASE` names the databases, by commas: sqlite (always there) and postgresql.
Only some folders are run on each; the rest knows no difference.
"""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.postgresql_cluster import (
    ClusterTrouble,
    drop_databases,
    fresh_database,
    make_template,
    start_server,
)
from tests.setup.machine import fast_folder, in_ci

if TYPE_CHECKING:
    from sqlalchemy import Engine

ON_EVERY_DATABASE = frozenset({"storage", "services", "demo", "web", "faults"})  # folders of tests/
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
NUMBERS = itertools.count()
SQLITE_MEGABYTES = 200


def chosen_databases() -> list[str]:
    return os.environ.get("WAYMARK_TEST_DATABASE", "sqlite").split(",")


def pytest_configure(config: pytest.Config) -> None:
    """Starts PostgreSQL once, in the process that the xdist workers inherit their settings from."""
    if hasattr(config, "workerinput") or "postgresql" not in chosen_databases():
        return
    try:
        server, stop = start_server()
    except ClusterTrouble as trouble:
        if in_ci():
            raise pytest.UsageError(str(trouble)) from trouble
        os.environ["WAYMARK_TEST_NO_SERVER"] = str(trouble)
        return
    prefix = f"waymark_test_{os.getpid()}_"
    os.environ.update(WAYMARK_TEST_SERVER=server, WAYMARK_TEST_PREFIX=prefix)
    config.add_cleanup(stop)
    config.add_cleanup(lambda: drop_databases(server, prefix=prefix))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Runs a test that needs a database once on each, where the folder asks for it."""
    floor = metafunc.definition.path.relative_to(Path(__file__).parent).parts[0]
    if "database" not in metafunc.fixturenames or floor not in ON_EVERY_DATABASE:
        return
    if hasattr(metafunc.module, "database"):
        return  # a module with a fixture of this name means something of its own
    names = chosen_databases()
    if names == ["sqlite"]:
        return  # keeps the names of tests short in the quick loop
    marks = [pytest.mark.postgresql]
    reason = os.environ.get("WAYMARK_TEST_NO_SERVER")
    if reason is not None:
        marks.append(pytest.mark.skip(reason=reason))
    parameters = [pytest.param(n, marks=marks if n == "postgresql" else ()) for n in names]
    metafunc.parametrize("database", parameters)


@pytest.fixture
def database() -> str:
    return "sqlite"


@pytest.fixture
def database_url(database: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a migrated database that is this test's own: with the cast in it for a test
    that asks for the cast, otherwise empty.
    """
    filled = "with_cast" if "cast" in request.fixturenames else "empty"
    if database == "sqlite":
        folder: Path = request.getfixturevalue("databases_folder")
        copy = folder / f"{next(NUMBERS)}" / "waymark.db"
        copy.parent.mkdir()
        template = "sqlite_template" if filled == "empty" else "sqlite_template_with_cast"
        shutil.copy(request.getfixturevalue(template), copy)
        yield f"sqlite:///{copy}"
        shutil.rmtree(copy.parent)
        return
    template = os.environ["WAYMARK_TEST_PREFIX"] + filled
    server = os.environ["WAYMARK_TEST_SERVER"]
    make_template(server, template, FILL[filled])
    with fresh_database(server, os.environ["WAYMARK_TEST_PREFIX"] + WORKER, template) as url:
        yield url


@pytest.fixture(scope="session")
def databases_folder() -> Iterator[Path]:
    place = fast_folder(megabytes=SQLITE_MEGABYTES)
    with tempfile.TemporaryDirectory(prefix="waymark-tests-", dir=place) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def sqlite_template(databases_folder: Path) -> Path:
    return _template(databases_folder, "empty")


@pytest.fixture(scope="session")
def sqlite_template_with_cast(databases_folder: Path) -> Path:
    return _template(databases_folder, "with_cast")


def _template(folder: Path, filled: str) -> Path:
    path = folder / f"{filled}.db"
    FILL[filled](f"sqlite:///{path}")
    return path


def _migrate(url: str) -> None:
    from app.storage.engine import open_engine
    from app.storage.schema import upgrade

    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()


def _add_cast(url: str) -> None:
    from app.services.account import add_organisation
    from app.storage.engine import open_engine
    from app.storage.store import open_store
    from tests.cast import ORGANISATION, make_cast

    _migrate(url)
    engine, now = open_engine(url), datetime.now(UTC)
    with open_store(engine) as store:
        make_cast(
            store.for_organisation(add_organisation(store, name=ORGANISATION, now=now)), now=now
        )
    engine.dispose()


FILL = {"empty": _migrate, "with_cast": _add_cast}


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    from app.storage.engine import open_engine

    engine = open_engine(database_url)
    yield engine
    engine.dispose()
