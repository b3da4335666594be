"""The ratio calculator against a table of dated cases, worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.hours import Group, HourEntry, Mode
from app.domain.supervision_ratio import (
    Due,
    PhaseStanding,
    PhaseStart,
    PhaseTime,
    phase_on,
    phase_times,
    stand_in,
)
from tests.supervision_builders import (
    FUNCTIONS,
    a_phase,
    a_phase_edition,
    meeting_of,
    practice_of,
)

BEGAN = date(2026, 1, 5)
TODAY = date(2026, 11, 22)
CHANGE = date(2026, 6, 1)
H = 60


def at(ratio: int, **changes: object) -> object:
    return a_phase(a_phase_edition(minutes_per_supervised=ratio, **changes))


def hours(practice: int, supervision: int) -> list[HourEntry]:
    """Minutes of practice and of supervision, each split over days so that no day overflows."""
    made: list[HourEntry] = []
    for day, minutes in enumerate(_split(practice)):
        made.append(practice_of(minutes, BEGAN + timedelta(days=day)))
    for day, minutes in enumerate(_split(supervision, 120)):
        made.append(meeting_of(minutes, BEGAN + timedelta(days=day)))
    return made


def _split(minutes: int, most: int = 480) -> list[int]:
    whole, rest = divmod(minutes, most)
    return [most] * whole + ([rest] if rest else [])


def stand(rule: object, entries: list[HourEntry], today: date = TODAY) -> PhaseStanding:
    return stand_in(PhaseTime("practicum", BEGAN, None), rule, entries, today=today)  # type: ignore[arg-type]


# ratio, practice, supervision → owed, left until the next hour is due, and what that means
ACCUMULATED = [
    (10, 0, 0, 0, 600, Due.COVERED),
    (10, 1, 0, 0, 599, Due.COVERED),
    (10, 479, 0, 0, 121, Due.COVERED),
    (10, 480, 0, 0, 120, Due.SOON),  # the last fifth begins here
    (10, 599, 0, 0, 1, Due.SOON),
    (10, 600, 0, 60, 0, Due.NOW),  # exactly on the limit
    (10, 601, 0, 60, -1, Due.BEHIND),
    (10, 600, 59, 60, 0, Due.NOW),  # 59 minutes are no hour
    (10, 601, 59, 60, -1, Due.BEHIND),
    (10, 600, 60, 60, 600, Due.COVERED),
    (10, 601, 60, 60, 599, Due.COVERED),
    (10, 1079, 60, 60, 121, Due.COVERED),
    (10, 1080, 60, 60, 120, Due.SOON),
    (10, 1200, 60, 120, 0, Due.NOW),
    (10, 1200, 119, 120, 0, Due.NOW),
    (10, 1200, 120, 120, 600, Due.COVERED),
    (10, 1201, 119, 120, -1, Due.BEHIND),
    (10, 3000, 90, 300, -1800, Due.BEHIND),
    (10, 18_000, 1800, 1800, 600, Due.COVERED),  # the whole practicum: 300 hours and 30
    (10, 18_000, 1799, 1800, 0, Due.NOW),
    (10, 18_000, 1740, 1800, 0, Due.NOW),
    (10, 18_000, 1739, 1800, -600, Due.BEHIND),
    (10, 0, 600, 0, 6600, Due.COVERED),  # supervision ahead of practice counts
    (40, 0, 0, 0, 2400, Due.COVERED),
    (40, 1919, 0, 0, 481, Due.COVERED),
    (40, 1920, 0, 0, 480, Due.SOON),
    (40, 2399, 0, 0, 1, Due.SOON),
    (40, 2400, 0, 60, 0, Due.NOW),
    (40, 2401, 0, 60, -1, Due.BEHIND),
    (40, 2400, 60, 60, 2400, Due.COVERED),
    (40, 2401, 60, 60, 2399, Due.COVERED),
    (40, 4800, 60, 120, 0, Due.NOW),
    (40, 4800, 120, 120, 2400, Due.COVERED),
    (40, 9601, 180, 240, -1, Due.BEHIND),
    (80, 0, 0, 0, 4800, Due.COVERED),
    (80, 3839, 0, 0, 961, Due.COVERED),
    (80, 3840, 0, 0, 960, Due.SOON),
    (80, 4799, 0, 0, 1, Due.SOON),
    (80, 4800, 0, 60, 0, Due.NOW),
    (80, 4801, 0, 60, -1, Due.BEHIND),
    (80, 4800, 60, 60, 4800, Due.COVERED),
    (80, 9600, 60, 120, 0, Due.NOW),
    (80, 9599, 60, 60, 1, Due.SOON),
]


@pytest.mark.parametrize(("ratio", "practice", "supervision", "owed", "left", "due"), ACCUMULATED)
def test_the_next_hour_is_due_by_accumulated_practice(
    ratio: int, practice: int, supervision: int, owed: int, left: int, due: Due
) -> None:
    standing = stand(at(ratio), hours(practice, supervision))

    assert (standing.practice, standing.supervised) == (practice, supervision)
    assert (standing.owed, standing.left, standing.due) == (owed, left, due)


# A rule that changes on June 1 from 1:10 to 1:40, and one that changes to 1:20.
# practice before, practice from the day on, supervision → owed, left, due
CHANGED = [
    (40, 600, 0, 0, 60, 0, Due.NOW),
    (40, 600, 0, 60, 60, 2400, Due.COVERED),
    (40, 600, 2399, 60, 60, 1, Due.SOON),
    (40, 600, 2400, 60, 120, 0, Due.NOW),
    (40, 600, 2401, 60, 120, -1, Due.BEHIND),
    (40, 300, 0, 0, 0, 1200, Due.COVERED),  # half of 1:10 used, half of 1:40 left
    (40, 300, 1200, 0, 60, 0, Due.NOW),
    (40, 1, 0, 0, 0, 2396, Due.COVERED),  # a tenth of a minute owed
    (40, 1, 1, 0, 0, 2395, Due.COVERED),
    (40, 0, 2400, 60, 60, 2400, Due.COVERED),
    (20, 599, 0, 0, 0, 2, Due.SOON),
    (20, 599, 1, 0, 0, 1, Due.SOON),
    (20, 599, 2, 0, 60, 0, Due.NOW),
    (20, 599, 3, 0, 60, -1, Due.BEHIND),
]


@pytest.mark.parametrize(
    ("ratio", "before", "after", "supervision", *["owed", "left", "due"]), CHANGED
)
def test_practice_keeps_the_ratio_of_its_day(
    ratio: int, before: int, after: int, supervision: int, owed: int, left: int, due: Due
) -> None:
    changed = a_phase_edition(in_force_from=CHANGE, minutes_per_supervised=ratio)
    rule = a_phase(a_phase_edition(), changed)
    entries = [
        *[practice_of(n, CHANGE - timedelta(days=1 + i)) for i, n in enumerate(_split(before))],
        *[practice_of(n, CHANGE + timedelta(days=i)) for i, n in enumerate(_split(after))],
        *[meeting_of(n, BEGAN) for n in _split(supervision)],
    ]

    standing = stand(rule, entries)

    assert (standing.owed, standing.left, standing.due) == (owed, left, due)


# days of practice around a change of phase → practice seen in the first and in the second phase
BOUNDARIES = [
    (date(2026, 5, 31), 60, 0),
    (date(2026, 6, 1), 0, 60),
    (date(2026, 6, 2), 0, 60),
    (date(2026, 1, 5), 60, 0),
    (date(2026, 1, 4), 0, 0),  # before any phase
    (date(2026, 9, 30), 0, 60),
    (date(2026, 10, 1), 0, 0),  # supervision has ended
]


@pytest.mark.parametrize(("day", "first", "second"), BOUNDARIES)
def test_hours_belong_to_the_phase_of_their_day(day: date, first: int, second: int) -> None:
    times = phase_times(
        [
            PhaseStart("later", CHANGE),
            PhaseStart("practicum", BEGAN),
            PhaseStart("", date(2026, 10, 1)),
        ]
    )

    seen = [
        stand_in(time, a_phase(), [practice_of(60, day)], today=TODAY).practice for time in times
    ]

    assert [time.phase_id for time in times] == ["practicum", "later"]
    assert seen == [first, second]
    assert (phase_on(times, day) is None) is (first == second == 0)


def test_of_two_starts_on_one_day_the_later_entry_counts() -> None:
    times = phase_times([PhaseStart("practicum", BEGAN), PhaseStart("later", BEGAN)])

    assert times == [PhaseTime("later", BEGAN, None)]


def test_who_has_started_no_phase_is_in_none() -> None:
    assert phase_times([]) == []
    assert phase_on([], TODAY) is None


def test_what_was_met_is_split_by_who_and_how() -> None:
    standing = stand(
        at(10),
        [
            meeting_of(60, BEGAN),
            meeting_of(30, BEGAN + timedelta(days=1), group=Group.GROUP),
            meeting_of(45, BEGAN + timedelta(days=2), mode=Mode.VIDEO),
            meeting_of(15, BEGAN + timedelta(days=3), group=Group.GROUP, mode=Mode.VIDEO),
        ],
    )

    assert standing.supervised == 150
    assert (standing.individual, standing.group) == (105, 45)
    assert (standing.in_person, standing.video) == (90, 60)
    assert standing.not_counted == 0


def test_video_counts_from_the_day_the_rule_allows_it() -> None:
    rule = a_phase(a_phase_edition(allows_video=False), a_phase_edition(in_force_from=CHANGE))
    before = meeting_of(60, CHANGE - timedelta(days=1), mode=Mode.VIDEO)
    after = meeting_of(60, CHANGE, mode=Mode.VIDEO)

    standing = stand(rule, [before, after])

    assert (standing.supervised, standing.not_counted) == (60, 60)


def test_the_practicum_is_complete_with_every_function_and_not_before() -> None:
    enough = [
        practice_of(minutes, BEGAN + timedelta(days=day), function=function)
        for function in FUNCTIONS
        for day, minutes in enumerate(_split(25 * H))
    ]
    met = [meeting_of(120, BEGAN + timedelta(days=day)) for day in range(15)]
    short = [one for one in enough if one.function != "CF-7"] + [
        practice_of(599, BEGAN, function="CF-7"),
        practice_of(480, BEGAN, function="CF-1", note="more"),
        practice_of(480, BEGAN, function="CF-2", note="more"),
    ]

    assert stand(at(10), [*enough, *met]).is_complete(FUNCTIONS)
    assert not stand(at(10), [*enough, *met[:-1]]).is_complete(FUNCTIONS)
    standing = stand(at(10), [*short, *met])
    assert standing.practice > 300 * H
    assert standing.function_left("CF-7") == 1
    assert standing.practice_left(FUNCTIONS) == 1
    assert not standing.is_complete(FUNCTIONS)


def test_without_a_known_total_nothing_is_left_and_nothing_is_complete() -> None:
    rule = at(40, practice_minutes=None, function_minutes=None)

    standing = stand(rule, hours(2400, 60))

    assert standing.practice_left(FUNCTIONS) is None
    assert standing.supervision_left(FUNCTIONS) is None
    assert not standing.is_complete(FUNCTIONS)


@pytest.mark.parametrize(
    ("practice", "supervision", "left"),
    [(0, 0, 1800), (600, 60, 1740), (605, 0, 1800), (17_999, 1740, 60), (18_000, 1800, 0)],
)
def test_supervision_left_is_what_the_whole_asks_for(
    practice: int, supervision: int, left: int
) -> None:
    standing = stand(at(10, function_minutes=None), hours(practice, supervision))

    assert standing.supervision_left(FUNCTIONS) == left


@given(
    practice=st.integers(0, 20_000),
    supervision=st.integers(0, 3_000),
    ratio=st.sampled_from([10, 40, 80]),
)
def test_more_practice_brings_the_next_hour_nearer_by_just_as_much(
    practice: int, supervision: int, ratio: int
) -> None:
    standing = stand(at(ratio), hours(practice, supervision))
    later = stand(at(ratio), hours(practice + 1, supervision))

    assert later.left == standing.left - 1
    assert (standing.left <= 0) is (standing.missing > 0)
    assert standing.owed <= standing.asked < standing.owed + H
