"""Who went where: first runs, first passes, today's text, and what may be told of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.path_counts import PathCounts, PlayedRun, count_paths, related
from app.domain.path_report import PathReport, report_paths, what_adds_up, what_is_counted
from app.domain.scenario import Scenario
from app.domain.scenario_declared import Rule
from app.domain.scenario_vocabulary import EndingKind
from app.domain.small_counts import LEAST, Band, Key, Share, narrowed
from tests.path_builders import BEGAN, LATER, a_chance_run, a_run
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
    a_scene("first", a_scored_choice("good", "talk", 3), a_scored_choice("poor", "end", 0)),
    a_scene("talk", a_scored_choice("well", "end", 2), a_choice("back", "first")),
    an_ending("end"),
)


def counted(*runs: PlayedRun, case: Scenario = CASE) -> PathCounts:
    return count_paths(case, runs, now=LATER)


def reported(*runs: PlayedRun, case: Scenario = CASE, later_runs: int = 0) -> PathReport:
    return report_paths(case, counted(*runs, case=case), later_runs=later_runs)


def test_each_person_counts_once_for_a_scene_and_by_the_first_way_out() -> None:
    counts = counted(
        a_run(CASE, "good", "back", "poor"), a_run(CASE, "good", "well"), a_run(CASE, "poor")
    )

    assert counts.people == 3
    assert counts.scenes["first"].came == 3
    assert counts.scenes["first"].chose == {"good": 2, "poor": 1}
    assert counts.scenes["first"].went == {"talk": 2, "end": 1}
    assert counts.scenes["talk"].chose == {"back": 1, "well": 1}
    assert counts.scenes["end"].came == 3


def test_people_stop_where_a_run_has_waited_for_a_day() -> None:
    waiting = a_run(CASE, "good")

    after = count_paths(CASE, [waiting], now=waiting.last_moment + timedelta(days=1))
    before = count_paths(CASE, [waiting], now=waiting.last_moment + timedelta(hours=23))

    assert after.scenes["talk"].stopped == 1
    assert before.scenes["talk"].stopped == 0
    assert before.people == 1


def test_a_run_that_never_moved_stops_at_the_start() -> None:
    assert counted(a_run(CASE)).scenes["first"].stopped == 1


def test_a_run_whose_choice_has_gone_was_played_in_an_earlier_wording() -> None:
    runs = [a_run(CASE, "poor"), a_run(CASE, "good", "well")]
    first = CASE.scenes[0]
    without = replace(CASE, scenes=(replace(first, choices=first.choices[:1]), *CASE.scenes[1:]))

    counts = counted(*runs, case=without)

    assert (counts.people, counts.earlier) == (1, 1)
    assert counts.scenes["first"].chose == {"good": 1}


@pytest.mark.parametrize(
    "changes",
    [
        {"start": "talk"},
        {"scenes": CASE.scenes[:2]},
        {"scenes": (*CASE.scenes[:2], a_scene("end", go="first"))},
        {"scenes": (CASE.scenes[0], a_scene("talk", a_choice("well", "first")), CASE.scenes[2])},
    ],
    ids=["another start", "no such ending", "no ending any more", "leads elsewhere"],
)
def test_a_run_that_led_elsewhere_was_played_in_an_earlier_wording(changes: dict) -> None:
    counts = counted(a_run(CASE, "good", "well"), case=replace(CASE, **changes))

    assert (counts.people, counts.earlier) == (0, 1)


def test_a_move_that_cannot_be_read_is_an_earlier_wording_too() -> None:
    run = replace(a_run(CASE, "poor"), moves=(({"scene": 3}, BEGAN),))

    assert counted(run).earlier == 1


def test_a_new_label_or_rating_leaves_runs_where_they_are() -> None:
    choices = tuple(replace(one, label="Said better", rate=1) for one in CASE.scenes[0].choices)
    reworded = replace(CASE, scenes=(replace(CASE.scenes[0], choices=choices), *CASE.scenes[1:]))

    assert counted(a_run(CASE, "poor"), case=reworded).people == 1


def test_a_way_that_a_rule_led_is_counted_as_it_went() -> None:
    case = replace(
        CASE,
        scenes=(*CASE.scenes, an_ending("out", EndingKind.POOR)),
        rules=(Rule("out", when("chose(poor)"), "out"),),
    )

    counts = counted(a_run(case, "poor"), case=case)

    assert counts.scenes["first"].went == {"out": 1}
    assert counts.scenes["out"].came == 1


def test_time_to_decide_runs_from_coming_in_and_first_passes_only() -> None:
    run = a_run(CASE, "good", "back", "poor", seconds=40)

    counts = counted(run)

    assert counts.scenes["first"].seconds == [40]
    assert counts.scenes["talk"].seconds == [40]


def test_fewer_than_five_people_are_not_told_at_all() -> None:
    report = reported(*[a_run(CASE, "poor")] * 4, later_runs=3)

    assert report.people is None
    assert (report.ways, report.came, report.stopped, report.decisions) == ({}, {}, {}, ())
    assert report.later_runs.is_few


def test_five_people_are_told_in_bands() -> None:
    report = reported(*[a_run(CASE, "poor")] * 6, *[a_run(CASE, "good", "well")] * 3)

    assert report.people == Band(5, 9)
    assert report.ways == {
        ("first", "talk"): Band(0, 4),
        ("first", "end"): Band(5, 9),
        ("talk", "end"): Band(0, 4),
        ("talk", "first"): Band(0, 4),
    }
    first, talk = report.decisions
    assert [one.people for one in first.options] == [Band(0, 4), Band(5, 9)]
    assert first.good == Share(0, 45)
    assert (talk.people, talk.good, talk.seconds) == (None, None, None)
    assert [one.people for one in talk.options] == [None, None]


def test_options_nobody_takes_are_told_among_enough_people() -> None:
    few = reported(*[a_run(CASE, "good", "well")] * 19)
    many = reported(*[a_run(CASE, "good", "well")] * 20)

    assert few.decisions[0].options[1].people == Band(0, 4)
    assert many.decisions[0].options[1].people == Band(0, 0)
    assert many.decisions[0].good == Share(100, 100)


def test_where_people_stop_is_named_from_five_on() -> None:
    runs = [*[a_run(CASE, "good")] * 7, *[a_run(CASE)] * 2]

    report = reported(*runs)

    assert report.stopped == {"talk": Band(5, 9)}
    assert report.stopped_in_all == Band(5, 9)


def test_seconds_are_coarse_and_of_enough_people() -> None:
    runs = [a_run(CASE, "poor", seconds=37)] * 5

    assert reported(*runs).decisions[0].seconds == 35
    assert reported(*[replace_times(run, 700) for run in runs]).decisions[0].seconds == 720


def replace_times(run: PlayedRun, seconds: int) -> PlayedRun:
    moves = tuple((move, BEGAN + timedelta(seconds=seconds)) for move, _ in run.moves)
    return replace(run, moves=moves)


def test_a_decision_that_goes_with_the_rest_is_told_from_thirty_people_on() -> None:
    case = a_scenario(
        a_scene("one", a_scored_choice("one-3", "two", 3), a_scored_choice("one-0", "two", 0)),
        a_scene("two", a_scored_choice("two-3", "end", 3), a_scored_choice("two-0", "end", 0)),
        an_ending("end"),
    )
    good, poor = a_run(case, "one-3", "two-3"), a_run(case, "one-0", "two-0")

    few = reported(*[good] * 15, *[poor] * 14, case=case)
    enough = reported(*[good] * 15, *[poor] * 15, case=case)
    all_the_same = reported(*[good] * 40, case=case)

    assert [one.relation for one in few.decisions] == [None, None]
    assert [one.relation for one in enough.decisions] == [1.0, 1.0]
    assert [one.relation for one in all_the_same.decisions] == [None, None]


def test_correlation_equals_one_worked_out_by_hand() -> None:
    ratings = [{"a": 0, "b": 1}, {"a": 3, "b": 3}, {"a": 3, "b": 1}, {"b": 2}]

    # Deviations of a: −2, 1, 1; of b: −2/3, 4/3, −2/3; 2 / sqrt(6 × 8/3) = 0.5.
    assert related(ratings, "a") == (3, pytest.approx(0.5))
    assert related(ratings[:1], "a") == (1, None)


@given(st.integers(0, 2**16), st.integers(5, 45))
def test_what_is_told_of_any_case_pins_nobody(seed: int, people: int) -> None:
    case = RandomCase(seed).build()
    counts = counted(*(a_chance_run(case, seed + n) for n in range(people)), case=case)

    report = report_paths(case, counts, later_runs=0)

    numbers = dict(what_is_counted(case, counts))
    lines = list(what_adds_up(case, numbers))
    known = narrowed(told(report), lines)
    assert counts.people == people
    for line in lines:
        assert all(known[key].low <= numbers[key] <= known[key].high for key in line.parts)
    pinned = [key for key, band in known.items() if band.low == band.high]
    assert [key for key in pinned if 0 < numbers[key] < LEAST] == []


def told(report: PathReport) -> dict[Key, Band]:
    """Everything that stands on the page."""
    bands: dict[Key, Band | None] = {("people",): report.people}
    bands["stopped in all",] = report.stopped_in_all
    bands |= {("came", scene): band for scene, band in report.came.items()}
    bands |= {("way", *pair): band for pair, band in report.ways.items()}
    bands |= {("stopped", scene): band for scene, band in report.stopped.items()}
    for one in report.decisions:
        bands["left", one.scene] = one.people
        bands |= {("chose", one.scene, option.choice): option.people for option in one.options}
    return {key: band for key, band in bands.items() if band is not None}
