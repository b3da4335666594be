"""Ids that may stand once in a file, and levels named by their id: for content/supervision."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.problem import Problem
from app.library.schema import problem_at
from app.library.yaml_node import Node

Steps = tuple[str | int, ...]


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
