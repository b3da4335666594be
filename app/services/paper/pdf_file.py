"""Pages as a PDF file: text in two weights, boxes, lines, and a list of places to go to.

ReportLab writes the file; no clock and no random id stands in it, so that the same pages make the
same bytes as long as its version stays. What it needs to know is kept until all pages are there,
because each says how many there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

HERE = Path(__file__).parent
WIDTH, HEIGHT = 612, 792  # US Letter. Units: points, from the lower left corner
PLAIN, BOLD = "DejaVuSans", "DejaVuSans-Bold"
Color = tuple[float, float, float]
Point = tuple[float, float]
INK: Color = (0.11, 0.14, 0.16)


class Text(NamedTuple):
    """One line of words; `at` is where its first letter stands."""

    at: Point
    words: str
    size: float
    face: str
    ink: Color


class Box(NamedTuple):
    """A filled box; `corner` is its lower left one."""

    corner: Point
    size: Point
    fill: Color


class Line(NamedTuple):
    """A level line from left to right."""

    start: Point
    width: float
    ink: Color
    thick: float


@dataclass(slots=True)
class Page:
    """One page. Words lie above lines, and lines above boxes."""

    boxes: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)

    def text(
        self, at: Point, words: str, *, size: float, face: str = PLAIN, ink: Color = INK
    ) -> None:
        """Writes one line."""
        self.texts.append(Text(at, words, size, face, ink))

    def box(self, corner: Point, size: Point, fill: Color) -> None:
        """Fills a box."""
        self.boxes.append(Box(corner, size, fill))

    def line(self, start: Point, width: float, ink: Color, thick: float) -> None:
        """Draws a level line."""
        self.lines.append(Line(start, width, ink, thick))

    def draw(self, canvas: Canvas) -> None:
        """Puts everything on the page of a canvas.

        Colors and fonts are named when they change: a packet has some hundred thousand words.
        """
        for box in self.boxes:
            canvas.setFillColorRGB(*box.fill)
            canvas.rect(*box.corner, *box.size, stroke=0, fill=1)
        for line in self.lines:
            canvas.setStrokeColorRGB(*line.ink)
            canvas.setLineWidth(line.thick)
            canvas.line(*line.start, line.start[0] + line.width, line.start[1])
        written, style, ink = canvas.beginText(), ("", 0.0), None
        for at, words, size, face, color in self.texts:
            if (face, size) != style:
                written.setFont(face, size)
                style = (face, size)
            if color != ink:
                written.setFillColorRGB(*color)
                ink = color
            written.setTextOrigin(*at)
            written.textOut(words)
        canvas.drawText(written)


def printable(words: str) -> str:
    """Words as they can be printed: letters and their marks as one, control signs left out."""
    if words.isascii() and words.isprintable():
        return words
    return "".join(one for one in normalize("NFC", words) if one.isprintable() or one == "\n")


def words_width(words: str, *, size: float, face: str = PLAIN) -> float:
    """How wide a line is. Units: points."""
    typeface(face)
    return float(stringWidth(words, face, size))


def pdf(
    pages: Sequence[Page], *, title: str, places: Iterable[tuple[str, int]] = ()
) -> Iterator[bytes | None]:
    """The file of some pages, page by page, so that others get their turn in between.

    Shape: None after each page, then the file; `places` are names with the number of their page,
    from 0.
    """
    file = BytesIO()
    canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=1, lang="en-US")
    canvas.setTitle(printable(title))
    canvas.setViewerPreference("DisplayDocTitle", "true")
    named: dict[int, list[str]] = {}
    for words, place in places:
        named.setdefault(place, []).append(printable(words))
    for number, page in enumerate(pages):
        for place, words in enumerate(named.get(number, ())):
            key = f"{number}-{place}"
            canvas.bookmarkPage(key)
            canvas.addOutlineEntry(words, key)
        page.draw(canvas)
        canvas.showPage()
        yield None
    canvas.showOutline()
    canvas.save()
    yield file.getvalue()


@cache
def typeface(name: str) -> TTFont:
    """One of the typefaces that lie beside this module, made known to ReportLab once."""
    found = TTFont(name, str(HERE / f"{name}.ttf"))
    registerFont(found)
    return found
