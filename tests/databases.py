"""The database of a test: a fresh copy of a migrated one, on SQLite and on PostgreSQL.

`WAYMARK_TEST_DATABASE` names the databases, by commas: sqlite (always there) and postgresql.
Only some folders are run on each; the rest knows no difference.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
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
from tests.setup.machine import in_ci

if TYPE_CHECKING:
    from sqlalchemy import Engine

ON_EVERY_DATABASE = frozenset({"storage", "services", "web"})  # folders of tests/
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")


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
def database_url(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated, empty database that is this test's own."""
    if database == "sqlite":
        copy = tmp_path / "waymark.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), copy)
        yield f"sqlite:///{copy}"
        return
    template = request.getfixturevalue("postgresql_template")
    name = os.environ["WAYMARK_TEST_PREFIX"] + WORKER
    with fresh_database(os.environ["WAYMARK_TEST_SERVER"], name, template=template) as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "waymark.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_template() -> str:
    name = os.environ["WAYMARK_TEST_PREFIX"] + "template"
    make_template(os.environ["WAYMARK_TEST_SERVER"], name, _migrate)
    return name


def _migrate(url: str) -> None:
    from app.storage.engine import open_engine
    from app.storage.schema import upgrade

    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    from app.storage.engine import open_engine

    engine = open_engine(database_url)
    yield engine
    engine.dispose()
