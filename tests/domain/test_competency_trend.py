"""Counts of people by area and day: by one rule, hidden where they are few, never by name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.competency_state import CompetencyState
from app.domain.competency_trend import AreaTrend, area_trends, days_of_trend

MET, AGEING, OPEN = CompetencyState.MET, CompetencyState.AGEING, CompetencyState.OPEN
BELOW = CompetencyState.BELOW
AREAS = (("talk", "Talking", ("CONF", "MI")), ("kin", "Families", ("FAM",)))


def people(count: int, **states: CompetencyState) -> dict[str, Mapping[str, CompetencyState]]:
    return {f"person-{place}": states for place in range(count)}


def trends(*days: Mapping[str, Mapping[str, CompetencyState]]) -> dict[str, AreaTrend]:
    return {one.id: one for one in area_trends(AREAS, days)}


def test_the_days_are_the_ends_of_the_months_before_and_today() -> None:
    assert days_of_trend(date(2028, 3, 1)) == (
        date(2027, 9, 30),
        date(2027, 10, 31),
        date(2027, 11, 30),
        date(2027, 12, 31),
        date(2028, 1, 31),
        date(2028, 2, 29),
        date(2028, 3, 1),
    )


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_each_day_but_today_is_the_last_of_its_month_and_all_come_in_order(today: date) -> None:
    days = days_of_trend(today)

    assert days[-1] == today
    assert list(days) == sorted(set(days))
    assert all((day + timedelta(days=1)).day == 1 for day in days[:-1])


def test_a_person_counts_once_in_an_area_by_its_most_pressing_state() -> None:
    found = trends(people(5, CONF=MET, MI=BELOW))

    assert found["talk"].counts == ({BELOW: 5},)
    assert found["talk"].gap == 5


def test_what_is_met_but_ageing_is_no_gap() -> None:
    assert trends(people(5, CONF=AGEING, MI=MET))["talk"].gap == 0


def test_the_largest_gap_stands_first_and_what_nobody_is_asked_for_last() -> None:
    some = people(5, CONF=MET) | {"person-9": {"CONF": MET, "FAM": OPEN}}
    all_asked = {name: {**states, "FAM": OPEN} for name, states in some.items()}
    areas = (("none", "Nobody", ("X",)), *AREAS)

    assert [one.id for one in area_trends(areas, [all_asked])] == ["kin", "talk", "none"]


def test_an_area_that_four_people_are_asked_for_tells_no_figures() -> None:
    asked = people(4, CONF=OPEN, FAM=OPEN) | {"person-9": {"CONF": OPEN}}

    found = trends(asked)

    assert (found["kin"].is_hidden, found["kin"].counts, found["kin"].gap) == (True, (), 0)
    assert (found["talk"].is_hidden, found["talk"].gap) == (False, 5)


@given(
    st.lists(
        st.dictionaries(st.sampled_from(["CONF", "MI", "FAM"]), st.sampled_from(CompetencyState)),
        max_size=12,
    )
)
def test_everybody_who_is_asked_is_counted_once_a_day(
    states: list[dict[str, CompetencyState]],
) -> None:
    day = {f"person-{place}": one for place, one in enumerate(states)}

    for area_id, _, codes in AREAS:
        found = trends(day, day)[area_id]
        asked = sum(
            any(one.get(code, CompetencyState.NOT_REQUIRED) != "not required" for code in codes)
            for one in states
        )
        assert found.asked == asked
        assert found.counts == () or all(sum(one.values()) == asked for one in found.counts)
        assert bool(found.counts) is (asked >= 5)
