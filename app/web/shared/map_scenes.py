"""What a map of a case says of each scene and each way, for those who may see the whole case.

Who may see a part only, as a learner after a run, fills the same shapes with less.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.case_layout import CaseLayout
from app.domain.scenario import Scenario, Scene
from app.domain.scenario_vocabulary import EndingKind
from app.web.shared.safe_html import inline_html

THIN, BOLD = 1.5, 3.5  # pixels
# State of a mark and words. Source: docs/decisions/0010-branching-cases.md
ENDINGS = {
    EndingKind.GOOD: ("done", "Good ending"),
    EndingKind.MIXED: ("ageing", "Mixed ending"),
    EndingKind.POOR: ("below", "Poor ending"),
    EndingKind.STOPPED: ("expired", "Broken off"),
}

Pair = tuple[str, str]  # a scene and one that it leads to


@dataclass(frozen=True, slots=True)
class SceneOnMap:
    """What a map says of a scene.

    Shape: `sign` is a state of `mark`; `notes` stand below the title. A scene that is not met is
    a dot, whose text is told in its name only.
    """

    text: str
    sign: str = "none"
    kind: str = ""
    url: str = ""
    notes: tuple[str, ...] = ()
    is_met: bool = True


@dataclass(frozen=True, slots=True)
class WayOnMap:
    """How a way looks. Units: `width` in pixels. Shape: `words` stand beside it in the table."""

    is_marked: bool = False
    width: float = THIN
    words: str = ""


UNMET = SceneOnMap("a scene you did not meet", is_met=False)


def missing_scene(scene_id: str) -> SceneOnMap:
    """A scene that is led to and not written."""
    return SceneOnMap(scene_id, "wrong", "Not written yet")


def whole_case(
    scenario: Scenario,
    url_of: Callable[[str], str],
    notes: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, SceneOnMap]:
    """Every scene of a case. Shape: `notes` are further words by scene, as "1 error"."""
    by_rule = {rule.go for rule in scenario.rules}
    return {
        scene.id: SceneOnMap(
            scene_words(scene),
            *sign_of(scenario, scene),
            url=url_of(scene.id),
            notes=(
                *(("a rule leads here",) if scene.id in by_rule else ()),
                *(notes or {}).get(scene.id, ()),
            ),
        )
        for scene in scenario.scene_by_id.values()
    }


def scene_words(scene: Scene) -> str:
    """The title of a scene as plain words, or its id."""
    return inline_html(scene.title).striptags() or scene.id


def sign_of(scenario: Scenario, scene: Scene) -> tuple[str, str]:
    """The sign of a scene and what it says in words."""
    if scene.ending is not None:
        return ENDINGS[scene.ending]
    kinds = [
        *(["start"] if scene.id == scenario.start else []),
        *(["task"] if scene.activity else []),
        *(["decision"] if scene.scored_choices else ["choice"] if scene.choices else []),
    ]
    sign = "task" if scene.activity else "ahead" if scene.choices else "none"
    words = ", ".join(kinds) or "scene"
    return "here" if scene.id == scenario.start else sign, words.capitalize()


def ways_of_scene(layout: CaseLayout, scene: str) -> dict[Pair, WayOnMap]:
    """Marks the ways from and to one scene, and no others."""
    return {
        (way.source, way.target): WayOnMap(is_marked=True, width=BOLD)
        for way in layout.ways
        if scene in (way.source, way.target)
    }
