"""What each code of a problem means and what to do: for help pages and for the document.

The text lies in help/problems.md; the codes of cases come from the domain, and their examples
from help/case_examples.md. Nothing of it is written twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from app.domain.lawful_ground import GROUNDS, LawfulGround
from app.domain.problem import Severity
from app.domain.scenario_codes import CODES, CodeMeaning

_FOLDER = Path(__file__).parent / "help"
_FAMILY = re.compile(r"^## (.+) \(([A-Z]{2})\)$", re.MULTILINE)
_ROW = re.compile(r"^\| ([A-Z]{2}[0-9]{3}) \| (.+) \| (.+) \|$", re.MULTILINE)
_HEAD = "| Code | What is wrong | What to do |\n|---|---|---|\n"
_EXAMPLE = re.compile(
    r"^## (SC[0-9]{3})\n~~~ before\n(.*?)\n~~~ after\n(.*?)\n~~~$", re.MULTILINE | re.DOTALL
)
_CASE_CODES = "{case codes}"
_GROUNDS = "{lawful grounds}"
_WORDS = {Severity.ERROR: "", Severity.WARNING: "Warning: ", Severity.INFO: "Note: "}


@dataclass(frozen=True, slots=True)
class Example:
    """Lines of a file with a fault and without it."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class CodeHelp:
    """One code. Shape: `wrong` and `cure` are Markdown. None: no example is written."""

    code: str
    wrong: str
    cure: str
    example: Example | None = None


@dataclass(frozen=True, slots=True)
class Family:
    """The codes that start with the same two letters. Shape: `words` is Markdown, often empty."""

    letters: str
    title: str
    words: str
    codes: tuple[CodeHelp, ...]


@cache
def families() -> tuple[Family, ...]:
    """All families with their codes, in the order of the document. Cost: reads two files once."""
    text, examples = problems_document(), _examples()
    marks = list(_FAMILY.finditer(text))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    found = []
    for mark, end in zip(marks, ends, strict=True):
        part = text[mark.end() : end]
        codes = tuple(
            CodeHelp(code, wrong, cure, examples.get(code))
            for code, wrong, cure in _ROW.findall(part)
        )
        found.append(Family(mark[2], mark[1], part.partition("| Code |")[0].strip(), codes))
    return tuple(found)


@cache
def code_help() -> Mapping[str, CodeHelp]:
    """Every code with its help."""
    return MappingProxyType({one.code: one for family in families() for one in family.codes})


@cache
def problems_document() -> str:
    """The whole document as Markdown; docs/trainers/problems.md is a copy of it."""
    rows = "".join(_row(code, meaning) for code, meaning in CODES.items())
    text = (_FOLDER / "problems.md").read_text(encoding="utf-8")
    text = text.replace(_GROUNDS, "".join(_ground_row(one) for one in GROUNDS.values()).strip())
    return text.replace(f"{_CASE_CODES}\n", f"{_HEAD}{rows}")


def _ground_row(ground: LawfulGround) -> str:
    told = " ".join(filter(None, (ground.bounds, ground.write_down)))
    return f"- `{ground.id}` ({ground.title}, {ground.section}): {told}\n"


def _row(code: str, meaning: CodeMeaning) -> str:
    kind, title = _WORDS[meaning.severity], meaning.title
    first = title[0].lower() if kind and not title[1:2].isupper() else title[0]
    return f"| {code} | {kind}{first}{title[1:]}. | {meaning.cure} |\n"


def _examples() -> dict[str, Example]:
    text = (_FOLDER / "case_examples.md").read_text(encoding="utf-8")
    return {code: Example(before, after) for code, before, after in _EXAMPLE.findall(text)}
