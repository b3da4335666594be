"""Shapes of content files, and their faults told with line, field and advice.

Pydantic finds all faults at once; its own words are for programmers, so they are retold here.
"""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictInt,
    StringConstraints,
    ValidationError,
)
from pydantic_core import ErrorDetails

from app.domain.problem import Problem, Severity
from app.domain.review_mark import ReviewMark
from app.library.schema_words import tell
from app.library.yaml_node import Node

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=80)]
LessonId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$", max_length=160)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
IsoDate = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Count = Annotated[StrictInt, Field(ge=0, le=1000)]


class Shape(BaseModel):
    """What a mapping of a content file may hold. An unknown key is a fault, never ignored."""

    model_config = ConfigDict(
        extra="forbid",
        str_strip_whitespace=True,
        coerce_numbers_to_str=True,
        defer_build=True,  # built at the first file: commands that read none start faster
    )


class FileShape(Shape):
    """What every content file starts with."""

    format: Literal[1]


class ReviewShape(Shape):
    """Who has reviewed a piece of content, and when."""

    by: Line
    date: IsoDate


MOST_MISFITS = 200  # told of one file; each looks for the key that was meant
AnyShape = TypeVar("AnyShape", bound=Shape)


def fit(shape: type[AnyShape], node: Node, *, path: str) -> tuple[AnyShape | None, list[Problem]]:
    """Fits what was read into a shape.

    Shape: the problems tell all faults at once, each with its place, up to `MOST_MISFITS`.
    None: the value is None when anything does not fit.
    """
    if not isinstance(node.value, dict):
        message = "The file does not start with keys such as “format: 1”."
        advice = "Start from a finished example."
        return None, [Problem("YF120", Severity.ERROR, path, message, advice, line=node.line)]
    try:
        return shape.model_validate(node.plain()), []
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=True)
        return None, [_problem(shape, fault, node, path) for fault in faults[:MOST_MISFITS]]


def problem_at(
    node: Node,
    steps: tuple[str | int, ...],
    *,
    path: str,
    code: str,
    message: str,
    advice: str,
) -> Problem:
    """Tells a fault that the shape alone cannot see, at the place the steps lead to."""
    line, column = node.place(steps)
    return Problem(
        code,
        Severity.ERROR,
        path,
        message,
        advice,
        line=line,
        column=column,
        field=_field_name(node, steps),
        subject=_subject(node, steps),
    )


def review_mark(
    review: ReviewShape, node: Node, steps: tuple[str | int, ...], *, path: str
) -> tuple[ReviewMark, list[Problem]]:
    """Reads a review mark; a day that no calendar has is a fault."""
    day, problems = calendar_day(review.date, node, (*steps, "date"), path=path)
    return ReviewMark(by=review.by, date=day), problems


def calendar_day(
    text: str, node: Node, steps: tuple[str | int, ...], *, path: str
) -> tuple[date, list[Problem]]:
    """Reads a date; gives the earliest day together with a problem when there is no such day."""
    try:
        return date.fromisoformat(text), []
    except ValueError:
        message = f"There is no such day as {text}."
        advice = "Write year, month and day, for example 2026-11-21."
        code = "YF126"
        return date.min, [
            problem_at(node, steps, path=path, code=code, message=message, advice=advice)
        ]


def _problem(shape: type[Shape], fault: ErrorDetails, node: Node, path: str) -> Problem:
    steps = tuple(step for step in fault["loc"] if step != "[key]")
    around = _shape_at(shape, steps[:-1])
    known = list(around.model_fields) if around else []
    code, message, advice = tell(fault, known, _nearest(str(steps[-1]), known, node, steps))
    return problem_at(node, steps, path=path, code=code, message=message, advice=advice)


def _nearest(wrong: str, known: list[str], node: Node, steps: tuple[str | int, ...]) -> str:
    """Finds the known key that was probably meant and is not there yet; empty when none is."""
    around: Node | None = node
    for step in steps[:-1]:
        around = around.step(step) if around else None
    taken = around.value if around and isinstance(around.value, dict) else {}
    free = [key for key in known if key not in taken]
    close = get_close_matches(wrong.lower(), free, n=1, cutoff=0.6)
    return close[0] if close else ""


def _shape_at(shape: type[Shape], steps: tuple[str | int, ...]) -> type[Shape] | None:
    """Finds the shape that governs the mapping the steps lead to."""
    current: type[Shape] | None = shape
    for step in steps:
        if isinstance(step, int) or current is None:
            continue  # positions in a list do not change which shape its entries have
        field = current.model_fields.get(step)
        current = _shape_in(field.annotation) if field else None
    return current


def _shape_in(annotation: Any) -> type[Shape] | None:  # annotations have no narrower type
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return annotation
    return next(filter(None, (_shape_in(part) for part in get_args(annotation))), None)


def _field_name(node: Node, steps: tuple[str | int, ...]) -> str:
    """Names a field as people would point at it: `items[consent-01].options[b].why`."""
    told, current = "", node
    for step in steps:
        below = current.step(step)
        if isinstance(step, int):
            told += f"[{(below.name() if below else '') or f'#{step + 1}'}]"
        else:
            told += f".{step}" if told else str(step)
        if below is None:
            break
        current = below
    return told


def _subject(node: Node, steps: tuple[str | int, ...]) -> str:
    """Finds the id of the outermost thing around the fault; empty when none carries one."""
    current: Node | None = node
    for step in ("", *steps):
        current = current.step(step) if current and step != "" else current
        if current is None:
            return ""
        if current.name():
            return current.name()
    return ""
