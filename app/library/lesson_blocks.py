"""Finds `:::` blocks that are not closed, or closed without being open, line by line.

The Markdown parser closes such blocks silently at the end of the text, so it cannot be asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

Fault = tuple[int, str, str, str]  # line from 0 inside the text, code, sentence, advice

_OPENS = re.compile(r" {0,3}:{3,}\s*(\S+)")
_CLOSES = re.compile(r" {0,3}:{3,}\s*$")
_CODE = re.compile(r" {0,3}(```+|~~~+)")
_HEADING = re.compile(r"## ")
_CLOSE_IT = "End the block with a line of three colons."


def block_faults(lines: Sequence[str]) -> list[Fault]:
    """Tells every block that is left open, opened inside another, or closed without an opening."""
    faults: list[Fault] = []
    opened: tuple[int, str] | None = None
    in_code = ""
    for number, line in enumerate(lines):
        in_code = _code_state(line, in_code)
        if in_code:
            continue
        found = _OPENS.match(line)
        if found or (_HEADING.match(line) and opened):
            if opened:
                faults.append(_left_open(opened))
            opened = (number, found.group(1)) if found else None
        elif _CLOSES.match(line):
            if opened is None:
                message = "This line closes a block, and none is open."
                faults.append((number, "LS208", message, "Delete it, or open the block above."))
            opened = None
    if opened:
        faults.append(_left_open(opened))
    return faults


def _left_open(opened: tuple[int, str]) -> Fault:
    line, kind = opened
    return (line, "LS208", f"The block “{kind}” is opened here and not closed.", _CLOSE_IT)


def _code_state(line: str, fence: str) -> str:
    """Follows code fences, inside which colons mean nothing."""
    found = _CODE.match(line)
    if not found:
        return fence
    if not fence:
        return found.group(1)
    return "" if found.group(1).startswith(fence) else fence
