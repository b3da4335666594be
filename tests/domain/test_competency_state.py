"""Where a person stands with a competency, on every day, from any rows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.competency_state import (
    CompetencyState,
    competency_standing,
    counted_evidence,
    days_of_change,
    group_standing,
)
from app.domain.evidence import (
    Answered,
    Certified,
    Decided,
    Evidence,
    EvidenceKind,
    Noted,
    Outcome,
    Rated,
    months_later,
)
from tests.evidence_builders import BEGAN, a_row, answered, asked_for, played, seen, signed

MET, AGEING = CompetencyState.MET, CompetencyState.AGEING
BELOW, OPEN = CompetencyState.BELOW, CompetencyState.OPEN
EXPIRED, NOT_REQUIRED = CompetencyState.EXPIRED, CompetencyState.NOT_REQUIRED
LATER = BEGAN + timedelta(days=9)
ENOUGH = (seen(3, BEGAN), seen(4, BEGAN, mode="chart review"), seen(3, LATER, mode="role-play"))

DAYS = st.dates(date(2023, 11, 1), date(2028, 6, 30))
LEVELS = st.integers(1, 5)
MODES = st.sampled_from(["live", "recorded", "role-play", "chart review"])
RATERS = st.sampled_from(["cora", "dov", "mara"])


def _rows(kind: EvidenceKind, outcomes: st.SearchStrategy[Outcome]) -> st.SearchStrategy[Evidence]:
    return st.builds(
        lambda outcome, day, rater: a_row(kind, outcome, day, rater_id=rater),
        outcomes,
        DAYS,
        RATERS,
    )


RATED: st.SearchStrategy[Outcome] = st.builds(Rated, LEVELS, MODES)
ANSWERED: st.SearchStrategy[Outcome] = st.builds(Answered, st.integers(0, 30), st.just(30))
DECIDED: st.SearchStrategy[Outcome] = st.builds(Decided, st.integers(0, 9), st.just(9), st.just(9))
CERTIFIED: st.SearchStrategy[Outcome] = st.builds(
    Certified, st.just("Hepatitis C"), st.none() | DAYS
)
NOTED: st.SearchStrategy[Outcome] = st.just(Noted())
JUDGED = (
    _rows(EvidenceKind.OBSERVATION, RATED)
    | _rows(EvidenceKind.REVIEW, RATED)
    | _rows(EvidenceKind.SIGN_OFF, RATED)
)
UNJUDGED = (
    _rows(EvidenceKind.QUIZ, ANSWERED)
    | _rows(EvidenceKind.MOCK, ANSWERED)
    | _rows(EvidenceKind.CASE, DECIDED)
    | _rows(EvidenceKind.SELF_RATING, RATED)
    | _rows(EvidenceKind.CERTIFICATE, CERTIFIED)
    | _rows(EvidenceKind.REFLECTION, NOTED)
    | _rows(EvidenceKind.COMPLETION, NOTED)
)
ROWS = st.lists(JUDGED | UNJUDGED, max_size=10)
ASKED = st.builds(
    lambda level, skill, months: asked_for(level, is_practical=skill, validity_months=months),
    LEVELS,
    st.booleans(),
    st.none() | st.integers(1, 36),
)


def state(*rows: Evidence, on: date = LATER, level: int = 3, **changes: object) -> CompetencyState:
    return competency_standing(rows, asked_for(level, **changes), on=on).state


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((), OPEN),
        (ENOUGH, MET),
        (ENOUGH[:2], OPEN),  # two observations are one too few
        ((seen(), seen(), seen()), OPEN),  # all on one day
        ((*ENOUGH[1:], seen(3, mode="role-play")), OPEN),  # none of them seen directly
        ((*ENOUGH, seen(2, LATER)), BELOW),  # the latest day counts, the lowest of it
        ((seen(2), *ENOUGH), MET),  # it was lower before
        ((seen(2), seen(2), seen(2, LATER)), BELOW),  # enough to say that it is not there
        ((seen(2, LATER),), OPEN),  # one observation proves little either way
        ((signed(3),), MET),
        ((signed(2),), BELOW),
        ((signed(3), seen(2, LATER)), BELOW),
        ((a_row(EvidenceKind.SELF_RATING, Rated(5), LATER),), OPEN),
        ((answered(30, 30), answered(30, 30, LATER), played()), OPEN),
    ],
)
def test_a_skill_is_judged_by_what_others_saw(
    rows: tuple[Evidence, ...], expected: CompetencyState
) -> None:
    assert state(*rows) is expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((answered(8, 10), answered(9, 10, LATER)), MET),
        ((answered(5, 10), answered(5, 10, LATER)), BELOW),
        ((answered(10, 10),), OPEN),  # on one day only
        ((answered(4, 4), answered(4, 4, LATER)), OPEN),  # fewer than ten answers
        ((a_row(EvidenceKind.CERTIFICATE, Certified("A course"), BEGAN),), MET),
        ((*(answered(10, 10, day) for day in (BEGAN, LATER)), signed(2)), BELOW),
        ((played(), played(3, LATER)), OPEN),
    ],
)
def test_knowledge_can_be_met_by_answers(
    rows: tuple[Evidence, ...], expected: CompetencyState
) -> None:
    assert state(*rows, is_practical=False) is expected


def test_nothing_asked_is_not_required_and_still_shows_what_was_seen() -> None:
    standing = competency_standing([*ENOUGH, seen(2, LATER)], None, on=LATER)

    assert standing.state is NOT_REQUIRED
    assert (standing.rows, standing.latest_level) == (4, 2)


def test_a_higher_level_takes_another_rater_where_there_are_two() -> None:
    days = [BEGAN + timedelta(days=number) for number in range(5)]
    rows = [seen(4, day) for day in days]

    assert state(*rows, on=days[-1], level=4) is OPEN
    assert state(*rows, on=days[-1], level=4, raters_there_are=1) is MET
    assert state(*rows, seen(4, days[-1], rater="dov"), on=days[-1], level=4) is MET


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 2, 29), MET),
        (date(2025, 11, 29), MET),
        (date(2025, 11, 30), AGEING),  # ninety days before
        (date(2026, 2, 28), AGEING),  # the last day: there is no 29th that year
        (date(2026, 3, 1), EXPIRED),
    ],
)
def test_what_was_signed_on_a_leap_day_ends_on_the_last_of_february(
    day: date, expected: CompetencyState
) -> None:
    assert state(signed(3, date(2024, 2, 29)), on=day) is expected


def test_a_standing_tells_until_when_it_is_met() -> None:
    standing = competency_standing(ENOUGH, asked_for(), on=LATER)

    assert standing.met_until == date(2028, 3, 2)
    assert standing.latest_level == 3
    counted = counted_evidence(ENOUGH, asked_for(), on=LATER)
    assert (counted.observations, counted.direct) == (3, 1)
    assert counted_evidence(ENOUGH, asked_for(), on=date(2029, 1, 1)).observations == 0


def test_an_observation_that_is_still_to_come_does_not_count() -> None:
    assert state(*ENOUGH, on=BEGAN) is OPEN


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
    ],
)
def test_months_end_on_the_last_day_of_a_shorter_month(
    day: date, months: int, expected: date
) -> None:
    assert months_later(day, months) == expected


@settings(suppress_health_check=[HealthCheck.too_slow])  # the first draw makes the strategies
@given(st.lists(JUDGED, max_size=8), st.lists(UNJUDGED, max_size=8), ASKED, DAYS)
def test_what_nobody_saw_never_makes_a_skill_met(judged, unjudged, asked, day) -> None:  # type: ignore[no-untyped-def]
    skill = asked_for(asked.requirement.level)

    before = competency_standing(judged, skill, on=day)
    after = competency_standing([*judged, *unjudged], skill, on=day)

    assert after.state is before.state
    assert after.met_until == before.met_until


@given(st.data(), ROWS, ASKED, DAYS)
def test_the_order_of_rows_does_not_matter(data, rows, asked, day) -> None:  # type: ignore[no-untyped-def]
    shuffled = data.draw(st.permutations(rows))

    assert competency_standing(shuffled, asked, on=day) == competency_standing(rows, asked, on=day)


@given(ROWS, ASKED, DAYS)
def test_a_state_changes_on_declared_days_only(rows, asked, day) -> None:  # type: ignore[no-untyped-def]
    tomorrow = day + timedelta(days=1)

    if tomorrow not in days_of_change(rows, asked):
        today = competency_standing(rows, asked, on=day).state
        assert competency_standing(rows, asked, on=tomorrow).state is today


@given(st.lists(JUDGED | UNJUDGED, min_size=1, max_size=6), ASKED)
def test_a_state_changes_on_declared_days_only_around_them(rows, asked) -> None:  # type: ignore[no-untyped-def]
    """Each declared day and its neighbors, where a day too early or late would show."""
    declared = days_of_change(rows, asked)
    for day in declared:
        for near in (day, day + timedelta(days=1)):
            if near not in declared:
                before = competency_standing(rows, asked, on=near - timedelta(days=1)).state
                assert competency_standing(rows, asked, on=near).state is before


@given(ROWS, ASKED, DAYS)
def test_what_is_met_is_met_through_the_day_told_and_not_after(rows, asked, day) -> None:  # type: ignore[no-untyped-def]
    past = [row for row in rows if row.happened_on <= day]
    standing = competency_standing(past, asked, on=day)

    if standing.met_until is not None:
        last, after = standing.met_until, standing.met_until + timedelta(days=1)
        assert competency_standing(past, asked, on=last).state in (MET, AGEING)
        assert competency_standing(past, asked, on=after).state not in (MET, AGEING)


@given(ROWS, ASKED)
def test_long_after_its_validity_nothing_is_shown_as_met(rows, asked) -> None:  # type: ignore[no-untyped-def]
    asked_rows = [row for row in rows if row.kind is not EvidenceKind.CERTIFICATE]

    assert competency_standing(asked_rows, asked, on=date(2040, 1, 1)).state not in (MET, AGEING)


def test_a_group_is_told_by_its_most_pressing_state() -> None:
    told = group_standing([MET, AGEING, OPEN, EXPIRED, NOT_REQUIRED])

    assert told.state is EXPIRED
    assert (told.met, told.required) == (2, 4)
    assert group_standing([NOT_REQUIRED]).state is NOT_REQUIRED
