"""Scenes that come, go, move and are split. Nothing else of the case changes its order."""

from __future__ import annotations

from app.domain.errors import InvalidInput
from app.library.case_given import given_line, given_name
from app.library.case_parts import (
    Files,
    broken_around,
    refuse_cut_comment,
    refuse_scattered,
    scene_in,
    swapped,
    told_of,
)
from app.library.case_replacements import Edit, edit_between
from app.library.case_spans import CaseSpans, SceneSpan, Span, case_spans
from app.library.text_lines import is_blank, lines_of, with_block, without_lines

# What a scene does when it ends belongs to the second half of one that is split.
_GOES_ALONG = frozenset({"ending", "shuffle", "shows"})


def add_scene(files: Files, scene_id: str, title: str, *, after: str = "") -> Edit:
    """Adds a scene behind another one, or at the end.

    Raises: NotFound; InvalidInput for an id that is no id or taken.
    """
    spans = case_spans(files)
    name, told = _new_id(spans, scene_id), given_line(title, "the title")
    before = scene_in(files, after) if after else None
    if before is None and spans.scenes:
        before = spans.scenes[-1]
    result = _with_scene(files, spans, before, _heading(name, told))
    names = [scene.id for scene in spans.scenes]
    names.insert(len(names) if before is None else names.index(before.id) + 1, name)
    _refuse_others(result, names)
    return edit_between(files, result, f"Added the scene “{told or name}”")


def remove_scene(files: Files, scene_id: str) -> Edit:
    """Takes a scene out; what leads to it stays, for the check to tell.

    Raises: NotFound; InvalidInput for the only scene of a case.
    """
    spans, scene = case_spans(files), scene_in(files, scene_id)
    if len(spans.scenes) == 1:
        raise InvalidInput(
            "case-only-scene", "A case needs at least one scene.", "Add another one first."
        )
    refuse_scattered(scene)
    refuse_cut_comment(files, scene.span)
    text = without_lines(files[scene.span.file], scene.span.first, scene.span.last)
    result = {**files, scene.span.file: text}
    _refuse_others(result, [one.id for one in spans.scenes if one is not spans.scene(scene_id)])
    return edit_between(files, result, f"Took out the scene “{told_of(scene)}”")


def move_scene(files: Files, scene_id: str, by: int) -> Edit:
    """Moves a scene down, or up when `by` is negative; at most to the end.

    Raises: NotFound; InvalidInput if a comment or an open fence is in the way.
    """
    spans = case_spans(files)
    scenes = list(spans.scenes)
    scene = scene_in(files, scene_id)
    start = scenes.index(scene)
    goal = min(max(0, start + by), len(scenes) - 1)
    order = list(scenes)
    order.insert(goal, order.pop(start))
    low, high = min(start, goal), max(start, goal)
    refuse_scattered(*scenes[low : high + 1])
    refuse_cut_comment(files, *(one.span for one in scenes[low : high + 1]))
    places = [one.span for one in scenes[low : high + 1]]
    result = swapped(files, places, [one.span for one in order[low : high + 1]])
    _refuse_others(result, [one.id for one in order])
    return edit_between(files, result, f"Moved the scene “{told_of(scene)}”")


def split_scene(files: Files, scene_id: str, at_line: int, new_id: str, title: str) -> Edit:
    """Ends a scene before a line of its text; the rest becomes a scene it leads on to.

    Units: `at_line` counts from 1 in the file of the scene.
    Shape: activity, choices, way on and the keys ending, shuffle and shows go along.
    Raises: NotFound; InvalidInput for a line at which a scene cannot be split.
    """
    spans, scene = case_spans(files), scene_in(files, scene_id)
    name, told = _new_id(spans, new_id), given_line(title, "the title")
    refuse_scattered(scene)
    refuse_cut_comment(files, scene.span)
    _refuse_line(files, scene, at_line)
    file, lines = scene.span.file, lines_of(files[scene.span.file])
    along = [key.span for key in scene.keys if key.name in _GOES_ALONG]
    keys = [_bare(line) for span in along for line in lines[span.first - 1 : span.last]]
    seam = [f"-> {name}", "", *_heading(name, told), *keys]
    after = with_block(files[file], at_line, seam)
    for span in reversed(along):
        after = "".join([*lines_of(after)[: span.first - 1], *lines_of(after)[span.last :]])
    result = {**files, file: after}
    names = [one.id for one in spans.scenes]
    names.insert(names.index(scene_id) + 1, name)
    _refuse_others(result, names)
    return edit_between(files, result, f"Split the scene “{told_of(scene)}”")


def _heading(name: str, title: str) -> list[str]:
    return [f"## [{name}] {title}".rstrip()]


def _with_scene(
    files: Files, spans: CaseSpans, before: SceneSpan | None, lines: list[str]
) -> dict[str, str]:
    if before is not None:
        file, last = before.span.file, before.span.last
    else:
        file, last = _end_of_scenes(files, spans)
        text = files.get(file, "")
        if not any(line.strip().lower() == "# scenes" for line in lines_of(text)):
            lines = ["# Scenes", "", *lines]
    text = files.get(file, "")
    below = lines_of(text)[last:]
    while below and is_blank(below[0]):
        below, last = below[1:], last + 1
    return {**files, file: with_block(text, last + 1, lines)}


def _end_of_scenes(files: Files, spans: CaseSpans) -> tuple[str, int]:
    """Where a first scene goes: under its section, or else behind the brief or front matter."""
    file = spans.files[0]
    for number, line in enumerate(lines_of(files.get(file, "")), start=1):
        if line.strip().lower() == "# scenes":
            return file, number
    return file, max((span.last for span in (spans.front, spans.brief) if span), default=0)


def _new_id(spans: CaseSpans, scene_id: str) -> str:
    name = given_name(scene_id, "a scene")
    if spans.scene(name) is not None:
        message = f"There is a scene “{name}” in this case already."
        raise InvalidInput("case-taken", message, "Choose another id.")
    return name


def _refuse_line(files: Files, scene: SceneSpan, line: int) -> None:
    """Only the text can be cut, and not inside a block under a condition."""
    top, bottom = scene.text.first, scene.text.last + 1
    if scene.more is not None:
        bottom = scene.activity.first if scene.activity else bottom
    lines = lines_of(files[scene.span.file])
    above = [text for text in lines[top - 1 : line - 1] if text.startswith(":::")]
    is_open = bool(above) and above[-1].strip(": \t\r\n") != ""
    if not top <= line <= bottom or is_open:
        message = "A scene is split between two lines of its text, outside of a condition."
        raise InvalidInput("case-split", message, "Put the cursor on a line of the text.")
    refuse_cut_comment(files, Span(scene.span.file, line, line - 1))


def _refuse_others(files: Files, names: list[str]) -> None:
    """Sees that the scenes are those that were meant."""
    if [scene.id for scene in case_spans(files).scenes] != names:
        raise broken_around()


def _bare(line: str) -> str:
    return line.rstrip("\r\n")
