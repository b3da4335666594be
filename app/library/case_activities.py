"""Fenced activities of a scene: YAML inside, one shape for each kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, StrictBool, StrictInt

from app.domain.scenario_activity import (
    Activity,
    Labeled,
    Order,
    Pick,
    PickOption,
    RingExpectation,
    Say,
    Sct,
    Showing,
    Sociogram,
    TieExpectation,
)
from app.domain.scenario_vocabulary import Place
from app.library.case_lines import CaseLine, Faults, place_of
from app.library.case_values import nearest, showings_of
from app.library.schema import Code, Line, Shape, Slug, Text, fit
from app.library.yaml_file import read_yaml
from app.library.yaml_node import Node

KINDS = ("sociogram", "sct", "say", "pick", "order")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_Weight = Annotated[StrictInt, Field(ge=1, le=100)]
_Two = tuple[StrictInt, StrictInt]
_Pair = tuple[Code, Code]


class _ActivityShape(Shape):
    shows: Line | None = None
    feedback: Text | None = None


class _ExpectShape(Shape):
    person: Code | None = None
    ring: _Two | None = None
    tie: _Pair | None = None
    kind: Code | None = None
    weight: _Weight = 1
    optional: StrictBool = False


class _SociogramShape(_ActivityShape):
    ask: Text
    client: Code | None = None
    people: Annotated[dict[Code, Line], Field(min_length=1, max_length=30)]
    rings: Annotated[list[Line], Field(min_length=2, max_length=6)]
    ties: dict[Code, Line] = Field(default_factory=dict, max_length=10)
    expect: tuple[_ExpectShape, ...] = ()


class _OptionShape(Shape):
    id: Code | None = None
    text: Line
    key: StrictBool = False
    weight: _Weight = 1


class _PickShape(_ActivityShape):
    ask: Text
    choose: Annotated[StrictInt, Field(ge=1, le=20)]
    options: Annotated[list[_OptionShape], Field(min_length=2, max_length=20)]


class _ItemShape(Shape):
    id: Code
    text: Line


class _OrderShape(_ActivityShape):
    ask: Text
    items: Annotated[list[_ItemShape | Line], Field(min_length=2, max_length=20)]
    pairs_that_matter: tuple[_Pair, ...] = ()


class _SayShape(_ActivityShape):
    ask: Text
    minutes: Annotated[StrictInt, Field(ge=1, le=60)] = 2
    coded_by: Slug = "supervisor"
    cues: tuple[Line, ...] = ()


class _SctShape(_ActivityShape):
    hypothesis: Text
    news: Text
    scale: Annotated[StrictInt, Field(ge=3, le=9)] = 5
    panel: Annotated[tuple[StrictInt, ...], Field(max_length=200)] = ()


@dataclass(frozen=True, slots=True)
class _Common:
    """What every activity carries, ready for its class."""

    shows: tuple[Showing, ...]
    feedback: str
    place: Place


def starts_activity(line: CaseLine) -> bool:
    """Says whether a line opens or closes a fenced block."""
    return line.text.startswith("```")


def activity_of(lines: Sequence[CaseLine], *, client: str, faults: Faults) -> Activity | None:
    """Reads a fenced block. None: it cannot be read, and that has been noted.

    Shape: `lines` start with the opening fence; the closing one may be missing.
    """
    kind = lines[0].text.strip("` \t").lower()
    if kind not in KINDS:
        faults.at(lines[0], "SC100", f"“{kind}” is no activity.", nearest(kind, KINDS))
        return None
    inner = [line for line in lines[1:] if not starts_activity(line)]
    if len(inner) == len(lines) - 1:
        faults.at(lines[0], "SC100", "This activity is never closed.", "Add a line with ```.")
    text = "\n".join(line.text for line in inner)
    file = f"{faults.path}/{lines[0].file}"
    node, problems = read_yaml(text, path=file, first_line=lines[0].number + 1)
    faults.problems += problems
    if node is None:
        return None
    return _READERS[kind](node, lines, client, faults)


def _common(shape: _ActivityShape, lines: Sequence[CaseLine], faults: Faults) -> _Common:
    line = next((one for one in lines if one.text.startswith("shows:")), lines[0])
    return _Common(
        shows=showings_of(shape.shows or "", line, faults),
        feedback=shape.feedback or "",
        place=place_of(lines),
    )


def _sociogram(
    node: Node, lines: Sequence[CaseLine], client: str, faults: Faults
) -> Activity | None:
    shape, problems = fit(_SociogramShape, node, path=f"{faults.path}/{lines[0].file}")
    faults.problems += problems
    if shape is None:
        return None
    expect = [
        told
        for number, one in enumerate(shape.expect)
        if (told := _expectation(one, node, number, lines, faults)) is not None
    ]
    common = _common(shape, lines, faults)
    return Sociogram(
        ask=shape.ask,
        center=shape.client or client,
        people=_labeled(shape.people),
        rings=tuple(shape.rings),
        ties=_labeled(shape.ties),
        expect=tuple(expect),
        shows=common.shows,
        feedback=common.feedback,
        place=common.place,
    )


def _expectation(
    shape: _ExpectShape, node: Node, number: int, lines: Sequence[CaseLine], faults: Faults
) -> RingExpectation | TieExpectation | None:
    if shape.person and shape.ring and not shape.tie:
        low, high = min(shape.ring), max(shape.ring)
        return RingExpectation(shape.person, low, high, shape.weight)
    if shape.tie and shape.kind and not shape.person:
        return TieExpectation(shape.tie, shape.kind, shape.weight, shape.optional)
    line = node.place(("expect", number))[0]
    advice = "Write {person: jo, ring: [1, 2]} or {tie: [a, b], kind: supports}."
    place = Place(lines[0].file, line, line)
    faults.add("SC111", "This expectation names neither a ring nor a tie.", place, advice)
    return None


def _pick(node: Node, lines: Sequence[CaseLine], _: str, faults: Faults) -> Activity | None:
    shape, problems = fit(_PickShape, node, path=f"{faults.path}/{lines[0].file}")
    faults.problems += problems
    if shape is None:
        return None
    common = _common(shape, lines, faults)
    return Pick(
        ask=shape.ask,
        choose=shape.choose,
        options=tuple(
            PickOption(one.id or letter, one.text, one.key, one.weight)
            for letter, one in zip(_LETTERS, shape.options, strict=False)
        ),
        shows=common.shows,
        feedback=common.feedback,
        place=common.place,
    )


def _order(node: Node, lines: Sequence[CaseLine], _: str, faults: Faults) -> Activity | None:
    shape, problems = fit(_OrderShape, node, path=f"{faults.path}/{lines[0].file}")
    faults.problems += problems
    if shape is None:
        return None
    items = tuple(
        Labeled(one.id, one.text) if isinstance(one, _ItemShape) else Labeled(letter, one)
        for letter, one in zip(_LETTERS, shape.items, strict=False)
    )
    common = _common(shape, lines, faults)
    return Order(
        ask=shape.ask,
        items=items,
        pairs=shape.pairs_that_matter,
        shows=common.shows,
        feedback=common.feedback,
        place=common.place,
    )


def _say(node: Node, lines: Sequence[CaseLine], _: str, faults: Faults) -> Activity | None:
    shape, problems = fit(_SayShape, node, path=f"{faults.path}/{lines[0].file}")
    faults.problems += problems
    if shape is None:
        return None
    common = _common(shape, lines, faults)
    return Say(
        ask=shape.ask,
        minutes=shape.minutes,
        coded_by=shape.coded_by,
        cues=shape.cues,
        shows=common.shows,
        feedback=common.feedback,
        place=common.place,
    )


def _sct(node: Node, lines: Sequence[CaseLine], _: str, faults: Faults) -> Activity | None:
    shape, problems = fit(_SctShape, node, path=f"{faults.path}/{lines[0].file}")
    faults.problems += problems
    if shape is None:
        return None
    common = _common(shape, lines, faults)
    return Sct(
        hypothesis=shape.hypothesis,
        news=shape.news,
        scale=shape.scale,
        panel=shape.panel,
        shows=common.shows,
        feedback=common.feedback,
        place=common.place,
    )


def _labeled(told: dict[str, str]) -> tuple[Labeled, ...]:
    return tuple(Labeled(key, label) for key, label in told.items())


_READERS = {
    "sociogram": _sociogram,
    "pick": _pick,
    "order": _order,
    "say": _say,
    "sct": _sct,
}
