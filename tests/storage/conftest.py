"""A SQLite database for what only SQLite has: run once, whatever databases are chosen."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.services.account import add_organisation
from app.storage.engine import open_engine
from app.storage.store import Store, open_store
from tests.cast import NOW


@pytest.fixture
def sqlite_url(sqlite_template: Path, databases_folder: Path) -> Iterator[str]:
    with tempfile.TemporaryDirectory(dir=databases_folder) as folder:
        copy = Path(folder) / "waymark.db"
        shutil.copy(sqlite_template, copy)
        yield f"sqlite:///{copy}"


@pytest.fixture
def sqlite_engine(sqlite_url: str) -> Iterator[Engine]:
    engine = open_engine(sqlite_url)
    yield engine
    engine.dispose()


@pytest.fixture
def sqlite_store(sqlite_engine: Engine) -> Iterator[Store]:
    with open_store(sqlite_engine) as store:
        yield store.for_organisation(add_organisation(store, name="Harbor Counseling", now=NOW))
