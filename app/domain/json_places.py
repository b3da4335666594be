"""On which line of a JSON text something stands."""

from __future__ import annotations

import json
import re

_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\r\n]*")
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def line_of(text: str, place: str) -> int:
    """The line, counted from 1, on which the value at a place such as `a[3].b` begins.

    Shape: as far as the place leads; text must be JSON that can be read.
    """
    at = _skip(text, 0)
    for name, position in _STEP.findall(place):
        found = _member(text, at, name) if name else _element(text, at, int(position))
        if found is None:
            break
        at = found
    return text.count("\n", 0, at) + 1


def _member(text: str, at: int, name: str) -> int | None:
    if text[at] != "{":
        return None
    at = _skip(text, at + 1)
    while text[at] != "}":
        key, at = _DECODER.raw_decode(text, at)
        at = _skip(text, _skip(text, at) + 1)
        if key == name:
            return at
        at = _after(text, at)
    return None


def _element(text: str, at: int, position: int) -> int | None:
    if text[at] != "[":
        return None
    at = _skip(text, at + 1)
    while text[at] != "]":
        if position == 0:
            return at
        at, position = _after(text, at), position - 1
    return None


def _after(text: str, at: int) -> int:
    """Where the next member or element begins, or the bracket that closes."""
    _, at = _DECODER.raw_decode(text, at)
    at = _skip(text, at)
    return _skip(text, at + 1) if text[at] == "," else at


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
