"""The core curriculum is whole: each point is taught, asked twice and decided in a case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from app.library.library import Library, read_library
from app.library.places import find_places

POINTS: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("curriculum.yaml").read_text("utf-8")
)["points"]
BY_ID = [pytest.param(point, id=point["id"]) for point in POINTS]


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(find_places(None, None))


def test_all_thirty_points_are_listed() -> None:
    assert [point["id"] for point in POINTS] == [
        f"{part}{number}"
        for part, count in (("A", 5), ("B", 7), ("C", 6), ("D", 6), ("E", 6))
        for number in range(1, count + 1)
    ]


@pytest.mark.parametrize("point", BY_ID)
def test_each_point_has_a_place_in_a_lesson(point: dict[str, Any], library: Library) -> None:
    for place in point["lessons"]:
        lesson_id, _, section_id = place.partition("#")
        lesson = library.lessons[lesson_id]
        assert lesson.section(section_id) is not None, place

    assert point["lessons"]


@pytest.mark.parametrize("point", BY_ID)
def test_each_point_is_asked_at_least_twice(point: dict[str, Any], library: Library) -> None:
    asked = [library.items[item_id] for item_id in point["items"]]

    assert len(asked) >= 2


@pytest.mark.parametrize("point", BY_ID)
def test_each_point_is_decided_in_a_case(point: dict[str, Any], library: Library) -> None:
    for place in point["decisions"]:
        case_id, _, choice_id = place.partition("#")
        choices = {
            choice.id for scene in library.scenarios[case_id].scenes for choice in scene.choices
        }
        assert choice_id in choices, place

    assert point["decisions"]


def test_there_is_at_least_as_much_content_as_promised(library: Library) -> None:
    by_area = [
        len(library.lessons_in(a)) for a in ("foundations", "advocacy", "family", "resiliency")
    ]

    assert by_area[0] >= 2
    assert by_area[1] >= 4
    assert by_area[2] >= 5
    assert by_area[3] >= 3
    assert len(library.items) >= 110
    assert len(library.scenarios) >= 3
    assert sum(code.startswith("TAP21-") for code in library.competencies) == 123
    assert sum(code.startswith("CF-") for code in library.competencies) == 12
