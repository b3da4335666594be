"""Where the boxes of a case's map stand in pixels, and the curves between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from app.domain.case_layout import Box, LaidWay

BOX_WIDTH = 168
EMPTY_BOX, TEXT_LINE = 34, 17  # height of a box with its first line; of each line more
ROW_GAP = 52
MARGIN = 6
SIDE = 44  # room at the right for ways that lead back
PORTS = 0.6  # share of a box's side over which the ends of its ways are spread
DOT = 7  # radius of a scene without words
HEAD = 5.0  # least half width of an arrow head

Point = tuple[float, float]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Frame:
    """The measures of one map. Shape: `lines` is how many lines stand below the first."""

    lines: int

    @property
    def box_height(self) -> int:
        """The height of every box."""
        return EMPTY_BOX + TEXT_LINE * self.lines

    @property
    def pitch(self) -> int:
        """From one row to the next."""
        return self.box_height + ROW_GAP

    def width(self, columns: float) -> int:
        """The whole drawing across."""
        return round(columns * BOX_WIDTH) + SIDE + MARGIN

    def height(self, rows: int) -> int:
        """The whole drawing downwards."""
        return max(rows * self.pitch - ROW_GAP, 0) + 2 * MARGIN

    def corner(self, box: Box) -> Point:
        """The left upper corner of a box."""
        x, y = self.middle(box)
        return round(x - BOX_WIDTH / 2, 1), round(y - self.box_height / 2, 1)

    def middle(self, box: Box) -> Point:
        """The middle of a box."""
        return round(MARGIN + box.x * BOX_WIDTH, 1), self.row_middle(box.row)

    def row_middle(self, row: int) -> float:
        """The middle of a row, downwards."""
        return MARGIN + row * self.pitch + self.box_height / 2


@dataclass(frozen=True, slots=True)
class Curve:
    """A way as SVG paths: its line, and its arrow head."""

    line: str
    head: str


class Curves:
    """Draws ways so that their ends are spread along the sides of boxes."""

    def __init__(
        self, frame: Frame, boxes: Iterable[Box], ways: Sequence[LaidWay], dots: Collection[str]
    ) -> None:
        self._frame = frame
        self._boxes = {box.scene: box for box in boxes}
        self._dots = dots
        down = [way for way in ways if not way.is_back]
        self._starts = self._ports(down, is_start=True)
        self._ends = self._ports(down, is_start=False)

    def of(self, way: LaidWay, width: float) -> Curve:
        """Draws one way. Units: `width` of the line in pixels."""
        half = round(HEAD + width / 2, 1)
        if way.is_back:
            return self._back(way, half)
        return self._down(way, half)

    def _down(self, way: LaidWay, half: float) -> Curve:
        frame, pair = self._frame, (way.source, way.target)
        x, y = self._starts[pair]
        end_x, end_y = self._ends[pair]
        line = [f"M{x:g} {y:g}"]
        for column, row in way.bends:
            bend = MARGIN + column * BOX_WIDTH
            top = frame.row_middle(row) - frame.box_height / 2
            line.append(_curve((x, y), (bend, top)))
            x, y = bend, top + frame.box_height
            line.append(f"V{y:g}")
        line.append(_curve((x, y), (end_x, end_y - 1.5 * half)))
        tip = f"M{end_x:g} {end_y:g}l{-half:g} {-1.8 * half:g}h{2 * half:g}Z"
        return Curve("".join(line), tip)

    def _back(self, way: LaidWay, half: float) -> Curve:
        """Out at the right of one box and in at the right of the other."""
        (x, y), (end_x, end_y) = self._right(way.source, 0.25), self._right(way.target, -0.25)
        side = max(x, end_x) + SIDE - MARGIN
        stop = end_x + 1.5 * half
        line = f"M{x:g} {y:g}C{side:g} {y:g} {side:g} {end_y:g} {stop:g} {end_y:g}"
        tip = f"M{end_x:g} {end_y:g}l{1.8 * half:g} {-half:g}v{2 * half:g}Z"
        return Curve(line, tip)

    def _right(self, scene: str, share: float) -> Point:
        x, y = self._frame.middle(self._boxes[scene])
        if scene in self._dots:
            return x + DOT, y
        return x + BOX_WIDTH / 2, round(y + share * self._frame.box_height, 1)

    def _ports(self, ways: Iterable[LaidWay], *, is_start: bool) -> dict[Pair, Point]:
        """Where ways leave the lower side of boxes, or come to the upper one."""
        gathered: dict[str, list[LaidWay]] = defaultdict(list)
        for way in ways:
            gathered[way.source if is_start else way.target].append(way)
        ports: dict[Pair, Point] = {}
        for scene, joined in gathered.items():
            joined.sort(key=lambda way: self._next_x(way, is_start=is_start))
            for number, way in enumerate(joined, start=1):
                share = number / (len(joined) + 1) - 0.5
                ports[way.source, way.target] = self._port(scene, share, is_start=is_start)
        return ports

    def _next_x(self, way: LaidWay, *, is_start: bool) -> float:
        if way.bends:
            return way.bends[0 if is_start else -1][0]
        return self._boxes[way.target if is_start else way.source].x

    def _port(self, scene: str, share: float, *, is_start: bool) -> Point:
        x, y = self._frame.middle(self._boxes[scene])
        sign = 1 if is_start else -1
        if scene in self._dots:
            return x, y + sign * DOT
        return round(x + share * PORTS * BOX_WIDTH, 1), y + sign * self._frame.box_height / 2


def _curve(start: Point, end: Point) -> str:
    """A curve that leaves and arrives straight downwards."""
    (x, y), (end_x, end_y) = start, end
    middle = (y + end_y) / 2
    return f"C{x:g} {middle:g} {end_x:g} {middle:g} {end_x:g} {end_y:g}"
