"""The ledger of hours: entering, signing by both, correcting, and the phases they belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from app.domain.access import keeps_hours
from app.domain.board_rules import BoardRules, edition_on, phases_of
from app.domain.credential import valid_ones
from app.domain.errors import Conflict, InvalidInput, NotFound
from app.domain.hours import (
    LONGEST_REASON,
    Group,
    HourEntry,
    Meeting,
    Mode,
    Signature,
    Signer,
    check_entry,
    check_meeting,
    minutes_of,
    refuse_outside,
)
from app.domain.local_time import day_in, moments_between, zone_names
from app.domain.person import Viewer
from app.domain.supervision_ratio import PhaseStart, phase_on, phase_times
from app.services.supervisors import former_supervisors_of, supervisors_of
from app.storage.store import Store

Boards = Mapping[str, BoardRules]


@dataclass(frozen=True, slots=True)
class NewPractice:
    """Practice hours as they were filled in."""

    day: date
    minutes: int
    function: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """A supervision meeting as it was filled in: times as the clock showed them in `zone`."""

    day: date
    start: time
    end: time
    zone: str
    group: Group
    mode: Mode
    functions: tuple[str, ...]
    supervisor_id: str
    co_supervisor: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """What takes the place of a signed line, and why. Shape: a void one leaves nothing."""

    entry_id: str
    reason: str
    is_void: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """Whose ledger is written in, by the rules of which boards, and where.

    Shape: `zone` names the time zone whose days count.
    """

    person_id: str
    boards: Boards
    zone: str


def enter_practice(
    store: Store,
    viewer: Viewer,
    ledger: Ledger,
    new: NewPractice,
    *,
    now: datetime,
    correction: Correction | None = None,
) -> HourEntry:
    """Enters practice hours and signs them for whoever enters them.

    Raises: NotFound for the ledger of somebody else; InvalidInput or Conflict for hours that
    cannot be, with nothing kept.
    """
    if new.function not in functions_of(ledger.boards):
        raise InvalidInput("function-unknown", "Choose one of the core functions.")
    with store.writing():
        entry = HourEntry(
            id=store.new_id(now),
            person_id=ledger.person_id,
            day=new.day,
            minutes=new.minutes,
            function=new.function,
            note=new.note.strip(),
            supervisor_id="",
        )
        return _enter(store, viewer, ledger, entry, now=now, correction=correction)


def enter_meeting(
    store: Store,
    viewer: Viewer,
    ledger: Ledger,
    new: NewMeeting,
    *,
    now: datetime,
    correction: Correction | None = None,
) -> HourEntry:
    """Enters a supervision meeting and signs it for whoever enters it.

    Raises: NotFound for the ledger of somebody else; InvalidInput or Conflict for a meeting
    that cannot have been, with nothing kept.
    """
    if new.zone not in zone_names():
        raise InvalidInput("zone-unknown", "Choose a time zone.")
    if not set(new.functions) <= set(functions_of(ledger.boards)):
        raise InvalidInput("function-unknown", "Choose among the core functions.")
    starts, ends = moments_between(new.day, new.start, new.end, new.zone)
    meeting = Meeting(
        *(starts, ends, new.zone, new.group, new.mode, new.functions, new.co_supervisor.strip())
    )
    check_meeting(meeting, now=now)
    with store.writing():
        _refuse_unknown_supervisor(store, ledger.person_id, new.supervisor_id)
        entry = HourEntry(
            id=store.new_id(now),
            person_id=ledger.person_id,
            day=new.day,
            minutes=minutes_of(meeting),
            function="",
            note=new.note.strip(),
            supervisor_id=new.supervisor_id,
            meeting=meeting,
        )
        in_its_zone = replace(ledger, zone=new.zone)
        return _enter(store, viewer, in_its_zone, entry, now=now, correction=correction)


def take_out(
    store: Store, viewer: Viewer, ledger: Ledger, correction: Correction, *, now: datetime
) -> HourEntry:
    """Corrects a signed line by leaving nothing in its place, once both have signed that.

    Raises: as for entering.
    """
    with store.writing():
        stored = store.hours.find(correction.entry_id)
        if stored is None or stored.entry.person_id != ledger.person_id:
            raise _not_found()
        entry = replace(
            stored.entry,
            id=store.new_id(now),
            staff=None,
            supervisor=None,
            supervisor_id=stored.entry.supervisor_id if stored.entry.meeting else "",
        )
        return _enter(store, viewer, ledger, entry, now=now, correction=correction)


def sign(
    store: Store, viewer: Viewer, boards: Boards, *, entry_id: str, why: str = "", now: datetime
) -> HourEntry:
    """Adds the viewer's signature, with the credentials they hold at that moment.

    A line that waits for a supervisor who no longer supervises the person is signed for them by
    one who does, under the own name, with the reason `why`.
    Raises: NotFound for a line that is not theirs to see; InvalidInput without that reason;
    Conflict if the signature is there already, or if a supervisor holds no credential that the
    rule of its phase asks for.
    """
    with store.writing():
        entry, signer = _reach(store, viewer, entry_id)
        signature = _signature(store, viewer, boards, entry, signer=signer, now=now)
        former = _former_of(store, viewer, entry) if signer is Signer.SUPERVISOR else ""
        if former:
            signature = replace(signature, signed_for=former, why=_reason(why, former))
        if signer is Signer.STAFF:
            is_new = store.hours.sign_as_staff(entry_id, signature)
            signed = replace(entry, staff=signature)
        else:
            is_new = store.hours.sign_as_supervisor(entry_id, signature)
            signed = replace(entry, supervisor=signature, supervisor_id=viewer.id)
        if not is_new:
            raise Conflict("signed-already", "This line carries that signature already.")
    return signed


def take_back(store: Store, viewer: Viewer, *, entry_id: str, now: datetime) -> None:
    """Takes back a line of one's own writing that the other has not signed.

    Raises: NotFound for a line that is not theirs; Conflict once both have signed.
    """
    with store.writing():
        stored = store.hours.find(entry_id)
        if stored is None or stored.entered_by != viewer.id:
            raise _not_found()
        _reach(store, viewer, entry_id)
        if not store.hours.take_back(entry_id, now=now):
            raise Conflict(
                "signed-by-both",
                "Both have signed this line, so it stays.",
                "Correct it instead: the correction stands beside it and needs both signatures.",
            )


def start_phase(
    store: Store, viewer: Viewer, ledger: Ledger, start: PhaseStart, *, now: datetime
) -> None:
    """Keeps from which day a person is in a phase; an empty phase ends supervision.

    Raises: NotFound for somebody else's ledger; InvalidInput for a phase no board has, or a day
    more than a year ahead.
    """
    if start.phase_id and start.phase_id not in phases_of(ledger.boards.values()):
        raise InvalidInput("phase-unknown", "Choose one of the phases.")
    if start.begins_on > day_in(ledger.zone, now) + timedelta(days=366):
        raise InvalidInput("phase-day-far", "Choose a day within the next year.")
    with store.writing():
        _signer(store, viewer, ledger.person_id)
        store.hours.start_phase(store.new_id(now), ledger.person_id, start, by=viewer.id, now=now)


def functions_of(boards: Boards) -> tuple[str, ...]:
    """The core functions that any board counts hours by, in their order."""
    return tuple(dict.fromkeys(code for board in boards.values() for code in board.functions))


def _enter(
    store: Store,
    viewer: Viewer,
    ledger: Ledger,
    entry: HourEntry,
    *,
    now: datetime,
    correction: Correction | None,
) -> HourEntry:
    signer = _signer(store, viewer, ledger.person_id)
    store.people.hold(ledger.person_id)  # two posts must not both find the hour free
    if correction is not None:
        entry = _correcting(store, entry, correction)
    since, until = entry.day - timedelta(days=1), entry.day + timedelta(days=1)
    around = store.hours.of_people([entry.person_id], since=since, until=until)
    check_entry(entry, [one.entry for one in around], today=day_in(ledger.zone, now))
    _refuse_outside_contracts(store, entry)
    if signer is Signer.SUPERVISOR and entry.meeting and entry.supervisor_id != viewer.id:
        raise InvalidInput("supervisor-other", "Enter the meetings that you held yourself.")
    signature = _signature(store, viewer, ledger.boards, entry, signer=signer, now=now)
    if signer is Signer.STAFF:
        entry = replace(entry, staff=signature)
    else:
        entry = replace(entry, supervisor=signature, supervisor_id=viewer.id)
    store.hours.add(entry, by=viewer.id, now=now)
    return entry


def _correcting(store: Store, entry: HourEntry, correction: Correction) -> HourEntry:
    stored = store.hours.find(correction.entry_id)
    if stored is None or stored.entry.person_id != entry.person_id:
        raise _not_found()
    old = stored.entry
    if old.staff is None or old.supervisor is None:
        raise Conflict(
            "not-signed-yet",
            "This line does not carry both signatures yet.",
            "Whoever wrote it can take it back and write it anew.",
        )
    if (old.meeting is None) != (entry.meeting is None):
        raise InvalidInput("other-kind", "A correction stays practice, or stays a meeting.")
    if not correction.reason.strip():
        raise InvalidInput("reason-missing", "Say why; both of you sign it.")
    around = store.hours.of_people([entry.person_id])
    if any(one.entry.amends == old.id for one in around):
        raise Conflict(
            "corrected-already",
            "There is a correction of this line already.",
            "Correct that one, or take it back while it waits.",
        )
    reason, is_void = correction.reason.strip(), correction.is_void
    return replace(entry, amends=old.id, reason=reason, is_void=is_void)


def _reach(store: Store, viewer: Viewer, entry_id: str) -> tuple[HourEntry, Signer]:
    """Finds a line that the viewer may sign."""
    stored = store.hours.find(entry_id)
    if stored is None:
        raise _not_found()
    signer = _signer(store, viewer, stored.entry.person_id)
    named = stored.entry.supervisor_id
    is_others = signer is Signer.SUPERVISOR and named not in {"", viewer.id}
    if is_others and named in supervisors_of(store, stored.entry.person_id):
        raise NotFound(
            "other-supervisor", "This line waits for the signature of another supervisor."
        )
    return stored.entry, signer


def _former_of(store: Store, viewer: Viewer, entry: HourEntry) -> str:
    """Names the former supervisor that an unsigned line waits for; empty where it is the viewer."""
    if entry.supervisor is not None or entry.supervisor_id in {"", viewer.id}:
        return ""
    person = store.people.find(entry.supervisor_id)
    return person.full_name if person else "a former supervisor"


def _reason(why: str, former: str) -> str:
    reason = " ".join(why.split())
    if not reason or len(reason) > LONGEST_REASON:
        raise InvalidInput(
            "sign-for-reason",
            f"Say in at most {LONGEST_REASON} characters why you sign for {former}.",
            "It stands beside your signature.",
        )
    return reason


def _refuse_unknown_supervisor(store: Store, person_id: str, supervisor_id: str) -> None:
    """A meeting names who held it: a supervisor of now, or a former one who is on record."""
    is_known = supervisor_id in supervisors_of(store, person_id)
    if not is_known and supervisor_id not in former_supervisors_of(store, person_id):
        raise InvalidInput("supervisor-unknown", "Choose a supervisor of the team.")


def _signer(store: Store, viewer: Viewer, person_id: str) -> Signer:
    return keeps_hours(viewer, person_id, store.people.grants_of(person_id))


def _signature(
    store: Store,
    viewer: Viewer,
    boards: Boards,
    entry: HourEntry,
    *,
    signer: Signer,
    now: datetime,
) -> Signature:
    held = valid_ones(store.credentials.of_person(viewer.id), entry.day)
    if signer is Signer.SUPERVISOR:
        wanted = _supervised_by(store, boards, entry)
        if wanted and not any(one.is_of(wanted) for one in held):
            kinds = " or ".join(wanted)
            raise Conflict(
                "no-credential",
                f"In this phase hours are signed by a {kinds}. You have none entered that was "
                f"valid on {entry.day.isoformat()}.",
                "Enter it under My credentials, then sign.",
            )
    words = "; ".join(one.words for one in held) or viewer.person.credential
    return Signature(viewer.id, viewer.person.full_name, words, now)


def _supervised_by(store: Store, boards: Boards, entry: HourEntry) -> Sequence[str]:
    starts = store.hours.phase_starts([entry.person_id]).get(entry.person_id, [])
    time = phase_on(phase_times(starts), entry.day)
    phase = phases_of(boards.values()).get(time.phase_id) if time else None
    return () if phase is None else edition_on(phase.editions, entry.day).supervised_by


def _refuse_outside_contracts(store: Store, entry: HourEntry) -> None:
    """Where people have a contract, hours lie in its dates. Leaving hours out is let through."""
    spans = [
        (one.contract.terms.starts_on, one.contract.terms.ends_on)
        for one in store.contracts.of_person(entry.person_id)
        if {one.contract.person_id, one.contract.supervisor_id} <= one.accepted.keys()
        and entry.supervisor_id in {"", one.contract.supervisor_id}
    ]
    if not entry.is_void:
        refuse_outside(entry.day, spans)


def _not_found() -> NotFound:
    return NotFound(
        "entry-not-found",
        "There is no such line among yours.",
        "It may have been taken back.",
    )
