from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.reminder_days import reminder_days, reminder_due

DUE = date(2028, 3, 1)  # the day after a leap day
LONG_AGO = date(2027, 1, 1)


def test_reminders_come_30_14_7_and_1_days_before_and_then_weekly() -> None:
    found = reminder_days(DUE, known_since=LONG_AGO, until=date(2028, 3, 22))

    assert found == [
        date(2028, 1, 31),
        date(2028, 2, 16),
        date(2028, 2, 23),
        date(2028, 2, 29),
        date(2028, 3, 8),
        date(2028, 3, 15),
        date(2028, 3, 22),
    ]


def test_what_became_known_late_is_not_reminded_of_before() -> None:
    found = reminder_days(DUE, known_since=date(2028, 2, 17), until=DUE)

    assert found == [date(2028, 2, 23), date(2028, 2, 29)]


@pytest.mark.parametrize(
    ("today", "last_sent", "is_due"),
    [
        (date(2028, 1, 30), None, False),
        (date(2028, 1, 31), None, True),
        (date(2028, 1, 31), date(2028, 1, 31), False),
        (date(2028, 2, 3), date(2028, 1, 31), False),
        (date(2028, 2, 20), date(2028, 1, 31), True),  # the server was off on the 16th
        (date(2028, 3, 1), date(2028, 2, 29), False),
        (date(2028, 3, 8), date(2028, 2, 29), True),
    ],
)
def test_a_reminder_is_sent_once_and_made_up_for(
    today: date, last_sent: date | None, is_due: bool
) -> None:
    assert reminder_due(DUE, known_since=LONG_AGO, last_sent=last_sent, today=today) is is_due


@given(due=st.dates(date(2020, 1, 1), date(2040, 1, 1)), days=st.integers(0, 400))
def test_somebody_who_is_looked_after_daily_hears_on_each_day_once(due: date, days: int) -> None:
    known_since = due - timedelta(days=60)
    last_sent, sent = None, []
    for number in range(days):
        today = known_since + timedelta(days=number)
        if reminder_due(due, known_since=known_since, last_sent=last_sent, today=today):
            last_sent = today
            sent.append(today)

    until = known_since + timedelta(days=days - 1)
    assert sent == reminder_days(due, known_since=known_since, until=until)
