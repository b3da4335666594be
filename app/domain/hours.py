"""The ledger of hours: practice by core function, supervision meetings, and two signatures.

Whole minutes only. An entry is signed by whoever writes it and counts once the other has signed
it too; from then on it never changes. A correction is an entry of its own that takes its place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.domain.errors import Conflict, InvalidInput

MINUTES_A_DAY = 24 * 60
LONGEST_NOTE = 300
LONGEST_REASON = 500


class Group(StrEnum):
    """Who took part in a supervision meeting."""

    INDIVIDUAL = "individual"
    GROUP = "group"


class Mode(StrEnum):
    """How people met."""

    IN_PERSON = "in person"
    VIDEO = "live video"


class Signer(StrEnum):
    """Whose signature it is."""

    STAFF = "staff"
    SUPERVISOR = "supervisor"


class EntryState(StrEnum):
    """Where an entry stands."""

    WAITS_FOR_STAFF = "waits for the staff member"
    WAITS_FOR_SUPERVISOR = "waits for the supervisor"
    SIGNED = "signed by both"


@dataclass(frozen=True, slots=True)
class Meeting:
    """What only a supervision meeting has. Shape: moments are UTC-aware; `zone` is where it was."""

    started_at: datetime
    ended_at: datetime
    zone: str
    group: Group
    mode: Mode
    functions: tuple[str, ...]  # core functions that were talked about
    co_supervisor: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature. Shape: `credential` is frozen as it was at that moment.

    `signed_for` names the former supervisor who held the meeting, where another signs because
    they no longer can, and `why` says why; both are empty for everybody else's signature.
    """

    person_id: str
    name: str
    credential: str
    signed_at: datetime
    signed_for: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class HourEntry:
    """One line of the ledger. None: `meeting` is None for practice hours.

    Shape: `function` is the core function of practice hours, empty for a meeting. `amends` is
    the id of the entry this one takes the place of; a void one leaves nothing in its place.
    """

    id: str
    person_id: str
    day: date
    minutes: int
    function: str
    note: str
    supervisor_id: str
    meeting: Meeting | None = None
    staff: Signature | None = None
    supervisor: Signature | None = None
    amends: str = ""
    reason: str = ""
    is_void: bool = False

    @property
    def state(self) -> EntryState:
        """Where it stands."""
        if self.staff is None:
            return EntryState.WAITS_FOR_STAFF
        if self.supervisor is None:
            return EntryState.WAITS_FOR_SUPERVISOR
        return EntryState.SIGNED


def held_by(signature: Signature | None) -> str:
    """Who held a meeting: whoever signed it, or whom they signed for; empty while it waits."""
    return "" if signature is None else signature.signed_for or signature.name


def waits_for(entry: HourEntry, supervisor_id: str) -> bool:
    """Says whether an entry waits for this supervisor: unsigned, and for them or for anybody."""
    return entry.supervisor is None and entry.supervisor_id in {"", supervisor_id}


def waits_for_former(entry: HourEntry, supervisors: Collection[str]) -> bool:
    """Says whether an entry waits for somebody who is none of the supervisors of now, by id."""
    return entry.supervisor is None and entry.supervisor_id not in {"", *supervisors}


def counting(entries: Iterable[HourEntry]) -> list[HourEntry]:
    """The entries that count: signed by both, not void, and not replaced by a signed one."""
    signed = [one for one in entries if one.state is EntryState.SIGNED]
    replaced = {one.amends for one in signed}
    return [one for one in signed if one.id not in replaced and not one.is_void]


def standing(entries: Iterable[HourEntry]) -> list[HourEntry]:
    """The entries that stand in the ledger, signed or not: all but what was replaced or is void.

    An entry with a correction that still waits stands, and the correction beside it.
    """
    found = list(entries)
    replaced = {one.amends for one in found if one.state is EntryState.SIGNED}
    return [one for one in found if one.id not in replaced and not one.is_void]


def expected(entries: Iterable[HourEntry]) -> list[HourEntry]:
    """The entries that will count once everything that waits is signed."""
    found = list(entries)
    replaced = {one.amends for one in found}
    return [one for one in found if one.id not in replaced and not one.is_void]


def check_entry(entry: HourEntry, ledger: Sequence[HourEntry], *, today: date) -> None:
    """Refuses an impossible entry.

    Shape: `ledger` holds the person's entries of its day and the days beside it; `today` is
    the day where the entry is made.
    Raises: InvalidInput for impossible hours, Conflict for hours that are there already.
    """
    if entry.day > today:
        raise InvalidInput("day-ahead", "This day is still to come.", "Enter hours afterwards.")
    if len(entry.note) > LONGEST_NOTE:
        raise InvalidInput("note-long", f"Keep the note to {LONGEST_NOTE} characters.")
    if entry.is_void:
        return
    if not 1 <= entry.minutes <= MINUTES_A_DAY:
        raise InvalidInput("minutes-range", "Enter between one minute and 24 hours.")
    others = [one for one in standing(ledger) if entry.id != one.id != entry.amends]
    if entry.meeting is not None:
        _refuse_overlap(entry.meeting, others)
    else:
        _refuse_twice(entry, others)
    # A correction that still waits stands beside what it corrects, and only one of them counts.
    corrected = {one.amends for one in others}
    total = entry.minutes + sum(
        one.minutes for one in others if one.day == entry.day and one.id not in corrected
    )
    if total > MINUTES_A_DAY:
        raise InvalidInput(
            "day-full",
            f"With this entry the day would hold {say_minutes(total)}.",
            "Check the other entries of that day.",
        )


def check_meeting(meeting: Meeting, *, now: datetime) -> None:
    """Refuses a meeting that cannot have been. Raises: InvalidInput."""
    length = meeting.ended_at - meeting.started_at
    if length <= timedelta(0):
        raise InvalidInput("end-before-start", "The end does not come after the start.")
    if length > timedelta(days=1):
        raise InvalidInput("longer-than-a-day", "A meeting cannot last longer than a day.")
    if meeting.ended_at > now:
        raise InvalidInput("end-ahead", "This meeting is not over yet.", "Enter it afterwards.")


def refuse_outside(day: date, spans: Sequence[tuple[date, date]]) -> None:
    """Refuses a day outside the contracts of supervision, where there are any.

    Shape: `spans` hold the first and the last day of each contract.
    Raises: InvalidInput.
    """
    if spans and not any(first <= day <= last for first, last in spans):
        said = "; ".join(f"{first.isoformat()} to {last.isoformat()}" for first, last in spans)
        raise InvalidInput(
            "outside-contract",
            f"{day.isoformat()} lies outside the supervision contract: {said}.",
            "Check the day, or agree on another version of the contract first.",
        )


def minutes_of(meeting: Meeting) -> int:
    """How long a meeting was, in whole minutes; what is left of a minute does not count."""
    return int((meeting.ended_at - meeting.started_at) / timedelta(minutes=1))


def say_minutes(minutes: int) -> str:
    """Minutes as hours and minutes: 1 h 30 min, 10 h, 45 min."""
    hours, rest = divmod(abs(minutes), 60)
    parts = [f"{hours:,} h"] if hours else []
    parts += [f"{rest} min"] if rest or not hours else []
    return ("−" if minutes < 0 else "") + " ".join(parts)


def _refuse_overlap(meeting: Meeting, others: Iterable[HourEntry]) -> None:
    for other in others:
        if other.meeting is None:
            continue
        if (
            meeting.started_at < other.meeting.ended_at
            and other.meeting.started_at < meeting.ended_at
        ):
            raise Conflict(
                "meetings-overlap",
                f"Another meeting of {other.day.isoformat()} is at the same time.",
                "Check both; one person cannot be in two meetings at once.",
            )


def _refuse_twice(entry: HourEntry, others: Iterable[HourEntry]) -> None:
    for other in others:
        same = (other.day, other.function, other.minutes, other.note)
        if other.meeting is None and same == (entry.day, entry.function, entry.minutes, entry.note):
            raise Conflict(
                "entered-already",
                "The same hours are entered already for that day.",
                "If you did work that long twice, say in the note what was different.",
            )
