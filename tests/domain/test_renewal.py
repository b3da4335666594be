"""States of credentials day by day, and what training for a renewal is missing."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.local_time import day_in
from app.domain.renewal import Education, Need, RenewalState, renewal_state, tally, years_later
from tests.supervision_builders import a_course, a_credential, a_renewal

S = RenewalState
LEAP = date(2028, 2, 29)
ENDS = [
    LEAP,
    date(2028, 2, 28),
    date(2027, 2, 28),
    date(2026, 12, 31),
    date(2028, 6, 30),
    date(2100, 2, 28),
]
# Days from the last day of validity → state. The fifth year is counted by the calendar below.
AROUND = [
    (-92, S.VALID),
    (-91, S.VALID),
    (-90, S.AGEING),
    (-89, S.AGEING),
    (-30, S.AGEING),
    (-14, S.AGEING),
    (-7, S.AGEING),
    (-2, S.AGEING),
    (-1, S.AGEING),
    (0, S.AGEING),
    (1, S.EXPIRED),
    (2, S.EXPIRED),
    (29, S.EXPIRED),
    (30, S.EXPIRED),
    (31, S.LATE),
    (32, S.LATE),
    (365, S.LATE),
    (366, S.LATE),
    (1000, S.LATE),
    (1825, S.LATE),
    (1828, S.LAPSED),
    (2000, S.LAPSED),
]
ZONES = ["America/New_York", "UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu"]


@pytest.mark.parametrize("ends", ENDS)
@pytest.mark.parametrize(("days", "state"), AROUND)
def test_a_credential_changes_its_state_on_the_day(ends: date, days: int, state: S) -> None:
    credential = a_credential(issued_on=years_later(ends, -2), expires_on=ends)

    assert renewal_state(credential, a_renewal(), ends + timedelta(days=days)) is state


@pytest.mark.parametrize("ends", ENDS)
def test_every_day_from_its_issue_to_its_lapse_has_its_state(ends: date) -> None:
    issued, lapses = years_later(ends, -2), years_later(ends, 5)
    credential = a_credential(issued_on=issued, expires_on=ends)
    life = [issued + timedelta(days=day) for day in range(-10, (lapses - issued).days + 11)]

    found = Counter(renewal_state(credential, a_renewal(), day) for day in life)

    assert len(life) > 2500
    assert found == {
        S.NOT_BEGUN: 10,
        S.VALID: (ends - issued).days - 90,
        S.AGEING: 91,
        S.EXPIRED: 30,
        S.LATE: (lapses - ends).days - 30,
        S.LAPSED: 10,
    }


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("ends", ENDS)
def test_the_day_is_that_of_the_site(zone: str, ends: date) -> None:
    credential = a_credential(issued_on=years_later(ends, -2), expires_on=ends)
    noon = datetime.combine(ends, time(12), UTC)
    hours = [noon + timedelta(hours=hour) for hour in range(-48, 49)]

    found = {
        moment: renewal_state(credential, a_renewal(), day_in(zone, moment)) for moment in hours
    }

    for moment, state in found.items():
        assert (state is S.EXPIRED) is (day_in(zone, moment) > ends)
    assert {S.AGEING, S.EXPIRED} == set(found.values())


@pytest.mark.parametrize(
    ("ends", "last_day"),
    [
        (LEAP, date(2033, 2, 28)),
        (date(2028, 2, 28), date(2033, 2, 28)),
        (date(2023, 2, 28), date(2028, 2, 28)),
        (date(2026, 12, 31), date(2031, 12, 31)),
    ],
)
def test_a_credential_lapses_the_day_after_its_fifth_year(ends: date, last_day: date) -> None:
    credential = a_credential(issued_on=date(2020, 1, 1), expires_on=ends)

    assert renewal_state(credential, a_renewal(), last_day) is S.LATE
    assert renewal_state(credential, a_renewal(), last_day + timedelta(days=1)) is S.LAPSED


def test_before_its_first_day_it_is_not_in_force() -> None:
    credential = a_credential()

    assert renewal_state(credential, None, date(2026, 6, 30)) is S.NOT_BEGUN
    assert renewal_state(credential, None, date(2026, 7, 1)) is S.VALID


def test_without_a_known_rule_it_is_expired_and_nothing_else() -> None:
    assert renewal_state(a_credential(), None, date(2040, 1, 1)) is S.EXPIRED


def test_without_an_end_it_does_not_expire() -> None:
    assert renewal_state(a_credential(expires_on=None), None, date(2040, 1, 1)) is S.ENDLESS


@given(
    ends=st.dates(date(2020, 1, 1), date(2060, 1, 1)),
    days=st.integers(-1500, 4000),
)
def test_states_only_ever_move_on(ends: date, days: int) -> None:
    credential = a_credential(issued_on=ends - timedelta(days=730), expires_on=ends)
    order = [S.NOT_BEGUN, S.VALID, S.AGEING, S.EXPIRED, S.LATE, S.LAPSED]
    day = ends + timedelta(days=days)

    before = renewal_state(credential, a_renewal(), day)
    after = renewal_state(credential, a_renewal(), day + timedelta(days=1))

    assert order.index(after) - order.index(before) in {0, 1}
    assert credential.is_valid(day) is (before in {S.VALID, S.AGEING})


def needs(*done: Education) -> dict[str, Need]:
    found = tally(a_credential(), a_renewal(), done)
    return {need.title: need for need in (found.total, *found.topics)}


def test_hours_count_in_all_and_under_their_topic() -> None:
    found = needs(a_course(90, topic="ethics"), a_course(60), a_course(30, is_specific=True))

    assert found["In all"] == Need("In all", 2400, 180)
    assert (found["Ethics"].missing, found["HIV"].missing) == (90, 180)
    assert found["About substance use disorders"].done == 30


@pytest.mark.parametrize(
    ("way", "minutes", "counts", "over"),
    [
        ("in-service", 600, 600, 0),  # a quarter of forty hours
        ("in-service", 601, 600, 1),
        ("supervision", 1200, 600, 0),  # two hours make one
        ("supervision", 1203, 600, 1),
        ("supervision", 61, 30, 0),  # half a minute is lost
        ("training", 2500, 2500, 0),
    ],
)
def test_some_ways_of_learning_count_in_part(
    way: str, minutes: int, counts: int, over: int
) -> None:
    found = tally(a_credential(), a_renewal(), [a_course(minutes, way=way)])

    assert found.total.done == counts
    assert sum(lost for _, lost in found.over) == over


def test_a_topic_is_not_filled_by_hours_over_their_share() -> None:
    specific = a_course(1500, way="in-service", is_specific=True)

    assert needs(specific)["About substance use disorders"].done == 600


@pytest.mark.parametrize(
    ("done_on", "counts"),
    [
        (date(2026, 6, 30), 0),
        (date(2026, 7, 1), 180),
        (date(2028, 2, 29), 180),
        (date(2028, 6, 30), 180),
        (date(2028, 7, 1), 0),
    ],
)
def test_only_training_of_the_credentials_own_time_counts(done_on: date, counts: int) -> None:
    assert needs(a_course(done_on=done_on))["In all"].done == counts


def test_training_of_somebody_else_does_not_count() -> None:
    assert needs(a_course(person_id="ana"))["In all"].done == 0


def test_a_renewal_is_complete_when_nothing_is_missing() -> None:
    done = [
        a_course(180, topic="ethics", is_specific=True),
        a_course(180, topic="hiv", is_specific=True),
        a_course(1440, is_specific=True),
        a_course(599),
    ]

    assert not tally(a_credential(), a_renewal(), done).is_complete
    assert tally(a_credential(), a_renewal(), [*done, a_course(1)]).is_complete


@given(
    st.lists(
        st.tuples(st.integers(1, 900), st.sampled_from(["training", "in-service", "supervision"]))
    )
)
def test_more_training_never_counts_less(courses: list[tuple[int, str]]) -> None:
    done = [a_course(minutes, way=way) for minutes, way in courses]
    totals = [tally(a_credential(), a_renewal(), done[:n]).total.done for n in range(len(done) + 1)]

    assert totals == sorted(totals)
