"""A long case in chapters: scenes in a row, as they stand in the text, file by file.

The text itself knows no chapters. They are how a long case is shown: an outline and a map with
one of them unfolded. What is proven of a case is always proven of the whole of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from app.domain.scenario import Choice, Scenario, Scene

FLAT_UP_TO = 60  # scenes; a case of so many is shown whole
CHAPTER = 40  # scenes in a chapter


@dataclass(frozen=True, slots=True)
class Chapter:
    """Scenes that stand in a row. Units: `number`, `first` and `last` count from 1."""

    number: int
    first: int
    last: int
    scenes: tuple[str, ...]

    @property
    def id(self) -> str:
        """Its name on a map; no scene can have it."""
        return f"chapter:{self.number}"


def chapters_of(scenes: Sequence[tuple[str, str]]) -> tuple[Chapter, ...]:
    """The chapters of a case. Shape: `scenes` pairs file and id, as written; none if it is short.

    A chapter never goes on in another file, so that parts an author made stay apart.
    """
    if len(scenes) <= FLAT_UP_TO:
        return ()
    chapters: list[Chapter] = []
    counted = 0
    for _, some in groupby(scenes, key=lambda one: one[0]):
        ids = [scene for _, scene in some]
        for at in range(0, len(ids), CHAPTER):
            own = tuple(ids[at : at + CHAPTER])
            first, counted = counted + 1, counted + len(own)
            chapters.append(Chapter(len(chapters) + 1, first, counted, own))
    return tuple(chapters)


def chapter_with(chapters: Sequence[Chapter], scene: str) -> int:
    """The number of the chapter a scene stands in; 0 when it stands in none."""
    return next((one.number for one in chapters if scene in one.scenes), 0)


def folded(scenario: Scenario, chapters: Sequence[Chapter], unfolded: int) -> Scenario:
    """The case with each chapter but one as a single scene, for its map.

    Shape: a way into or out of a folded chapter leads to or from the chapter; ways inside it are
    left out. With 0 `unfolded`, all are folded.
    """
    names = {scene: one.id for one in chapters if one.number != unfolded for scene in one.scenes}
    scenes: dict[str, Scene] = {}
    for scene in scenario.scene_by_id.values():
        name = names.get(scene.id, scene.id)
        if name == scene.id:
            scenes[name] = _led(scene, names)
        else:
            known = scenes.get(name, Scene(name, name))
            scenes[name] = replace(known, choices=(*known.choices, *_ways_out(scene, names)))
    return replace(
        scenario,
        start=names.get(scenario.start, scenario.start),
        scenes=tuple(scenes.values()),
        rules=tuple(replace(one, go=names.get(one.go, one.go)) for one in scenario.rules),
    )


def _led(scene: Scene, names: dict[str, str]) -> Scene:
    return replace(
        scene,
        choices=tuple(
            replace(one, target=names.get(one.target, one.target)) for one in scene.choices
        ),
        go=names.get(scene.go, scene.go),
    )


def _ways_out(scene: Scene, names: dict[str, str]) -> list[Choice]:
    targets = [one.target for one in scene.choices] + ([scene.go] if scene.go else [])
    home = names[scene.id]
    out = dict.fromkeys(names.get(one, one) for one in targets)
    return [Choice(f"{scene.id}>{one}", "", one) for one in out if one != home]
