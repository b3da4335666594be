"""Pages as a PDF file: text in two weights, boxes, lines, and a list of places to go to.

No date, no random id and no name of a program stands in it: the same pages make the same bytes.
Source: ISO 32000-1 (objects 7.3, cross-references 7.5, composite fonts 9.7).
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from app.services.paper.typeface import Typeface, printable, typeface

WIDTH, HEIGHT = 612, 792  # US Letter. Units: points, from the lower left corner
PLAIN, BOLD = "DejaVuSans", "DejaVuSans-Bold"
Color = tuple[float, float, float]
INK: Color = (0.11, 0.14, 0.16)
_NAMES = {PLAIN: "F1", BOLD: "F2"}
_TO_UNICODE = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
{ranges}
endcmap CMapName currentdict /CMap defineresource pop end end"""


@dataclass(slots=True)
class Page:
    """One page. Shape: what is drawn, in order; later things lie above earlier ones."""

    drawn: list[str] = field(default_factory=list)
    # The words in each weight.
    used: dict[str, set[str]] = field(default_factory=lambda: {PLAIN: set(), BOLD: set()})

    def text(
        self,
        at: tuple[float, float],
        words: str,
        *,
        size: float,
        face: str = PLAIN,
        ink: Color = INK,
    ) -> None:
        """Writes one line; `at` is where its first letter stands."""
        self.used[face].add(words)
        x, y = at
        self.drawn.append(f"BT {_style(ink, face, size)} {x:.2f} {y:.2f} Td {_coded(words, face)}")

    def box(self, corner: tuple[float, float], size: tuple[float, float], fill: Color) -> None:
        """Fills a box; `corner` is its lower left one."""
        x, y, width, height = *corner, *size
        self.drawn.append(f"{_color(fill)} rg {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f")

    def line(self, start: tuple[float, float], width: float, ink: Color, thick: float) -> None:
        """Draws a level line from left to right."""
        x, y = start
        self.drawn.append(
            f"{_color(ink)} RG {thick:g} w {x:.2f} {y:.2f} m {x + width:.2f} {y:.2f} l S"
        )


def words_width(words: str, *, size: float, face: str = PLAIN) -> float:
    """How wide a line is. Units: points."""
    return typeface(face).width(words) * size / 1000


def pdf(pages: Sequence[Page], *, title: str, places: Iterable[tuple[str, int]] = ()) -> bytes:
    """The file of some pages. Shape: `places` are names with the number of their page, from 0."""
    file = _File()
    catalog, tree, outline, about = (file.reserve() for _ in range(4))
    fonts = [
        f"/{_NAMES[face]} {_font(file, typeface(face), _letters(pages, face))} 0 R"
        for face in _NAMES
    ]
    resources = file.add(f"<< /Font << {' '.join(fonts)} >> >>")
    kids = []
    for page in pages:
        content = file.stream("", "\n".join(page.drawn).encode("ascii"))
        kids.append(
            file.add(
                f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] "
                f"/Resources {resources} 0 R /Contents {content} 0 R >>"
            )
        )
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    file.put(tree, f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>")
    _outline(file, outline, [(words, kids[place]) for words, place in places])
    file.put(about, f"<< /Title {_text(title)} >>")
    file.put(
        catalog,
        f"<< /Type /Catalog /Pages {tree} 0 R /Outlines {outline} 0 R /PageMode /UseOutlines "
        "/Lang (en-US) /ViewerPreferences << /DisplayDocTitle true >> >>",
    )
    return file.whole(catalog, about)


class _File:
    """Objects by number, from 1."""

    def __init__(self) -> None:
        self.objects: list[bytes] = []

    def reserve(self) -> int:
        self.objects.append(b"null")
        return len(self.objects)

    def add(self, body: str) -> int:
        number = self.reserve()
        self.put(number, body)
        return number

    def put(self, number: int, body: str) -> None:
        self.objects[number - 1] = body.encode("ascii")

    def stream(self, entries: str, content: bytes) -> int:
        number, packed = self.reserve(), zlib.compress(content, 6)
        start = f"<< {entries} /Filter /FlateDecode /Length {len(packed)} >>\nstream\n"
        self.objects[number - 1] = start.encode("ascii") + packed + b"\nendstream"
        return number

    def whole(self, catalog: int, about: int) -> bytes:
        parts, places, at = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"], [], 15
        for number, body in enumerate(self.objects, 1):
            places.append(at)
            part = b"%d 0 obj\n%s\nendobj\n" % (number, body)
            parts.append(part)
            at += len(part)
        count = len(self.objects) + 1
        parts.append(b"xref\n0 %d\n0000000000 65535 f \n" % count)
        parts += [b"%010d 00000 n \n" % place for place in places]
        name = hashlib.sha256(b"".join(parts)).hexdigest()[:32]  # of the content, so that it stays
        parts.append(
            f"trailer\n<< /Size {count} /Root {catalog} 0 R /Info {about} 0 R "
            f"/ID [<{name}> <{name}>] >>\nstartxref\n{at}\n%%EOF\n".encode("ascii")
        )
        return b"".join(parts)


def _letters(pages: Sequence[Page], face: str) -> list[str]:
    words: set[str] = set()
    for page in pages:
        words |= page.used[face]
    return sorted(set().union(*words))


def _font(file: _File, face: Typeface, letters: Sequence[str]) -> int:
    """A composite font with the whole typeface in it; widths and meanings of what is used."""
    known = sorted((face.glyphs[one], one) for one in letters if one in face.glyphs)
    program = file.stream(f"/Length1 {len(face.data)}", face.data)
    low_x, low_y, high_x, high_y = face.box
    described = file.add(
        f"<< /Type /FontDescriptor /FontName /{face.name} /Flags 4 /ItalicAngle 0 /StemV 80 "
        f"/FontBBox [{low_x} {low_y} {high_x} {high_y}] /Ascent {face.ascent} "
        f"/Descent {face.descent} /CapHeight 729 /FontFile2 {program} 0 R >>"
    )
    widths = " ".join(f"{glyph} [{face.widths[glyph]}]" for glyph, _ in known)
    inner = file.add(
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{face.name} /CIDToGIDMap /Identity "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        f"/FontDescriptor {described} 0 R /DW {face.widths[0]} /W [{widths}] >>"
    )
    meanings = file.stream("", _TO_UNICODE.format(ranges=_ranges(known)).encode("ascii"))
    return file.add(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{face.name} /Encoding /Identity-H "
        f"/DescendantFonts [{inner} 0 R] /ToUnicode {meanings} 0 R >>"
    )


def _ranges(known: Sequence[tuple[int, str]]) -> str:
    blocks = []
    for start in range(0, len(known), 100):  # the most that one block may hold
        some = known[start : start + 100]
        lines = "\n".join(f"<{glyph:04x}> <{_utf16(one)}>" for glyph, one in some)
        blocks.append(f"{len(some)} beginbfchar\n{lines}\nendbfchar")
    return "\n".join(blocks)


def _outline(file: _File, root: int, places: Sequence[tuple[str, int]]) -> None:
    items = [file.reserve() for _ in places]
    for place, ((words, page), number) in enumerate(zip(places, items, strict=True)):
        before = f"/Prev {items[place - 1]} 0 R " if place else ""
        after = f"/Next {items[place + 1]} 0 R " if place + 1 < len(items) else ""
        file.put(
            number,
            f"<< /Title {_text(words)} /Parent {root} 0 R {before}{after}"
            f"/Dest [{page} 0 R /XYZ 0 {HEIGHT} 0] >>",
        )
    ends = f"/First {items[0]} 0 R /Last {items[-1]} 0 R " if items else ""
    file.put(root, f"<< /Type /Outlines {ends}/Count {len(items)} >>")


def _text(words: str) -> str:
    return f"<FEFF{_utf16(printable(words))}>"


def _utf16(words: str) -> str:
    return words.encode("utf-16-be").hex().upper()


@lru_cache(maxsize=64)
def _style(ink: Color, face: str, size: float) -> str:
    return f"{_color(ink)} rg /{_NAMES[face]} {size:g} Tf"


@lru_cache(maxsize=65_536)  # the same words stand on many pages
def _coded(words: str, face: str) -> str:
    return f"<{typeface(face).encode(words)}> Tj ET"


@lru_cache(maxsize=64)
def _color(color: Color) -> str:
    return " ".join(f"{one:g}" for one in color)
