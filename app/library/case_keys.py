"""`key: value` lines under a heading or a choice, with values that go on over several lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.library.case_lines import CaseLine, Faults
from app.library.case_values import nearest

_KEY = re.compile(r" *([A-Za-z][A-Za-z_-]{0,30}):(?: +(.*))?")


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One key with its value, and the line on which the key stands."""

    key: str
    value: str
    line: CaseLine


Keys = dict[str, KeyLine]


def starts_key(line: CaseLine) -> bool:
    """Says whether a line has the form `key: value`."""
    return _KEY.fullmatch(line.text) is not None


def keys_of(lines: Sequence[CaseLine], known: Sequence[str], faults: Faults) -> Keys:
    """Reads keys; deeper-indented lines go on with the value above them.

    Shape: unknown keys and repeated ones are faults and left out.
    """
    found: Keys = {}
    for line, value in _entries(lines, faults):
        told = _KEY.fullmatch(line.text)
        key = told[1] if told else ""
        if key not in known:
            faults.at(line, "SC110", f"“{key}” is not a key here.", nearest(key, known))
        elif key in found:
            faults.at(line, "SC110", f"“{key}” stands here twice.", "Keep one of them.")
        elif not value:
            faults.at(line, "SC111", f"“{key}” has no value.", "Write one, or delete the line.")
        else:
            found[key] = KeyLine(key, value, line)
    return found


def _entries(lines: Sequence[CaseLine], faults: Faults) -> list[tuple[CaseLine, str]]:
    entries: list[tuple[CaseLine, list[str]]] = []
    for line in lines:
        told = _KEY.fullmatch(line.text)
        deeper = bool(entries) and line.indent > entries[-1][0].indent
        if line.is_blank:
            if entries:
                entries[-1][1].append("")
        elif deeper:
            entries[-1][1].append(line.text.strip())
        elif told:
            entries.append((line, [(told[2] or "").strip()]))
        else:
            advice = "Write “key: value”; indent it deeper to go on with the line above."
            faults.at(line, "SC100", f"“{line.text.strip()[:40]}” is not a key.", advice)
    return [(line, _flowing(parts)) for line, parts in entries]


def _flowing(parts: Sequence[str]) -> str:
    """Joins lines as Markdown reads them: one line end is a space, a blank line a paragraph."""
    paragraphs = "\n".join(parts).split("\n\n")
    return "\n\n".join(" ".join(p.split()) for p in paragraphs if p.strip())
