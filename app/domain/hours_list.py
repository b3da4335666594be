"""The ledger as a list of single lines, as boards ask for it: never blocks of dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from app.domain.hours import Group, HourEntry, Mode, Signature, counting, held_by, say_minutes

HEADERS = (
    "Date",
    "Kind",
    "Start",
    "End",
    "Time zone",
    "Minutes",
    "Core functions",
    "Individual or group",
    "In person or live video",
    "Supervisor",
    "Co-supervisor",
    "Note",
    "State",
    "Staff signature",
    "Supervisor signature",
    "Correction",
)


@dataclass(frozen=True, slots=True)
class Totals:
    """What the lines of a list that count add up to. Units: minutes."""

    practice: int
    supervision: int
    individual: int
    group: int
    in_person: int
    video: int
    by_function: Mapping[str, int]

    def said(self, names: Mapping[str, str]) -> list[tuple[str, str]]:
        """The totals in words. Shape: `names` are titles of core functions by code."""
        functions = [
            (f"Practice: {names.get(code, code)}", say_minutes(self.by_function[code]))
            for code in (*names, *(code for code in self.by_function if code not in names))
            if code in self.by_function
        ]
        return [
            ("Practice, signed by both", say_minutes(self.practice)),
            *functions,
            ("Supervision, signed by both", say_minutes(self.supervision)),
            ("of it individual", say_minutes(self.individual)),
            ("of it in a group", say_minutes(self.group)),
            ("of it in person", say_minutes(self.in_person)),
            ("of it by live video", say_minutes(self.video)),
        ]


def list_rows(
    entries: Iterable[HourEntry],
    ledger: Iterable[HourEntry],
    *,
    names: Mapping[str, str],
    people: Mapping[str, str],
) -> list[tuple[str, ...]]:
    """One row a line, in the order given, with the columns of `HEADERS`.

    Shape: `ledger` holds every line of the person, since a correction may lie on another day;
    `names` are titles of core functions, `people` names of supervisors, both by id.
    """
    by_id = {one.id: one for one in ledger}
    counts = {one.id for one in counting(by_id.values())}
    return [_row(one, names, people, by_id, is_counted=one.id in counts) for one in entries]


def signers(entries: Iterable[HourEntry]) -> list[str]:
    """Who signed with which credentials, each once, by name: what single lines leave out."""
    found = {
        f"{one.name}: {one.credential or 'no credential entered'}"
        for entry in entries
        for one in (entry.staff, entry.supervisor)
        if one is not None
    }
    return sorted(found)


def totals(lines: Sequence[HourEntry]) -> Totals:
    """Adds up lines that count (`counting`)."""
    functions: dict[str, int] = {}
    for one in lines:
        if one.meeting is None:
            functions[one.function] = functions.get(one.function, 0) + one.minutes
    meetings = [(one.minutes, one.meeting) for one in lines if one.meeting is not None]
    return Totals(
        practice=sum(functions.values()),
        supervision=sum(minutes for minutes, _ in meetings),
        individual=sum(minutes for minutes, m in meetings if m.group is Group.INDIVIDUAL),
        group=sum(minutes for minutes, m in meetings if m.group is Group.GROUP),
        in_person=sum(minutes for minutes, m in meetings if m.mode is Mode.IN_PERSON),
        video=sum(minutes for minutes, m in meetings if m.mode is Mode.VIDEO),
        by_function=functions,
    )


def _row(
    entry: HourEntry,
    names: Mapping[str, str],
    people: Mapping[str, str],
    by_id: Mapping[str, HourEntry],
    *,
    is_counted: bool,
) -> tuple[str, ...]:
    meeting = entry.meeting
    codes = (entry.function,) if meeting is None else meeting.functions
    supervisor = held_by(entry.supervisor) or people.get(entry.supervisor_id, "")
    state = entry.state if entry.supervisor is None or entry.staff is None else "counts"
    if state == "counts" and not is_counted:
        state = "left out" if entry.is_void else "replaced by a correction"
    return (
        entry.day.isoformat(),
        "Practice" if meeting is None else "Supervision",
        "" if meeting is None else _clock(meeting.started_at, meeting.zone),
        "" if meeting is None else _clock(meeting.ended_at, meeting.zone),
        "" if meeting is None else meeting.zone,
        str(entry.minutes),
        "; ".join(names.get(code, code) for code in codes),
        "" if meeting is None else str(meeting.group),
        "" if meeting is None else str(meeting.mode),
        supervisor,
        "" if meeting is None else meeting.co_supervisor,
        entry.note,
        str(state),
        _signed(entry.staff),
        _signed(entry.supervisor),
        _correction(entry, by_id),
    )


def _clock(moment: datetime, zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%H:%M}"


def _signed(signature: Signature | None) -> str:
    if signature is None:
        return ""
    credential = f", {signature.credential}" if signature.credential else ""
    moment = f"{signature.signed_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    instead = f", for {signature.signed_for}: {signature.why}" if signature.signed_for else ""
    return f"{signature.name}{credential}, {moment}{instead}"


def _correction(entry: HourEntry, by_id: Mapping[str, HourEntry]) -> str:
    if not entry.amends:
        return ""
    old = by_id.get(entry.amends)
    what = "another line" if old is None else f"{old.day.isoformat()}, {old.minutes} minutes"
    return f"{'Leaves out' if entry.is_void else 'Corrects'} {what}: {entry.reason}"
