"""The audit packet: who may have one made of whom, how far it is, and what proves its files.

The same data as of the same moment make the same bytes. What stands in it: packet_rows.
Source: docs/decisions/0026-audit-packet.md.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

KEPT_FOR = timedelta(days=30)
HOLD = timedelta(minutes=2)  # how long a stretch may take before another process goes on
MOST_TRIES = 3
PART_BYTES = 1_000_000  # of the archive, in one row


class PacketState(StrEnum):
    """How far a packet is."""

    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class AuditPacket:
    """That somebody asked for the packet of a team, or of one person in it.

    Units: `done` and `total` count people; `size` bytes of the archive.
    Shape: `as_of` is the moment of asking; nothing that was kept later stands in it. The
    checksums are empty until it is made: of `packet.json`, and of the whole archive.
    None: `person_id` is None for a whole team; `held_until` while nobody is at it; `ready_at`
    until it is made.
    """

    id: str
    cohort_id: str
    person_id: str | None
    asked_by: str
    as_of: datetime
    state: PacketState = PacketState.WAITING
    done: int = 0
    total: int = 0
    tries: int = 0
    held_until: datetime | None = None
    data_sha256: str = ""
    archive_sha256: str = ""
    size: int = 0
    ready_at: datetime | None = None

    @property
    def expires_at(self) -> datetime:
        """When it is removed."""
        return self.as_of + KEPT_FOR

    @property
    def is_unfinished(self) -> bool:
        """Says whether it is still to be made."""
        return self.state in {PacketState.WAITING, PacketState.MAKING}

    def is_left_alone(self, now: datetime) -> bool:
        """Says whether whoever made it has stopped."""
        return self.state is PacketState.MAKING and (
            self.held_until is None or self.held_until <= now
        )

    def may_be_taken(self, now: datetime) -> bool:
        """Says whether a process may begin to make it."""
        return self.state is PacketState.WAITING or self.is_left_alone(now)


def canonical_json(data: object) -> bytes:
    r"""Data as text of one form: keys in order, no blanks, UTF-8, one line end.

    Moments are UTC and end in Z.

    >>> canonical_json({"b": 1, "a": date(2026, 11, 22)})
    b'{"a":"2026-11-22","b":1}\n'
    """
    text = json.dumps(
        data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=say_plainly
    )
    return f"{text}\n".encode()


def say_plainly(value: object) -> str:
    """A value as it stands in a file. None: empty."""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return say_moment(value)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def say_moment(moment: datetime) -> str:
    """A UTC-aware moment to the second: 2026-11-22T10:05:00Z."""
    return f"{moment.isoformat()[:19]}Z"


def checksum(content: bytes) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def checksum_lines(sums: Mapping[str, str]) -> str:
    """A list that `sha256sum --check` reads. Shape: `sums` by name of the file."""
    return "".join(f"{sums[name]}  {name}\n" for name in sorted(sums))
