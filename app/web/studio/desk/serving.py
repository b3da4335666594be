"""The text of a case that serves now, and what its folder holds."""

from __future__ import annotations

from flask import current_app

from app.library.case_folder import read_case_texts
from app.library.library import Library
from app.library.places import SCENARIOS
from app.library.published_case import revision_of
from app.services.case_drafts import CASE_ID
from app.services.case_publishing import Serving
from app.web.shared.content_keeper import ContentKeeper


def keeper() -> ContentKeeper:
    """The keeper of this process's content."""
    found: ContentKeeper = current_app.extensions["waymark-content"]
    return found


def serving_case(library: Library, case_id: str) -> Serving:
    """The case as it serves; one that is new has nothing."""
    told = f"{SCENARIOS}/{case_id}"
    texts = {f"{told}/{name}": text for name, text in folder_files(case_id).items()}
    disk_revision = revision_of(texts, told=told) if texts else ""
    return Serving(library.scenarios.get(case_id), disk_revision)


def folder_files(case_id: str) -> dict[str, str]:
    """The files in the folder of a case as they are now, by their names in it."""
    folder, told = keeper().places.scenarios / case_id, f"{SCENARIOS}/{case_id}"
    if not CASE_ID.fullmatch(case_id) or not folder.is_dir():
        return {}
    texts, _ = read_case_texts(folder, told=told)
    return {path.removeprefix(f"{told}/"): text for path, text in texts.items()}


def served_files(library: Library, case_id: str) -> dict[str, str]:
    """The files of a case that serve, by their names in its folder."""
    folder = f"{SCENARIOS}/{case_id}/"
    return {
        path.removeprefix(folder): text
        for path, text in library.texts.items()
        if path.startswith(folder)
    }
