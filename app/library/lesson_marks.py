"""What stands inside the lines of a lesson: citations, pictures, links and forbidden HTML."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from app.library.lesson_blocks import Fault
from app.library.markup_parser import is_figure_name

_SCHEMES = ("https://", "http://", "mailto:")


@dataclass(slots=True)
class Marks:
    """What a lesson refers to. Units: lines count from 0 inside the body.

    Shape: first lines of citations by source key, and of links by section id.
    """

    cited: dict[str, int] = field(default_factory=dict)
    anchors: dict[str, int] = field(default_factory=dict)


def read_marks(
    tokens: Sequence[Token], figures: Collection[str] | None
) -> tuple[Marks, list[Fault]]:
    """Collects what the text refers to, and what may not stand in it."""
    reader = _MarksReader(figures)
    line = 0
    for token in tokens:
        line = token.map[0] if token.map else line
        if token.type == "html_block":
            reader.refuse_html(line, token.content)
        elif token.type == "inline":
            reader.take(token, line)
    return reader.marks, reader.faults


class _MarksReader:
    def __init__(self, figures: Collection[str] | None) -> None:
        self.figures = figures
        self.marks = Marks()
        self.faults: list[Fault] = []

    def take(self, inline: Token, first: int) -> None:
        line = first
        for child in inline.children or []:
            if child.type in {"softbreak", "hardbreak"}:
                line += 1
            elif child.type == "html_inline":
                self.refuse_html(line, child.content)
            elif child.type == "citation":
                for key in child.meta["keys"]:
                    self.marks.cited.setdefault(key, line)
            elif child.type == "image":
                self._take_image(child, line)
            elif child.type == "link_open":
                self._take_link(str(child.attrs.get("href", "")), line)
            elif child.type == "text" and "[@" in child.content:
                message = "A citation here is not written as one."
                advice = "Write [@key], or [@key; @other] for two sources."
                self.faults.append((line, "LS221", message, advice))

    def refuse_html(self, line: int, html: str) -> None:
        shown = html.strip().split("\n")[0][:60]
        message = f"There is HTML here: {shown}"
        advice = "Use Markdown only; for a box, use a block such as “::: note”."
        self.faults.append((line, "LS206", message, advice))

    def _take_image(self, image: Token, line: int) -> None:
        name = str(image.attrs.get("src", ""))
        if not image.content.strip():
            message = f"The picture “{name}” has no words for people who cannot see it."
            advice = "Write between the brackets what it shows: ![A map of …](file.svg)."
            self.faults.append((line, "LS210", message, advice))
        if not is_figure_name(name):
            message = f"“{name}” is not the name of a picture beside the lesson."
            advice = "Put the file into the lesson's folder and use its bare name in small letters."
            self.faults.append((line, "LS211", message, advice))
        elif self.figures is not None and name not in self.figures:
            message = f"There is no file “{name}” beside this lesson."
            self.faults.append((line, "LS211", message, "Add the file, or correct its name."))

    def _take_link(self, target: str, line: int) -> None:
        if target.startswith("#"):
            self.marks.anchors.setdefault(target[1:], line)
        elif not target.startswith(_SCHEMES):
            message = f"The link “{target}” leads nowhere a browser can go from here."
            advice = "Use a full address that starts with https://, or #id of a section."
            self.faults.append((line, "LS223", message, advice))
