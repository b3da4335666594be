"""Makes the forms for hours with the choices there are, filled from a line to be corrected."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from app.domain.board_rules import phases_of
from app.domain.hours import HourEntry
from app.library.library import Library
from app.services.hours import functions_of
from app.web.shared.hours.cards import function_title
from app.web.shared.hours.inputs import MeetingInput, PhaseInput, PracticeInput

ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "UTC",
)
NO_PHASE = "none"
PLACES = {
    "day": "day",
    "function": "function",
    "minutes": "hours",
    "end": "end",
    "longer": "end",
    "time-skipped": "start",
    "meetings": "start",
    "zone": "zone",
    "supervisor": "supervisor",
    "note": "note",
    "reason": "reason",
    "outside": "day",
    "": "day",
}


def practice_form(
    library: Library, *, today: date, corrects: HourEntry | None = None
) -> PracticeInput:
    """The form for practice hours."""
    form = PracticeInput(**(_of_practice(corrects) if corrects else {"day": today}))
    titles = _function_titles(library)
    form.function.choices = {"": "Choose a core function", **titles}
    return form


def meeting_form(
    library: Library,
    *,
    today: date,
    zone: str,
    supervisors: Mapping[str, str],
    former: Mapping[str, str],
    corrects: HourEntry | None = None,
) -> MeetingInput:
    """The form for a supervision meeting. Shape: `former` supervisors stand after those of now."""
    start: dict[str, object] = {"day": today, "zone": zone}
    form = MeetingInput(**(_of_meeting(corrects) if corrects else start))
    form.zone.choices = {one: one.replace("_", " ") for one in dict.fromkeys((zone, *ZONES))}
    first = {} if len(supervisors) == 1 and not former else {"": "Choose a supervisor"}
    before = {key: f"{name}, who supervised you before" for key, name in former.items()}
    form.supervisor.choices = {**first, **supervisors, **before}
    form.functions.choices = _function_titles(library)
    return form


def phase_form(library: Library, *, today: date) -> PhaseInput:
    """The form that says from when somebody is in a phase."""
    form = PhaseInput(begins_on=today)
    phases = phases_of(library.boards.values()).values()
    form.phase.choices = {
        **{one.id: one.title for one in phases},
        NO_PHASE: "No supervised phase any more",
    }
    return form


def _function_titles(library: Library) -> dict[str, str]:
    return {code: function_title(library, code) for code in functions_of(library.boards)}


def _of_practice(entry: HourEntry) -> dict[str, object]:
    hours, minutes = divmod(entry.minutes, 60)
    return {
        "day": entry.day,
        "function": entry.function,
        "hours": hours,
        "minutes": minutes,
        "note": entry.note,
    }


def _of_meeting(entry: HourEntry) -> dict[str, object]:
    meeting = entry.meeting
    if meeting is None:
        return {"day": entry.day}
    zone = ZoneInfo(meeting.zone)
    return {
        "day": entry.day,
        "start": meeting.started_at.astimezone(zone).time(),
        "end": meeting.ended_at.astimezone(zone).time(),
        "zone": meeting.zone,
        "group": str(meeting.group),
        "mode": str(meeting.mode),
        "supervisor": entry.supervisor_id,
        "co_supervisor": meeting.co_supervisor,
        "functions": list(meeting.functions),
        "note": entry.note,
    }
