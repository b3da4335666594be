"""Where the people of a sociogram stand: rings around the client, ties between them.

Positions are percents of a square drawing. A person keeps their direction on every ring, so
that moving closer or further is one straight step and the picture never reshuffles.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

CENTRE = 50.0
INNERMOST = 17.0  # percent: the first ring leaves room for the client's name
OUTERMOST = 41.0  # percent: the last ring leaves room for names at the rim


@dataclass(frozen=True, slots=True)
class Ring:
    """A circle of closeness. Units: `radius` in percent of the drawing."""

    label: str
    radius: float


@dataclass(frozen=True, slots=True)
class Seat:
    """A place on one ring for one person."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Person:
    """Someone in the picture. None: `ring` is None until they are placed."""

    id: str
    name: str
    ring: int | None
    seats: tuple[Seat, ...]  # one for each ring, from the inside out

    @property
    def seat(self) -> Seat | None:
        """Says where the person stands now. None: not placed yet."""
        return None if self.ring is None else self.seats[self.ring]


@dataclass(frozen=True, slots=True)
class TieKind:
    """A sort of tie and how its line is drawn: solid, dashed or dotted."""

    id: str
    label: str
    style: str = "solid"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people, or the client and one, between whom a tie may be."""

    first: str
    second: str
    first_name: str
    second_name: str
    kinds: frozenset[str]  # ids of the ties drawn now

    @property
    def name(self) -> str:
        """Names the field that posts this pair's ties."""
        return f"tie.{self.first}.{self.second}"


@dataclass(frozen=True, slots=True)
class TieLine:
    """One drawn tie."""

    x1: float
    y1: float
    x2: float
    y2: float
    style: str
    words: str


@dataclass(frozen=True, slots=True)
class Sociogram:
    """The picture and the census form that hold the same facts."""

    title: str
    client: str
    rings: tuple[Ring, ...]
    people: tuple[Person, ...]
    kinds: tuple[TieKind, ...]
    pairs: tuple[Pair, ...]
    lines: tuple[TieLine, ...]
    description: str


def sociogram(
    title: str,
    *,
    client: tuple[str, str],
    people: Sequence[tuple[str, str]],
    rings: Sequence[str],
    kinds: Sequence[TieKind],
    placed: Mapping[str, int],
    ties: Mapping[tuple[str, str], frozenset[str]],
) -> Sociogram:
    """Lays out a sociogram.

    Shape: `client` and `people` are (id, name); `placed` maps a person's id to the index of a
    ring, 0 the innermost; `ties` maps a pair of ids, in either order, to kinds.
    """
    circles = _rings(rings)
    seated = tuple(
        Person(person_id, name, placed.get(person_id), _seats(i, len(people), circles))
        for i, (person_id, name) in enumerate(people)
    )
    pairs = _pairs([client, *people], ties)
    lines = _lines(client[0], seated, pairs, kinds)
    told = [
        f"{person.name}: {circles[person.ring].label}"
        if person.ring is not None
        else f"{person.name}: not placed yet"
        for person in seated
    ] + [line.words for line in lines]
    return Sociogram(
        title, client[1], circles, seated, tuple(kinds), pairs, lines, "; ".join(told) + "."
    )


def _rings(labels: Sequence[str]) -> tuple[Ring, ...]:
    step = (OUTERMOST - INNERMOST) / max(len(labels) - 1, 1)
    return tuple(Ring(label, round(INNERMOST + i * step, 2)) for i, label in enumerate(labels))


def _seats(index: int, count: int, rings: Sequence[Ring]) -> tuple[Seat, ...]:
    # Half a step off the vertical, where the names of the rings stand.
    angle = math.tau * (index + 0.5) / max(count, 1) - math.pi / 2
    return tuple(
        Seat(
            round(CENTRE + ring.radius * math.cos(angle), 2),
            round(CENTRE + ring.radius * math.sin(angle), 2),
        )
        for ring in rings
    )


def _pairs(
    everyone: Sequence[tuple[str, str]], ties: Mapping[tuple[str, str], frozenset[str]]
) -> tuple[Pair, ...]:
    found = []
    for i, (first, first_name) in enumerate(everyone):
        for second, second_name in everyone[i + 1 :]:
            kinds = ties.get((first, second), frozenset()) | ties.get((second, first), frozenset())
            found.append(Pair(first, second, first_name, second_name, kinds))
    return tuple(found)


def _lines(
    client: str, people: Sequence[Person], pairs: Sequence[Pair], kinds: Sequence[TieKind]
) -> tuple[TieLine, ...]:
    seats = {person.id: person.seat for person in people} | {client: Seat(CENTRE, CENTRE)}
    lines = []
    for pair in pairs:
        start, end = seats[pair.first], seats[pair.second]
        if start is None or end is None:
            continue
        drawn = [kind for kind in kinds if kind.id in pair.kinds]
        for i, kind in enumerate(drawn):
            # Several ties of one pair run side by side.
            shift = (i - (len(drawn) - 1) / 2) * 1.6
            lines.append(
                TieLine(
                    start.x + shift,
                    start.y + shift,
                    end.x + shift,
                    end.y + shift,
                    kind.style,
                    f"{pair.first_name} and {pair.second_name}: {kind.label}",
                )
            )
    return tuple(lines)
