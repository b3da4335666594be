"""What people type as numbers and days: what can be meant is read, anything else refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form

from app.web.shared.typed import FIRST_DAY, LAST_DAY, DayField, usable_day, whole_number


class OneDay(Form):
    day = DayField("Day")


@given(st.integers(0, 999_999))
def test_a_number_of_up_to_six_digits_is_read(number: int) -> None:
    assert whole_number(f" {number} ") == number


@pytest.mark.parametrize("text", ["", "-1", "1.5", "²", "٣", "1234567", "0" * 5000, "one"])
def test_what_is_no_plain_number_is_none(text: str) -> None:
    assert whole_number(text) is None


@given(st.text(max_size=12))
def test_no_text_breaks_the_reading(text: str) -> None:
    whole_number(text)
    usable_day(text)


@given(st.dates())
def test_a_day_is_taken_by_forms_and_drafts_alike_or_by_neither(day: date) -> None:
    form = OneDay(MultiDict({"day": day.isoformat()}))

    is_taken = form.validate()

    assert is_taken == (FIRST_DAY <= day <= LAST_DAY)
    assert usable_day(day.isoformat()) == (day if is_taken else None)
    assert is_taken or form.errors == {"day": ["Choose a day between 1950 and 2099."]}
