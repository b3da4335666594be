"""Lines of a text with their line ends, and replacing some without touching the others."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache


def lines_of(text: str) -> list[str]:
    """Cuts a text after each line feed. Shape: joined, they are the text again."""
    return list(_cut(text))


@lru_cache(maxsize=4)  # one edit of a long case cuts the same text dozens of times
def _cut(text: str) -> tuple[str, ...]:
    lines = text.split("\n")
    ended = (f"{line}\n" for line in lines[:-1])
    return (*ended, lines[-1]) if lines[-1] else tuple(ended)


def line_end_of(text: str) -> str:
    """How most lines of a text end."""
    windows = text.count("\r\n")
    return "\r\n" if windows * 2 > text.count("\n") else "\n"


def plain_ends(text: str) -> str:
    """The text with plain line ends; a form of a browser sends others."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_blank(line: str) -> bool:
    """Says whether nothing is written on a line."""
    return not line.strip()


def with_lines(text: str, first: int, last: int, new: Sequence[str]) -> str:
    """Puts lines in the place of others. Units: lines from 1; `last` is `first - 1` to insert.

    Shape: `new` has no line ends; it gets those of the text. Lines that read as before keep
    every byte, and a missing end of the last line of the text stays missing.
    """
    return with_changes(text, [(first, last, new)])


def with_changes(text: str, changes: Sequence[tuple[int, int, Sequence[str]]]) -> str:
    """Puts lines in the place of others, several times. Shape: first, last and new, in order."""
    lines, end = lines_of(text), line_end_of(text)
    is_ended = not lines or lines[-1].endswith("\n")
    for first, last, new in reversed(changes):
        before = lines[first - 2] if first > 1 else ""
        is_last = last >= len(lines)
        made = _keeping(lines[first - 1 : last], [f"{line}{end}" for line in new])
        if made and before and not before.endswith("\n"):
            lines[first - 2] += end
        if made and is_last and not is_ended:
            made[-1] = lines[-1] if lines[-1].rstrip("\r") == new[-1] else new[-1]
        lines[first - 1 : last] = made
    return "".join(lines)


def _keeping(old: Sequence[str], made: list[str]) -> list[str]:
    """Takes old lines where new ones read the same; they may end in another way."""
    if {line.endswith("\r\n") for line in old} <= {line.endswith("\r\n") for line in made[:1]}:
        return made
    matcher = SequenceMatcher(None, _bare(old), _bare(made))
    kept = list(made)
    for block in matcher.get_matching_blocks():
        for at in range(block.size):
            line = old[block.a + at]
            kept[block.b + at] = line if line.endswith("\n") else made[block.b + at]
    return kept


def _bare(lines: Sequence[str]) -> list[str]:
    return [line.rstrip("\r\n") for line in lines]


def with_block(text: str, first: int, new: Sequence[str]) -> str:
    """Puts lines before line `first`, set apart from what is around them by blank lines."""
    lines = lines_of(text)
    above = lines[first - 2] if 1 < first <= len(lines) + 1 else ""
    below = lines[first - 1] if first <= len(lines) else ""
    made = list(new)
    if not is_blank(above):
        made.insert(0, "")
    if not is_blank(below):
        made.append("")
    return with_lines(text, first, first - 1, made)


def without_lines(text: str, first: int, last: int) -> str:
    """Takes lines out, and blank ones around them that would stand doubled."""
    lines = lines_of(text)
    if first == 1 or is_blank(lines[first - 2]):
        while last < len(lines) and is_blank(lines[last]):
            last += 1
    if last >= len(lines):
        while first > 1 and is_blank(lines[first - 2]):
            first -= 1
    return "".join([*lines[: first - 1], *lines[last:]])
