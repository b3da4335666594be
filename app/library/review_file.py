"""content/reviews/*.yaml → what a second reader answered or decided without seeing the keys."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from app.domain.problem import Problem
from app.domain.second_reading import BlindAnswer, BlindDecision, CaseReading, SecondReading
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


class _DecisionShape(Shape):
    scene: Slug
    best: Slug
    worst: Slug | None = None
    note: Text | None = None
    done: Text | None = None


class _CaseShape(Shape):
    case: Slug
    decisions: list[_DecisionShape]


class _ReadingShape(FileShape):
    reader: Line
    date: IsoDate
    method: Text
    answers: list[_AnswerShape] = Field(default_factory=list)
    cases: list[_CaseShape] = Field(default_factory=list)


def read_second_reading(text: str, *, path: str) -> tuple[SecondReading | None, list[Problem]]:
    """Reads one record of a second reading. None: the file has errors and cannot serve."""
    node, problems = read_yaml(text, path=path)
    if node is None:
        return None, problems
    shape, misfits = fit(_ReadingShape, node, path=path)
    if shape is None:
        return None, problems + misfits
    day, faults = calendar_day(shape.date, node, ("date",), path=path)
    faults += [*_empty(shape, node, path), *_repeated(shape, node, path)]
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
        cases=tuple(_case(one) for one in shape.cases),
        path=path,
    ), problems


def _case(shape: _CaseShape) -> CaseReading:
    return CaseReading(
        case_id=shape.case,
        decisions=tuple(
            BlindDecision(
                scene_id=one.scene,
                best=one.best,
                worst=one.worst or "",
                note=one.note or "",
                done=one.done or "",
            )
            for one in shape.decisions
        ),
    )


def _empty(shape: _ReadingShape, node: Node, path: str) -> list[Problem]:
    """Tells a record, or a case in it, that holds nothing anybody chose."""
    places: list[tuple[str | int, ...]] = [
        ("cases", position) for position, one in enumerate(shape.cases) if not one.decisions
    ]
    if not shape.answers and not shape.cases:
        places.append(("reader",))
    message = "This record of a second reading holds no answer and no decision."
    advice = "List what the reader chose, under “answers” or under “cases”."
    return [
        problem_at(node, steps, path=path, code="SR432", message=message, advice=advice)
        for steps in places
    ]


def _repeated(shape: _ReadingShape, node: Node, path: str) -> list[Problem]:
    told: set[tuple[str, ...]] = set()
    problems = []
    for steps, ids, what in _read_things(shape):
        if ids in told:
            message = f"{what} “{ids[-1]}” stands twice in this record."
            advice = "Keep what the reader chose first."
            problems.append(
                problem_at(node, steps, path=path, code="SR431", message=message, advice=advice)
            )
        told.add(ids)
    return problems


def _read_things(
    shape: _ReadingShape,
) -> Iterator[tuple[tuple[str | int, ...], tuple[str, ...], str]]:
    """Goes through what was read. Shape: where it stands, its ids from outside in, what it is."""
    for position, answer in enumerate(shape.answers):
        yield ("answers", position), ("question", answer.item), "The question"
    for position, case in enumerate(shape.cases):
        yield ("cases", position), ("case", case.case), "The case"
        for at, one in enumerate(case.decisions):
            steps = ("cases", position, "decisions", at)
            yield steps, ("case", case.case, one.scene), "The decision"
