"""The map of a case: everything stands on it once, nothing on anything else, always the same."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.case_columns import HALF_BOX
from app.domain.case_layout import Box, CaseLayout, LaidWay, lay_out
from app.domain.scenario import Scenario
from app.domain.scenario_declared import Rule
from tests.scenario_builders import RandomCase, a_choice, a_scenario, a_scene, an_ending, when


def a_case(seed: int, faults: int = 0) -> Scenario:
    """A random case; each fault renames a target, so that it is missing or leaves scenes apart."""
    case, chance = RandomCase(seed).build(), random.Random(seed)
    scenes = list(case.scenes)
    for _ in range(faults):
        at = chance.randrange(len(scenes))
        gone = chance.choice(["nowhere", "elsewhere", scenes[at].id])
        choices = tuple(replace(one, target=gone) for one in scenes[at].choices)
        scenes[at] = replace(scenes[at], choices=choices, go=gone if scenes[at].go else "")
    return replace(case, scenes=tuple(scenes))


def boxes_of(layout: CaseLayout) -> dict[str, Box]:
    return {box.scene: box for box in layout.boxes}


def way(layout: CaseLayout, source: str, target: str) -> LaidWay:
    return next(one for one in layout.ways if (one.source, one.target) == (source, target))


CASES = st.builds(a_case, st.integers(0, 2**16), st.integers(0, 3))


@given(CASES)
def test_the_same_case_looks_the_same(case: Scenario) -> None:
    assert lay_out(case) == lay_out(replace(case))


@given(CASES)
def test_no_two_boxes_overlap_and_all_stand_on_the_map(case: Scenario) -> None:
    layout = lay_out(case)

    for left, right in zip(layout.boxes, layout.boxes[1:], strict=False):
        assert right.row > left.row or right.x - left.x >= 2 * HALF_BOX - 0.02
    for box in layout.boxes:
        assert HALF_BOX - 0.01 <= box.x <= layout.columns - HALF_BOX + 0.01
        assert 0 <= box.row < layout.rows


@given(CASES)
def test_every_scene_stands_once_and_so_does_every_missing_one(case: Scenario) -> None:
    layout = lay_out(case)

    targets = {c.target for s in case.scenes for c in s.choices} | {s.go for s in case.scenes}
    written = {scene.id for scene in case.scenes}
    assert sorted(box.scene for box in layout.boxes) == sorted(written | (targets - {""}))
    assert {b.scene for b in layout.boxes if b.is_missing} == targets - written - {""}


@given(CASES)
def test_every_written_way_stands_once_with_its_choices(case: Scenario) -> None:
    layout = lay_out(case)

    by_choice = [(s.id, c.target, c.id) for s in case.scenes for c in s.choices]
    straight = {(s.id, s.go) for s in case.scenes if s.go and not s.choices}
    laid = [(w.source, w.target, choice) for w in layout.ways for choice in w.choices]
    assert sorted(laid) == sorted(by_choice)
    assert {(w.source, w.target) for w in layout.ways if not w.choices} == straight
    assert len({(w.source, w.target) for w in layout.ways}) == len(layout.ways)


@given(CASES)
def test_ways_lead_down_unless_they_are_marked(case: Scenario) -> None:
    layout = lay_out(case)

    boxes = boxes_of(layout)
    for one in layout.ways:
        rows = [boxes[one.source].row, *(row for _, row in one.bends), boxes[one.target].row]
        if one.is_back:
            assert rows[-1] <= rows[0]
        else:
            assert rows == sorted(set(rows))


@given(CASES, st.data())
def test_another_ending_leaves_every_other_row_alone(case: Scenario, data: st.DataObject) -> None:
    before = lay_out(case)
    number = data.draw(st.integers(0, len(case.scenes) - 3))
    scene = case.scenes[number]
    more = replace(scene, choices=(*scene.choices, a_choice("new", "end-new")))
    scenes = (*case.scenes[:number], more, *case.scenes[number + 1 :], an_ending("end-new"))

    after = boxes_of(lay_out(replace(case, scenes=scenes)))

    # What stands apart, or at the bottom whatever comes above, makes room.
    fixed = [box for box in before.boxes if not box.is_apart and not box.is_by_rule]
    assert [box.scene for box in fixed if after[box.scene].row != box.row] == []
    assert after["end-new"].row == after[scene.id].row + 1 or after[scene.id].is_apart


def test_what_is_drawn_small_takes_less_room_in_the_same_row() -> None:
    case = a_scenario(
        a_scene("first", *(a_choice(f"c{n}", f"end{n}") for n in range(4))),
        *(an_ending(f"end{n}") for n in range(4)),
    )

    wide, narrow = lay_out(case), lay_out(case, small={"end1", "end2", "end3"})

    assert narrow.columns <= wide.columns / 2
    assert {b.scene: b.row for b in narrow.boxes} == {b.scene: b.row for b in wide.boxes}


def test_a_reworded_case_does_not_move() -> None:
    case = a_case(4)
    reworded = replace(case, scenes=tuple(replace(s, title="Other words") for s in case.scenes))

    assert lay_out(reworded) == lay_out(case)


def test_scenes_stand_below_all_that_lead_to_them() -> None:
    case = a_scenario(
        a_scene("first", a_choice("a", "second"), a_choice("b", "end")),
        a_scene("second", a_choice("c", "third"), a_choice("d", "first")),
        a_scene("third", go="end"),
        an_ending("end"),
    )

    layout = lay_out(case)

    assert {b.scene: b.row for b in layout.boxes} == {"first": 0, "second": 1, "third": 2, "end": 3}
    assert way(layout, "second", "first").is_back
    assert [row for _, row in way(layout, "first", "end").bends] == [1, 2]
    assert not way(layout, "third", "end").is_back


def test_a_long_way_goes_round_the_boxes_between() -> None:
    case = a_scenario(
        a_scene("first", a_choice("a", "second"), a_choice("b", "end")),
        a_scene("second", go="third"),
        a_scene("third", go="end"),
        an_ending("end"),
    )

    layout = lay_out(case)

    boxes = {box.row: box for box in layout.boxes}
    for x, row in way(layout, "first", "end").bends:
        assert abs(x - boxes[row].x) > 0.5


def test_two_branches_do_not_cross() -> None:
    case = a_scenario(
        a_scene("first", a_choice("a", "one"), a_choice("b", "two")),
        an_ending("end-two"),
        an_ending("end-one"),
        a_scene("one", go="end-one"),
        a_scene("two", go="end-two"),
    )

    boxes = boxes_of(lay_out(case))

    assert (boxes["one"].x < boxes["two"].x) == (boxes["end-one"].x < boxes["end-two"].x)


def test_scenes_nothing_leads_to_stand_apart() -> None:
    case = a_scenario(
        a_scene("first", go="end"),
        an_ending("end"),
        a_scene("lost", go="found"),
        a_scene("found", go="first"),
    )

    layout = lay_out(case)

    apart = [box for box in layout.boxes if box.is_apart]
    assert [box.scene for box in apart] == ["lost", "found"]
    assert {box.row for box in apart} == {3}  # with an empty row above
    assert way(layout, "found", "first").is_back


def test_an_ending_that_only_a_rule_leads_to_stands_at_the_bottom() -> None:
    case = a_scenario(
        a_scene("first", go="second"),
        a_scene("second", go="end"),
        an_ending("end"),
        an_ending("end-left"),
        rules=(Rule("left", when("breached"), "end-left"),),
    )

    boxes = boxes_of(lay_out(case))

    assert boxes["end-left"].row == boxes["end"].row == 2
    assert boxes["end-left"].is_by_rule
    assert not boxes["end-left"].is_apart
    assert not boxes["end"].is_by_rule


@pytest.mark.parametrize("start", ["first", "gone"])
def test_a_case_without_its_first_scene_begins_with_the_first_written(start: str) -> None:
    case = a_scenario(a_scene("first", go="end"), an_ending("end"), start=start)

    assert [(box.scene, box.row) for box in lay_out(case).boxes] == [("first", 0), ("end", 1)]


def test_a_case_without_scenes_is_an_empty_map() -> None:
    case = replace(a_scenario(an_ending("end")), scenes=())

    assert lay_out(case) == CaseLayout((), (), 0.0, 0)


def test_a_large_case_has_a_map_too() -> None:
    chance = random.Random(3)
    scenes = [
        a_scene(f"s{n}", *(a_choice(f"s{n}c{k}", f"s{chance.randrange(1000)}") for k in range(3)))
        for n in range(1000)
    ]

    layout = lay_out(a_scenario(*scenes))

    assert len(layout.boxes) == 1000
