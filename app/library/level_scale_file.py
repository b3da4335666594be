"""content/supervision/level-scales.yaml → the scales on which levels are told."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictInt

from app.domain.level_scale import Level, LevelScale
from app.domain.problem import Problem
from app.library.schema import Code, FileShape, Line, Shape, Text, fit, problem_at
from app.library.supervision_shapes import repeated
from app.library.yaml_file import read_yaml


class _LevelShape(Shape):
    id: Code
    title: Line
    meaning: Text


class _ScaleShape(Shape):
    id: Code
    title: Line
    source: Code | None = None
    competent: Annotated[StrictInt, Field(ge=1, le=20)]
    note: Text | None = None
    levels: Annotated[tuple[_LevelShape, ...], Field(min_length=2, max_length=20)]


class _ScalesShape(FileShape):
    scales: Annotated[tuple[_ScaleShape, ...], Field(min_length=1)]


def read_level_scales(
    text: str, *, path: str
) -> tuple[tuple[LevelScale, ...] | None, list[Problem]]:
    """Reads the scales. None: the file has errors and cannot serve."""
    node, problems = read_yaml(text, path=path)
    if node is None:
        return None, problems
    shape, misfits = fit(_ScalesShape, node, path=path)
    if shape is None:
        return None, problems + misfits
    faults = repeated([one.id for one in shape.scales], node, ("scales",), path=path)
    for place, scale in enumerate(shape.scales):
        steps = ("scales", place, "levels")
        faults += repeated([level.id for level in scale.levels], node, steps, path=path)
        if scale.competent > len(scale.levels):
            faults.append(
                problem_at(
                    node,
                    ("scales", place, "competent"),
                    path=path,
                    code="SR442",
                    message=f"The scale has {len(scale.levels)} levels and no {scale.competent}th.",
                    advice="Name the rank of a level that is there, counted from 1.",
                )
            )
    if faults:
        return None, problems + faults
    return tuple(_scale(one) for one in shape.scales), problems


def _scale(shape: _ScaleShape) -> LevelScale:
    return LevelScale(
        id=shape.id,
        title=shape.title,
        levels=tuple(
            Level(one.id, rank, one.title, one.meaning)
            for rank, one in enumerate(shape.levels, start=1)
        ),
        competent=shape.competent,
        source=shape.source or "",
        note=shape.note or "",
    )
