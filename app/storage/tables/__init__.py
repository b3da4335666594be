"""Typed rows, one module per group. They never leave the storage package."""

from app.storage.tables import (
    content,
    exam,
    learning,
    people,
    play,
    studio,
    supervision_assignments,
    supervision_chain,
    supervision_evidence,
    supervision_hours,
    supervision_packets,
    supervision_privacy,
    team,
)
from app.storage.tables.declarative import Base

__all__ = [
    "Base",
    "content",
    "exam",
    "learning",
    "people",
    "play",
    "studio",
    "supervision_assignments",
    "supervision_chain",
    "supervision_evidence",
    "supervision_hours",
    "supervision_packets",
    "supervision_privacy",
    "team",
]
