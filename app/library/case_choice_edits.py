"""What the studio does with choices: words, target, keys, order, and ids that were not written."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.domain.errors import InvalidInput
from app.library.case_choices import CHOICE_KEYS
from app.library.case_given import given_label, given_name
from app.library.case_key_edits import Holder, with_keys
from app.library.case_parts import (
    Files,
    Splice,
    broken_around,
    choice_in,
    edit_of_scene,
    refuse_cut_comment,
    refuse_scattered,
    replaced_piece,
    scene_in,
    spliced,
    swapped,
    told_of,
)
from app.library.case_replacements import Edit, edit_between
from app.library.case_shown import Shown, ShownFile
from app.library.case_spans import CaseSpans, ChoiceSpan, SceneSpan, Span, case_spans
from app.library.text_lines import (
    is_blank,
    lines_of,
    with_block,
    with_lines,
    without_lines,
)

_WORD = re.compile(r"[a-z0-9]+")
_LONGEST_ID = 40


def set_choice(
    files: Files,
    scene_id: str,
    choice_id: str,
    *,
    label: str | None = None,
    target: str | None = None,
    keys: Mapping[str, str] | None = None,
) -> Edit:
    """Changes what is given of a choice. None: that part stays as it is.

    Shape: an empty value takes a key away; a choice without an id goes by its spare id.
    Raises: NotFound; InvalidInput for what cannot be written.
    """
    scene = scene_in(files, scene_id)
    choice_in(scene, choice_id)
    after = dict(files)
    if label is not None:
        after = _with_label(after, scene_id, choice_id, given_label(label))
    if target is not None:
        after = _with_target(after, scene_id, choice_id, given_name(target, "a scene"))
    if keys:
        after = with_keys(after, lambda now: _holder(now, scene_id, choice_id), keys)
    what = f"Changed the choice “{choice_id}” in “{told_of(scene)}”"
    return edit_of_scene(files, after, scene, ["choices"], what)


def add_choice(
    files: Files, scene_id: str, *, label: str, target: str, choice_id: str = ""
) -> Edit:
    """Adds a choice behind the others of a scene. Shape: without an id, one is made of the label.

    Raises: NotFound; InvalidInput for an id that is taken, or what cannot be written.
    """
    spans, scene = case_spans(files), scene_in(files, scene_id)
    words, goal = given_label(label), given_name(target, "a scene")
    name = _unused(spans, words) if not choice_id else given_name(choice_id, "a choice")
    if name in choice_names(spans):
        message = f"There is a choice “{name}” in this case already."
        raise InvalidInput("case-taken", message, "Choose another id.")
    refuse_scattered(scene)
    after = _with_choice(files, scene, f"- [{words}] -> {goal} {{#{name}}}")
    if scene_in(after, scene_id).choice(name) is None:
        raise broken_around()
    what = f"Added the choice “{name}” to “{told_of(scene)}”"
    return edit_of_scene(files, after, scene, ["choices"], what)


def remove_choice(files: Files, scene_id: str, choice_id: str) -> Edit:
    """Takes a choice out of its scene. Raises: NotFound; InvalidInput."""
    scene = scene_in(files, scene_id)
    choice = choice_in(scene, choice_id)
    refuse_scattered(scene)
    _refuse_mixed(files, choice)
    text = without_lines(files[choice.span.file], choice.span.first, choice.span.last)
    what = f"Took the choice “{choice_id}” out of “{told_of(scene)}”"
    return edit_of_scene(files, {**files, choice.span.file: text}, scene, ["choices"], what)


def move_choice(files: Files, scene_id: str, choice_id: str, by: int) -> Edit:
    """Moves a choice down, or up when `by` is negative; at most to the end of its scene.

    Raises: NotFound; InvalidInput if a comment or the way on is in the way.
    """
    scene = scene_in(files, scene_id)
    choices = list(scene.choices)
    start = choices.index(choice_in(scene, choice_id))
    refuse_scattered(scene)
    goal = min(max(0, start + by), len(choices) - 1)
    order = list(choices)
    order.insert(goal, order.pop(start))
    for place, choice in zip(choices, order, strict=True):
        if place is not choice:
            _refuse_mixed(files, choice)
    result = swapped(files, [one.span for one in choices], [one.span for one in order])
    what = f"Moved the choice “{choice_id}” in “{told_of(scene)}”"
    return edit_of_scene(files, result, scene, ["choices"], what)


def add_missing_ids(files: Files) -> Edit:
    """Writes {#id} to every choice without one.

    Shape: the id is the one that runs, walks and conditions know the choice by already, unless
    that one is taken.
    """
    spans = case_spans(files)
    taken = [choice.id for scene in spans.scenes for choice in scene.choices if choice.id]
    pieces: dict[str, list[Splice]] = {}
    shown = {name: ShownFile(files, name) for name in spans.files}
    for scene in spans.scenes:
        for choice in scene.choices:
            head = shown[choice.head.file].shown(choice.head)
            if choice.id or not choice.target or "{#" in _tail_of(head):
                continue
            name = choice.spare if choice.spare not in taken else _made(choice.label, taken)
            taken.append(name)
            pieces.setdefault(scene.span.file, []).append((head.end, head.end, f" {{#{name}}}"))
    after = dict(files)
    for file, splices in pieces.items():
        after = spliced(after, file, splices)
    return edit_between(files, after, "Wrote the ids of choices that had none")


def choice_names(spans: CaseSpans) -> set[str]:
    """Every name a choice of the case goes by."""
    return {choice.name for scene in spans.scenes for choice in scene.choices}


def label_bounds(head: Shown) -> tuple[int, int]:
    """Where the label of a choice stands in its shown lines, without the brackets around it."""
    return 3, head.text.rindex("]")


def target_bounds(head: Shown) -> tuple[int, int]:
    """Where the target of a choice stands in its shown lines. Raises: InvalidInput."""
    tail = _tail_of(head)
    start = len(tail) - len(tail.lstrip())
    if not tail.startswith("->", start):
        raise InvalidInput(
            "case-choice-head",
            "This choice cannot be read: it has no “-> scene” behind its text.",
            "Write “- [Text] -> scene {#id}” in the source of the scene.",
        )
    told = tail[start + 2 :].partition("{#")[0]
    skipped = len(head.text) - len(tail) + start + 2 + len(told) - len(told.lstrip())
    return skipped, skipped + len(told.strip())


def _tail_of(head: Shown) -> str:
    return head.text[head.text.rfind("]") + 1 :]


def _holder(files: Files, scene_id: str, choice_id: str) -> Holder:
    choice = choice_in(scene_in(files, scene_id), choice_id)
    return Holder(choice.keys, choice.head, CHOICE_KEYS, is_scene=False)


def _with_label(files: Files, scene_id: str, choice_id: str, label: str) -> dict[str, str]:
    choice = choice_in(scene_in(files, scene_id), choice_id)
    if label == " ".join(choice.label.split()):
        return dict(files)
    shown = ShownFile(files, choice.head.file)
    head = shown.shown(choice.head)
    target_bounds(head)
    start, end = label_bounds(head)
    piece = replaced_piece(shown, head.place(start), head.place(end), label)
    return spliced(files, choice.head.file, [piece])


def _with_target(files: Files, scene_id: str, choice_id: str, target: str) -> dict[str, str]:
    choice = choice_in(scene_in(files, scene_id), choice_id)
    if target == choice.target:
        return dict(files)
    shown = ShownFile(files, choice.head.file)
    head = shown.shown(choice.head)
    start, end = target_bounds(head)
    new = target if end > start else f" {target}"
    piece = replaced_piece(shown, head.place(start), head.place(end), new)
    return spliced(files, choice.head.file, [piece])


def _with_choice(files: Files, scene: SceneSpan, line: str) -> dict[str, str]:
    file = scene.span.file
    text = files[file]
    if not scene.choices:
        last = scene.go_span.first - 1 if scene.go_span else scene.span.last
        refuse_cut_comment(files, Span(file, last + 1, last))
        return {**files, file: with_block(text, last + 1, [line])}
    last = scene.choices[-1].span.last
    refuse_cut_comment(files, Span(file, last + 1, last))
    is_apart = len(scene.choices) > 1 and is_blank(lines_of(text)[scene.choices[-1].span.first - 2])
    new = ["", line] if is_apart else [line]
    return {**files, file: with_lines(text, last + 1, last, new)}


def _refuse_mixed(files: Files, choice: ChoiceSpan) -> None:
    if not choice.is_whole:
        message = f"Something else stands in the middle of the choice “{choice.name}”."
        raise InvalidInput("case-choice-mixed", message, "Put it behind it, in the source.")
    refuse_cut_comment(files, choice.span)


def _unused(spans: CaseSpans, label: str) -> str:
    return _made(label, choice_names(spans))


def _made(label: str, taken: set[str] | list[str]) -> str:
    """An id from the first words of a label that tell something."""
    words = _WORD.findall(label.lower().replace("’", "").replace("'", ""))
    telling = [word for word in words if len(word) > 3][:3] or words[:3]
    name = "-".join(telling)[:_LONGEST_ID].strip("-")
    name = name if name[:1].isalpha() else f"choice-{name}".strip("-")
    number, made = 2, name
    while made in taken:
        number, made = number + 1, f"{name}-{number}"
    return made
