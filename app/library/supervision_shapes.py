"""What files of content/supervision share: what a rule rests on, and ids that may stand once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from app.domain.board_rules import Grounds
from app.domain.problem import Problem
from app.library.schema import Code, IsoDate, Shape, Text, problem_at
from app.library.yaml_node import Node

Steps = tuple[str | int, ...]


class GroundsShape(Shape):
    """What a rule rests on: where it was read, when, and how sure that is."""

    sources: Annotated[tuple[Code, ...], Field(min_length=1)]
    sureness: Literal["confirmed", "older-text", "conflict", "third-party", "unverified"]
    read_on: IsoDate
    note: Text | None = None


def grounds(shape: GroundsShape) -> Grounds:
    """What a rule rests on, once its day is known to be one."""
    read_on = date.fromisoformat(shape.read_on)
    return Grounds(shape.sources, shape.sureness, read_on, shape.note or "")


def repeated(names: Sequence[str], node: Node, steps: Steps, *, path: str) -> list[Problem]:
    """Tells every name of a list that stands in it before."""
    problems = []
    for position, name in enumerate(names):
        first = names.index(name)
        if first != position:
            line = node.place((*steps, first))[0]
            problems.append(
                problem_at(
                    node,
                    (*steps, position),
                    path=path,
                    code="SR441",
                    message=f"“{name}” stands here and on line {line}.",
                    advice="Keep one of them, or give this one another id.",
                )
            )
    return problems
