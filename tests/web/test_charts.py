"""Axis maths and chart geometry."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.shared.charts import (
    BAR_ROOM,
    LinearScale,
    bar_chart,
    dot_strip,
    line_chart,
    nice_ticks,
    plain_number,
    range_meter,
)

values = st.floats(min_value=-1e6, max_value=1e6, allow_nan=False)
spans = st.floats(min_value=1e-3, max_value=1e6, allow_nan=False)


@given(low=values, span=spans, wanted=st.integers(min_value=1, max_value=12))
def test_ticks_cover_the_range_in_even_round_steps(low: float, span: float, wanted: int) -> None:
    ticks = nice_ticks(low, low + span, wanted=wanted)

    steps = {round(b - a, 6) for a, b in pairwise(ticks)}
    step = ticks[1] - ticks[0]
    factor = step / 10 ** math.floor(math.log10(step) + 1e-9)
    assert ticks[0] <= low + step * 1e-6
    assert ticks[-1] >= low + span - step * 1e-6
    assert len(ticks) <= wanted + 3
    assert max(steps) - min(steps) < step * 1e-3
    assert min(abs(factor - round_one) for round_one in (1, 2, 5, 10)) < 1e-3


def test_ticks_of_a_single_value_still_make_an_axis() -> None:
    assert nice_ticks(3, 3, wanted=2) == (3, 3.5, 4)


@given(value=values, low=values, span=spans)
def test_a_scale_never_leaves_the_drawing(value: float, low: float, span: float) -> None:
    scale = LinearScale(low, low + span, start=4, end=96)

    assert 4 <= scale.at(value) <= 96


def test_a_scale_can_run_upwards_as_axes_do() -> None:
    down = LinearScale(0, 10, start=180, end=20)

    assert (down.at(0), down.at(5), down.at(10)) == (180, 100, 20)


def test_a_scale_without_length_stands_in_the_middle() -> None:
    assert LinearScale(2, 2).at(2) == 50


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [(0.5, "", "0.5"), (604, "", "604"), (1200, "", "1,200"), (36, "%", "36%"), (-2, "", "−2")],
)
def test_numbers_are_written_as_people_write_them(value: float, unit: str, words: str) -> None:
    assert plain_number(value, unit) == words


def test_bars_fill_their_room_at_the_most_and_tell_their_values() -> None:
    chart = bar_chart(
        "Right", (("Ethics", 71), ("Referral", 36)), most=100, unit="%", strong="Ethics"
    )

    assert [bar.width for bar in chart.bars] == [
        round(0.71 * BAR_ROOM, 2),
        round(0.36 * BAR_ROOM, 2),
    ]
    assert [bar.is_strong for bar in chart.bars] == [True, False]
    assert chart.description == "Ethics: 71%; Referral: 36%."


def test_the_largest_bar_is_full_when_no_most_is_given() -> None:
    chart = bar_chart("Answers", (("Today", 4), ("Yesterday", 8)))

    assert max(bar.width for bar in chart.bars) == BAR_ROOM


def test_a_goal_is_drawn_told_and_never_out_of_sight() -> None:
    chart = bar_chart("Answers", (("Today", 4),), goal=("planned", 10))

    assert chart.goal is not None
    assert chart.goal.at == BAR_ROOM
    assert chart.description == "Today: 4. planned 10."


@pytest.mark.parametrize("make", [bar_chart, line_chart])
def test_a_chart_without_values_says_so(make: object) -> None:
    chart = make("Scores", ())  # type: ignore[operator]

    assert chart.description == "No values yet."
    assert chart.height >= 0


def test_a_line_runs_from_left_to_right_and_higher_values_stand_higher() -> None:
    chart = line_chart("Scores", (("3 Sep", 512), ("5 Nov", 588), ("19 Nov", 604)), low=450)

    xs = [point.x for point in chart.points]
    ys = [point.y for point in chart.points]
    assert xs == sorted(xs)
    assert ys == sorted(ys, reverse=True)
    assert chart.line.count(",") == 3
    assert [tick.text for tick in chart.ticks] == ["450", "500", "550", "600", "650"]
    assert chart.description == "From 512 (3 Sep) to 604 (19 Nov), 3 points."
    assert chart.floor < chart.height


def test_a_line_of_one_point_stands_in_the_middle() -> None:
    assert line_chart("Scores", (("3 Sep", 512),)).points[0].x == 55


@given(st.lists(st.integers(min_value=1, max_value=5), min_size=1, max_size=30))
def test_no_two_dots_of_a_strip_cover_each_other(levels: list[int]) -> None:
    chart = dot_strip("Levels", [(str(i), v) for i, v in enumerate(levels)], low=1, high=5)

    places = {(dot.x, dot.y) for dot in chart.dots}
    assert len(places) == len(levels)
    assert all(0 < dot.y < chart.floor for dot in chart.dots)


def test_a_range_meter_speaks_percent_of_its_width() -> None:
    meter = range_meter("About 6 in 10", at=0.6, low=0.34, high=0.84, goal=("our cut", 0.68))

    assert (meter.low, meter.at, meter.high) == (34, 60, 84)
    assert meter.goal is not None
    assert meter.goal.at == 68
