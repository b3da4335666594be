"""What the studio does with the case as a whole: front matter, sections, files."""

from __future__ import annotations

import re

from app.domain.errors import InvalidInput, NotFound
from app.library.case_given import given_file, given_front, given_section
from app.library.case_lines import MAIN_FILE
from app.library.case_parts import Files, broken_around, lined, refuse_cut_comment
from app.library.case_replacements import Edit, edit_between
from app.library.case_spans import CaseSpans, Span, case_spans
from app.library.text_lines import (
    line_end_of,
    lines_of,
    with_block,
    with_lines,
    without_lines,
)

PARTS = {
    "front": "the front matter",
    "brief": "the brief",
    "debrief": "the debrief",
    "notes": "the trainer notes",
}
_SECTIONS = {"brief": "Brief", "debrief": "Debrief", "notes": "Trainer notes"}
_FILE_NAME = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9._-]{0,79}/){0,3}[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_ENDINGS = (".md", ".walk")


def set_part(files: Files, part: str, text: str) -> Edit:
    """Writes the front matter, brief, debrief or trainer notes anew.

    Shape: a section that is not there is added at its place; an empty text leaves its heading.
    Raises: NotFound for another part; InvalidInput if the text would change what is beside it.
    """
    if part not in PARTS:
        raise NotFound(
            "case-part", f"A case has no part “{part}”.", f"There are: {', '.join(PARTS)}."
        )
    spans = case_spans(files)
    after = (
        _with_front(files, spans, text)
        if part == "front"
        else _with_section(files, spans, part, given_section(text))
    )
    return edit_between(files, after, f"Changed {PARTS[part]}")


def set_file(files: Files, name: str, text: str) -> Edit:
    """Writes a whole file anew, or a new one; lines that read as before keep every byte.

    Raises: InvalidInput for a name that no file of a case may have.
    """
    if not _FILE_NAME.fullmatch(name) or not name.endswith(_ENDINGS):
        message = f"“{name[:60]}” cannot be a file of a case."
        raise InvalidInput(
            "case-file", message, "Use letters, digits and hyphens, and .md or .walk."
        )
    lines = given_file(text)
    is_ended = lines[-1] == ""
    old = files.get(name, "")
    end = line_end_of(old)
    new = with_lines(old, 1, len(lines_of(old)), lines[:-1] if is_ended else lines)
    new = new if not new or new.endswith("\n") is is_ended else _other_end(new, end)
    what = f"Changed the file {name}" if name in files else f"Added the file {name}"
    return edit_between(files, {**files, name: new}, what)


def remove_file(files: Files, name: str) -> Edit:
    """Takes a file out of a case. Raises: NotFound; InvalidInput for the main one."""
    if name not in files:
        raise NotFound("case-file", f"There is no file “{name}” in this case.", "Look at the list.")
    if name == MAIN_FILE:
        message = f"A case cannot be without {MAIN_FILE}."
        raise InvalidInput("case-file", message, "Remove the whole case instead.")
    after = {one: text for one, text in files.items() if one != name}
    return edit_between(files, after, f"Took out the file {name}")


def _other_end(text: str, end: str) -> str:
    return text.rstrip("\r\n") if text.endswith("\n") else text + end


def _with_front(files: Files, spans: CaseSpans, text: str) -> dict[str, str]:
    lines = given_front(text)
    if spans.front is not None:
        return lined(files, spans.front, lines)
    return {**files, MAIN_FILE: with_block(files.get(MAIN_FILE, ""), 1, lines)}


def _with_section(files: Files, spans: CaseSpans, part: str, new: list[str]) -> dict[str, str]:
    name = _SECTIONS[part]
    if name in spans.repeated:
        message = f"“# {name}” stands in this case more than once."
        raise InvalidInput("case-repeated", message, "Put its parts together in the source first.")
    span: Span | None = getattr(spans, part)
    if span is None:
        return _with_new_section(files, spans, name, new) if new else dict(files)
    refuse_cut_comment(files, span)
    text = files[span.file]
    if not span.is_empty and new:
        return lined(files, span, new)
    if not span.is_empty:
        return {**files, span.file: without_lines(text, span.first, span.last)}
    return {**files, span.file: with_block(text, span.first, new)} if new else dict(files)


def _with_new_section(files: Files, spans: CaseSpans, name: str, new: list[str]) -> dict[str, str]:
    """A section where it belongs: before the first heading of one that comes after it."""
    text = files.get(MAIN_FILE, "")
    lines = lines_of(text)
    later = {"Brief": ("scenes", "debrief", "trainer notes"), "Debrief": ("trainer notes",)}
    first = spans.front.last + 1 if spans.front else 1
    place = next(
        (
            number
            for number, line in enumerate(lines, start=1)
            if number >= first
            and line.startswith("# ")
            and line[2:].strip().lower() in later.get(name, ())
        ),
        len(lines) + 1,
    )
    refuse_cut_comment(files, Span(MAIN_FILE, place, place - 1))
    after = {**files, MAIN_FILE: with_block(text, place, [f"# {name}", "", *new])}
    found = case_spans(after)
    is_right = [s.id for s in found.scenes] == [s.id for s in spans.scenes]
    if not is_right or getattr(found, _FIELDS[name]) is None:
        raise broken_around()
    return after


_FIELDS = {name: part for part, name in _SECTIONS.items()}
