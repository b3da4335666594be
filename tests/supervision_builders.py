"""Hours and credentials with defaults, so that a test names only what it is about."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from app.domain.board_rules import (
    BoardRules,
    Grounds,
    PhaseEdition,
    PhaseRule,
    RenewalEdition,
    RenewalRule,
    TopicRule,
    WayRule,
)
from app.domain.credential import Credential
from app.domain.hours import Group, HourEntry, Meeting, Mode, Signature
from app.domain.renewal import Education

A_SIGNING = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)


def a_credential(**changes: Any) -> Credential:
    """Cora's certificate as a clinical supervisor, valid for two years from the summer of 2026."""
    fields: dict[str, Any] = {
        "id": "credential-1",
        "person_id": "cora",
        "kind": "CCS",
        "number": "4711",
        "issuer": "NCASPPB",
        "issued_on": date(2026, 7, 1),
        "expires_on": date(2028, 6, 30),
    }
    return Credential(**{**fields, **changes})


A_WORKDAY = date(2026, 9, 1)
FUNCTIONS = tuple(f"CF-{number}" for number in range(1, 13))
GROUNDS = Grounds(("the-rule",), "confirmed", date(2026, 11, 21))


def a_phase_edition(**changes: Any) -> PhaseEdition:
    """One hour of supervision to ten of practice, 300 in all, 10 in each function."""
    fields: dict[str, Any] = {
        "in_force_from": None,
        "minutes_per_supervised": 10,
        "practice_minutes": 300 * 60,
        "function_minutes": 10 * 60,
        "supervised_by": ("CCS", "CSI"),
        "allows_video": True,
        "needs_contract": True,
        "grounds": GROUNDS,
    }
    return PhaseEdition(**{**fields, **changes})


def a_phase(*editions: PhaseEdition) -> PhaseRule:
    return PhaseRule("practicum", "Practicum", editions or (a_phase_edition(),))


def practice_of(minutes: int, day: date = A_WORKDAY, **changes: Any) -> HourEntry:
    """Practice hours that both have signed."""
    fields: dict[str, Any] = {
        "id": f"practice-{day}-{minutes}-{changes.get('function', '')}",
        "person_id": "ana",
        "day": day,
        "minutes": minutes,
        "function": "CF-1",
        "note": "",
        "supervisor_id": "cora",
        "staff": Signature("ana", "Ana Reyes", "LCAS-A", A_SIGNING),
        "supervisor": Signature("cora", "Cora Lindqvist", "CCS 4711", A_SIGNING),
    }
    return HourEntry(**{**fields, **changes})


def meeting_of(
    minutes: int,
    day: date = A_WORKDAY,
    *,
    at: time = time(9, 0),
    group: Group = Group.INDIVIDUAL,
    mode: Mode = Mode.IN_PERSON,
    **changes: Any,
) -> HourEntry:
    """A supervision meeting that both have signed."""
    start = datetime.combine(day, at, UTC)
    meeting = Meeting(start, start + timedelta(minutes=minutes), "UTC", group, mode, ("CF-1",))
    fields: dict[str, Any] = {"id": f"meeting-{day}-{at}", "function": "", "meeting": meeting}
    return practice_of(minutes, day, **{**fields, **changes})


def a_renewal(**changes: Any) -> RenewalEdition:
    """Forty hours in two years, three of them ethics, thirty about substance use disorders."""
    fields: dict[str, Any] = {
        "in_force_from": None,
        "minutes": 40 * 60,
        "years": 2,
        "topics": (TopicRule("ethics", "Ethics", 180), TopicRule("hiv", "HIV", 180)),
        "ways": (
            WayRule("in-service", "In-service", 25),
            WayRule("supervision", "Supervision", 25, 2),
        ),
        "late_after_days": 30,
        "lapses_after_years": 5,
        "grounds": GROUNDS,
        "specific_minutes": 30 * 60,
    }
    return RenewalEdition(**{**fields, **changes})


def a_course(minutes: int = 180, **changes: Any) -> Education:
    """Training of Cora's in the time of her certificate."""
    fields: dict[str, Any] = {
        "id": "course-1",
        "person_id": "cora",
        "done_on": date(2026, 9, 1),
        "title": "Ethics of supervision",
        "provider": "State association",
        "minutes": minutes,
        "topic": "",
        "way": "training",
        "is_specific": False,
    }
    return Education(**{**fields, **changes})


def a_board(**changes: Any) -> BoardRules:
    """A board with a practicum, a later phase, and the renewal of a CCS."""
    later = PhaseRule("later", "Later", (a_phase_edition(minutes_per_supervised=40),))
    fields: dict[str, Any] = {
        "id": "board",
        "title": "Board of Some State",
        "short_name": "BSS",
        "note": "",
        "functions": FUNCTIONS,
        "phases": (a_phase(), later),
        "renewals": (RenewalRule("CCS", "Supervisor", (a_renewal(),)),),
    }
    return BoardRules(**{**fields, **changes})
