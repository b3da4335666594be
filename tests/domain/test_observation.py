from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import InvalidInput
from app.domain.level_scale import Level, LevelScale
from app.domain.mi_counts import (
    Measure,
    MeasureThreshold,
    MICounts,
    Reached,
    measures_of,
    reached,
    refuse_unfit_counts,
)
from app.domain.observation import Mark, ObservationForm, complete
from tests.supervision_chain import TODAY, a_form

SCALE = LevelScale(
    "five-steps", "Five steps", tuple(Level(str(n), n, f"Step {n}", "") for n in range(1, 6))
)
SCALES = {"CONF": SCALE}


def test_a_whole_form_enters_the_record() -> None:
    assert complete(a_form(), scales=SCALES, today=TODAY).observed_on == TODAY


@pytest.mark.parametrize(
    ("form", "code"),
    [
        (a_form(mode=None), "observation-mode"),
        (a_form(observed_on=None), "observation-observed_on"),
        (a_form(observed_on=TODAY + timedelta(1)), "observation-observed_on"),
        (a_form(marks=()), "observation-marks"),
        (a_form(marks=(Mark("CONF"),)), "observation-marks"),
        (a_form(marks=(Mark("GONE", 3),)), "observation-marks"),
        (a_form(went_well=" "), "observation-went_well"),
        (a_form(next_step=""), "observation-next_step"),
        (a_form(counts=MICounts(questions=-1)), "counts-questions"),
        (a_form(counts=MICounts(empathy=6)), "counts-empathy"),
    ],
)
def test_what_is_open_or_impossible_is_named(form: ObservationForm, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        complete(form, scales=SCALES, today=TODAY)

    assert refused.value.code == code


@given(st.integers().filter(lambda rank: not 1 <= rank <= 5))
def test_a_rating_outside_the_scale_is_refused(rank: int) -> None:
    with pytest.raises(InvalidInput, match="There is no level"):
        complete(a_form(marks=(Mark("CONF", rank),)), scales=SCALES, today=TODAY)


@given(st.integers(1, 999), st.integers(0, 999), st.integers(0, 999))
def test_ratios_are_those_of_the_counts(questions: int, simple: int, deep: int) -> None:
    counts = MICounts(questions, simple, deep)

    found = measures_of(counts)

    assert found[Measure.REFLECTIONS_TO_QUESTIONS] * questions == simple + deep
    assert (Measure.COMPLEX_REFLECTIONS in found) == (simple + deep > 0)
    if simple + deep:
        assert found[Measure.COMPLEX_REFLECTIONS] * (simple + deep) == deep


def test_without_a_question_there_is_no_ratio() -> None:
    assert Measure.REFLECTIONS_TO_QUESTIONS not in measures_of(MICounts(0, 3, 3))


def test_half_judged_globals_give_no_measure() -> None:
    assert measures_of(MICounts(partnership=4)) == {}
    assert measures_of(MICounts(partnership=4, empathy=3)) == {Measure.RELATIONAL: Fraction(7, 2)}


@pytest.mark.parametrize(
    ("value", "told"),
    [("0.99", Reached.BELOW), ("1", Reached.FAIR), ("1.99", Reached.FAIR), ("2", Reached.GOOD)],
)
def test_reaching_a_threshold_exactly_is_enough(value: str, told: Reached) -> None:
    ratio = MeasureThreshold(
        Measure.REFLECTIONS_TO_QUESTIONS, "R:Q", Fraction(1), Fraction(2), "ratio"
    )

    assert reached(Fraction(value), ratio) is told


@given(st.integers(0, 999), st.integers(1, 5))
def test_counts_that_can_be_counted_pass(count: int, judged: int) -> None:
    refuse_unfit_counts(MICounts(count, count, count, judged, judged, judged, judged))


def test_counts_come_back_as_they_were_kept() -> None:
    counts = replace(MICounts(), questions=4, empathy=3)

    assert MICounts.from_json(counts.as_json()) == counts
    assert MICounts().is_empty
    assert not counts.is_empty
