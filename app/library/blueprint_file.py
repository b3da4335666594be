"""content/blueprints/*.yaml → an exam blueprint whose counts add up."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt

from app.domain.exam_blueprint import ExamBlueprint, ExamDomain, ExamShape, ScoreScale
from app.domain.problem import Problem
from app.library.schema import Code, Count, FileShape, Line, Shape, Slug, Text, fit, problem_at
from app.library.yaml_file import read_yaml

_Steps = tuple[str | int, ...]


class _ScaleShape(Shape):
    low: StrictInt
    high: StrictInt
    cut: StrictInt
    cut_percent: Annotated[StrictInt, Field(ge=1, le=99)]
    ours: StrictBool


class _DomainShape(Shape):
    code: Code
    title: Line
    items: Count
    published_weight_percent: Annotated[StrictInt, Field(ge=0, le=100)] | None = None
    sureness: Literal["confirmed", "position-inferred", "third-party", "unverified", "own"]
    topics: tuple[Line, ...] = ()


class _FormShape(Shape):
    id: Slug
    title: Line
    items: Count
    scored: Count
    pretest: Count
    minutes: Count
    domains: dict[Code, Count]


class _BlueprintShape(FileShape):
    id: Slug
    title: Line
    version: Line
    outline_year: Annotated[StrictInt, Field(ge=1980, le=2100)] | None = None
    source: Code
    note: Text | None = None
    items_total: Count
    scored: Count
    pretest: Count
    minutes: Count
    scale: _ScaleShape
    domains: Annotated[list[_DomainShape], Field(min_length=1)]
    forms: tuple[_FormShape, ...] = ()


def read_blueprint(text: str, *, path: str) -> tuple[ExamBlueprint | None, list[Problem]]:
    """Reads one exam blueprint. None: the file has errors and cannot serve."""
    node, problems = read_yaml(text, path=path)
    if node is None:
        return None, problems
    shape, misfits = fit(_BlueprintShape, node, path=path)
    if shape is None:
        return None, problems + misfits
    faults = [
        problem_at(node, steps, path=path, code=code, message=message, advice=advice)
        for steps, code, message, advice in [*_wrong_sums(shape), *_wrong_names(shape)]
    ]
    if faults:
        return None, problems + faults
    return _blueprint(shape, path), problems


def _wrong_sums(shape: _BlueprintShape) -> list[tuple[_Steps, str, str, str]]:
    """Adds up every count that should equal another one."""
    both, domains = "scored and pretest items", "items of the domains"
    in_domains = sum(domain.items for domain in shape.domains)
    sums: list[tuple[_Steps, str, int, int]] = [
        (("items_total",), both, shape.scored + shape.pretest, shape.items_total),
        (("domains",), domains, in_domains, shape.scored),
    ]
    for i, form in enumerate(shape.forms):
        in_domains = sum(form.domains.values())
        sums.append((("forms", i, "items"), both, form.scored + form.pretest, form.items))
        sums.append((("forms", i, "domains"), domains, in_domains, form.scored))
    found: list[tuple[_Steps, str, str, str]] = []
    for steps, what, total, told in sums:
        if total != told:
            message = f"The {what} add up to {total}, not to {told}."
            found.append((steps, "SR421", message, "Correct the counts until they agree."))
    scale = shape.scale
    if not scale.low < scale.cut <= scale.high:
        message = f"The cut {scale.cut} does not lie between {scale.low} and {scale.high}."
        found.append((("scale", "cut"), "SR422", message, "Correct the scale."))
    return found


def _wrong_names(shape: _BlueprintShape) -> list[tuple[_Steps, str, str, str]]:
    found: list[tuple[_Steps, str, str, str]] = []
    codes = [domain.code for domain in shape.domains]
    ids = [form.id for form in shape.forms]
    for part, names in (("domains", codes), ("forms", ids)):
        for i, name in enumerate(names):
            if name in names[:i]:
                message = f"“{name}” stands twice in the list of {part}."
                found.append(((part, i), "SR423", message, "Keep one of them, or correct it."))
    for i, form in enumerate(shape.forms):
        for code in form.domains:
            if code not in codes:
                message = f"This blueprint has no domain “{code}”."
                advice = f"Its domains are {', '.join(codes)}."
                found.append((("forms", i, "domains", code), "SR424", message, advice))
    return found


def _blueprint(shape: _BlueprintShape, path: str) -> ExamBlueprint:
    return ExamBlueprint(
        id=shape.id,
        title=shape.title,
        version=shape.version,
        outline_year=shape.outline_year,
        source=shape.source,
        note=shape.note or "",
        items_total=shape.items_total,
        scored=shape.scored,
        pretest=shape.pretest,
        minutes=shape.minutes,
        scale=ScoreScale(**shape.scale.model_dump()),
        domains=tuple(
            ExamDomain(**{**domain.model_dump(), "topics": tuple(domain.topics)})
            for domain in shape.domains
        ),
        shapes=tuple(ExamShape(**form.model_dump()) for form in shape.forms),
        path=path,
    )
