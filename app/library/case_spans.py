"""Which lines each part of a case covers: what the studio shows, and what it may replace.

It reads with the same rules as scenario_text, keeps no values but the written ones, never raises
and never judges; faults are read_case's to tell.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.library.case_choices import choice_groups, head_length
from app.library.case_keys import KeyEntry, key_entries
from app.library.case_lines import (
    MAIN_FILE,
    CaseLine,
    Faults,
    body_lines,
    cut_sections,
    section_name,
    split_front_matter,
    split_headings,
)
from app.library.case_scenes import read_heading, split_scene, touching_keys
from app.library.case_values import NAME
from app.library.kept import Kept
from app.library.text_lines import lines_of
from app.library.yaml_file import read_yaml

MOST_KNOWN = 2_500  # scenes whose parts a process keeps, a few megabytes


@dataclass(frozen=True, slots=True)
class Span:
    """Whole lines of one file. Units: lines from 1, `last` included.

    Shape: `last` is `first - 1` for an empty place before line `first`.
    """

    file: str
    first: int
    last: int

    @property
    def is_empty(self) -> bool:
        """Says whether it is a place where nothing stands."""
        return self.last < self.first


@dataclass(frozen=True, slots=True)
class KeySpan:
    """A key with its value as it reads; unknown, repeated and empty ones too."""

    name: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class ChoiceSpan:
    """A choice. Shape: `id` is empty when none is written; then `spare` is its name.

    Lines that belong to no choice may stand in the middle of one; then `is_whole` is false, and
    its span ends before them.
    """

    id: str
    label: str
    target: str
    span: Span
    head: Span
    keys: tuple[KeySpan, ...]
    spare: str
    is_whole: bool = True

    @property
    def name(self) -> str:
        """The id that runs, walks and conditions know it by."""
        return self.id or self.spare


@dataclass(frozen=True, slots=True)
class SceneSpan:
    """A scene: heading, keys, text, at most one activity, choices, one way on.

    Shape: `more` is text that stands after the activity when there is text before it as well.
    A scene may go on in a further part or section; then `is_whole` is false, and its lines
    there are not covered.
    None: `activity`, `more` and `go_span` when the scene has none.
    """

    id: str
    title: str
    span: Span
    heading: Span
    keys: tuple[KeySpan, ...]
    text: Span
    activity: Span | None
    more: Span | None
    choices: tuple[ChoiceSpan, ...]
    go: str
    go_span: Span | None
    is_whole: bool = True

    def choice(self, name: str) -> ChoiceSpan | None:
        """Finds a choice by its id or spare id. None: the scene has no such choice."""
        return next((choice for choice in self.choices if choice.name == name), None)


@dataclass(frozen=True, slots=True)
class CaseSpans:
    """The parts of a case. None: a section that is not there.

    Shape: `front` has its two lines of “---”; the sections are without their headings, and
    `repeated` names those that stand there more than once. `files` are the case's own, in order.
    """

    front: Span | None
    brief: Span | None
    scenes: tuple[SceneSpan, ...]
    debrief: Span | None
    notes: Span | None
    files: tuple[str, ...] = (MAIN_FILE,)
    repeated: tuple[str, ...] = ()

    def scene(self, scene_id: str) -> SceneSpan | None:
        """Finds a scene, the first one when an id was used twice. None: there is no such scene."""
        return next((scene for scene in self.scenes if scene.id == scene_id), None)


def case_spans(files: Mapping[str, str]) -> CaseSpans:
    """Finds every part of a case; broken text is read as far as it goes.

    Cost: some milliseconds for each hundred kilobytes; nothing for a text just asked about.
    """
    return _spans_of(tuple(files.items()))


@lru_cache(maxsize=4)  # one operation asks about the same two or three texts again and again
def _spans_of(told: tuple[tuple[str, str], ...]) -> CaseSpans:
    files = dict(told)
    text = files.get(MAIN_FILE, "")
    head, first = split_front_matter(text)
    faults = Faults("")
    names = case_files(files)
    lines = body_lines(MAIN_FILE, text, first=first, faults=faults)
    for name in names[1:]:
        lines += body_lines(name, files[name], first=1, faults=faults)
    reader = _Reader({name: files.get(name, "") for name in names})
    sections = reader.sections(lines)
    scene_lines = [
        line
        for section in cut_sections(lines)
        if section_name(section) == "Scenes"
        for line in section.lines
    ]
    found = (_scene(reader, group) for group in split_headings(scene_lines))
    return CaseSpans(
        front=None if head is None else Span(MAIN_FILE, 1, first - 1),
        brief=sections.get("Brief"),
        scenes=tuple(scene for scene in found if scene is not None),
        debrief=sections.get("Debrief"),
        notes=sections.get("Trainer notes"),
        files=names,
        repeated=tuple(reader.repeated),
    )


def case_files(files: Mapping[str, str]) -> tuple[str, ...]:
    """The files the case itself is written in: the main one, then its parts that are there."""
    head, _ = split_front_matter(files.get(MAIN_FILE, ""))
    node = read_yaml(head, path="")[0] if head else None
    parts = node.step("parts") if node else None
    told = parts.plain() if parts else None
    if not isinstance(told, list) or not all(isinstance(name, str) for name in told):
        return (MAIN_FILE,)
    names = dict.fromkeys([MAIN_FILE, *(str(name) for name in told)])
    return tuple(name for name in names if name == MAIN_FILE or name in files)


def text_at(files: Mapping[str, str], span: Span) -> str:
    """The text of some lines with their line ends; empty for a file that is not there."""
    return "".join(lines_of(files.get(span.file, ""))[span.first - 1 : max(span.last, 0)])


def _scene(reader: _Reader, group: Sequence[CaseLine]) -> SceneSpan | None:
    """The parts of a scene; one that stands on the same lines as before is not read again."""
    first, last = group[0], group[-1]
    if last.file != first.file or last.number - first.number + 1 != len(group):
        return reader.scene(group)  # it goes on elsewhere
    raw = tuple(reader.raw[first.file][first.number - 1 : last.number])
    shown = tuple(line.text for line in group)
    key = (first.file, first.number, raw, shown)
    return _known.get(key, lambda: reader.scene(group))


_known: Kept[tuple[str, int, tuple[str, ...], tuple[str, ...]], SceneSpan | None]
_known = Kept(MOST_KNOWN)


class _Reader:
    """Turns lines into spans; a span ends on the last line on which anything is written."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.raw = {name: lines_of(text) for name, text in files.items()}
        self.repeated: list[str] = []

    def sections(self, lines: Sequence[CaseLine]) -> dict[str, Span]:
        found: dict[str, Span] = {}
        for section in cut_sections(lines):
            name = section_name(section)
            if not name or section.heading is None:
                continue
            if name in found:
                self.repeated.append(name)
                continue
            first = section.heading.number + 1
            found[name] = self._between(section.heading.file, first, first + len(section.lines))
        return found

    def scene(self, group: Sequence[CaseLine]) -> SceneSpan | None:
        """Finds the parts of a scene. None: its heading cannot be read."""
        heading = read_heading(group[0].text)
        if heading is None:
            return None
        run = _run(group)
        file, start, end = run[0].file, run[0].number, run[-1].number + 1
        head = touching_keys(run[1:])
        _, fence, tail = split_scene(run[1 + len(head) :], Faults(""))
        top = start + 1 + len(head)
        bottom = tail[0].number if tail else end
        text, activity, more = self._texts(file, (top, bottom), fence)
        go, go_line = _way_on(tail)
        return SceneSpan(
            id=heading[0],
            title=heading[1],
            span=Span(file, start, max(start, self._last(file, start, end))),
            heading=Span(file, start, start),
            keys=self._keys(key_entries(head, Faults(""))),
            text=text,
            activity=activity,
            more=more,
            choices=self._choices(tail, heading[0]),
            go=go,
            go_span=Span(file, go_line, go_line) if go_line else None,
            is_whole=not any(not line.is_blank for line in group[len(run) :]),
        )

    def _texts(
        self, file: str, bounds: tuple[int, int], fence: Sequence[CaseLine]
    ) -> tuple[Span, Span | None, Span | None]:
        """Text, activity and further text between two lines, the second one left out."""
        top, bottom = bounds
        if not fence:
            return self._between(file, top, bottom), None, None
        opens, closes = fence[0].number, fence[-1].number + 1
        activity = Span(file, opens, self._last(file, opens, closes))
        before, after = self._between(file, top, opens), self._between(file, closes, bottom)
        if after.is_empty:
            return before, activity, None
        return (after, activity, None) if before.is_empty else (before, activity, after)

    def _keys(self, entries: Sequence[KeyEntry]) -> tuple[KeySpan, ...]:
        return tuple(KeySpan(entry.key, entry.value, _shown(entry.lines)) for entry in entries)

    def _choices(self, tail: Sequence[CaseLine], scene: str) -> tuple[ChoiceSpan, ...]:
        ways = [line for line in tail if line.text.startswith("->")]
        groups, strays = choice_groups([line for line in tail if not line.text.startswith("->")])
        foreign = sorted(line.number for line in [*ways, *strays])
        return tuple(
            self._choice(group, foreign, f"{scene}-{number}")
            for number, group in enumerate(groups, start=1)
        )

    def _choice(self, group: Sequence[CaseLine], foreign: Sequence[int], spare: str) -> ChoiceSpan:
        file, start = group[0].file, group[0].number
        used = head_length(group)
        label, target, choice_id = _head_parts(group[:used])
        at = bisect(foreign, start)
        border = min([group[-1].number + 1, *foreign[at : at + 1]])
        last = self._last(file, start, border)
        return ChoiceSpan(
            id=choice_id,
            label=label,
            target=target,
            span=Span(file, start, last),
            head=Span(file, start, group[used - 1].number),
            keys=self._keys(key_entries(group[used:], Faults(""))),
            spare=spare,
            is_whole=_shown(group).last <= last,
        )

    def _last(self, file: str, first: int, end: int) -> int:
        """The last line before `end` with anything on it; `first - 1` when there is none."""
        raw = self.raw[file]
        last = min(end - 1, len(raw))
        while last >= first and not raw[last - 1].strip():
            last -= 1
        return last

    def _between(self, file: str, first: int, end: int) -> Span:
        """What is written between two lines, or the empty place right at the first."""
        last = self._last(file, first, end)
        start = first
        while start <= last and not self.raw[file][start - 1].strip():
            start += 1
        return Span(file, start, last) if last >= first else Span(file, first, first - 1)


def _run(group: Sequence[CaseLine]) -> Sequence[CaseLine]:
    """The lines that follow each other in one file; a scene may go on elsewhere."""
    for at, line in enumerate(group):
        if line.file != group[0].file or line.number != group[0].number + at:
            return group[:at]
    return group


def _shown(lines: Sequence[CaseLine]) -> Span:
    last = next((line for line in reversed(lines) if not line.is_blank), lines[0])
    return Span(lines[0].file, lines[0].number, last.number)


def _way_on(tail: Sequence[CaseLine]) -> tuple[str, int]:
    """The way on that counts and its line; a broken one when there is no other, else no line."""
    ways = [(line.text[2:].strip(), line.number) for line in tail if line.text.startswith("->")]
    return next((way for way in ways if NAME.fullmatch(way[0])), ways[0] if ways else ("", 0))


def _head_parts(lines: Sequence[CaseLine]) -> tuple[str, str, str]:
    """Label, target and id of a choice, each empty when it cannot be read."""
    text = " ".join([lines[0].text, *(line.text.strip() for line in lines[1:])])[3:]
    label, found, tail = text.rpartition("]")
    tail = tail.strip()
    if not found or not tail.startswith("->"):
        return (label if found else text).strip(), "", ""
    target, _, mark = tail[2:].strip().partition("{#")
    choice_id = mark.strip().removesuffix("}").strip()
    is_sound = bool(NAME.fullmatch(choice_id)) and mark.strip().endswith("}")
    return label.strip(), target.strip(), choice_id if is_sound else ""
