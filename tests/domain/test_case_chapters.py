"""A long case in chapters: every scene stands in one, and its map folds without losing a way."""

from __future__ import annotations

import pytest

from app.domain.case_chapters import CHAPTER, FLAT_UP_TO, chapter_with, chapters_of, folded
from app.domain.case_layout import written_ways
from app.domain.scenario import Choice, Scenario, Scene

IDS = [f"s{number}" for number in range(FLAT_UP_TO + CHAPTER)]


def a_long_case() -> Scenario:
    """A row of scenes; each leads to the next one and skips to one far ahead."""
    scenes = []
    for number, scene in enumerate(IDS):
        onward = [IDS[number + step] for step in (1, 45) if number + step < len(IDS)]
        choices = tuple(Choice(f"{scene}-{to}", to, to) for to in onward)
        scenes.append(Scene(scene, scene, choices=choices))
    return Scenario("long", "Long", IDS[0], tuple(scenes))


def test_a_short_case_has_no_chapters() -> None:
    assert chapters_of([("case.md", one) for one in IDS[:FLAT_UP_TO]]) == ()


def test_every_scene_stands_in_one_chapter_in_order_and_parts_stay_apart() -> None:
    told = [("case.md" if number < 50 else "two.md", one) for number, one in enumerate(IDS)]

    chapters = chapters_of(told)

    assert [scene for one in chapters for scene in one.scenes] == IDS
    assert [(one.first, one.last) for one in chapters] == [(1, 40), (41, 50), (51, 90), (91, 100)]
    assert chapter_with(chapters, "s45") == 2
    assert chapter_with(chapters, "nowhere") == 0


@pytest.mark.parametrize("shown", [0, 1, 2, 3])
def test_folding_keeps_every_way_that_leaves_a_chapter(shown: int) -> None:
    case = a_long_case()
    chapters = chapters_of([("case.md", one) for one in IDS])
    home = {
        scene: scene if one.number == shown else one.id for one in chapters for scene in one.scenes
    }
    wanted = {(home[a], home[b]) for a, b in written_ways(case) if home[a] != home[b]}

    small = folded(case, chapters, shown)

    assert set(written_ways(small)) == wanted
    assert {scene.id for scene in small.scenes} == set(home.values())
