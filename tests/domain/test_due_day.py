from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.assignment import Membership
from app.domain.due_day import (
    Extension,
    ExtensionReason,
    Leave,
    due_day,
    is_away,
    moved_by_leave,
    refuse_extension,
    refuse_leave,
)
from app.domain.errors import InvalidInput
from tests.builders import A_DAY
from tests.learning_builders import an_assignment

ASKED = an_assignment()
ANA = Membership("ana", ASKED.asked_on - timedelta(days=100))
OFFSETS = st.integers(-40, 80)
LEAVES = st.lists(st.tuples(OFFSETS, st.integers(0, 30)), max_size=6)


def day(offset: int) -> date:
    return A_DAY + timedelta(days=offset)


def leave(first: int, last: int, person: str = "ana") -> Leave:
    return Leave(f"{person}-{first}", person, day(first), day(last))


def more_time(until: int, given: int, person: str = "ana") -> Extension:
    return Extension(ASKED.id, person, day(until), ExtensionReason.WORKLOAD, "", "cora", day(given))


@pytest.mark.parametrize(
    ("leaves", "moved"),
    [
        ([], 0),
        ([leave(-10, -6)], 5),
        ([leave(-10, -6), leave(-8, -4)], 7),  # days that overlap count once
        ([leave(-2, 3)], 6),  # it begins before the due day, so all of it moves the day
        ([leave(1, 5)], 0),  # it begins after the due day
        ([leave(-3, -3), leave(1, 1)], 2),  # moved into another leave, and past it
        ([leave(-60, -40)], 0),  # over before it was asked
        ([leave(-5, -1, "luis")], 0),
    ],
)
def test_leave_moves_the_due_day_by_its_days(leaves: list[Leave], moved: int) -> None:
    due = due_day(ASKED, ANA, leaves=leaves)

    assert (due.on, due.leave_days) == (day(moved), moved)


def test_newcomers_are_due_some_days_after_they_joined() -> None:
    asked = an_assignment(due_on=None, days_after_joining=14)
    joined = Membership("ana", date(2028, 2, 20))

    assert due_day(asked, joined).on == date(2028, 3, 5)


def test_the_newest_extension_counts_and_leave_after_it_moves_it_further() -> None:
    due = due_day(
        ASKED,
        ANA,
        extensions=[more_time(5, -3), more_time(9, -2), more_time(40, -1, "luis")],
        leaves=[leave(-20, -10), leave(1, 2)],
    )

    assert (due.on, due.leave_days) == (day(11), 2)
    assert due.extension == more_time(9, -2)


@pytest.mark.parametrize(
    ("away", "due_on"),
    [
        ([leave(0, 1)], 2),
        ([leave(-5, 0)], 1),
        ([leave(0, 1), leave(2, 4)], 5),
        ([leave(1, 3)], 0),
    ],
)
def test_what_was_due_the_day_it_was_asked_waits_for_the_first_day_back(
    away: list[Leave], due_on: int
) -> None:
    assert moved_by_leave(day(0), set_on=day(0), leaves=away) == day(due_on)


@given(OFFSETS, st.integers(0, 60), LEAVES)
def test_as_many_working_days_are_left_as_were_given(
    set_on: int, given_days: int, spans: list[tuple[int, int]]
) -> None:
    leaves = [leave(first, first + length) for first, length in spans]
    named = day(set_on + given_days)

    due = moved_by_leave(named, set_on=day(set_on), leaves=leaves)

    left = (day(set_on) + timedelta(days=n) for n in range(1, (due - day(set_on)).days + 1))
    working = [one for one in left if not any(away.covers(one) for away in leaves)]
    assert due >= named
    assert not any(away.covers(due) for away in leaves)
    if given_days:
        assert len(working) == given_days


@given(OFFSETS, st.integers(0, 60), LEAVES, st.tuples(OFFSETS, st.integers(0, 30)))
def test_more_leave_never_makes_anything_due_earlier(
    set_on: int, given_days: int, spans: list[tuple[int, int]], another: tuple[int, int]
) -> None:
    leaves = [leave(first, first + length) for first, length in spans]
    named, start = day(set_on + given_days), day(set_on)

    before = moved_by_leave(named, set_on=start, leaves=leaves)
    after = moved_by_leave(
        named, set_on=start, leaves=[*leaves, leave(another[0], another[0] + another[1])]
    )

    assert after >= before


def test_somebody_is_away_on_the_first_and_the_last_day_of_leave() -> None:
    away = [leave(0, 2)]

    assert [is_away(away, "ana", day(n)) for n in range(-1, 4)] == [False, True, True, True, False]
    assert not is_away(away, "luis", day(1))


@pytest.mark.parametrize(
    ("due", "before", "note", "code"),
    [
        (-1, -5, "", "due-date-past"),
        (3, 3, "", "due-date-earlier"),
        (3, 8, "", "due-date-earlier"),
        (367, 3, "", "due-date-far"),
        (9, 3, "n" * 301, "note-long"),
    ],
)
def test_more_time_that_is_none_is_refused(due: int, before: int, note: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        refuse_extension(day(due), note, today=A_DAY, before=day(before))

    assert refused.value.code == code


def test_leave_backwards_or_without_end_is_refused() -> None:
    refuse_leave(day(0), day(0))

    for last, code in ((-1, "leave-backwards"), (367, "leave-long")):
        with pytest.raises(InvalidInput) as refused:
            refuse_leave(day(0), day(last))
        assert refused.value.code == code
