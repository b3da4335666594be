"""content/competencies/*.yaml → a framework with its groups and competencies."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from app.domain.competency import Competency, CompetencyFramework, CompetencyGroup
from app.domain.problem import Problem
from app.library.schema import Code, Count, FileShape, Line, Shape, Text, fit, problem_at
from app.library.yaml_file import read_yaml
from app.library.yaml_node import Node

_Sureness = Literal["confirmed", "position-inferred", "third-party", "unverified", "own"]


class _FrameworkShape(Shape):
    id: Code
    title: Line
    edition: Line
    version: Line = "1"
    scale: Code | None = None
    publisher: Line
    source: Code | None = None  # a framework of our own has no outside source
    mapping: Literal["own", "official"] | None = None
    note: Text | None = None


class _GroupShape(Shape):
    id: Code
    title: Line
    kind: Literal["foundation", "dimension", "element"]
    parent: Code | None = None


class _CriteriaShape(Shape):
    count: Count
    sureness: _Sureness


class _CompetencyShape(Shape):
    code: Code
    group: Code | None = None
    title: Line | None = None
    text: Text
    sureness: _Sureness
    source_note: Text | None = None
    global_criteria: _CriteriaShape | None = None
    maps_to: tuple[Code, ...] = ()
    domains: tuple[Code, ...] = ()


class _CompetenciesShape(FileShape):
    framework: _FrameworkShape
    groups: tuple[_GroupShape, ...] = ()
    competencies: Annotated[list[_CompetencyShape], Field(min_length=1)]


def read_framework(text: str, *, path: str) -> tuple[CompetencyFramework | None, list[Problem]]:
    """Reads one framework. None: the file has errors and cannot serve."""
    node, problems = read_yaml(text, path=path)
    if node is None:
        return None, problems
    shape, misfits = fit(_CompetenciesShape, node, path=path)
    if shape is None:
        return None, problems + misfits
    faults = [*_repeated(shape, node, path), *_dangling_groups(shape, node, path)]
    if faults:
        return None, problems + faults
    return _framework(shape, path), problems


def _framework(shape: _CompetenciesShape, path: str) -> CompetencyFramework:
    head = shape.framework
    return CompetencyFramework(
        id=head.id,
        title=head.title,
        edition=head.edition,
        publisher=head.publisher,
        source=head.source or "",
        note=head.note or "",
        version=head.version,
        scale=head.scale or "",
        mapping=head.mapping or "",
        groups=tuple(
            CompetencyGroup(
                id=group.id, title=group.title, kind=group.kind, parent=group.parent or ""
            )
            for group in shape.groups
        ),
        competencies=tuple(_competency(one, head.id) for one in shape.competencies),
        path=path,
    )


def _competency(shape: _CompetencyShape, framework: str) -> Competency:
    return Competency(
        code=shape.code,
        framework=framework,
        group=shape.group or "",
        title=shape.title or shape.text,
        text=shape.text,
        sureness=shape.sureness,
        maps_to=shape.maps_to,
        domains=shape.domains,
        note=shape.source_note or "",
    )


def _repeated(shape: _CompetenciesShape, node: Node, path: str) -> list[Problem]:
    problems = []
    for part, names in (
        ("groups", [group.id for group in shape.groups]),
        ("competencies", [one.code for one in shape.competencies]),
    ):
        for position, name in enumerate(names):
            first = names.index(name)
            if first != position:
                line = node.place((part, first))[0]
                message = f"“{name}” stands here and on line {line}."
                problems.append(
                    problem_at(
                        node,
                        (part, position),
                        path=path,
                        code="SR411",
                        message=message,
                        advice="Keep one of them, or correct the code.",
                    )
                )
    return problems


def _dangling_groups(shape: _CompetenciesShape, node: Node, path: str) -> list[Problem]:
    known = {group.id for group in shape.groups}
    named = [(("groups", i, "parent"), g.parent) for i, g in enumerate(shape.groups)]
    named += [(("competencies", i, "group"), c.group) for i, c in enumerate(shape.competencies)]
    return [
        problem_at(
            node,
            steps,
            path=path,
            code="SR412",
            message=f"There is no group “{group}” in this file.",
            advice="Correct the name, or add the group to the list of groups.",
        )
        for steps, group in named
        if group is not None and group not in known
    ]
