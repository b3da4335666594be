"""content/supervision/mi-thresholds.yaml → from where a measure counts as fair and as good."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from app.domain.mi_counts import Measure, MeasureThreshold, MIThresholds
from app.domain.problem import Problem
from app.library.schema import Code, FileShape, IsoDate, Line, Shape, Text, fit, problem_at
from app.library.supervision_shapes import repeated
from app.library.yaml_file import read_yaml

_Number = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,3}(\.[0-9]{1,2})?$")]


class _MeasureShape(Shape):
    id: Literal["reflections-to-questions", "complex-reflections", "relational", "technical"]
    title: Line
    unit: Literal["ratio", "percent", "mean"]
    fair: _Number
    good: _Number


class _ThresholdsShape(FileShape):
    as_of: IsoDate
    source: Code
    note: Text | None = None
    measures: Annotated[tuple[_MeasureShape, ...], Field(min_length=1)]


def read_mi_thresholds(text: str, *, path: str) -> tuple[MIThresholds | None, list[Problem]]:
    """Reads the thresholds. None: the file has errors and cannot serve."""
    node, problems = read_yaml(text, path=path)
    if node is None:
        return None, problems
    shape, misfits = fit(_ThresholdsShape, node, path=path)
    if shape is None:
        return None, problems + misfits
    faults = repeated([one.id for one in shape.measures], node, ("measures",), path=path)
    for place, one in enumerate(shape.measures):
        if Fraction(one.good) < Fraction(one.fair):
            faults.append(
                problem_at(
                    node,
                    ("measures", place, "good"),
                    path=path,
                    code="SR443",
                    message=f"“{one.id}” is good from {one.good}, and fair only from {one.fair}.",
                    advice="Put the higher number under good.",
                )
            )
    if faults:
        return None, problems + faults
    return _thresholds(shape), problems


def _thresholds(shape: _ThresholdsShape) -> MIThresholds:
    return MIThresholds(
        source=shape.source,
        as_of=date.fromisoformat(shape.as_of),
        measures=tuple(
            MeasureThreshold(
                Measure(one.id), one.title, _amount(one.fair, one), _amount(one.good, one), one.unit
            )
            for one in shape.measures
        ),
        note=shape.note or "",
    )


def _amount(told: str, shape: _MeasureShape) -> Fraction:
    """A threshold as the measure is worked out: percentages as shares of one."""
    return Fraction(told) / (100 if shape.unit == "percent" else 1)
