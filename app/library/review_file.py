"""content/reviews/*.yaml → what a second reader answered without seeing the keys."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from app.domain.problem import Problem
from app.domain.second_reading import BlindAnswer, SecondReading
from app.library.schema import (
    Code,
    FileShape,
    IsoDate,
    Line,
    Shape,
    Slug,
    Text,
    calendar_day,
    fit,
    problem_at,
)
from app.library.yaml_file import read_yaml
from app.library.yaml_node import Node


class _AnswerShape(Shape):
    item: Slug
    chosen: Code
    note: Text | None = None


class _ReadingShape(FileShape):
    reader: Line
    date: IsoDate
    method: Text
    answers: Annotated[list[_AnswerShape], Field(min_length=1)]


def read_second_reading(text: str, *, path: str) -> tuple[SecondReading | None, list[Problem]]:
    """Reads one record of a second reading. None: the file has errors and cannot serve."""
    node, problems = read_yaml(text, path=path)
    if node is None:
        return None, problems
    shape, misfits = fit(_ReadingShape, node, path=path)
    if shape is None:
        return None, problems + misfits
    day, faults = calendar_day(shape.date, node, ("date",), path=path)
    faults += _repeated(shape, node, path)
    if faults:
        return None, problems + faults
    return SecondReading(
        reader=shape.reader,
        date=day,
        method=shape.method,
        answers=tuple(
            BlindAnswer(item_id=one.item, chosen=one.chosen, note=one.note or "")
            for one in shape.answers
        ),
        path=path,
    ), problems


def _repeated(shape: _ReadingShape, node: Node, path: str) -> list[Problem]:
    ids = [answer.item for answer in shape.answers]
    return [
        problem_at(
            node,
            ("answers", position),
            path=path,
            code="SR431",
            message=f"The question “{item_id}” is answered twice in this record.",
            advice="Keep the answer the reader gave first.",
        )
        for position, item_id in enumerate(ids)
        if item_id in ids[:position]
    ]
