"""What the form of a scene sends, and the edit that comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from app.domain.errors import Conflict, NotFound
from app.domain.ids import fingerprint
from app.library.case_choices import CHOICE_KEYS
from app.library.case_edit import (
    Edit,
    add_choice,
    apply_edit,
    edit_between,
    move_choice,
    remove_choice,
    set_choice,
    set_scene,
)
from app.library.case_spans import ChoiceSpan, SceneSpan, case_spans, text_at

SCENE_KEYS = ("assumes", "on-enter", "ending", "shows", "time", "shuffle")
TRUTHS = frozenset({"once", "again"})
Files = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ChoiceInput:
    """One choice as the form sends it."""

    id: str
    label: str
    target: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SceneInput:
    """A scene as the form sends it. Shape: `act` is a verb and a choice id, or empty."""

    seen: str
    title: str
    values: Mapping[str, str]
    text: str
    activity: str
    go: str
    choices: tuple[ChoiceInput, ...]
    new_label: str
    new_target: str
    act: tuple[str, str]


def read_scene(form: MultiDict[str, str]) -> SceneInput:
    """Reads the form. Line ends come as the web sends them and go as files have them."""
    ids = list(dict.fromkeys(form.getlist("choice")))
    verb, _, subject = form.get("act", "").partition(":")
    return SceneInput(
        seen=form.get("seen", ""),
        title=_line(form.get("title", "")),
        values={key: _value(form.get(f"key-{key}", "")) for key in SCENE_KEYS},
        text=_lines(form.get("text", "")),
        activity=_lines(form.get("activity", "")),
        go=_line(form.get("go", "")),
        choices=tuple(_choice(form, choice_id) for choice_id in ids),
        new_label=_line(form.get("new-label", "")),
        new_target=_line(form.get("new-target", "")),
        act=(verb, subject),
    )


def scene_edit(files: Files, scene_id: str, sent: SceneInput) -> Edit:
    """The edit that brings a scene from how it stands to what was sent.

    Raises: Conflict if the scene is not as the page had it; NotFound if it is gone; what the
    single edits raise.
    """
    scene = _scene(files, scene_id)
    if fingerprint(text_at(files, scene.span)) != sent.seen:
        raise Conflict(
            "scene-moved-on",
            "This scene was changed after your page was made, so nothing was overwritten.",
            "Both texts stand below. Put together what you want to keep, and save.",
        )
    return edit_between(files, with_scene(files, scene_id, sent), f"Changed “{scene.title}”")


def with_scene(files: Files, scene_id: str, sent: SceneInput) -> Files:
    """The files with a scene as it was sent, whatever it is now."""
    now = _with_text(files, _scene(files, scene_id), sent)
    for choice in sent.choices:
        known = next((one for one in _scene(now, scene_id).choices if one.id == choice.id), None)
        if known is not None:
            now = _with_choice(now, scene_id, known, choice)
    if sent.new_label:
        target = sent.new_target or scene_id
        now = apply_edit(now, add_choice(now, scene_id, label=sent.new_label, target=target))
    return _after_act(now, scene_id, sent.act)


def _with_text(files: Files, scene: SceneSpan, sent: SceneInput) -> Files:
    known = {key.name: key.value for key in scene.keys}
    keys = {name: value for name, value in sent.values.items() if value != known.get(name, "")}
    activity = text_at(files, scene.activity) if scene.activity else ""
    edit = set_scene(
        files,
        scene.id,
        title=sent.title if sent.title and sent.title != scene.title else None,
        keys=keys or None,
        text=_if_changed(sent.text, text_at(files, scene.text)),
        activity=_if_changed(sent.activity, activity),
        go=sent.go if sent.go != scene.go else None,
    )
    return apply_edit(files, edit)


def _with_choice(files: Files, scene_id: str, known: ChoiceSpan, sent: ChoiceInput) -> Files:
    values = {key.name: key.value for key in known.keys}
    keys = {name: value for name, value in sent.values.items() if value != values.get(name, "")}
    edit = set_choice(
        files,
        scene_id,
        known.id,
        label=sent.label if sent.label and sent.label != known.label else None,
        target=sent.target if sent.target and sent.target != known.target else None,
        keys=keys or None,
    )
    return apply_edit(files, edit)


def _after_act(files: Files, scene_id: str, act: tuple[str, str]) -> Files:
    verb, choice_id = act
    if verb in {"up", "down"}:
        by = -1 if verb == "up" else 1
        return apply_edit(files, move_choice(files, scene_id, choice_id, by))
    if verb == "remove":
        return apply_edit(files, remove_choice(files, scene_id, choice_id))
    return files


def _scene(files: Files, scene_id: str) -> SceneSpan:
    scene = case_spans(files).scene(scene_id)
    if scene is None:
        raise NotFound(
            "scene-not-found", "This scene is not in the draft any more.", "Choose another one."
        )
    return scene


def _choice(form: MultiDict[str, str], choice_id: str) -> ChoiceInput:
    name = f"c-{choice_id}"
    values = {key: _value(form.get(f"{name}-{key}", "")) for key in CHOICE_KEYS}
    for key in TRUTHS:
        values[key] = "true" if form.get(f"{name}-{key}") else ""
    return ChoiceInput(
        choice_id,
        _line(form.get(f"{name}-label", "")),
        _line(form.get(f"{name}-target", "")),
        values,
    )


def _if_changed(sent: str, known: str) -> str | None:
    return None if sent.strip("\n") == _lines(known).strip("\n") else sent


def _line(text: str) -> str:
    return " ".join(text.split())


def _value(text: str) -> str:
    return "\n".join(line.strip() for line in _lines(text).strip().split("\n"))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
