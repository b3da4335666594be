"""content/sources.yaml → the works that content may cite."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictInt

from app.domain.problem import Problem
from app.domain.source import Source
from app.library.schema import Code, FileShape, Line, Shape, Text, fit, problem_at
from app.library.yaml_file import read_yaml
from app.library.yaml_node import Node


class _SourceShape(Shape):
    id: Code
    title: Line
    by: Line
    year: Annotated[StrictInt, Field(ge=1800, le=2100)] | None = None
    where: Line | None = None
    kind: Literal[
        "law", "guidance", "study", "standard", "board", "reference", "practice-example", "popular"
    ]
    mark: Literal["verified", "third-party", "unverified"]
    note: Text | None = None


class _SourcesShape(FileShape):
    sources: Annotated[list[_SourceShape], Field(min_length=1)]


def read_sources(text: str, *, path: str) -> tuple[tuple[Source, ...] | None, list[Problem]]:
    """Reads the list of sources. None: the file has errors and cannot serve."""
    node, problems = read_yaml(text, path=path)
    if node is None:
        return None, problems
    shape, misfits = fit(_SourcesShape, node, path=path)
    if shape is None:
        return None, problems + misfits
    repeated = _repeated_ids(shape, node, path)
    if repeated:
        return None, problems + repeated
    return tuple(_source(one) for one in shape.sources), problems


def _source(shape: _SourceShape) -> Source:
    return Source(
        id=shape.id,
        title=shape.title,
        by=shape.by,
        year=shape.year,
        where=shape.where or "",
        kind=shape.kind,
        mark=shape.mark,
        note=shape.note or "",
    )


def _repeated_ids(shape: _SourcesShape, node: Node, path: str) -> list[Problem]:
    seen: dict[str, int] = {}
    problems = []
    for position, source in enumerate(shape.sources):
        steps = ("sources", position, "id")
        if source.id in seen:
            problems.append(
                problem_at(
                    node,
                    steps,
                    path=path,
                    code="SR401",
                    message=f"The source “{source.id}” stands here and on line {seen[source.id]}.",
                    advice="Keep one entry for each work, or give the second another id.",
                )
            )
        seen.setdefault(source.id, node.place(steps)[0])
    return problems
