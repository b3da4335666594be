"""An edit as data: which lines of which files give way to which others, and how to take it back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher

from app.domain.errors import Conflict
from app.library.text_lines import lines_of

_LONG = 400  # lines; from here on a difference is looked for more coarsely


@dataclass(frozen=True, slots=True)
class Replacement:
    """Whole lines that give way to others. Units: lines from 1, of the text before the edit.

    Shape: `old` and `new` have their line ends; an empty `old` inserts before line `first`.
    `above` is the line before them, which must be there as well.
    """

    file: str
    first: int
    old: str
    new: str
    above: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of a case, told in words.

    Shape: replacements in the order of their lines, never touching each other; `made` and
    `gone` name files that come and go with it.
    """

    what: str
    replacements: tuple[Replacement, ...]
    made: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Says whether it changes nothing."""
        return not (self.replacements or self.made or self.gone)

    def as_json(self) -> str:
        """The edit as text that can be kept."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Edit:
        """Reads what as_json wrote.

        Raises: ValueError, KeyError or TypeError for anything else.
        """
        told = json.loads(text)
        replacements = tuple(Replacement(**one) for one in told["replacements"])
        return cls(told["what"], replacements, tuple(told["made"]), tuple(told["gone"]))


def apply_edit(files: Mapping[str, str], edit: Edit) -> dict[str, str]:
    """The files after an edit.

    Raises: Conflict if the text it would replace is not there any more.
    """
    after = dict(files)
    for name in edit.made:
        if name in after:
            raise _moved_on()
        after[name] = ""
    for name in dict.fromkeys(one.file for one in edit.replacements):
        if name not in after:
            raise _moved_on()
        own = [one for one in edit.replacements if one.file == name]
        after[name] = _replaced(after[name], own)
    for name in edit.gone:
        if after.pop(name, None) != "":
            raise _moved_on()
    return after


def undo_of(edit: Edit) -> Edit:
    """The edit that takes another one back."""
    moved: dict[str, int] = {}
    back: list[Replacement] = []
    for one in edit.replacements:
        shift = moved.get(one.file, 0)
        back.append(Replacement(one.file, one.first + shift, one.new, one.old, one.above))
        moved[one.file] = shift + len(lines_of(one.new)) - len(lines_of(one.old))
    return Edit(f"Took back: {edit.what}", tuple(back), edit.gone, edit.made)


def edit_between(before: Mapping[str, str], after: Mapping[str, str], what: str) -> Edit:
    """The edit that makes one state of the files from another, line by line."""
    replacements: list[Replacement] = []
    for name in sorted({*before, *after}):
        old, new = before.get(name, ""), after.get(name, "")
        if old != new:
            replacements += _differences(name, lines_of(old), lines_of(new))
    made = tuple(sorted(after.keys() - before.keys()))
    gone = tuple(sorted(before.keys() - after.keys()))
    return Edit(what, tuple(replacements), made, gone)


def _replaced(text: str, replacements: Sequence[Replacement]) -> str:
    lines = lines_of(text)
    for one in reversed(replacements):
        start = one.first - 1
        end = start + len(lines_of(one.old))
        above = lines[start - 1] if 0 < start <= len(lines) else ""
        is_there = 0 <= start <= len(lines) and "".join(lines[start:end]) == one.old
        is_last = end >= len(lines)
        if not is_there or above != one.above:
            raise _moved_on()
        if not is_last and one.new and not one.new.endswith("\n"):
            raise _moved_on()
        lines[start:end] = lines_of(one.new)
    return "".join(lines)


def _differences(name: str, old: list[str], new: list[str]) -> Iterator[Replacement]:
    top = 0
    while top < min(len(old), len(new)) and old[top] == new[top]:
        top += 1
    tail = 0
    while tail < min(len(old), len(new)) - top and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    was, now = old[top : len(old) - tail], new[top : len(new) - tail]
    for i, j, k, m in _changes(was, now):
        above = old[top + i - 1] if top + i else ""
        yield Replacement(name, top + i + 1, "".join(was[i:j]), "".join(now[k:m]), above)


def _changes(was: list[str], now: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Where two lists of lines differ: start and end in each. Shape: no two touch."""
    if len(was) == len(now) > _LONG:
        start = 0
        for at in range(len(was) + 1):
            if at == len(was) or was[at] == now[at]:
                if start < at:
                    yield start, at, start, at
                start = at + 1
        return
    is_long = len(was) + len(now) > _LONG
    matcher = SequenceMatcher(None, was, now, autojunk=is_long)
    for told, i, j, k, m in matcher.get_opcodes():
        if told != "equal":
            yield i, j, k, m


def _moved_on() -> Conflict:
    return Conflict(
        "case-moved-on",
        "This part of the case was changed in the meantime.",
        "Look at it as it is now, then make the change again.",
    )
