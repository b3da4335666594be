"""What the front matter of a case may hold: every key with the kind of value it takes."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StrictBool, StrictInt, create_model

from app.library.schema import Code, Count, Line, ReviewShape, Shape, Text


class CastShape(Shape):
    """A person of the case."""

    name: Line
    role: Line | None = None
    age: Line | None = None
    picture: Line | None = None
    alt: Line | None = None


class StateShape(Shape):
    """A state variable: exactly one of range, values and flag."""

    range: Line | None = None
    values: Annotated[list[Code], Field(min_length=2, max_length=200)] | None = None
    flag: Literal[True] | None = None
    start: StrictBool | StrictInt | Code
    label: Line | None = None
    show: Literal["never", "debrief", "live"] = "never"


class ConsentBase(Shape):
    """A release, but for “from”."""

    to: Code
    covers: Annotated[tuple[Code, ...], Field(min_length=1)]
    never: tuple[Code, ...] = ()
    form: Literal["verbal", "written"] = "written"
    until: Line | None = None


class RuleShape(Shape):
    """Something that happens by itself."""

    id: Code
    when: Line
    go: Code | None = None
    set: Line | None = None
    once: StrictBool = False


class PassShape(Shape):
    """What a summative use would ask for."""

    needs: dict[Code, Count] = Field(default_factory=dict)
    never: Literal["critical"] | None = None


class FrontBase(Shape):
    """Every key of the front matter, but for “pass”.

    What is Any here has a shape of its own and is fitted entry by entry, so that one bad entry
    leaves the others standing.
    """

    format: StrictInt | None = None
    id: Code | None = None
    title: Line | None = None
    version: Annotated[StrictInt, Field(ge=1)] = 1
    language: Line | None = None
    minutes: Annotated[StrictInt, Field(ge=0, le=600)] = 0
    level: Line | None = None
    tags: tuple[Line, ...] = ()
    start: Code | None = None
    author: Line | None = None
    review: ReviewShape | None = None
    feedback: Literal["at-once", "debrief"] = "at-once"
    parts: tuple[Line, ...] = ()
    competencies: tuple[Code, ...] = ()
    cast: dict[Code, Any] = Field(default_factory=dict)
    state: dict[Code, Any] = Field(default_factory=dict)
    consents: dict[Code, Any] = Field(default_factory=dict)
    facts: dict[Code, Text] = Field(default_factory=dict)
    rules: tuple[RuleShape, ...] = ()
    random: dict[Code, list[Code] | dict[Code, Count]] = Field(default_factory=dict)
    refs: dict[Code, Line] = Field(default_factory=dict)


# “from” and “pass” are words of Python, so these two fields cannot be written as the others are.
_GIVER: dict[str, Any] = {"from": (Code, ...)}
_PASS: dict[str, Any] = {"pass": (Any, None)}
ConsentShape: type[ConsentBase] = create_model("ConsentShape", __base__=ConsentBase, **_GIVER)
FrontShape: type[FrontBase] = create_model("FrontShape", __base__=FrontBase, **_PASS)
