"""What the studio does with a scene: its title, keys, text, activity and way on, and its place."""

from __future__ import annotations

from collections.abc import Mapping

from app.library.case_given import (
    given_activity,
    given_line,
    given_name,
    given_source,
    given_text,
)
from app.library.case_key_edits import Holder, with_keys
from app.library.case_keys import starts_key
from app.library.case_lines import CaseLine
from app.library.case_parts import (
    Files,
    broken_around,
    edit_of_scene,
    lined,
    refuse_cut_comment,
    refuse_scattered,
    replaced_piece,
    scene_in,
    spliced,
    told_of,
)
from app.library.case_replacements import Edit
from app.library.case_scenes import SCENE_KEYS
from app.library.case_shown import ShownFile
from app.library.case_spans import Span
from app.library.text_lines import (
    is_blank,
    lines_of,
    with_block,
    without_lines,
)


def set_scene(
    files: Files,
    scene_id: str,
    *,
    title: str | None = None,
    keys: Mapping[str, str] | None = None,
    text: str | None = None,
    activity: str | None = None,
    go: str | None = None,
) -> Edit:
    """Changes what is given of a scene. None: that part stays as it is.

    Shape: an empty value takes a key, the text, the activity or the way on away; `activity`
    has its fences.
    Raises: NotFound; InvalidInput for what cannot be written.
    """
    scene = scene_in(files, scene_id)
    asked = {
        name
        for name, given in (("text", text), ("activity", activity), ("go", go))
        if given is not None
    }
    if asked:
        refuse_scattered(scene)
    after = dict(files)
    if title is not None:
        after = _with_title(after, scene_id, title)
    if keys:
        after = with_keys(after, lambda now: _holder(now, scene_id), keys)
    if text is not None:
        after = _with_text(after, scene_id, text)
    if activity is not None:
        after = _with_activity(after, scene_id, activity)
    if go is not None:
        after = _with_go(after, scene_id, go)
    return edit_of_scene(files, after, scene, asked, f"Changed “{told_of(scene)}”")


def set_scene_source(files: Files, scene_id: str, text: str) -> Edit:
    """Writes a scene anew from its heading on; further scenes may follow it.

    Raises: NotFound; InvalidInput if the text would change what comes after it.
    """
    scene = scene_in(files, scene_id)
    refuse_cut_comment(files, scene.span)
    after = lined(files, scene.span, given_source(text))
    what = f"Changed the source of “{told_of(scene)}”"
    return edit_of_scene(files, after, scene, ("text", "activity", "choices", "go"), what)


def _holder(files: Files, scene_id: str) -> Holder:
    scene = scene_in(files, scene_id)
    return Holder(scene.keys, scene.heading, SCENE_KEYS, is_scene=True)


def _with_title(files: Files, scene_id: str, title: str) -> dict[str, str]:
    scene, new = scene_in(files, scene_id), given_line(title, "the title")
    if new == scene.title:
        return dict(files)
    shown = ShownFile(files, scene.heading.file)
    heading = shown.shown(scene.heading)
    start = heading.text.index("]") + 1
    gap = len(heading.text) - start - len(heading.text[start:].lstrip())
    new = new if gap or not new else f" {new}"
    piece = replaced_piece(shown, heading.place(start + gap), heading.end, new)
    return spliced(files, scene.heading.file, [piece])


def _with_text(files: Files, scene_id: str, text: str) -> dict[str, str]:
    return _with_part(files, scene_in(files, scene_id).text, given_text(text))


def _with_activity(files: Files, scene_id: str, activity: str) -> dict[str, str]:
    scene, new = scene_in(files, scene_id), given_activity(activity)
    if scene.activity is not None:
        return _with_part(files, scene.activity, new)
    last = max(scene.text.last, scene.heading.last, *(key.span.last for key in scene.keys))
    return _with_part(files, Span(scene.span.file, last + 1, last), new)


def _with_go(files: Files, scene_id: str, go: str) -> dict[str, str]:
    scene = scene_in(files, scene_id)
    if not go.strip():
        return _without_go(files, scene_id)
    target = given_name(go, "a scene")
    if scene.go_span is None:
        last = scene.span.last
        after = _with_part(files, Span(scene.span.file, last + 1, last), [f"-> {target}"])
        if scene_in(after, scene_id).go != target:
            raise broken_around()
        return after
    if target == scene.go:
        return dict(files)
    shown = ShownFile(files, scene.go_span.file)
    line = shown.shown(scene.go_span)
    start = len(line.text) - len(line.text[2:].lstrip())
    new = target if start > 2 else f" {target}"
    piece = replaced_piece(shown, line.place(start), line.end, new)
    return spliced(files, scene.go_span.file, [piece])


def _without_go(files: Files, scene_id: str) -> dict[str, str]:
    """Takes every way on out, since the second would count when the first is gone."""
    after = dict(files)
    while (span := scene_in(after, scene_id).go_span) is not None:
        after = _with_part(after, span, [])
    return after


def _with_part(files: Files, span: Span, new: list[str]) -> dict[str, str]:
    """Writes lines in the place of a part, or takes it out when there are none."""
    text = files[span.file]
    refuse_cut_comment(files, span)
    if not new and span.is_empty:
        return dict(files)
    if not new:
        return {**files, span.file: without_lines(text, span.first, span.last)}
    if span.is_empty:
        return {**files, span.file: with_block(text, span.first, new)}
    above = lines_of(text)[span.first - 2] if span.first > 1 else ""
    first = CaseLine(span.file, span.first, new[0])
    if not is_blank(above) and (first.indent or starts_key(first)):
        new = ["", *new]  # right below the heading it would be read as a key
    return lined(files, span, new)
