"""Finding a scene or choice to edit, and replacing pieces of its lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.domain.errors import InvalidInput, NotFound
from app.library.case_shown import ShownFile
from app.library.case_spans import ChoiceSpan, SceneSpan, Span, case_spans
from app.library.text_lines import with_lines

Files = Mapping[str, str]
Splice = tuple[int, int, str]  # from one place to another, and what comes between


def scene_in(files: Files, scene_id: str) -> SceneSpan:
    """Finds a scene. Raises: NotFound."""
    scene = case_spans(files).scene(scene_id) if scene_id else None
    if scene is None:
        message = f"There is no scene “{scene_id}” in this case."
        raise NotFound("case-scene", message, "Choose one from the outline.")
    return scene


def choice_in(scene: SceneSpan, choice_id: str) -> ChoiceSpan:
    """Finds a choice of a scene by its id or spare id. Raises: NotFound."""
    choice = scene.choice(choice_id) if choice_id else None
    if choice is None:
        message = f"The scene “{told_of(scene)}” has no choice “{choice_id}”."
        raise NotFound("case-choice", message, "Choose one of its choices.")
    return choice


def told_of(scene: SceneSpan) -> str:
    """How a scene is called in words: its title, or else its id."""
    return scene.title or scene.id


def spliced(files: Files, name: str, splices: Iterable[Splice]) -> dict[str, str]:
    """Replaces pieces of one file. Shape: the pieces do not overlap."""
    text = files[name]
    for start, end, new in sorted(splices, reverse=True):
        text = text[:start] + new + text[end:]
    return {**files, name: text}


def lined(files: Files, span: Span, new: Sequence[str]) -> dict[str, str]:
    """Puts lines in the place of a span."""
    text = files.get(span.file, "")
    return {**files, span.file: with_lines(text, span.first, span.last, new)}


def refuse_cut_comment(files: Files, span: Span) -> None:
    """Sees that no comment runs over an edge of some lines. Raises: InvalidInput."""
    shown = ShownFile(files, span.file)
    edges = (shown.start_of(span.first), shown.start_of(span.last + 1))
    if any(shown.is_cut_by_comment(place) for place in edges):
        raise mixed_with_comment()


def mixed_with_comment() -> InvalidInput:
    """What is said when a comment runs through the lines to be changed."""
    return InvalidInput(
        "case-comment",
        "A comment runs through these lines, so they cannot be changed by themselves.",
        "Change them in the source, where you see the comment.",
    )


def replaced_piece(shown: ShownFile, start: int, end: int, new: str) -> Splice:
    """A splice that keeps the comments it covers, behind the new text. Raises: InvalidInput."""
    comments = shown.comments_between(start, end)
    if any("\n" in comment for comment in comments):
        raise mixed_with_comment()
    return start, end, " ".join([new, *comments])
