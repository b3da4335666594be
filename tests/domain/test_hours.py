from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Conflict, DomainError, InvalidInput
from app.domain.hours import (
    LONGEST_NOTE,
    EntryState,
    Group,
    HourEntry,
    Meeting,
    Mode,
    check_entry,
    check_meeting,
    counting,
    expected,
    minutes_of,
    say_minutes,
    standing,
)
from tests.supervision_builders import A_WORKDAY, meeting_of, practice_of

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def a_meeting(start: datetime, end: datetime) -> Meeting:
    return Meeting(start, end, "UTC", Group.INDIVIDUAL, Mode.VIDEO, ())


def refusal(entry: HourEntry, *ledger: HourEntry) -> str:
    try:
        check_entry(entry, ledger, today=NOW.date())
    except DomainError as error:
        return error.code
    return ""


@pytest.mark.parametrize(
    ("signed", "state"),
    [
        ({"staff": None}, EntryState.WAITS_FOR_STAFF),
        ({"supervisor": None}, EntryState.WAITS_FOR_SUPERVISOR),
        ({}, EntryState.SIGNED),
    ],
)
def test_only_what_both_have_signed_counts(signed: dict[str, None], state: EntryState) -> None:
    entry = practice_of(60, **signed)

    assert entry.state is state
    assert counting([entry]) == ([entry] if state is EntryState.SIGNED else [])
    assert standing([entry]) == expected([entry]) == [entry]


def test_a_correction_takes_the_place_once_both_have_signed_it() -> None:
    first = practice_of(60, id="first")
    waits = practice_of(45, id="second", amends="first", supervisor=None)
    signed = practice_of(45, id="second", amends="first")

    assert counting([first, waits]) == [first]
    assert standing([first, waits]) == [first, waits]
    assert expected([first, waits]) == [waits]
    assert counting([first, signed]) == standing([first, signed]) == [signed]


def test_a_correction_of_a_correction_counts_alone() -> None:
    chain = [
        practice_of(60, id="a"),
        practice_of(45, id="b", amends="a"),
        practice_of(30, id="c", amends="b"),
    ]

    assert counting(chain) == expected(chain) == [chain[2]]


def test_a_void_correction_leaves_nothing() -> None:
    void = practice_of(60, id="second", amends="first", is_void=True)

    assert counting([practice_of(60, id="first"), void]) == []


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        ((9, 0), (9, 0), "end-before-start"),
        ((9, 0), (8, 59), "end-before-start"),
        ((11, 0), (12, 1), "end-ahead"),
    ],
)
def test_an_impossible_meeting_is_refused(
    start: tuple[int, int], end: tuple[int, int], code: str
) -> None:
    day = NOW.date()
    meeting = a_meeting(
        datetime.combine(day, time(*start), UTC), datetime.combine(day, time(*end), UTC)
    )

    with pytest.raises(InvalidInput) as refused:
        check_meeting(meeting, now=NOW)

    assert refused.value.code == code


def test_a_meeting_may_last_a_day_and_no_longer() -> None:
    start = NOW - timedelta(days=3)

    check_meeting(a_meeting(start, start + timedelta(days=1)), now=NOW)
    with pytest.raises(InvalidInput) as refused:
        check_meeting(a_meeting(start, start + timedelta(days=1, minutes=1)), now=NOW)

    assert refused.value.code == "longer-than-a-day"


def test_a_meeting_that_ends_now_is_over() -> None:
    check_meeting(a_meeting(NOW - timedelta(hours=1), NOW), now=NOW)


def test_minutes_are_whole_and_never_rounded_up() -> None:
    assert minutes_of(a_meeting(NOW, NOW + timedelta(minutes=59, seconds=59))) == 59


@pytest.mark.parametrize(
    ("other_at", "minutes", "code"),
    [
        (time(8, 0), 60, ""),  # ends as the other begins
        (time(8, 0), 61, "meetings-overlap"),
        (time(9, 59), 1, "meetings-overlap"),
        (time(10, 0), 30, ""),  # begins as the other ends
        (time(9, 15), 15, "meetings-overlap"),
        (time(8, 0), 180, "meetings-overlap"),
        (time(9, 0), 60, "meetings-overlap"),
    ],
)
def test_one_person_is_in_one_meeting_at_a_time(other_at: time, minutes: int, code: str) -> None:
    there = meeting_of(60, at=time(9, 0), id="there")

    assert refusal(meeting_of(minutes, at=other_at, id="new"), there) == code


def test_a_correction_may_lie_where_what_it_corrects_lies() -> None:
    there = meeting_of(60, id="there")
    correction = meeting_of(45, id="new", amends="there")

    assert refusal(correction, there) == ""
    assert refusal(replace(correction, amends=""), there) == "meetings-overlap"


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (practice_of(0), "minutes-range"),
        (practice_of(-5), "minutes-range"),
        (practice_of(1441), "minutes-range"),
        (practice_of(1440), ""),
        (practice_of(60, date(2026, 11, 23)), "day-ahead"),
        (practice_of(60, date(2026, 11, 22)), ""),
        (practice_of(60, note="n" * (LONGEST_NOTE + 1)), "note-long"),
        (practice_of(60, note="n" * LONGEST_NOTE), ""),
    ],
)
def test_an_impossible_entry_is_refused(entry: HourEntry, code: str) -> None:
    assert refusal(entry) == code


def test_a_day_never_holds_more_than_a_day() -> None:
    there = [practice_of(1000, id="a"), meeting_of(400, id="b"), practice_of(900, date(2026, 9, 2))]

    assert refusal(practice_of(40, id="new"), *there) == ""
    assert refusal(practice_of(41, id="new"), *there) == "day-full"
    waits = practice_of(900, id="c", amends="a", supervisor=None)
    assert refusal(practice_of(140, id="new"), *there, waits) == ""


def test_the_same_practice_hours_are_not_entered_twice() -> None:
    there = practice_of(60, id="there")

    assert refusal(practice_of(60, id="new"), there) == "entered-already"
    assert refusal(practice_of(60, id="new", note="second group"), there) == ""
    assert refusal(practice_of(60, id="new", function="CF-2"), there) == ""


def test_taking_hours_back_by_a_void_correction_is_never_in_the_way() -> None:
    there = practice_of(1440, id="there")

    assert refusal(practice_of(1440, id="new", amends="there", is_void=True), there) == ""


def test_refusals_name_the_way_on() -> None:
    with pytest.raises(Conflict) as refused:
        check_entry(meeting_of(30, id="new"), [meeting_of(60, id="there")], today=A_WORKDAY)

    assert refused.value.advice


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "0 min"),
        (45, "45 min"),
        (60, "1 h"),
        (90, "1 h 30 min"),
        (18_000, "300 h"),
        (-61, "−1 h 1 min"),
        (60_060, "1,001 h"),
    ],
)
def test_minutes_are_said_as_hours(minutes: int, said: str) -> None:
    assert say_minutes(minutes) == said


@given(minutes=st.lists(st.integers(1, 1440), max_size=8))
def test_whatever_is_accepted_one_after_the_other_fits_into_a_day(minutes: list[int]) -> None:
    ledger: list[HourEntry] = []
    for number, some in enumerate(minutes):
        entry = practice_of(some, id=str(number), note=str(number))
        if not refusal(entry, *ledger):
            ledger.append(entry)

    assert sum(one.minutes for one in ledger) <= 1440
