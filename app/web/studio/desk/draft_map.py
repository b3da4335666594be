"""The map of a draft: whole for a short case, one chapter unfolded for a long one."""

from __future__ import annotations

from app.domain.case_chapters import Chapter, folded
from app.domain.case_layout import lay_out
from app.web.shared.case_map import CaseMap, case_map
from app.web.shared.filters import say_count
from app.web.shared.map_scenes import SceneOnMap, ways_of_scene, whole_case
from app.web.shared.part_data import Way
from app.web.studio.desk.laid_out import Desk
from app.web.studio.desk.outline import (
    OutlineAsked,
    chapter_title,
    chapter_url,
    problem_counts,
    unfolded,
)
from app.web.studio.desk.places import MAP, SCENE, DraftPlace


def draft_map(desk: Desk, here: DraftPlace, asked: OutlineAsked) -> CaseMap | None:
    """The case as a picture, each scene with its problems. None: nothing can be read yet."""
    scenario = desk.checked.scenario
    if scenario is None:
        return None
    counts = problem_counts(desk)
    shown = unfolded(desk, here, asked)
    if desk.chapters:
        scenario = folded(scenario, desk.chapters, shown)
    notes = {
        place.removeprefix(SCENE): (say_count(count, "problem"),)
        for place, count in counts.items()
        if place.startswith(SCENE)
    }
    layout = lay_out(scenario)
    scenes = whole_case(scenario, lambda scene: desk.url(f"{SCENE}{scene}", view=MAP), notes)
    for chapter in desk.chapters:
        if chapter.number != shown:
            total = sum(counts[f"{SCENE}{scene}"] for scene in chapter.scenes)
            scenes[chapter.id] = _folded(desk, here, chapter, total)
    ways = ways_of_scene(layout, here.scene_id) if here.scene_id else {}
    return case_map("Map of the case", layout, scenes, ways=ways, current=here.scene_id)


def fold_all(desk: Desk, here: DraftPlace, asked: OutlineAsked) -> Way | None:
    """The way to the map with every chapter folded. None: there are none, or they are."""
    if not desk.chapters or not unfolded(desk, here, asked):
        return None
    return Way("Fold all chapters", desk.url(here.id, view=MAP, part="0").partition("#")[0])


def _folded(desk: Desk, here: DraftPlace, chapter: Chapter, problems: int) -> SceneOnMap:
    notes = (say_count(problems, "problem"),) if problems else ()
    return SceneOnMap(
        chapter_title(chapter),
        "none",
        "Folded chapter",
        url=chapter_url(desk, here, MAP, chapter),
        notes=notes,
    )
