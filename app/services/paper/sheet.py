"""Words, facts and tables down a page and on to the next, with head, foot and repeated headers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from app.services.paper.pdf_file import (
    BOLD,
    HEIGHT,
    INK,
    PLAIN,
    WIDTH,
    Color,
    Page,
    pdf,
    printable,
    words_width,
)

LEFT, RIGHT, TOP, BOTTOM = 48.0, 48.0, 64.0, 54.0
INNER = WIDTH - LEFT - RIGHT
SOFT: Color = (0.33, 0.37, 0.4)
BRAND: Color = (0.07, 0.33, 0.32)
PALE: Color = (0.93, 0.95, 0.94)
RULE: Color = (0.78, 0.82, 0.81)
SMALL, BODY = 7.5, 9.0
LEADING = 1.35  # of the size
GAP = 6.0  # between two columns
PAD = 2.5  # above and below the words of a row


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. Shape: `share` of the width, as compared with the others."""

    title: str
    share: float


@dataclass(slots=True)
class Sheet:
    """Pages as they fill up.

    Shape: `head` stands above every page but the first, `foot` below each. `y` is where the next
    thing begins, from below.
    """

    title: str
    head: str
    foot: str
    pages: list[Page] = field(default_factory=lambda: [Page()])
    places: list[tuple[str, int]] = field(default_factory=list)
    y: float = HEIGHT - TOP

    @property
    def page(self) -> Page:
        """The page that is being filled."""
        return self.pages[-1]

    def turn(self) -> None:
        """Begins another page."""
        self.pages.append(Page())
        self.y = HEIGHT - TOP

    def mark(self, words: str) -> None:
        """Names this page in the list of places."""
        self.places.append((words, len(self.pages) - 1))

    def keep(self, height: float) -> None:
        """Turns the page unless so much is left of it."""
        if self.y - height < BOTTOM:
            self.turn()

    def space(self, height: float) -> None:
        """Leaves some room."""
        self.y -= height

    def words(self, words: str, *, size: float = BODY, face: str = PLAIN, ink: Color = INK) -> None:
        """Writes a paragraph."""
        step = size * LEADING
        for line in wrapped(words, INNER, size, face):
            self.keep(step)
            self.y -= step
            self.page.text((LEFT, self.y), line, size=size, face=face, ink=ink)

    def heading(self, words: str, *, size: float = 12.0) -> None:
        """Writes a heading that stays with what follows."""
        self.keep(size * 2 + 8 * BODY)
        self.space(size * 0.9)
        self.words(words, size=size, face=BOLD, ink=BRAND)
        self.space(5)

    def facts(self, pairs: Iterable[tuple[str, str]], *, label: float = 128.0) -> None:
        """Writes what, and beside it its value."""
        step = BODY * LEADING
        for what, value in pairs:
            lines = wrapped(value, INNER - label, BODY, PLAIN) or ("–",)
            for place, line in enumerate(lines):
                self.keep(step)
                self.y -= step
                if place == 0:
                    self.page.text((LEFT, self.y), what, size=BODY, ink=SOFT)
                self.page.text((LEFT + label, self.y), line, size=BODY)
            self.space(1.5)

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
        """Writes a table; its headers stand again on every page it goes on to."""
        total = sum(one.share for one in columns)
        widths = [INNER * one.share / total for one in columns]
        heads = [
            wrapped(one.title, width - GAP, SMALL, BOLD)
            for one, width in zip(columns, widths, strict=True)
        ]
        self._header(heads, widths)
        for row in rows:
            cells = [
                wrapped(cell, width - GAP, SMALL, PLAIN)
                for cell, width in zip(row, widths, strict=True)
            ]
            self._row(cells, widths, heads)
        self.space(4)

    def done(self) -> Iterator[bytes | None]:
        """The file, with heads, feet and page numbers. Shape: None after each page, then it."""
        count = len(self.pages)
        for place, page in enumerate(self.pages):
            y = BOTTOM - 22
            page.line((LEFT, y + 12), INNER, RULE, 0.5)
            page.text((LEFT, y), _cut(self.foot, INNER - 80), size=SMALL, ink=SOFT)
            _to_the_right(page, y, f"page {place + 1} of {count}")
            if place:
                page.text((LEFT, HEIGHT - 40), _cut(self.head, INNER), size=SMALL, ink=SOFT)
                page.line((LEFT, HEIGHT - 46), INNER, RULE, 0.5)
        yield from pdf(self.pages, title=self.title, places=self.places)

    def _header(self, heads: Sequence[tuple[str, ...]], widths: Sequence[float]) -> None:
        height = _height(heads)
        self.keep(height + 3 * SMALL)
        self.page.box((LEFT - 3, self.y - height), (INNER + 6, height), PALE)
        self._lines(heads, widths, BOLD)
        self.y -= height

    def _row(
        self,
        cells: list[tuple[str, ...]],
        widths: Sequence[float],
        heads: Sequence[tuple[str, ...]],
    ) -> None:
        whole = HEIGHT - TOP - BOTTOM - _height(heads)
        while True:
            height = _height(cells)
            if self.y - height < BOTTOM and height <= whole:
                self.turn()
                self._header(heads, widths)
            room = max(0, int((self.y - BOTTOM - 2 * PAD) / (SMALL * LEADING)))
            some = [cell[:room] for cell in cells]  # a row longer than a page goes on below
            self._lines(some, widths, PLAIN)
            self.y -= _height(some)
            self.page.line((LEFT - 3, self.y), INNER + 6, RULE, 0.4)
            cells = [cell[room:] for cell in cells]
            if not any(cells):
                return
            self.turn()
            self._header(heads, widths)

    def _lines(self, cells: Sequence[tuple[str, ...]], widths: Sequence[float], face: str) -> None:
        x = LEFT
        for lines, width in zip(cells, widths, strict=True):
            y = self.y - PAD - SMALL
            for line in lines:
                self.page.text((x, y), line, size=SMALL, face=face)
                y -= SMALL * LEADING
            x += width


@lru_cache(maxsize=65_536)
def wrapped(words: str, width: float, size: float, face: str) -> tuple[str, ...]:
    """Words broken into lines that fit; a word that is too long is cut. Units: points."""
    lines: list[str] = []
    for paragraph in printable(words).split("\n"):
        if words_width(paragraph, size=size, face=face) <= width:
            if paragraph:
                lines.append(paragraph)
            continue
        lines += _broken(paragraph, width, size, face)
    return tuple(lines)


def _broken(paragraph: str, width: float, size: float, face: str) -> list[str]:
    lines, line, used = [], "", 0.0
    blank = words_width(" ", size=size, face=face)
    for word in paragraph.split():
        wide = words_width(word, size=size, face=face)
        if line and used + blank + wide <= width:
            line, used = f"{line} {word}", used + blank + wide
            continue
        if line:
            lines.append(line)
        while wide > width:
            fits = _fitting(word, width, size, face)
            lines.append(word[:fits])
            word = word[fits:]
            wide = words_width(word, size=size, face=face)
        line, used = word, wide
    return [*lines, line] if line else lines


def _fitting(word: str, width: float, size: float, face: str) -> int:
    """How many letters of a word fit; at least one."""
    used = 0.0
    for place, letter in enumerate(word):
        used += words_width(letter, size=size, face=face)
        if used > width:
            return max(place, 1)
    return len(word)


def _cut(words: str, width: float) -> str:
    lines = wrapped(words, width, SMALL, PLAIN)
    return lines[0] + (" …" if len(lines) > 1 else "") if lines else ""


def _height(cells: Sequence[tuple[str, ...]]) -> float:
    return max((len(cell) for cell in cells), default=0) * SMALL * LEADING + 2 * PAD


def _to_the_right(page: Page, y: float, words: str) -> None:
    page.text((WIDTH - RIGHT - words_width(words, size=SMALL), y), words, size=SMALL, ink=SOFT)
