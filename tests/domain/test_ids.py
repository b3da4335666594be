from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import FINGERPRINT_LENGTH, fingerprint, time_ordered_id

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


@given(
    st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)),
    st.binary(min_size=10, max_size=10),
)
def test_an_id_is_a_uuid_of_version_7(now: datetime, entropy: bytes) -> None:
    made = UUID(time_ordered_id(now, entropy))

    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert made.int >> 80 == int(now.timestamp() * 1000)


@given(st.binary(min_size=10, max_size=10), st.binary(min_size=10, max_size=10))
def test_ids_sort_by_when_they_were_made(early: bytes, late: bytes) -> None:
    later = NOW + timedelta(milliseconds=1)

    assert time_ordered_id(NOW, early) < time_ordered_id(later, late)


def test_an_id_needs_a_zone_and_enough_chance() -> None:
    with pytest.raises(ValueError, match="zone"):
        time_ordered_id(NOW.replace(tzinfo=None), b"0123456789")
    with pytest.raises(ValueError, match="ten random bytes"):
        time_ordered_id(NOW, b"short")


@given(st.text(), st.text())
def test_equal_texts_and_only_those_share_a_fingerprint(one: str, other: str) -> None:
    assert (fingerprint(one) == fingerprint(other)) == (one == other)
    assert len(fingerprint(one)) == FINGERPRINT_LENGTH
