"""Fixtures of the whole suite: settings, a store, the app and a client. Databases: databases.py.

Imports from `app` stand inside the fixtures, so that a domain test loads no Flask of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from jinja2 import BytecodeCache, FileSystemBytecodeCache

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy import Engine

    from app.config import Settings
    from app.storage.store import Store
    from tests.cast import Cast

pytest_plugins = ["tests.databases"]

# How many examples a property tries: "glance" while working, "suite" in `make test`, "search" in
# `make faults`. How long one took proves nothing.
for profile, examples in {"glance": 10, "suite": 100, "search": 1_500}.items():
    hypothesis.settings.register_profile(profile, deadline=None, max_examples=examples)
hypothesis.settings.load_profile("glance")

MakeApp = Callable[["Settings"], "Flask"]


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    from app.config import read_settings

    return read_settings(
        {
            "WAYMARK_INSTANCE_DIR": str(tmp_path / "instance"),
            "WAYMARK_DATABASE_URL": database_url,
            "WAYMARK_SECRET_KEY": "a secret for tests only, long enough to sign with",
        }
    )


@pytest.fixture
def organisation_id(engine: Engine) -> str:
    from app.services.account import add_organisation
    from app.storage.store import open_store
    from tests.cast import ORGANISATION

    with open_store(engine) as store:
        known = store.people.any_organisation_id()
        return known or add_organisation(store, name=ORGANISATION, now=datetime.now(UTC))


@pytest.fixture
def store(engine: Engine, organisation_id: str) -> Iterator[Store]:
    from app.storage.store import open_store

    with open_store(engine, organisation_id) as store:
        yield store


@pytest.fixture
def cast(store: Store) -> Cast:
    """The cast, which came with the database (databases.py)."""
    from tests.cast import find_cast

    return find_cast(store)


@pytest.fixture
def app(settings: Settings, make_app: MakeApp) -> Flask:
    """Function-scoped, so that nothing of one test's app is left for the next."""
    return make_app(settings)


@pytest.fixture
def make_app(compiled_templates: BytecodeCache, _read_once: None) -> Iterator[MakeApp]:
    """Makes further apps, such as the same one after a restart, and closes their databases."""
    from app.factory import create_app

    made: list[Flask] = []

    def make_app(settings: Settings) -> Flask:
        app = create_app(settings)
        made.append(app)
        app.testing = True
        app.jinja_env.bytecode_cache = compiled_templates
        return app

    yield make_app
    for app in made:
        with app.app_context():
            for engine in app.extensions["sqlalchemy"].engines.values():
                engine.dispose()


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> BytecodeCache:
    """Templates are compiled once for a worker, not once for every app."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture(scope="session")
def _read_once() -> Iterator[None]:
    from tests.read_once import reading_once

    with reading_once():
        yield


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Not entered as a context: pytest-flask's own client is, and then two clients share `g`,
    and with it whoever is signed in, so that tests of access lie.
    """
    return app.test_client()


@pytest.fixture(autouse=True)
def _push_request_context() -> None:
    """Replaces pytest-flask's fixture of this name, which keeps one `g` open during a test."""


@pytest.fixture(scope="session", autouse=True)
def _cheap_hashing() -> Iterator[None]:
    """Hashes passwords in a tenth of a millisecond; the real cost is tested by its own test."""
    from argon2 import PasswordHasher

    from app.services import passwords

    real = passwords.HASHER
    passwords.HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    yield
    passwords.HASHER = real
