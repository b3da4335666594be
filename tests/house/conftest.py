"""The whole app, once for all house tests: they read it and change nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from flask import Flask


@pytest.fixture(scope="session")
def whole_app(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Flask]:
    from app.config import read_settings
    from app.factory import create_app

    folder = tmp_path_factory.mktemp("house")
    database = folder / "waymark.db"
    shutil.copy(sqlite_template, database)
    app = create_app(
        read_settings(
            {
                "WAYMARK_INSTANCE_DIR": str(folder),
                "WAYMARK_DATABASE_URL": f"sqlite:///{database}",
                "WAYMARK_SECRET_KEY": "a secret for tests only, long enough to sign with",
            }
        )
    )
    yield app
    with app.app_context():
        for engine in app.extensions["sqlalchemy"].engines.values():
            engine.dispose()
