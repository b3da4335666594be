from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.credential import valid_ones
from tests.supervision_builders import a_credential


@pytest.mark.parametrize(
    ("day", "is_valid"),
    [
        (date(2026, 6, 30), False),
        (date(2026, 7, 1), True),
        (date(2028, 2, 29), True),
        (date(2028, 6, 30), True),
        (date(2028, 7, 1), False),
    ],
)
def test_a_credential_holds_from_its_first_day_to_the_day_it_expires_on(
    day: date, is_valid: bool
) -> None:
    assert a_credential().is_valid(day) is is_valid


@given(days=st.integers(0, 40_000))
def test_a_credential_without_an_end_holds_for_ever(days: int) -> None:
    endless = a_credential(expires_on=None)

    assert endless.is_valid(endless.issued_on + timedelta(days=days))


def test_of_one_kind_the_one_that_holds_longest_counts() -> None:
    old = a_credential(id="old", expires_on=date(2026, 12, 31))
    new = a_credential(id="new")
    licence = a_credential(id="licence", kind="LCAS", expires_on=None)
    lapsed = a_credential(id="lapsed", kind="CADC", expires_on=date(2026, 8, 1))

    assert valid_ones([old, licence, new, lapsed], date(2026, 11, 22)) == [new, licence]


def test_a_credential_says_itself_in_one_line() -> None:
    assert a_credential().words == "CCS 4711 (NCASPPB, valid until 2028-06-30)"
    assert a_credential(number="", expires_on=None).words == "CCS (NCASPPB)"
