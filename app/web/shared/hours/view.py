"""Puts a ledger of hours on screen: standing, what waits, the newest lines, single lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.domain.errors import NotFound
from app.domain.hours import (
    EntryState,
    HourEntry,
    Meeting,
    counting,
    held_by,
    say_minutes,
    waits_for,
    waits_for_former,
)
from app.domain.supervision_ratio import PhaseStart
from app.library.library import Library
from app.services.supervisors import supervisors_of
from app.storage.hours import StoredEntry
from app.storage.store import Store
from app.web.shared.faults import field_faults
from app.web.shared.filters import say_date
from app.web.shared.hours.cards import function_title, phase_cards
from app.web.shared.hours.inputs import LeaveOutInput, PhaseInput, SignForInput
from app.web.shared.hours.pages import (
    Heading,
    HoursPage,
    LinePage,
    Row,
    SignForCard,
    WaitingLine,
)
from app.web.shared.hours.ways import Ways
from app.web.shared.part_data import Cell, Header, Way

NEWEST = 15
ANOTHER = "a supervisor of now can sign for them, with a reason"
HEADERS: tuple[str | Header, ...] = ("Day", "What", Header("Time", is_figure=True), "State")


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything of one person's ledger.

    Shape: `supervisors` are names of those of now, `former` of those whom unsigned lines wait
    for although they no longer supervise the person; both by id.
    """

    lines: tuple[StoredEntry, ...]
    starts: tuple[PhaseStart, ...]
    supervisors: dict[str, str]
    viewer_id: str
    former: dict[str, str] = field(default_factory=dict)

    @property
    def entries(self) -> tuple[HourEntry, ...]:
        """The lines themselves, by day."""
        return tuple(one.entry for one in self.lines)

    def find(self, entry_id: str) -> StoredEntry:
        """Finds a line. Raises: NotFound if it is not one of this person's."""
        for one in self.lines:
            if one.entry.id == entry_id:
                return one
        raise NotFound("entry-not-found", "There is no such line among these.")


def open_ledger(store: Store, person_id: str, *, viewer_id: str) -> Ledger:
    """Reads a ledger; who may is decided before."""
    lines = tuple(store.hours.of_people([person_id]))
    supervisors = supervisors_of(store, person_id)
    return Ledger(
        lines=lines,
        starts=tuple(store.hours.phase_starts([person_id]).get(person_id, ())),
        supervisors=supervisors,
        viewer_id=viewer_id,
        former=former_waited_for(store, person_id, lines, supervisors),
    )


def former_waited_for(
    store: Store, person_id: str, lines: Iterable[StoredEntry], supervisors: Mapping[str, str]
) -> dict[str, str]:
    """Those whom unsigned lines wait for and who no longer supervise the person: names by id.

    Shape: `supervisors` may be those of one team. Cost: nothing where no such line waits.
    """
    ids = {one.entry.supervisor_id for one in lines if waits_for_former(one.entry, supervisors)}
    gone = ids - supervisors_of(store, person_id).keys() if ids else ids
    people = (store.people.find(one) for one in sorted(gone))
    return {one.id: one.full_name for one in people if one is not None}


def hours_page(
    library: Library,
    ledger: Ledger,
    ways: Ways,
    form: PhaseInput,
    *,
    heading: Heading,
    today: date,
) -> HoursPage:
    """Shows how somebody stands, what waits for a signature, and the newest lines."""
    waiting = [one for one in ledger.entries if one.state is not EntryState.SIGNED]
    newest = ledger.entries[::-1][:NEWEST]
    return HoursPage(
        heading=heading,
        cards=phase_cards(library, ledger.starts, ledger.entries, today=today),
        waiting=tuple(waiting_line(library, ledger, ways, one) for one in waiting),
        headers=HEADERS,
        rows=tuple(_row(library, ledger, ways, one) for one in newest),
        lines=len(ledger.lines),
        practice_url=ways.to("practice") if ways.is_own else "",
        meeting_url=ways.to("meeting"),
        list_url=ways.to("lines"),
        phase_form=form,
        phase_url=ways.to("phase"),
        faults=field_faults(form),
    )


def waiting_line(library: Library, ledger: Ledger, ways: Ways, entry: HourEntry) -> WaitingLine:
    """A line that waits, with its button where the viewer's signature is the missing one."""
    is_mine = _may_sign(ledger, ways, entry)
    former = _former(ledger, entry)
    waits = f"{former}, who no longer supervises" if former else ""
    return WaitingLine(
        line=f"{say_date(entry.day)}: {what_words(library, entry)}, {time_words(entry)}",
        detail=_detail(entry),
        waits_for=waits or str(entry.state).removeprefix("waits for "),
        url=ways.to("line", entry_id=entry.id),
        sign_url=ways.to("sign", entry_id=entry.id) if is_mine else "",
        may_sign_for=bool(former) and not ways.is_own,
    )


def line_page(
    library: Library,
    ledger: Ledger,
    ways: Ways,
    entry_id: str,
    form: LeaveOutInput | None = None,
    *,
    sign_for: SignForInput | None = None,
) -> LinePage:
    """Shows one line with its signatures. Raises: NotFound if there is none."""
    stored = ledger.find(entry_id)
    entry = stored.entry
    is_signed = entry.state is EntryState.SIGNED
    replaced = any(one.amends == entry.id for one in ledger.entries)
    is_open = not is_signed and stored.entered_by == ledger.viewer_id
    corrects = ways.is_own and is_signed and not replaced and not entry.is_void
    return LinePage(
        title=f"{what_words(library, entry)}, {say_date(entry.day)}",
        back=Way("My hours" if ways.is_own else "Hours", ways.to("home")),
        state=line_state(ledger, entry).state,
        state_words=line_state(ledger, entry).text,
        facts=_line_facts(library, ledger, entry),
        sign_url=ways.to("sign", entry_id=entry.id) if _may_sign(ledger, ways, entry) else "",
        take_back_url=ways.to("take_back", entry_id=entry.id) if is_open else "",
        correct_url=ways.to("correct", entry_id=entry.id) if corrects else "",
        leave_out_url=ways.to("leave_out", entry_id=entry.id) if corrects else "",
        leave_out=form or LeaveOutInput(formdata=None),
        sign_for=_sign_for(ledger, ways, entry, sign_for),
        faults=(
            *(field_faults(form) if form else ()),
            *(field_faults(sign_for) if sign_for else ()),
        ),
    )


def what_words(library: Library, entry: HourEntry) -> str:
    """What a line is about, in few words."""
    if entry.meeting is None:
        words = function_title(library, entry.function)
    else:
        words = f"Supervision, {entry.meeting.group}, {entry.meeting.mode}"
    return f"Leave out: {words}" if entry.is_void else words


def time_words(entry: HourEntry) -> str:
    """How long, for a meeting with its start and end."""
    meeting = entry.meeting
    if meeting is None:
        return say_minutes(entry.minutes)
    return f"{say_minutes(entry.minutes)} ({clock_words(meeting)})"


def clock_words(meeting: Meeting) -> str:
    """Start and end as the clock showed them there."""
    zone = ZoneInfo(meeting.zone)
    start, end = (m.astimezone(zone) for m in (meeting.started_at, meeting.ended_at))
    return f"{start:%H:%M} to {end:%H:%M} {end:%Z}"


def _may_sign(ledger: Ledger, ways: Ways, entry: HourEntry) -> bool:
    if ways.is_own:
        return entry.staff is None
    return waits_for(entry, ledger.viewer_id)


def _former(ledger: Ledger, entry: HourEntry) -> str:
    """Names whom an unsigned line waits for who no longer supervises; empty for all others."""
    return ledger.former.get(entry.supervisor_id, "") if entry.supervisor is None else ""


def _sign_for(
    ledger: Ledger, ways: Ways, entry: HourEntry, form: SignForInput | None
) -> SignForCard | None:
    former = _former(ledger, entry)
    if ways.is_own or not former:
        return None
    url = ways.to("sign", entry_id=entry.id)
    return SignForCard(former, url, form or SignForInput(formdata=None))


def _row(library: Library, ledger: Ledger, ways: Ways, entry: HourEntry) -> Row:
    url = ways.to("line", entry_id=entry.id)
    return (
        Cell(say_date(entry.day), url=url),
        Cell(what_words(library, entry), detail=_detail(entry)),
        say_minutes(entry.minutes),
        line_state(ledger, entry),
    )


def _detail(entry: HourEntry) -> str:
    parts = [entry.note, f"Correction: {entry.reason}" if entry.amends else ""]
    return " · ".join(part for part in parts if part)


def line_state(ledger: Ledger, entry: HourEntry) -> Cell:
    """Where a line stands, as a chip."""
    if entry.state is not EntryState.SIGNED:
        return Cell(str(entry.state), state="open")
    if entry.is_void:
        return Cell("signed, leaves a line out", state="none")
    if entry not in counting(ledger.entries):
        return Cell("replaced", state="none")
    return Cell("signed by both", state="met")


def _line_facts(library: Library, ledger: Ledger, entry: HourEntry) -> tuple[tuple[str, str], ...]:
    facts = [("Day", say_date(entry.day)), ("Time", time_words(entry))]
    named = ledger.supervisors | ledger.former
    supervisor = held_by(entry.supervisor) or named.get(entry.supervisor_id, "")
    if entry.meeting is not None:
        codes = entry.meeting.functions
        facts.append(("Time zone", entry.meeting.zone))
        facts.append(("Supervisor", supervisor))
        facts.append(("Co-supervisor", entry.meeting.co_supervisor))
        facts.append(("Core functions", ", ".join(function_title(library, c) for c in codes)))
    facts.append(("Note", entry.note))
    facts.append(("Why it is corrected", entry.reason))
    if _former(ledger, entry):
        facts.append(("Waits for", f"{supervisor}, who no longer supervises: {ANOTHER}"))
    for who, signature in (("Staff member", entry.staff), ("Supervisor", entry.supervisor)):
        if signature is not None:
            credential = f" · {signature.credential}" if signature.credential else ""
            words = f"{signature.name}{credential}, {_signed_words(signature.signed_at)}"
            if signature.signed_for:
                words += f", for {signature.signed_for}: {signature.why}"
            facts.append((f"Signed: {who.lower()}", words))
    return tuple((what, words) for what, words in facts if words)


def _signed_words(moment: datetime) -> str:
    return f"{say_date(moment)}, {moment:%H:%M} UTC"
