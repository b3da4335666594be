"""The small words every part of a case shares: values, statuses, kinds and places in a file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Value = int | str | bool  # what a state variable can hold


class ConsentStatus(StrEnum):
    """How things stand with one consent during a run."""

    NONE = "none"
    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    REVOKED = "revoked"


class ConsentVerb(StrEnum):
    """What a choice can do with a consent."""

    ASK = "ask"
    GIVE = "give"
    REFUSE = "refuse"
    REVOKE = "revoke"


class EndingKind(StrEnum):
    """How a case can end for the people in it."""

    GOOD = "good"
    MIXED = "mixed"
    POOR = "poor"
    STOPPED = "stopped"


class Show(StrEnum):
    """When the learner sees a state variable."""

    NEVER = "never"
    DEBRIEF = "debrief"
    LIVE = "live"


class FeedbackTime(StrEnum):
    """When the learner reads feedback on a choice."""

    AT_ONCE = "at-once"
    DEBRIEF = "debrief"


STATUS_AFTER = {
    ConsentVerb.ASK: ConsentStatus.ASKED,
    ConsentVerb.GIVE: ConsentStatus.GIVEN,
    ConsentVerb.REFUSE: ConsentStatus.REFUSED,
    ConsentVerb.REVOKE: ConsentStatus.REVOKED,
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part of a case stands: the file in its folder, first and last line from 1."""

    file: str = "case.md"
    line: int = 1
    end_line: int = 1
