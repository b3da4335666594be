"""A TrueType file, read as far as printing needs: which glyph a character has, and how wide."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unicodedata import normalize

HERE = Path(__file__).parent
MISSING = 0  # the glyph that stands for what a typeface does not have


@dataclass(frozen=True, slots=True, eq=False)
class Typeface:
    """One weight of a typeface.

    Units: `widths` and the box in thousandths of the size. Shape: `glyphs` by character;
    `widths` by glyph.
    """

    name: str
    data: bytes
    glyphs: dict[str, int]
    widths: tuple[int, ...]
    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    hexes: dict[str, str]
    advances: dict[str, int]

    def encode(self, words: str) -> str:
        """Words as the file holds them: four hexadecimal digits a character."""
        hexes = self.hexes
        return "".join([hexes.get(one, "0000") for one in words])

    def width(self, words: str) -> int:
        """How wide words are. Units: thousandths of the size."""
        advances, missing = self.advances, self.widths[MISSING]
        return sum([advances.get(one, missing) for one in words])


def printable(words: str) -> str:
    """Words as they can be printed: letters and their marks as one, control signs left out."""
    if words.isascii() and words.isprintable():
        return words
    return "".join(one for one in normalize("NFC", words) if one.isprintable() or one == "\n")


@cache
def typeface(name: str) -> Typeface:
    """Reads one of the typefaces that lie beside this module."""
    data = (HERE / f"{name}.ttf").read_bytes()
    tables = _tables(data)
    head, hhea = tables["head"], tables["hhea"]
    units = _number(data, head + 18)
    count = _number(data, hhea + 34)

    def scaled(value: int) -> int:
        return round(1000 * value / units)

    total = _number(data, tables["maxp"] + 4)
    advances = [_number(data, tables["hmtx"] + 4 * place) for place in range(count)]
    advances += [advances[-1]] * (total - count)
    widths = tuple(scaled(one) for one in advances)
    glyphs = _characters(data, tables["cmap"])
    return Typeface(
        name=name,
        data=data,
        glyphs=glyphs,
        widths=widths,
        box=_box(tuple(scaled(_signed(data, head + place)) for place in (36, 38, 40, 42))),
        ascent=scaled(_signed(data, hhea + 4)),
        descent=scaled(_signed(data, hhea + 6)),
        hexes={one: f"{glyph:04x}" for one, glyph in glyphs.items()},
        advances={one: widths[glyph] for one, glyph in glyphs.items()},
    )


def _box(values: tuple[int, ...]) -> tuple[int, int, int, int]:
    left, bottom, right, top = values
    return left, bottom, right, top


def _tables(data: bytes) -> dict[str, int]:
    found = {}
    for place in range(_number(data, 4)):
        tag, _, offset, _ = struct.unpack_from(">4sLLL", data, 12 + 16 * place)
        found[tag.decode("ascii")] = offset
    return found


def _characters(data: bytes, cmap: int) -> dict[str, int]:
    """The glyph of each character of the basic plane (a subtable of format 4)."""
    for place in range(_number(data, cmap + 2)):
        table = cmap + struct.unpack_from(">L", data, cmap + 8 + 8 * place)[0]
        if _number(data, table) == 4:
            return dict(_segments(data, table))
    raise ValueError("this typeface has no table of characters that can be read")


def _segments(data: bytes, table: int) -> list[tuple[str, int]]:
    count = _number(data, table + 6) // 2
    ends, starts = table + 14, table + 16 + 2 * count
    deltas, offsets = starts + 2 * count, starts + 4 * count
    found = []
    for place in range(count):
        start, end = _number(data, starts + 2 * place), _number(data, ends + 2 * place)
        delta, offset = _number(data, deltas + 2 * place), _number(data, offsets + 2 * place)
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code + delta
            if offset:
                glyph = _number(data, offsets + 2 * place + offset + 2 * (code - start))
                glyph = glyph + delta if glyph else MISSING
            if glyph & 0xFFFF:
                found.append((chr(code), glyph & 0xFFFF))
    return found


def _number(data: bytes, place: int) -> int:
    return int(struct.unpack_from(">H", data, place)[0])


def _signed(data: bytes, place: int) -> int:
    return int(struct.unpack_from(">h", data, place)[0])
