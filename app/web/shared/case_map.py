"""The map of a case as a drawing: boxes for scenes, curves for ways, and a table of the same.

Units are pixels of a drawing that is shown at its own size and scrolls. Colour and type belong
to the style sheet; words that do not fit a box stand in full in its name and in the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from app.domain.case_layout import Box, CaseLayout, LaidWay
from app.web.shared.case_curves import BOX_WIDTH, Curves, Frame
from app.web.shared.filters import say_count
from app.web.shared.map_scenes import UNMET, Pair, SceneOnMap, WayOnMap, missing_scene
from app.web.shared.part_data import Cell

LINE_LETTERS = 21  # of the words in a box; that many fit
TITLE_LINES = 2
MARKED, PLAIN, BACK, DOT = "marked", "plain", "back", "dot"
KEY_WORDS = {
    MARKED: "marked ways",
    PLAIN: "other ways",
    BACK: "leads back",
    DOT: UNMET.text,
}


@dataclass(frozen=True, slots=True)
class MapBox:
    """A drawn scene: its left upper corner, or the middle of a dot.

    Shape: `spoken` is its whole name, `look` is met, missing or dot. `anchor` names its place
    within the map, for links that lead to it; only what is written has one.
    """

    x: float
    y: float
    look: str
    spoken: str
    sign: str = ""
    kind: str = ""
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    url: str = ""
    anchor: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class MapWay:
    """A drawn way. Shape: `line` and `head` are SVG paths, `look` is marked or plain."""

    line: str
    head: str
    width: float
    look: str
    is_back: bool


@dataclass(frozen=True, slots=True)
class CaseMap:
    """A map to draw. Shape: `rows` tell the same as a table; `key` pairs a look with its words."""

    title: str
    description: str
    width: int
    height: int
    box_width: int
    box_height: int
    ways: tuple[MapWay, ...]
    boxes: tuple[MapBox, ...]
    key: tuple[tuple[str, str], ...]
    headers: tuple[str, ...]
    rows: tuple[tuple[str | Cell, ...], ...]


def case_map(
    title: str,
    layout: CaseLayout,
    scenes: Mapping[str, SceneOnMap],
    *,
    ways: Mapping[Pair, WayOnMap] | None = None,
    current: str = "",
    key_words: Mapping[str, str] | None = None,
) -> CaseMap:
    """Draws a layout.

    Shape: a scene that is laid out and not told counts as not written; a way that is told and
    not laid out, as that of a rule, is drawn too. `current` names one scene; `key_words` says
    what looks mean here, by marked, plain, back and dot.
    """
    looks = ways or {}
    told = {box.scene: scenes.get(box.scene) or missing_scene(box.scene) for box in layout.boxes}
    laid = [*layout.ways, *_ways_of_rules(layout, looks)]
    frame = Frame(max((_lines_of(one) for one in told.values()), default=0))
    dots = {scene for scene, one in told.items() if not one.is_met}
    curves = Curves(frame, layout.boxes, laid, dots)
    drawn = [_map_way(curves, way, looks.get((way.source, way.target), WayOnMap())) for way in laid]
    drawn.sort(key=lambda way: way.look == MARKED)  # what is marked lies on top
    boxes = [_map_box(frame, box, told[box.scene], box.scene == current) for box in layout.boxes]
    return CaseMap(
        title=title,
        description=_described(boxes, drawn),
        width=frame.width(layout.columns),
        height=frame.height(layout.rows),
        box_width=BOX_WIDTH,
        box_height=frame.box_height,
        ways=tuple(drawn),
        boxes=tuple(boxes),
        key=_key(boxes, drawn, {**KEY_WORDS, **(key_words or {})}),
        headers=("Scene", "What it is", "Leads to"),
        rows=tuple(_rows(layout.boxes, told, laid, looks)),
    )


def shortened(words: str, lines: int = TITLE_LINES) -> tuple[str, ...]:
    """Breaks words into a few short lines; what does not fit ends in dots."""
    broken = wrap(words, LINE_LETTERS, max_lines=lines, placeholder="…")
    return tuple(line.replace(" …", "…") for line in broken)


def _ways_of_rules(layout: CaseLayout, looks: Mapping[Pair, WayOnMap]) -> list[LaidWay]:
    """Ways that the text does not name: a rule led along them."""
    laid = {(way.source, way.target) for way in layout.ways}
    rows = {box.scene: box.row for box in layout.boxes}
    return [
        LaidWay(source, target, (), is_back=rows[target] <= rows[source])
        for source, target in looks
        if (source, target) not in laid and source in rows and target in rows
    ]


def _map_way(curves: Curves, way: LaidWay, look: WayOnMap) -> MapWay:
    curve = curves.of(way, look.width)
    return MapWay(
        curve.line, curve.head, look.width, MARKED if look.is_marked else PLAIN, way.is_back
    )


def _lines_of(scene: SceneOnMap) -> int:
    """How many lines a box needs below its first."""
    return len(shortened(scene.text)) + len(scene.notes) if scene.is_met else 0


def _map_box(frame: Frame, box: Box, scene: SceneOnMap, is_current: bool) -> MapBox:
    if not scene.is_met:
        return MapBox(*frame.middle(box), look=DOT, spoken=scene.text)
    return MapBox(
        *frame.corner(box),
        look="missing" if box.is_missing else "met",
        # In the order of the drawing's text: what is read aloud begins with what is seen.
        spoken=". ".join(filter(None, (scene.kind, *scene.notes, scene.text))),
        sign=scene.sign,
        kind=scene.kind,
        lines=shortened(scene.text),
        notes=tuple(line for note in scene.notes for line in shortened(note, 1)),
        url=scene.url,
        anchor="" if box.is_missing else box.scene,
        is_current=is_current,
    )


def _described(boxes: Sequence[MapBox], ways: Sequence[MapWay]) -> str:
    """The map in a sentence; everything on it stands in the table."""
    told = f"{say_count(len(boxes), 'scene')} from the top down, {say_count(len(ways), 'way')}"
    dots = sum(box.look == DOT for box in boxes)
    marked = sum(way.look == MARKED for way in ways)
    if marked:
        told += f", {marked} of them marked"
    if dots:
        told += f"; {dots} of the scenes are dots: {UNMET.text}"
    return f"{told}. The table below the map tells the same."


def _key(
    boxes: Iterable[MapBox], ways: Sequence[MapWay], words: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """What the looks mean that are on the map."""
    seen = {way.look for way in ways}
    if seen == {PLAIN}:
        seen = set()  # with one look there is nothing to tell apart
    if any(way.is_back for way in ways):
        seen.add(BACK)
    seen |= {box.look for box in boxes}
    return tuple((look, words[look]) for look in (MARKED, PLAIN, BACK, DOT) if look in seen)


def _rows(
    boxes: Iterable[Box],
    told: Mapping[str, SceneOnMap],
    ways: Iterable[LaidWay],
    looks: Mapping[Pair, WayOnMap],
) -> Iterable[tuple[str | Cell, ...]]:
    """A row for each scene with words, from the top, with the ways on from it; dots together."""
    onward: dict[str, list[str]] = {box.scene: [] for box in boxes}
    for way in ways:
        look, target = looks.get((way.source, way.target), WayOnMap()), told[way.target]
        onward[way.source].append(f"{target.text} ({look.words})" if look.words else target.text)
    for box in boxes:
        scene = told[box.scene]
        if scene.is_met:
            what = Cell(scene.kind, detail=", ".join(scene.notes))
            name = Cell(scene.text, url=scene.url)
            yield name, what, "; ".join(dict.fromkeys(onward[box.scene])) or "–"
    dots = sum(not scene.is_met for scene in told.values())
    if dots:
        yield say_count(dots, "scene you did not meet", "scenes you did not meet"), "–", "–"
