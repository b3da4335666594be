"""content/lessons/<area>/<slug>.md → a lesson: front matter, then sections of Markdown."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import PurePosixPath
from typing import Annotated

from pydantic import Field, StrictInt

from app.domain.lesson import Lesson
from app.domain.problem import Problem, Severity, errors_only
from app.library.lesson_body import Body, read_body
from app.library.schema import (
    Code,
    Line,
    ReviewShape,
    Shape,
    Slug,
    fit,
    problem_at,
    review_mark,
)
from app.library.text_file import MAX_LESSON_BYTES, clean_text
from app.library.yaml_file import read_yaml
from app.library.yaml_node import Node

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FENCE = "---"


class _LessonShape(Shape):
    title: Line
    area: Slug
    order: Annotated[StrictInt, Field(ge=1, le=999)]
    summary: Annotated[str, Field(min_length=1, max_length=600)]
    objectives: Annotated[list[Line], Field(min_length=1, max_length=8)]
    competencies: Annotated[list[Code], Field(min_length=1, max_length=12)]
    domain: Code
    minutes: Annotated[StrictInt, Field(ge=1, le=180)]
    refs: tuple[Code, ...] = ()
    reviewed: ReviewShape


def read_lesson(
    text: str, *, path: str, figures: Collection[str] | None = None
) -> tuple[Lesson | None, list[Problem]]:
    """Reads one lesson.

    Shape: `figures` are the names of the files beside the lesson.
    None: the lesson is None when the file has errors and cannot serve; without `figures`
    nobody asks whether a picture exists.
    """
    if len(text.encode("utf-8", "replace")) > MAX_LESSON_BYTES:
        message = f"The lesson is larger than {MAX_LESSON_BYTES // 1024} KB."
        return None, [_error("YF101", path, message, "Split it into several lessons.", None)]
    cleaned, problems = clean_text(text, path=path)
    if cleaned is None:
        return None, problems
    parts, problems = _split(cleaned, path)
    if parts is None:
        return None, problems
    front_text, body_text, body_line = parts
    node, problems = read_yaml(front_text, path=path, first_line=2)
    body, faults = read_body(body_text, path=path, first_line=body_line, figures=figures)
    problems += faults
    if node is None or any(fault.code == "LS224" for fault in faults):  # the text was not read
        return None, problems
    shape, misfits = fit(_LessonShape, node, path=path)
    if shape is None:
        return None, problems + misfits
    lesson, faults = _lesson(shape, node, body, path)
    problems += faults
    return (None if errors_only(problems) else lesson), problems


def _split(text: str, path: str) -> tuple[tuple[str, str, int] | None, list[Problem]]:
    """Splits front matter from body. Shape: front matter, body, and the body's first line."""
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        message = "The lesson does not start with its front matter."
        advice = "Start the file with a line of three dashes, then title, area and so on."
        return None, [_error("LS201", path, message, advice, 1)]
    ends = (number for number, line in enumerate(lines[1:], start=1) if line.rstrip() == _FENCE)
    end = next(ends, None)
    if end is None:
        message = "The front matter is opened here and never closed."
        return None, [_error("LS202", path, message, "Close it with a line of three dashes.", 1)]
    return ("\n".join(lines[1:end]) + "\n", "\n".join(lines[end + 1 :]), end + 2), []


def _lesson(shape: _LessonShape, node: Node, body: Body, path: str) -> tuple[Lesson, list[Problem]]:
    place = PurePosixPath(path)
    reviewed, problems = review_mark(shape.reviewed, node, ("reviewed",), path=path)
    problems += _misplaced(shape, node, place)
    problems += _repeated(shape, node, path)
    problems += _uncited(shape, node, body, path)
    lesson = Lesson(
        id=f"{shape.area}/{place.stem}",
        title=shape.title,
        area=shape.area,
        slug=place.stem,
        order=shape.order,
        summary=shape.summary,
        objectives=tuple(shape.objectives),
        competencies=tuple(shape.competencies),
        domain=shape.domain,
        minutes=shape.minutes,
        refs=shape.refs,
        reviewed=reviewed,
        sections=body.sections,
        path=path,
    )
    return lesson, problems


def _misplaced(shape: _LessonShape, node: Node, place: PurePosixPath) -> list[Problem]:
    path, folder = str(place), place.parent.name
    if not _SLUG.fullmatch(place.stem):
        message = f"The file name “{place.name}” cannot be part of an address."
        advice = "Use small letters, digits and hyphens only, for example consent-first.md."
        return [_error("LS217", path, message, advice, None)]
    if shape.area == folder:
        return []
    message = f"The area “{shape.area}” differs from the folder “{folder}”."
    advice = "Move the file, or correct the area."
    return [problem_at(node, ("area",), path=path, code="LS216", message=message, advice=advice)]


def _repeated(shape: _LessonShape, node: Node, path: str) -> list[Problem]:
    return [
        problem_at(
            node,
            (part, position),
            path=path,
            code="LS218",
            message=f"“{name}” stands twice in “{part}”.",
            advice="Keep one of them.",
        )
        for part, names in (("competencies", tuple(shape.competencies)), ("refs", shape.refs))
        for position, name in enumerate(names)
        if name in names[:position]
    ]


def _uncited(shape: _LessonShape, node: Node, body: Body, path: str) -> list[Problem]:
    """Compares the sources cited in the text with those listed, both ways."""
    problems = [
        _error(
            "LS212",
            path,
            f"The source “{key}” is cited here and missing in refs.",
            f"Add {key} to refs at the top, or correct the citation.",
            line,
        )
        for key, line in body.cited.items()
        if key not in shape.refs
    ]
    return problems + [
        problem_at(
            node,
            ("refs", position),
            path=path,
            code="LS213",
            message=f"The source “{key}” is listed in refs and cited nowhere.",
            advice=f"Cite it as [@{key}] where it is used, or delete it from refs.",
        )
        for position, key in enumerate(shape.refs)
        if key not in body.cited
    ]


def _error(code: str, path: str, message: str, advice: str, line: int | None) -> Problem:
    return Problem(code, Severity.ERROR, path, message, advice, line=line)
