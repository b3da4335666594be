"""Setting and taking away the keys of a scene or choice; other lines stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.library.case_given import given_key, given_value
from app.library.case_keys import flowing
from app.library.case_parts import (
    Files,
    Splice,
    broken_around,
    lined,
    refuse_cut_comment,
    replaced_piece,
    spliced,
)
from app.library.case_shown import ShownFile
from app.library.case_spans import KeySpan, Span
from app.library.text_lines import is_blank, line_end_of, lines_of


@dataclass(frozen=True, slots=True)
class Holder:
    """What keys hang on: a scene by its heading, or a choice by the lines of its label.

    Shape: `known` are the names of keys in the order they are written in.
    """

    keys: tuple[KeySpan, ...]
    head: Span
    known: tuple[str, ...]
    is_scene: bool

    def key(self, name: str) -> KeySpan | None:
        """The one that counts: the first with a value, else the first. None: none is there."""
        own = [key for key in self.keys if key.name == name]
        return next((key for key in own if key.value), own[0] if own else None)


def with_keys(
    files: Files, find: Callable[[Files], Holder], values: Mapping[str, str]
) -> dict[str, str]:
    """The files with some keys set; an empty value takes a key away.

    Raises: InvalidInput for an unknown key or a value that cannot be written.
    """
    holder = find(files)
    told = {
        given_key(name, holder.known): given_value(text, name, one_paragraph=holder.is_scene)
        for name, text in values.items()
    }
    after = _with_known(files, holder, told)
    new = {name: lines for name, lines in told.items() if lines and holder.key(name) is None}
    if new:
        after = _with_all_new(after, find(after), new)
    wanted = _values(holder) | {name: flowing(lines) for name, lines in told.items()}
    if _values(find(after)) != {name: value for name, value in wanted.items() if value}:
        raise broken_around()
    return after


def _values(holder: Holder) -> dict[str, str]:
    keys = (holder.key(name) for name in holder.known)
    return {key.name: key.value for key in keys if key is not None and key.value}


def _with_all_new(files: Files, holder: Holder, new: Mapping[str, list[str]]) -> dict[str, str]:
    after = dict(files)
    behind: dict[Span, list[str]] = {}
    for name in sorted(new, key=holder.known.index):
        behind.setdefault(_anchor(holder, name), []).append(name)
    for anchor in sorted(behind, key=lambda span: span.last, reverse=True):
        after = _with_new(after, holder, anchor, {name: new[name] for name in behind[anchor]})
    return after


def _with_known(files: Files, holder: Holder, told: Mapping[str, list[str]]) -> dict[str, str]:
    shown = ShownFile(files, holder.head.file)
    splices: list[Splice] = []
    for name, lines in told.items():
        key = holder.key(name)
        if not lines:
            splices += _removal(files, shown, holder, name)
        elif key is not None and key.value != flowing(lines):
            splices.append(_changed(shown, key, lines))
    return spliced(files, holder.head.file, splices)


def _removal(files: Files, shown: ShownFile, holder: Holder, name: str) -> list[Splice]:
    own = [key.span for key in holder.keys if key.name == name]
    for span in own:
        refuse_cut_comment(files, span)
    return [(shown.start_of(span.first), shown.start_of(span.last + 1), "") for span in own]


def _changed(shown: ShownFile, key: KeySpan, lines: Sequence[str]) -> Splice:
    told = shown.shown(key.span)
    colon = told.text.index(":") + 1
    gap = len(told.text) - colon - len(told.text[colon:].lstrip(" "))
    indent = " " * (len(told.text) - len(told.text.lstrip(" ")))
    value = line_end_of(shown.text).join([lines[0], *_going_on(lines[1:], indent)])
    new = value if gap else f" {value}"
    return replaced_piece(shown, told.place(colon + gap), told.end, new)


def _anchor(holder: Holder, name: str) -> Span:
    """What a new key stands behind: the last of those that come before it, or the head."""
    before = holder.known[: holder.known.index(name)]
    spans = [key.span for key in holder.keys if key.name in before]
    return spans[-1] if spans else holder.head


def _with_new(
    files: Files, holder: Holder, anchor: Span, told: Mapping[str, list[str]]
) -> dict[str, str]:
    place = Span(anchor.file, anchor.last + 1, anchor.last)
    refuse_cut_comment(files, place)
    indent = _indent(files, holder, anchor)
    made: list[str] = []
    for name, lines in told.items():
        made += [f"{indent}{name}: {lines[0]}", *_going_on(lines[1:], indent)]
    below = _line(files, place)
    if holder.is_scene and not holder.keys and below[:1].isspace() and not is_blank(below):
        made.append("")  # an indented line right below would go on with the value
    return lined(files, place, made)


def _indent(files: Files, holder: Holder, anchor: Span) -> str:
    """As deep as the key above or, below the head, as whatever comes first."""
    near = anchor if anchor != holder.head else (holder.keys[0].span if holder.keys else None)
    if near is not None:
        line = ShownFile(files, near.file).shown(near).text
    elif holder.is_scene:
        line = ""
    else:
        line = _line(files, Span(anchor.file, anchor.last + 1, anchor.last))
    indent = line[: len(line) - len(line.lstrip(" "))]
    return indent or ("" if holder.is_scene else "  ")


def _line(files: Files, span: Span) -> str:
    lines = lines_of(files.get(span.file, ""))
    return lines[span.first - 1] if span.first <= len(lines) else ""


def _going_on(lines: Sequence[str], indent: str) -> list[str]:
    return [f"{indent}  {line}" if line else "" for line in lines]
