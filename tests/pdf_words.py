"""Reads the words of our own PDF files back, page by page."""

from __future__ import annotations

import re
import zlib

from app.services.paper.pdf_file import BOLD, PLAIN
from app.services.paper.typeface import typeface

STREAM = re.compile(rb"/Length (\d+) >>\nstream\n")
TEXT = re.compile(r"/(F\d) \S+ Tf \S+ \S+ Td <([0-9a-f]*)> Tj")
FACES = {"F1": PLAIN, "F2": BOLD}


def pdf_pages(content: bytes) -> list[str]:
    """The words of each page, one line for each line on paper."""
    known = {name: _letters(face) for name, face in FACES.items()}
    pages = []
    for found in STREAM.finditer(content):
        packed = content[found.end() : found.end() + int(found[1])]
        told = zlib.decompress(packed).decode("latin-1")
        lines = [_decoded(known[face], coded) for face, coded in TEXT.findall(told)]
        if lines:
            pages.append("\n".join(lines))
    return pages


def _letters(face: str) -> dict[str, str]:
    return {coded: letter for letter, coded in typeface(face).hexes.items()}


def _decoded(letters: dict[str, str], coded: str) -> str:
    parts = [coded[place : place + 4] for place in range(0, len(coded), 4)]
    return "".join(letters.get(one, "\ufffd") for one in parts)
