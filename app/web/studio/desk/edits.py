"""Small edits that the buttons of the desk ask for, and edits of source text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from app.domain.errors import Conflict, InvalidInput, NotFound
from app.domain.ids import fingerprint
from app.library import case_edit
from app.library.case_edit import Edit
from app.library.case_spans import case_spans, text_at
from app.web.studio.desk.places import (
    FILE,
    PARTS,
    SCENE,
    find_place,
    place_text,
    places_of,
)
from app.web.studio.desk.scene_input import Files

Make = Callable[[Files], Edit]


@dataclass(frozen=True, slots=True)
class AskedEdit:
    """An edit to make. Shape: `leads_to` and `back_to` are places: after it, or if refused."""

    make: Make
    leads_to: str
    back_to: str


def read_edit(form: MultiDict[str, str]) -> AskedEdit:
    """Reads which edit a button asks for. Raises: InvalidInput if it is none."""
    what, here = form.get("do", ""), form.get("at", "")
    scene_id = here.removeprefix(SCENE) if here.startswith(SCENE) else ""
    new_id, title = form.get("id", "").strip(), " ".join(form.get("title", "").split())
    made = f"{SCENE}{new_id}"
    asked: dict[str, tuple[Make, str]] = {
        "add-scene": (
            lambda files: case_edit.add_scene(files, new_id, title or new_id, after=scene_id),
            made,
        ),
        "rename-scene": (lambda files: case_edit.rename_scene(files, scene_id, new_id), made),
        "remove-scene": (lambda files: case_edit.remove_scene(files, scene_id), ""),
        "up": (lambda files: case_edit.move_scene(files, scene_id, -1), here),
        "down": (lambda files: case_edit.move_scene(files, scene_id, 1), here),
        "ids": (case_edit.add_missing_ids, here),
        "add-file": (lambda files: _add_file(files, new_id), f"{FILE}{new_id}"),
        "remove-file": (
            lambda files: case_edit.remove_file(files, here.removeprefix(FILE)),
            "",
        ),
        "rename-choice": (
            lambda files: case_edit.rename_choice(files, scene_id, form.get("choice", ""), new_id),
            here,
        ),
    }
    if what not in asked:
        raise InvalidInput("edit-unknown", "This page asked for something the desk cannot do.")
    make, leads_to = asked[what]
    return AskedEdit(make, leads_to, here)


def source_edit(files: Files, place_id: str, text: str, *, seen: str) -> Edit:
    """The edit that gives a place another text.

    Raises: Conflict if the place is not as the page had it; NotFound if it is gone.
    """
    place = find_place(places_of(files, case_spans(files)), place_id, start="")
    known = place_text(files, place)
    if fingerprint(known) != seen:
        raise Conflict(
            "place-moved-on",
            "This text was changed after your page was made, so nothing was overwritten.",
            "Both texts stand below. Put together what you want to keep, and save.",
        )
    if place.file_name:
        return case_edit.set_file(files, place.file_name, text)
    if place.scene_id:
        return case_edit.set_scene_source(files, place.scene_id, text)
    if place.id in PARTS:
        return case_edit.set_part(files, place.id, text)
    raise NotFound("place-not-found", "This place is not in the draft any more.")


def scene_text(files: Files, scene_id: str) -> str:
    """The text of a scene; empty when it is not there."""
    scene = case_spans(files).scene(scene_id)
    return text_at(files, scene.span) if scene else ""


def _add_file(files: Files, name: str) -> Edit:
    if name in files:
        raise Conflict("file-there", f"There is a file {name} already.", "Choose another name.")
    text = "seed 1\n" if name.endswith(".walk") else "\n"
    return case_edit.set_file(files, name, text)
