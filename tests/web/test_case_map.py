"""The drawn map of a case: words that fit, ways that arrive, a table of the same facts."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.case_layout import lay_out
from app.domain.scenario import Scenario
from app.domain.scenario_declared import Rule
from app.domain.scenario_vocabulary import EndingKind
from app.web.shared.case_map import LINE_LETTERS, CaseMap, MapBox, case_map, shortened
from app.web.shared.map_scenes import UNMET, WayOnMap, ways_of_scene, whole_case
from app.web.shared.part_data import Cell
from tests.scenario_builders import (
    RandomCase,
    a_choice,
    a_scenario,
    a_scene,
    a_scored_choice,
    an_ending,
    when,
)

CASE = a_scenario(
    a_scene("first", a_scored_choice("a", "second", 3), a_scored_choice("b", "end", 1)),
    a_scene("second", a_choice("c", "end-well"), a_choice("d", "first"), a_choice("e", "gone")),
    an_ending("end", EndingKind.POOR),
    an_ending("end-well"),
)


def drawn(case: Scenario = CASE, **options: object) -> CaseMap:
    scenes = whole_case(case, lambda scene: f"#{scene}")
    return case_map("The map", lay_out(case), scenes, **options)


def box(one: CaseMap, title: str) -> MapBox:
    return next(box for box in one.boxes if box.spoken.endswith(title))


def test_signs_stand_beside_words() -> None:
    one = drawn()

    told = {box.spoken: box.sign for box in one.boxes}
    assert told == {
        "Start, decision. First": "here",
        "Choice. Second": "ahead",
        "Poor ending. End": "below",
        "Good ending. End-Well": "done",
        "Not written yet. gone": "wrong",
    }


def test_the_table_tells_what_the_drawing_tells() -> None:
    one = drawn(ways={("first", "end"): WayOnMap(words="5 to 9")})

    rows = {row[0].text: row for row in one.rows if isinstance(row[0], Cell)}
    assert rows.keys() == {"First", "Second", "End", "End-Well", "gone"}
    assert rows["First"][2] == "Second; End (5 to 9)"
    assert rows["Second"][2] == "End-Well; First; gone"
    assert rows["End"][2] == "–"


def test_marked_ways_lie_on_top_and_are_explained() -> None:
    layout = lay_out(CASE)
    one = drawn(ways=ways_of_scene(layout, "second"), key_words={"marked": "ways of Second"})

    assert [way.look for way in one.ways] == ["plain"] + ["marked"] * 4
    assert ("marked", "ways of Second") in one.key
    assert ("back", "leads back") in one.key
    assert "4 of them marked" in one.description


def test_a_map_with_one_look_needs_no_key() -> None:
    case = a_scenario(a_scene("first", go="end"), an_ending("end"))

    assert drawn(case).key == ()


def test_a_way_that_a_rule_led_is_drawn_too() -> None:
    case = a_scenario(
        a_scene("first", go="end"),
        an_ending("end"),
        an_ending("left"),
        rules=(Rule("out", when("breached"), "left"),),
    )

    one = drawn(case, ways={("first", "left"): WayOnMap(is_marked=True)})

    assert len(one.ways) == 2
    assert "a rule leads here" in box(one, "Left").notes
    assert one.rows[0][2] == "End; Left"


def test_scenes_that_were_not_met_are_dots_without_words() -> None:
    scenes = {**whole_case(CASE, str), "end": UNMET, "gone": UNMET}

    one = case_map("The map", lay_out(CASE, {"end", "gone"}), scenes)

    dots = [box for box in one.boxes if box.look == "dot"]
    assert {(dot.kind, dot.lines, dot.url, dot.spoken) for dot in dots} == {
        ("", (), "", "a scene you did not meet")
    }
    assert one.rows[-1][0] == "2 scenes you did not meet"
    assert not any("Poor" in str(row) or "gone" in str(row) for row in one.rows)


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("Lena", ("Lena",)),
        ("A message on the clinic line", ("A message on the", "clinic line")),
        ("Lena, later that day, among three", ("Lena, later that day,", "among three")),
        (
            "Lena, later that day, in the hall of the clinic",
            ("Lena, later that day,", "in the hall of the…"),
        ),
        ("", ()),
    ],
)
def test_words_are_broken_and_shortened_to_what_fits(words: str, lines: tuple[str, ...]) -> None:
    assert shortened(words) == lines


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_shortened_words_always_fit(words: str) -> None:
    lines = shortened(words)

    assert len(lines) <= 2
    assert all(len(line) <= LINE_LETTERS for line in lines)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**16))
def test_every_way_stays_on_the_drawing_and_ends_at_its_box(seed: int) -> None:
    one = drawn(RandomCase(seed).build())

    tops = {round(box.y, 1) for box in one.boxes}
    for way in one.ways:
        numbers = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", way.line)]
        assert all(0 <= n <= max(one.width, one.height) for n in numbers)
        _, tip_y = (float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", way.head)[:2])
        assert way.is_back or tip_y in tops
    for box in one.boxes:
        assert 0 <= box.x <= one.width - one.box_width
        assert 0 <= box.y <= one.height - one.box_height
