"""The lines of a case: comments blanked out, sections and headings found, no more."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.problem import Problem
from app.domain.scenario_codes import case_problem
from app.domain.scenario_vocabulary import Place

MAIN_FILE = "case.md"
MOST_FAULTS = 500  # told of one case; finding advice for each takes time
SECTIONS = ("Brief", "Scenes", "Debrief", "Trainer notes")

_HTML = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>")
_REMOTE = re.compile(r"!\[[^\[\]]*\]\(\s*(?:[a-z]+:)?//")


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One line of a case, with comments taken out. Units: `number` counts from 1."""

    file: str
    number: int
    text: str

    @property
    def indent(self) -> int:
        """How many spaces it starts with."""
        return len(self.text) - len(self.text.lstrip())

    @property
    def is_blank(self) -> bool:
        """Says whether nothing is on it."""
        return not self.text.strip()


class TooManyFaultsError(Exception):
    """Ends the reading of a case in which hardly anything is right."""


@dataclass(slots=True)
class Faults:
    """Collects what is wrong with a case while it is read.

    Raises: TooManyFaultsError from every method that notes more than `MOST_FAULTS`.
    """

    path: str
    subject: str = ""
    problems: list[Problem] = field(default_factory=list)

    def add(self, code: str, message: str, place: Place, advice: str = "") -> None:
        """Notes one fault."""
        if len(self.problems) >= MOST_FAULTS:
            raise TooManyFaultsError
        self.problems.append(
            case_problem(
                code, message, path=self.path, place=place, advice=advice, subject=self.subject
            )
        )

    def at(self, line: CaseLine, code: str, message: str, advice: str = "") -> None:
        """Notes one fault of a line."""
        self.add(code, message, Place(line.file, line.number, line.number), advice)


def place_of(lines: Sequence[CaseLine]) -> Place:
    """The place that some lines cover, blank ones at the end left out."""
    last = next((line for line in reversed(lines) if not line.is_blank), lines[0])
    return Place(lines[0].file, lines[0].number, last.number)


def split_front_matter(text: str) -> tuple[str | None, int]:
    """Cuts the front matter out. None: the text does not begin with one, or it never ends.

    Shape: the second part is the number of the first line after it.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return None, 1
    for number, line in enumerate(lines[1:], start=2):
        if line.rstrip() == "---":
            return "\n".join(lines[1 : number - 1]), number + 1
    return None, 1


def body_lines(file: str, text: str, *, first: int, faults: Faults) -> list[CaseLine]:
    """The lines after the front matter, comments blanked out; HTML and far pictures are faults."""
    lines: list[CaseLine] = []
    is_comment = is_fenced = False
    opened = CaseLine(file, first, "")
    for number, raw in enumerate(text.split("\n")[first - 1 :], start=first):
        if not is_comment and raw.startswith("```"):
            is_fenced = not is_fenced
        was_comment = is_comment
        if is_fenced or not (is_comment or "<!--" in raw):
            shown, is_comment = raw, False
        else:
            shown, is_comment = _without_comment(raw, is_comment)
        line = CaseLine(file, number, shown.rstrip())
        if is_comment and not was_comment:
            opened = line
        _note_markup(line, faults)
        lines.append(line)
    if is_comment:
        faults.at(opened, "SC100", "A comment is opened here and never closed.", "Add “-->”.")
    return lines


def _without_comment(text: str, is_comment: bool) -> tuple[str, bool]:
    kept: list[str] = []
    while text:
        mark = "-->" if is_comment else "<!--"
        before, found, text = text.partition(mark)
        if not is_comment:
            kept.append(before)
        if found:
            is_comment = not is_comment
    return "".join(kept), is_comment


def _note_markup(line: CaseLine, faults: Faults) -> None:
    if "<" in line.text and _HTML.search(line.text):
        faults.at(line, "SC108", "There is HTML on this line; it would not be shown.")
    if "![" in line.text and _REMOTE.search(line.text):
        faults.at(line, "SC109", "This picture would be fetched from the web.")


@dataclass(slots=True)
class Section:
    """A heading of the first order with the lines below it.

    None: lines before any heading have none, nor have those with which a further part begins.
    """

    heading: CaseLine | None
    lines: list[CaseLine]

    @property
    def told(self) -> str:
        """How the heading reads; empty when there is none."""
        return self.heading.text[2:].strip() if self.heading else ""


def cut_sections(lines: Sequence[CaseLine]) -> list[Section]:
    """Cuts lines at `# ` headings. Shape: a further part begins without a heading."""
    sections: list[Section] = []
    file: str | None = None
    is_fenced = False
    for line in lines:
        if line.file != file:
            file, is_fenced = line.file, False
            sections.append(Section(None, []))
        if line.text.startswith("```"):
            is_fenced = not is_fenced
        if line.text.startswith("# ") and not is_fenced:
            sections.append(Section(line, []))
        else:
            sections[-1].lines.append(line)
    return sections


def section_name(section: Section) -> str:
    """Which of the four a section is; empty when it is none of them.

    Shape: a further part goes on with scenes until its first heading.
    """
    if section.heading is None:
        is_further = bool(section.lines) and section.lines[0].file != MAIN_FILE
        return "Scenes" if is_further else ""
    return next((name for name in SECTIONS if name.lower() == section.told.lower()), "")


def split_sections(lines: Sequence[CaseLine], faults: Faults) -> Mapping[str, list[CaseLine]]:
    """Sorts lines into the four sections. Shape: headings themselves are left out."""
    sections: dict[str, list[CaseLine]] = {name: [] for name in SECTIONS}
    for section in cut_sections(lines):
        name = section_name(section)
        if name:
            sections[name] += section.lines
        elif section.heading:
            told = ", ".join(SECTIONS)
            message = f"“{section.told}” is no section of a case."
            faults.at(section.heading, "SC100", message, f"Use: {told}.")
        elif stray := next((line for line in section.lines if not line.is_blank), None):
            faults.at(stray, "SC100", "Text stands before the first section.", "Add “# Brief”.")
    return sections


def split_headings(lines: Sequence[CaseLine]) -> list[list[CaseLine]]:
    """Cuts lines at `## ` headings. Shape: each group starts with its heading.

    Lines before the first heading come as a first group without one, if any is not blank.
    """
    groups: list[list[CaseLine]] = [[]]
    is_fenced = False
    for line in lines:
        if line.text.startswith("```"):
            is_fenced = not is_fenced
        if line.text.startswith("## ") and not is_fenced:
            groups.append([])
        groups[-1].append(line)
    return [group for group in groups if any(not line.is_blank for line in group)]
