"""A case with every kind of task, its folder free to be edited, and somebody playing it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jinja2 import BytecodeCache

from app.domain.scenario import Scenario
from app.factory import create_app
from tests.builders import a_content_folder
from tests.web.play.case_player import CasePlayer, case_in
from tests.web.visit import Visitor

if TYPE_CHECKING:
    from flask import Flask

    from app.config import Settings
    from tests.cast import Cast

CASES = Path(__file__).parent / "cases"
OpenApp = Callable[[], "Flask"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The case's own folder, beside a little content that is quick to read."""
    places = a_content_folder(tmp_path)
    shutil.copytree(CASES, places.scenarios, dirs_exist_ok=True)
    return places.scenarios / "all-kinds"


@pytest.fixture
def open_app(
    settings: Settings, folder: Path, compiled_templates: BytecodeCache, _read_once: None
) -> Iterator[OpenApp]:
    """Starts the app anew on the same database, as after a restart."""
    apps: list[Flask] = []

    def open_app() -> Flask:
        content = folder.parent.with_name("content")
        own = replace(settings, content_dir=str(content), scenarios_dir=str(folder.parent))
        app = create_app(own)
        app.testing = True
        app.jinja_env.bytecode_cache = compiled_templates
        apps.append(app)
        return app

    yield open_app
    for app in apps:
        with app.app_context():
            for engine in app.extensions["sqlalchemy"].engines.values():
                engine.dispose()


@pytest.fixture
def scenario(folder: Path) -> Scenario:
    return case_in(folder)


@pytest.fixture
def reader(open_app: OpenApp, cast: Cast) -> Visitor:
    """Ana, where this case is the only one."""
    return Visitor(open_app()).sign_in(cast.ana)


@pytest.fixture
def player(reader: Visitor, scenario: Scenario) -> CasePlayer:
    """Ana in the first scene."""
    return CasePlayer(reader, scenario).start()
