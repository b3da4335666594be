"""What an audit packet holds, and what proves it."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.audit_packet import (
    HOLD,
    KEPT_FOR,
    AuditPacket,
    PacketState,
    canonical_json,
    checksum,
    checksum_lines,
    say_moment,
)
from app.domain.evidence import EvidenceKind
from app.domain.packet_rows import (
    TABLES,
    EvidenceRow,
    HourRow,
    PersonPart,
    StaffRow,
    as_lines,
    assessors,
    columns_of,
)

NOW = datetime(2026, 11, 22, 10, 5, 7, 123456, tzinfo=UTC)
WORDS = st.text(max_size=20)
DATA = st.dictionaries(WORDS, st.lists(st.none() | st.integers() | WORDS, max_size=4), max_size=6)


def a_packet(**changes: Any) -> AuditPacket:
    fields: dict[str, Any] = {
        "id": "packet",
        "cohort_id": "team",
        "person_id": None,
        "asked_by": "cora",
        "as_of": NOW,
    }
    return AuditPacket(**{**fields, **changes})


def evidence(
    kind: EvidenceKind, *, rater: str = "Cora", day: int = 3, **changes: Any
) -> EvidenceRow:
    fields: dict[str, Any] = dict.fromkeys(EvidenceRow._fields, "")
    fields |= {"name": "Ana", "kind": str(kind), "rater": rater, "rater_credential": "CCS 1"}
    return EvidenceRow(**{**fields, "happened_on": date(2026, 5, day), "level": 3, **changes})


@given(DATA)
def test_the_order_in_which_data_arrive_changes_no_byte(data: dict[str, object]) -> None:
    turned = dict(reversed(data.items()))

    assert canonical_json(turned) == canonical_json(data)


@given(DATA)
def test_canonical_data_say_what_was_put_in(data: dict[str, object]) -> None:
    assert json.loads(canonical_json(data)) == data


def test_moments_and_days_are_written_one_way() -> None:
    assert canonical_json({"at": NOW, "on": NOW.date()}) == (
        b'{"at":"2026-11-22T10:05:07Z","on":"2026-11-22"}\n'
    )
    assert say_moment(NOW.replace(microsecond=0)) == say_moment(NOW)


def test_the_list_of_checksums_is_one_that_sha256sum_reads() -> None:
    sums = {"b.csv": checksum(b"two"), "a.csv": checksum(b"one")}

    assert checksum_lines(sums).splitlines() == [
        f"{hashlib.sha256(b'one').hexdigest()}  a.csv",
        f"{hashlib.sha256(b'two').hexdigest()}  b.csv",
    ]


@pytest.mark.parametrize(
    ("packet", "may_be"),
    [
        (a_packet(), True),
        (a_packet(state=PacketState.MAKING, held_until=NOW + HOLD), False),
        (a_packet(state=PacketState.MAKING, held_until=NOW), True),
        (a_packet(state=PacketState.MAKING, held_until=None), True),
        (a_packet(state=PacketState.READY), False),
        (a_packet(state=PacketState.FAILED), False),
    ],
)
def test_a_packet_is_taken_when_nobody_is_at_it(packet: AuditPacket, may_be: bool) -> None:
    assert packet.may_be_taken(NOW) is may_be


def test_a_packet_is_kept_thirty_days() -> None:
    assert a_packet().expires_at - NOW == KEPT_FOR == timedelta(days=30)


def test_no_table_has_a_column_for_what_stays_with_people() -> None:
    """Words of feedback, notes, answers and readiness: a packet could hold them only by one."""
    columns = {name for table in TABLES for name in columns_of(table)}

    told = {"note", "notes", "went_well", "next_step", "marks", "chosen", "is_right", "readiness"}
    assert columns & told == set()
    assert "credential" in columns


def test_a_table_starts_with_the_names_of_its_columns() -> None:
    row = StaffRow("p1", "Łukasz Żak", "LCAS-A", "active", date(2026, 1, 5))

    assert as_lines("staff", [row]) == [
        ["person_id", "name", "role", "standing", "in_team_since"],
        ["p1", "Łukasz Żak", "LCAS-A", "active", "2026-01-05"],
    ]


def test_assessors_are_told_with_each_credential_they_judged_under() -> None:
    part = PersonPart(StaffRow("p1", "Ana", "", "active", date(2026, 1, 5)))
    part.evidence = [
        evidence(EvidenceKind.OBSERVATION, day=3),
        evidence(EvidenceKind.REVIEW, day=1),
        evidence(EvidenceKind.OBSERVATION, day=9, rater_credential="CCS 2"),
        evidence(EvidenceKind.OBSERVATION, via="MI"),
        evidence(EvidenceKind.SELF_RATING, rater="Ana"),
        evidence(EvidenceKind.SIGN_OFF),
    ]
    line: dict[str, Any] = dict.fromkeys(HourRow._fields, "")
    line |= {"supervisor": "Cora", "supervisor_credential": "CCS 2", "supervisor_signed_at": NOW}
    part.hours = [HourRow(**line)]

    found = assessors([part], "UTC")

    assert [(one.assessor, one.credential, one.ratings, one.hours) for one in found] == [
        ("Cora", "CCS 1", 2, 0),
        ("Cora", "CCS 2", 1, 1),
    ]
    assert (found[0].first_on, found[0].last_on) == (date(2026, 5, 1), date(2026, 5, 3))
