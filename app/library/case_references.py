"""Where a case speaks of its scenes and choices by id, and giving one another id everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.domain.errors import InvalidInput
from app.domain.scenario_vocabulary import EndingKind
from app.library.case_choice_edits import choice_names, target_bounds
from app.library.case_given import given_name
from app.library.case_lines import (
    MAIN_FILE,
    Faults,
    body_lines,
    cut_sections,
    section_name,
    split_front_matter,
)
from app.library.case_parts import (
    Files,
    Splice,
    choice_in,
    refuse_scattered,
    scene_in,
    spliced,
    told_of,
)
from app.library.case_replacements import Edit, edit_between
from app.library.case_shown import Shown, ShownFile
from app.library.case_spans import CaseSpans, ChoiceSpan, KeySpan, Span, case_spans
from app.library.scenario_text import WALK_ENDING, WALK_FOLDER
from app.library.text_lines import lines_of
from app.library.yaml_places import ScalarPlace, scalar_places

SCENE, CHOICE = "scene", "choice"
_QUESTION = re.compile(r"(?<![\w-])(visited|chose)\s*\(\s*([A-Za-z_][\w-]*)\s*\)")
_IN_WALKS = (
    (CHOICE, re.compile(r"\s*pick +(\S+)\s*")),
    (CHOICE, re.compile(r"\s*expect +(?:open|locked|hidden) +(\S+)\s*")),
    (SCENE, re.compile(r"\s*expect +at +(\S+)\s*")),
    (SCENE, re.compile(rf"\s*expect +ending +(?!(?:{'|'.join(EndingKind)})(?:\s|$))(\S+)\s*")),
    (SCENE, re.compile(r'\s*see +([A-Za-z][\w-]*) +".*"\s*')),
)
_NO_NAMES = frozenset({"true", "false", "null"})  # YAML reads them as something else


@dataclass(frozen=True, slots=True)
class Reference:
    """One place that names a scene or choice. Units: `start` and `end` count characters from 0.

    Shape: `kind` is “scene” or “choice”; `in_yaml` says that the name may stand in quotes.
    """

    kind: str
    name: str
    file: str
    start: int
    end: int
    in_yaml: bool = False


def references(files: Files) -> list[Reference]:
    """Every place that names a scene or choice, but for the headings and ids themselves."""
    spans = case_spans(files)
    shown = {name: ShownFile(files, name) for name in spans.files}
    return [
        *_in_front_matter(files, spans),
        *_in_conditions(files, spans, shown),
        *_in_targets(spans, shown),
        *_in_walks(files),
    ]


def rename_scene(files: Files, old: str, new: str) -> Edit:
    """Gives a scene another id, in every place that names it.

    Raises: NotFound; InvalidInput for an id that is no id or taken.
    """
    spans, scene = case_spans(files), scene_in(files, old)
    name = given_name(new, "a scene")
    if name != old and spans.scene(name) is not None:
        raise _taken("scene", name)
    refuse_scattered(*spans.scenes)
    shown = ShownFile(files, scene.heading.file)
    heading = shown.shown(scene.heading)
    start = heading.text.index("[") + 1
    start = heading.text.index(old, start)
    own = (heading.place(start), heading.place(start + len(old)), name)
    found = [one for one in references(files) if (one.kind, one.name) == (SCENE, old)]
    after = _with_names(files, found, name, {scene.heading.file: [own]})
    return edit_between(files, after, f"Renamed the scene “{told_of(scene)}” to {name}")


def rename_choice(files: Files, scene_id: str, old: str, new: str) -> Edit:
    """Gives a choice another id, or its first, in every place that names it.

    Shape: where another choice has the same id, conditions and walks go on naming that one.
    Raises: NotFound; InvalidInput for an id that is no id or taken.
    """
    spans, scene = case_spans(files), scene_in(files, scene_id)
    choice, name = choice_in(scene, old), given_name(new, "a choice")
    if name != old and name in choice_names(spans):
        raise _taken("choice", name)
    refuse_scattered(*spans.scenes)
    bearers = [one for each in spans.scenes for one in each.choices if one.name == old]
    found = [one for one in references(files) if (one.kind, one.name) == (CHOICE, old)]
    own = _id_splice(ShownFile(files, choice.head.file), choice, name)
    after = _with_names(files, found if len(bearers) == 1 else [], name, {choice.head.file: [own]})
    return edit_between(files, after, f"Renamed the choice “{old}” in “{told_of(scene)}” to {name}")


def _with_names(
    files: Files, found: Iterable[Reference], name: str, pieces: dict[str, list[Splice]]
) -> dict[str, str]:
    for one in found:
        pieces.setdefault(one.file, []).append((one.start, one.end, _told(files, one, name)))
    after = dict(files)
    for file, splices in pieces.items():
        after = spliced(after, file, splices)
    return after


def _told(files: Files, one: Reference, name: str) -> str:
    raw = files[one.file][one.start : one.end]
    if not one.in_yaml or raw == one.name:
        return f'"{name}"' if one.in_yaml and name in _NO_NAMES else name
    return raw.replace(one.name, name)


def _id_splice(shown: ShownFile, choice: ChoiceSpan, name: str) -> Splice:
    head = shown.shown(choice.head)
    at = head.text.find("{#", target_bounds(head)[1])
    if at < 0:
        return head.end, head.end, f" {{#{name}}}"
    return head.place(at), head.end, f"{{#{name}}}"


def _in_front_matter(files: Files, spans: CaseSpans) -> Iterator[Reference]:
    if spans.front is None:
        return
    text = files[MAIN_FILE]
    head, _ = split_front_matter(text)
    shift = len(lines_of(text)[0])
    for place in scalar_places(head or ""):
        start, end = place.start + shift, place.end + shift
        if _names_scene(place):
            yield Reference(SCENE, place.value, MAIN_FILE, start, end, in_yaml=True)
        elif place.path[:1] == ("rules",) and place.path[2:] == ("when",):
            for told in _QUESTION.finditer(text, start, end):
                yield _asked(told, MAIN_FILE, told.start(2), told.end(2))


def _names_scene(place: ScalarPlace) -> bool:
    is_rule = place.path[:1] == ("rules",) and place.path[2:] == ("go",)
    return is_rule or place.path == ("start",)


def _in_conditions(
    files: Files, spans: CaseSpans, shown: dict[str, ShownFile]
) -> Iterator[Reference]:
    for key in _condition_keys(spans):
        yield from _questions(shown[key.span.file], key.span)
    for name in spans.files:
        first = spans.front.last + 1 if spans.front and name == MAIN_FILE else 1
        lines = body_lines(name, files.get(name, ""), first=first, faults=Faults(""))
        for section in cut_sections(lines):
            is_read = section_name(section) in {"Brief", "Scenes", "Debrief"}
            for line in section.lines if is_read else ():
                if line.text.startswith(":::"):
                    yield from _questions(shown[name], Span(name, line.number, line.number))


def _condition_keys(spans: CaseSpans) -> Iterator[KeySpan]:
    for scene in spans.scenes:
        yield from (key for key in scene.keys if key.name == "assumes")
        for choice in scene.choices:
            yield from (key for key in choice.keys if key.name == "if")


def _questions(shown: ShownFile, span: Span) -> Iterator[Reference]:
    text = shown.shown(span)
    for told in _QUESTION.finditer(text.text):
        yield _asked(told, span.file, *_bounds(text, *told.span(2)))


def _asked(told: re.Match[str], file: str, start: int, end: int) -> Reference:
    return Reference(SCENE if told[1] == "visited" else CHOICE, told[2], file, start, end)


def _in_targets(spans: CaseSpans, shown: dict[str, ShownFile]) -> Iterator[Reference]:
    for scene in spans.scenes:
        file = scene.span.file
        if scene.go and scene.go_span:
            line = shown[file].shown(scene.go_span)
            start = len(line.text) - len(scene.go)
            yield Reference(SCENE, scene.go, file, *_bounds(line, start, len(line.text)))
        for choice in scene.choices:
            if choice.target:
                head = shown[file].shown(choice.head)
                yield Reference(SCENE, choice.target, file, *_bounds(head, *target_bounds(head)))


def _bounds(shown: Shown, start: int, end: int) -> tuple[int, int]:
    return shown.place(start), shown.place(end - 1) + 1


def _in_walks(files: Files) -> Iterator[Reference]:
    for file in files:
        if not (file.startswith(WALK_FOLDER) and file.endswith(WALK_ENDING)):
            continue
        place = 0
        for line in lines_of(files[file]):
            for kind, form in _IN_WALKS:
                told = form.fullmatch(line)
                if told:
                    start, end = told.span(1)
                    yield Reference(kind, told[1], file, place + start, place + end)
            place += len(line)


def _taken(kind: str, name: str) -> InvalidInput:
    message = f"There is a {kind} “{name}” in this case already."
    return InvalidInput("case-taken", message, "Choose another id.")
