"""What of a case's text is read and what is a comment, by place, so that comments survive edits."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

from app.library.case_lines import MAIN_FILE, split_front_matter
from app.library.case_spans import Span
from app.library.text_lines import lines_of


@dataclass(frozen=True, slots=True)
class Shown:
    """Some text without its comments. Units: `places` gives each character's place in the file."""

    text: str
    places: tuple[int, ...]

    def place(self, at: int) -> int:
        """Where in the file a character of the shown text stands, or where the text ends."""
        return self.places[at] if at < len(self.text) else self.end

    @property
    def end(self) -> int:
        """The place right behind the last character."""
        return self.places[-1] + 1 if self.places else 0


class ShownFile:
    """One file of a case with the places of its lines and comments."""

    def __init__(self, files: Mapping[str, str], name: str) -> None:
        self.text = files.get(name, "")
        first = split_front_matter(self.text)[1] if name == MAIN_FILE else 1
        lines = lines_of(self.text)
        self.starts = [0, *accumulate(len(line) for line in lines)]
        self.comments = _comments(lines, first)

    def start_of(self, line: int) -> int:
        """The place where a line begins; the end of the file for a line behind the last."""
        return self.starts[min(line - 1, len(self.starts) - 1)]

    def shown(self, span: Span) -> Shown:
        """The lines of a span without comments and without the line end of the last."""
        start, end = self.start_of(span.first), self.start_of(span.last + 1)
        places: list[int] = []
        for opens, closes in self._comments_in(start, end):
            places += range(start, max(start, opens))
            start = max(start, closes)
        places += range(start, end)
        while places and self.text[places[-1]].isspace():
            places.pop()
        return Shown("".join(self.text[place] for place in places), tuple(places))

    def comments_between(self, start: int, end: int) -> list[str]:
        """The comments that begin between two places."""
        return [self.text[a:b] for a, b in self._comments_in(start, end) if a >= start]

    def is_cut_by_comment(self, place: int) -> bool:
        """Says whether a place lies inside a comment."""
        return any(opens < place < closes for opens, closes in self._comments_in(place, place + 1))

    def _comments_in(self, start: int, end: int) -> list[tuple[int, int]]:
        at = max(0, bisect_left(self.comments, (start, start)) - 1)
        found: list[tuple[int, int]] = []
        for opens, closes in self.comments[at:]:
            if opens >= end:
                break
            if closes > start:
                found.append((opens, closes))
        return found


def _comments(lines: list[str], first: int) -> list[tuple[int, int]]:
    """Every comment as a pair of places; one that is never closed goes on to the end."""
    found: list[tuple[int, int]] = []
    place = sum(len(line) for line in lines[: first - 1])
    is_fenced, opened = False, -1
    for line in lines[first - 1 :]:
        if opened < 0 and line.startswith("```"):
            is_fenced = not is_fenced
        at = 0
        while not is_fenced:
            mark = "<!--" if opened < 0 else "-->"
            at = line.find(mark, at)
            if at < 0:
                break
            if opened < 0:
                opened = place + at
            else:
                found.append((opened, place + at + len(mark)))
                opened = -1
            at += len(mark)
        place += len(line)
    return [*found, (opened, place)] if opened >= 0 else found
