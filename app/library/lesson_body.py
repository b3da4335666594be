"""The Markdown of a lesson → sections with their questions and terms, and what is wrong in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from markdown_it.token import Token

from app.domain.lesson import OPENING, Section, Term
from app.domain.problem import Problem, Severity
from app.library.lesson_blocks import Fault, block_faults
from app.library.lesson_marks import read_marks
from app.library.markup_parser import BLOCKS, TERMS, parser

MAX_PARAGRAPH = 10_000  # characters without an empty line between them

_ANCHOR = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Body:
    """What stands below the front matter.

    Shape: `cited` maps source keys to the line of their first citation, in reading order.
    """

    sections: tuple[Section, ...]
    cited: Mapping[str, int]


@dataclass(slots=True)
class _Part:
    """A section while it is being collected. Units: lines count from 0 inside the body."""

    id: str
    title: str
    heading: int
    start: int
    checks: list[str] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)


def read_body(
    text: str, *, path: str, first_line: int, figures: Collection[str] | None
) -> tuple[Body, list[Problem]]:
    """Reads the body of a lesson. The sections are worth something only without errors."""
    too_long = _too_long(text)
    reader = _BodyReader("" if too_long else text, path, first_line)
    marks, faults = read_marks(reader.tokens, figures)
    cited = {key: line + first_line for key, line in marks.cited.items()}
    sections = reader.sections()
    faults += block_faults(reader.lines)
    faults += reader.faults
    faults += _dangling_anchors(marks.anchors, sections)
    faults += too_long
    problems = [
        Problem(code, Severity.ERROR, path, message, advice, line=line + first_line)
        for line, code, message, advice in faults
    ]
    return Body(sections=sections, cited=cited), problems


class _BodyReader:
    """Walks the tokens once, from section to section."""

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self.lines = text.split("\n")
        self.path = path
        self.first_line = first_line
        self.tokens = parser(raw_html=True).parse(text, {})
        self.faults: list[Fault] = []
        self.parts = [_Part(OPENING, "", 0, 0)]

    def sections(self) -> tuple[Section, ...]:
        """Collects the sections; an opening without words is left out."""
        for position, token in enumerate(self.tokens):
            if token.type == "heading_open":
                self._take_heading(token, self.tokens[position + 1])
            elif token.type == "check_slots":
                self._take_checks(token)
            elif token.type == "container_block_open":
                self._take_block(token, position)
        self._check_ids()
        ends = [part.heading for part in self.parts[1:]] + [len(self.lines)]
        sections = [self._section(part, end) for part, end in zip(self.parts, ends, strict=True)]
        return tuple(sections if sections[0].source else sections[1:])

    def _section(self, part: _Part, end: int) -> Section:
        return Section(
            id=part.id,
            title=part.title,
            source="\n".join(self.lines[part.start : end]).strip("\n"),
            line=part.heading + self.first_line,
            checks=tuple(part.checks),
            terms=tuple(part.terms),
        )

    def _take_heading(self, token: Token, inline: Token) -> None:
        first, last = token.map or (0, 0)
        if token.tag == "h1":
            message = "A heading of the first level stands inside the lesson."
            self._fault(first, "LS203", message, "The title is in the front matter; use ## here.")
        if token.tag != "h2":
            return
        if token.level > 0:
            message = "A section cannot start inside a block, list or quotation."
            self._fault(first, "LS209", message, "End the block above it, or use ### inside it.")
            return
        anchor = token.meta.get("anchor", "")
        if not _ANCHOR.fullmatch(anchor):
            message = f"The heading “{inline.content}” has no id of its own."
            advice = "End the line with an id that will not change, for example {#even-a-yes}."
            self._fault(first, "LS204", message, advice)
        self.parts.append(_Part(anchor, inline.content, first, last))

    def _check_ids(self) -> None:
        seen: dict[str, int] = {OPENING: 0}
        for part in self.parts[1:]:
            if part.id and part.id in seen:
                line = seen[part.id] + self.first_line
                message = f"The id “{part.id}” is taken by the section on line {line}."
                self._fault(part.heading, "LS205", message, "Give this section another id.")
            seen.setdefault(part.id, part.heading)

    def _take_checks(self, token: Token) -> None:
        first = (token.map or [0, 0])[0]
        if token.level > 0:
            message = "Questions cannot be asked inside another block, list or quotation."
            self._fault(first, "LS215", message, "Put the check block by itself.")
        for line in token.meta["odd_lines"]:
            message = "A check block holds only the ids of questions."
            self._fault(line, "LS214", message, "Write one id a line: a dash, a space, the id.")
        if not token.meta["ids"]:
            message = "This check block asks no question."
            self._fault(first, "LS214", message, "Write one id a line: a dash, a space, the id.")
        asked = {item_id for part in self.parts for item_id in part.checks}
        for item_id, line in zip(token.meta["ids"], token.meta["lines"], strict=True):
            if item_id in asked:
                message = f"The question “{item_id}” is asked twice in this lesson."
                self._fault(line, "LS219", message, "Ask it once, after the section it tests.")
            asked.add(item_id)
            self.parts[-1].checks.append(item_id)

    def _take_block(self, token: Token, position: int) -> None:
        kind, line = token.meta["kind"], (token.map or [0, 0])[0]
        if kind not in BLOCKS:
            message = f"There is no block of the kind “{kind}”."
            advice = f"Use one of {', '.join(sorted(BLOCKS))}."
            self._fault(line, "LS207", message, advice)
        if kind == TERMS:
            self._take_terms(position, line)

    def _take_terms(self, start: int, line: int) -> None:
        names: list[str] = []
        meanings: list[str] = []
        block = self.tokens[start]
        inside = ""
        for token in self.tokens[start + 1 :]:
            if token.type == "container_block_close" and token.level == block.level:
                break
            if token.type in {"dt_open", "dd_open"}:
                inside = token.type
            elif token.type in {"dt_close", "dd_close"}:
                inside = ""
            elif token.type == "inline" and inside == "dt_open":
                names.append(token.content)
                meanings.append("")
            elif token.type == "inline" and inside == "dd_open" and meanings:
                meanings[-1] = f"{meanings[-1]} {token.content}".replace("\n", " ").strip()
        if not names or not all(meanings):
            message = "A terms block holds terms, each with a line below that explains it."
            advice = "Write the term on one line, and below it a colon, a space and the meaning."
            self._fault(line, "LS220", message, advice)
        self.parts[-1].terms += map(Term, names, meanings)

    def _fault(self, line: int, code: str, message: str, advice: str) -> None:
        self.faults.append((line, code, message, advice))


def _too_long(text: str) -> list[Fault]:
    """Finds paragraphs no reader could follow; parsing them would take seconds."""
    line = 0
    for part in text.split("\n\n"):
        if len(part) > MAX_PARAGRAPH:
            message = f"A paragraph, list or table here has more than {MAX_PARAGRAPH:,} characters."
            return [(line, "LS224", message, "Split it with empty lines.")]
        line += part.count("\n") + 2
    return []


def _dangling_anchors(anchors: Mapping[str, int], sections: tuple[Section, ...]) -> list[Fault]:
    known = {section.id for section in sections}
    return [
        (
            line,
            "LS222",
            f"No section of this lesson has the id “{anchor}”.",
            "Correct the link, or leave it out.",
        )
        for anchor, line in anchors.items()
        if anchor not in known
    ]
