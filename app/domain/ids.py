"""Identifiers: time-ordered ids for rows and fingerprints for content."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID

FINGERPRINT_LENGTH = 16  # hexadecimal digits: 64 bits, ample for one organisation's content


def time_ordered_id(now: datetime, entropy: bytes) -> str:
    """Makes a version-7 UUID, so that rows sort by when they were made.

    Shape: 36 characters in the usual hyphenated form. `entropy` holds ten random bytes.
    Raises: ValueError if `now` has no time zone or `entropy` is short.
    Source: RFC 9562, section 5.7.
    """
    if now.tzinfo is None:
        raise ValueError("a time-ordered id needs a time with a zone")
    if len(entropy) < 10:
        raise ValueError("a time-ordered id needs ten random bytes")
    milliseconds = int(now.timestamp() * 1000) & ((1 << 48) - 1)
    random_bits = int.from_bytes(entropy[:10], "big")
    value = milliseconds << 80
    value |= 0x7 << 76
    value |= ((random_bits >> 62) & 0xFFF) << 64
    value |= 0b10 << 62
    value |= random_bits & ((1 << 62) - 1)
    return str(UUID(int=value))


def fingerprint(text: str) -> str:
    """Names a text by its content: equal texts have equal fingerprints."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:FINGERPRINT_LENGTH]
