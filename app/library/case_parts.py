"""Finding a scene or choice to edit, and replacing pieces of its lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from app.domain.errors import InvalidInput, NotFound
from app.library.case_replacements import Edit, edit_between
from app.library.case_shown import ShownFile
from app.library.case_spans import ChoiceSpan, SceneSpan, Span, case_spans, text_at
from app.library.text_lines import lines_of, with_changes, with_lines

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


def swapped(files: Files, places: Sequence[Span], parts: Sequence[Span]) -> dict[str, str]:
    """Puts parts of a case in the places of others, what stands between them staying there.

    Shape: the places come in the order of the case, each part goes into the place of its number.
    """
    lines = {name: lines_of(files[name]) for name in {span.file for span in places}}
    told = [lines[part.file][part.first - 1 : part.last] for part in parts]
    after = dict(files)
    for name in lines:
        changes = [
            (place.first, place.last, [line.rstrip("\r\n") for line in new])
            for place, new in zip(places, told, strict=True)
            if place.file == name
        ]
        after[name] = with_changes(files[name], changes)
    return after


def refuse_cut_comment(files: Files, *spans: Span) -> None:
    """Sees that no comment runs over an edge of some lines. Raises: InvalidInput."""
    shown = {name: ShownFile(files, name) for name in {span.file for span in spans}}
    for span in spans:
        file = shown[span.file]
        edges = (file.start_of(span.first), file.start_of(span.last + 1))
        if any(file.is_cut_by_comment(place) for place in edges):
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


def edit_of_scene(
    before: Files, after: Files, scene: SceneSpan, asked: Collection[str], what: str
) -> Edit:
    """The edit of one scene, once it is seen that no more of it changes than was asked.

    Shape: `asked` are names of parts: text, activity, choices, go.
    Raises: InvalidInput if the text around it is so broken that more would change.
    """
    old, new = case_spans(before).scenes, case_spans(after).scenes
    at = next(n for n, one in enumerate(old) if one.id == scene.id)
    below = len(old) - at - 1
    is_apart = _sources(before, old[:at]) == _sources(after, new[:at]) and _sources(
        before, old[at + 1 :]
    ) == _sources(after, new[len(new) - below :])
    if not is_apart or len(new) < len(old):
        raise broken_around()
    was, now = _parts(before, old[at]), _parts(after, new[at])
    if any(was[name] != now[name] for name in was if name not in asked):
        raise broken_around()
    return edit_between(before, after, what)


def refuse_scattered(*scenes: SceneSpan) -> None:
    """Sees that scenes stand in one place each. Raises: InvalidInput."""
    for scene in scenes:
        if not scene.is_whole:
            message = f"“{told_of(scene)}” goes on in another part of the case."
            advice = "Put it together in the source first."
            raise InvalidInput("case-scattered", message, advice)


def broken_around() -> InvalidInput:
    """What is said when text that is not closed, or out of place, would come to mean something."""
    return InvalidInput(
        "case-outside",
        "Something here is not closed or stands where it does not belong, so more would change.",
        "Mend it in the source first; the list of problems says what it is.",
    )


def _sources(files: Files, scenes: Sequence[SceneSpan]) -> list[str]:
    lines = {name: lines_of(files[name]) for name in {scene.span.file for scene in scenes}}
    spans = [scene.span for scene in scenes]
    return ["".join(lines[span.file][span.first - 1 : span.last]) for span in spans]


def _parts(files: Files, scene: SceneSpan) -> dict[str, list[str]]:
    """The written lines of each part that an edit of another part must leave alone."""
    parts: dict[str, list[Span | None]] = {
        "text": [scene.text, scene.more],
        "activity": [scene.activity],
        "choices": [choice.span for choice in scene.choices],
        "go": [scene.go_span],
    }
    return {
        name: [
            line.rstrip()
            for span in spans
            if span is not None
            for line in lines_of(text_at(files, span))
            if line.strip()
        ]
        for name, spans in parts.items()
    }
