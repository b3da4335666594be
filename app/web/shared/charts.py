"""Axis maths and drawing geometry for the charts that templates show as SVG.

Across, everything is in percent of the drawing's width, so that a chart fits any screen while
its words keep their size; downwards, in pixels. Colour and type belong to the style sheet.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

BAR_ROW = 46  # pixels: one line of words, the bar below it, and air
BAR_ROOM = 88  # percent of the width for bars; the rest is for the figure at their end
PLOT_FLOOR = 180  # pixels: where the lowest tick stands
AXIS_ROOM = 24  # pixels below the floor for the words of the axis
PLOT_TOP = 22  # room for the highest tick's words
DOT = 6  # pixels: radius of a dot in a strip
DOT_STEP = 15  # pixels between stacked dots


@dataclass(frozen=True, slots=True)
class LinearScale:
    """Places values between two ends of a drawing. Units: `start` and `end` as the drawing's."""

    low: float
    high: float
    start: float = 0.0
    end: float = 100.0

    def at(self, value: float) -> float:
        """Says where a value stands; values outside the ends stand at the nearer end."""
        if self.high == self.low:
            return round((self.start + self.end) / 2, 2)
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 2)


@dataclass(frozen=True, slots=True)
class Tick:
    """A marked value of an axis and where it stands."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `y` is the baseline of its words, `width` percent of the drawing."""

    label: str
    text: str
    width: float
    y: int
    is_strong: bool


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars with their words above and their figures at the end."""

    title: str
    description: str
    bars: tuple[Bar, ...]
    height: int
    value_header: str
    goal: Tick | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a line or strip."""

    x: float
    y: float
    label: str
    text: str
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class LineChart:
    """One line over time or order. Shape: `line` holds SVG points in a box of 100 × `floor`."""

    title: str
    description: str
    points: tuple[Point, ...]
    line: str
    ticks: tuple[Tick, ...]
    floor: int
    height: int
    value_header: str


@dataclass(frozen=True, slots=True)
class DotStrip:
    """Every value as one dot over a scale; equal values stand on each other."""

    title: str
    description: str
    dots: tuple[Point, ...]
    ticks: tuple[Tick, ...]
    floor: int
    height: int
    value_header: str


@dataclass(frozen=True, slots=True)
class RangeMeter:
    """An estimate with its plausible range. Units: percent of the drawing's width."""

    low: float
    high: float
    at: float
    text: str
    goal: Tick | None = None


def nice_ticks(low: float, high: float, *, wanted: int = 4) -> tuple[float, ...]:
    """Chooses round values that cover a range: steps of 1, 2 or 5 times a power of ten.

    Shape: ascending; the first is at or below `low`, the last at or above `high`.
    """
    if high <= low:
        high = low + 1
    rough = (high - low) / max(wanted, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(n * step, 10) for n in range(first, last + 1))


def plain_number(value: float, unit: str = "") -> str:
    """Writes a number as people do: no needless decimals, a true minus, the unit attached."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"
    return text.replace("-", "−") + unit


def bar_chart(
    title: str,
    values: Sequence[tuple[str, float]],
    *,
    most: float | None = None,
    unit: str = "",
    goal: tuple[str, float] | None = None,
    strong: str = "",
    value_header: str = "Value",
) -> BarChart:
    """Lays out bars in the given order.

    Units: `most` is the value of a full bar; without it the largest value decides.
    Shape: `goal` is words and a value that every bar is read against; `strong` names one bar.
    """
    largest = max([value for _, value in values] + ([goal[1]] if goal else []), default=0)
    scale = LinearScale(0, most if most is not None else (largest or 1), end=BAR_ROOM)
    top = 20 if goal else 0
    bars = tuple(
        Bar(
            label,
            plain_number(value, unit),
            scale.at(value),
            top + 16 + i * BAR_ROW,
            label == strong,
        )
        for i, (label, value) in enumerate(values)
    )
    told = "; ".join(f"{bar.label}: {bar.text}" for bar in bars) or "No values yet"
    mark = Tick(scale.at(goal[1]), f"{goal[0]} {plain_number(goal[1], unit)}") if goal else None
    if mark:
        told += f". {mark.text}"
    return BarChart(title, told + ".", bars, top + len(bars) * BAR_ROW, value_header, mark)


def line_chart(
    title: str,
    values: Sequence[tuple[str, float]],
    *,
    low: float = 0,
    high: float | None = None,
    unit: str = "",
    value_header: str = "Value",
) -> LineChart:
    """Lays out one line, its points evenly spaced in the given order."""
    amounts = [value for _, value in values]
    marks = nice_ticks(min([low, *amounts]), high if high is not None else max([low, *amounts]))
    down = LinearScale(marks[0], marks[-1], start=PLOT_FLOOR, end=PLOT_TOP)
    across = LinearScale(0, len(values) - 1, start=14, end=96)
    points = tuple(
        Point(across.at(i), down.at(value), label, plain_number(value, unit), i == len(values) - 1)
        for i, (label, value) in enumerate(values)
    )
    told = "No values yet."
    if points:
        first, last = points[0], points[-1]
        told = f"From {first.text} ({first.label}) to {last.text} ({last.label})"
        told += f", {len(points)} points."
    line = " ".join(f"{point.x:g},{point.y:g}" for point in points)
    ticks = tuple(Tick(down.at(mark), plain_number(mark, unit)) for mark in marks)
    return LineChart(
        title, told, points, line, ticks, PLOT_FLOOR, PLOT_FLOOR + AXIS_ROOM, value_header
    )


def dot_strip(
    title: str,
    values: Sequence[tuple[str, float]],
    *,
    low: float,
    high: float,
    unit: str = "",
    strong: str = "",
    value_header: str = "Value",
) -> DotStrip:
    """Lays out one dot per value; dots that would touch are stacked upwards."""
    marks = nice_ticks(low, high)
    across = LinearScale(marks[0], marks[-1], start=4, end=96)
    columns: dict[int, int] = {}
    placed: list[tuple[str, float, int]] = []
    for label, value in sorted(values, key=lambda pair: (pair[1], pair[0])):
        column = round(across.at(value) / 3)
        placed.append((label, value, columns.get(column, 0)))
        columns[column] = columns.get(column, 0) + 1
    floor = (max(columns.values(), default=1)) * DOT_STEP + DOT
    dots = tuple(
        Point(
            across.at(v), floor - DOT - 4 - level * DOT_STEP, n, plain_number(v, unit), n == strong
        )
        for n, v, level in placed
    )
    told = "; ".join(f"{dot.label}: {dot.text}" for dot in dots) or "No values yet"
    ticks = tuple(Tick(across.at(mark), plain_number(mark, unit)) for mark in marks)
    return DotStrip(title, told + ".", dots, ticks, floor, floor + AXIS_ROOM, value_header)


def range_meter(
    text: str, *, at: float, low: float, high: float, goal: tuple[str, float] | None = None
) -> RangeMeter:
    """Lays out an estimate with its range. Units: proportions 0–1; drawn in percent."""
    scale = LinearScale(0, 1, start=0, end=100)
    mark = Tick(scale.at(goal[1]), goal[0]) if goal else None
    return RangeMeter(scale.at(low), scale.at(high), scale.at(at), text, mark)
