"""content/supervision/observation-frequency.yaml → how often boards ask for an observation."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictInt

from app.domain.observation_frequency import FrequencyStep, ObservationFrequency
from app.domain.problem import Problem
from app.library.schema import (
    FileShape,
    Line,
    Shape,
    Slug,
    calendar_day,
    fit,
    problem_at,
)
from app.library.supervision_shapes import GroundsShape, grounds, repeated
from app.library.yaml_file import read_yaml
from app.library.yaml_node import Node

HOUR = 60


class _StepShape(Shape):
    until_hours: Annotated[StrictInt, Field(ge=1, le=20_000)]
    every_days: Annotated[StrictInt, Field(ge=1, le=366)]


class _FrequencyShape(GroundsShape):
    id: Slug
    title: Line
    steps: Annotated[list[_StepShape], Field(min_length=1)]


class _FrequenciesShape(FileShape):
    frequencies: Annotated[list[_FrequencyShape], Field(min_length=1)]


def read_frequencies(
    text: str, *, path: str
) -> tuple[tuple[ObservationFrequency, ...] | None, list[Problem]]:
    """Reads how often boards ask for an observation. None: the file has errors."""
    node, problems = read_yaml(text, path=path)
    if node is None:
        return None, problems
    shape, misfits = fit(_FrequenciesShape, node, path=path)
    if shape is None:
        return None, problems + misfits
    names = [one.id for one in shape.frequencies]
    faults = repeated(names, node, ("frequencies",), path=path)
    for number, one in enumerate(shape.frequencies):
        place = ("frequencies", number, "read_on")
        faults += calendar_day(one.read_on, node, place, path=path)[1]
        faults += _out_of_order(one, node, number, path)
    if faults:
        return None, problems + faults
    return tuple(_frequency(one) for one in shape.frequencies), problems


def _out_of_order(one: _FrequencyShape, node: Node, number: int, path: str) -> list[Problem]:
    hours = [step.until_hours for step in one.steps]
    return [
        problem_at(
            node,
            ("frequencies", number, "steps", place, "until_hours"),
            path=path,
            code="SR454",
            message="This step does not reach further than the one above it.",
            advice="Order the steps by hours, the fewest on top.",
        )
        for place in range(1, len(hours))
        if hours[place] <= hours[place - 1]
    ]


def _frequency(one: _FrequencyShape) -> ObservationFrequency:
    return ObservationFrequency(
        id=one.id,
        title=one.title,
        steps=tuple(FrequencyStep(step.until_hours * HOUR, step.every_days) for step in one.steps),
        grounds=grounds(one),
    )
