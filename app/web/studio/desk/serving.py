"""The text of a case that serves now, and what its folder holds."""

from __future__ import annotations

from flask import current_app

from app.library.case_folder import read_case_texts
from app.library.library import Library
from app.library.places import SCENARIOS
from app.library.published_case import revision_of
from app.services.case_publishing import Serving
from app.web.shared.content_keeper import ContentKeeper


def keeper() -> ContentKeeper:
    """The keeper of this process's content."""
    found: ContentKeeper = current_app.extensions["waymark-content"]
    return found


def serving_case(library: Library, case_id: str) -> Serving:
    """The case as it serves; one that is new has nothing."""
    folder, told = keeper().places.scenarios / case_id, f"{SCENARIOS}/{case_id}"
    disk_revision = ""
    if folder.is_dir():
        disk_revision = revision_of(read_case_texts(folder, told=told)[0], told=told)
    return Serving(library.scenarios.get(case_id), disk_revision)


def served_files(library: Library, case_id: str) -> dict[str, str]:
    """The files of a case that serve, by their names in its folder."""
    folder = f"{SCENARIOS}/{case_id}/"
    return {
        path.removeprefix(folder): text
        for path, text in library.texts.items()
        if path.startswith(folder)
    }
