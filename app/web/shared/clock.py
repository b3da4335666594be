"""The one place below which nobody asks what time it is."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """The moment of this request, UTC-aware."""
    return datetime.now(UTC)
