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


@dataclass(slots=True)
class KeyEntry:
    """A key as it stands there, known or not, with every line of its value."""

    key: str
    lines: list[CaseLine]
    parts: list[str]

    @property
    def value(self) -> str:
        """The value as it reads; empty when nothing stands behind the key."""
        return flowing(self.parts)


def starts_key(line: CaseLine) -> bool:
    """Says whether a line has the form `key: value`."""
    return _KEY.fullmatch(line.text) is not None


def keys_of(lines: Sequence[CaseLine], known: Sequence[str], faults: Faults) -> Keys:
    """Reads keys; deeper-indented lines go on with the value above them.

    Shape: unknown keys and repeated ones are faults and left out.
    """
    found: Keys = {}
    for entry in key_entries(lines, faults):
        key, value, line = entry.key, entry.value, entry.lines[0]
        if key not in known:
            faults.at(line, "SC110", f"“{key}” is not a key here.", nearest(key, known))
        elif key in found:
            faults.at(line, "SC110", f"“{key}” stands here twice.", "Keep one of them.")
        elif not value:
            faults.at(line, "SC111", f"“{key}” has no value.", "Write one, or delete the line.")
        else:
            found[key] = KeyLine(key, value, line)
    return found


def key_entries(lines: Sequence[CaseLine], faults: Faults) -> list[KeyEntry]:
    """Cuts lines into keys with their values. Shape: lines that are no key are left out."""
    entries: list[KeyEntry] = []
    for line in lines:
        told = _KEY.fullmatch(line.text)
        deeper = bool(entries) and line.indent > entries[-1].lines[0].indent
        if line.is_blank or deeper:
            if entries:
                entries[-1].lines.append(line)
                entries[-1].parts.append(line.text.strip())
        elif told:
            entries.append(KeyEntry(told[1], [line], [(told[2] or "").strip()]))
        else:
            advice = "Write “key: value”; indent it deeper to go on with the line above."
            faults.at(line, "SC100", f"“{line.text.strip()[:40]}” is not a key.", advice)
    return entries


def flowing(parts: Sequence[str]) -> str:
    """Joins lines as Markdown reads them: one line end is a space, a blank line a paragraph."""
    paragraphs = "\n".join(parts).split("\n\n")
    return "\n\n".join(" ".join(p.split()) for p in paragraphs if p.strip())
