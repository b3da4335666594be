from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from app.domain.errors import Conflict, DomainError, InvalidInput, NotFound
from app.domain.hours import EntryState, Group, HourEntry, Mode, counting
from app.domain.person import Person, Role, RoleGrant
from app.domain.supervision_contract import Contract, ContractTerms
from app.domain.supervision_ratio import PhaseStart
from app.services import hours
from app.services.hours import Correction, Ledger, NewMeeting, NewPractice
from app.storage.store import Store
from tests.cast import NOW, Cast, as_viewer
from tests.supervision_builders import a_board, a_credential

BOARDS = {"board": a_board()}
DAY = date(2026, 11, 20)
PRACTICE = NewPractice(DAY, 90, "CF-1")


@pytest.fixture
def ledger(cast: Cast) -> Ledger:
    return Ledger(cast.ana.id, BOARDS, "America/New_York")


def a_meeting(cast: Cast, **changes: object) -> NewMeeting:
    meeting = NewMeeting(
        day=DAY,
        start=time(9, 0),
        end=time(10, 0),
        zone="America/New_York",
        group=Group.INDIVIDUAL,
        mode=Mode.VIDEO,
        functions=("CF-1", "CF-4"),
        supervisor_id=cast.cora.id,
    )
    return replace(meeting, **changes)  # type: ignore[arg-type]


def lines(store: Store, person: Person) -> list[HourEntry]:
    found = [one.entry for one in store.hours.of_people([person.id])]
    store.end_reading()
    return found


def licensed(store: Store, cast: Cast, kind: str = "CCS") -> None:
    credential = a_credential(person_id=cast.cora.id, kind=kind, issued_on=date(2026, 1, 1))
    with store.writing():
        store.credentials.add(credential, by=cast.cora.id, now=NOW)


def in_practicum(store: Store, cast: Cast, ledger: Ledger) -> None:
    start = PhaseStart("practicum", date(2026, 9, 1))
    hours.start_phase(store, as_viewer(store, cast.ana), ledger, start, now=NOW)


def both_signed(store: Store, cast: Cast, ledger: Ledger) -> HourEntry:
    ana, cora = as_viewer(store, cast.ana), as_viewer(store, cast.cora)
    entry = hours.enter_practice(store, ana, ledger, PRACTICE, now=NOW)
    return hours.sign(store, cora, BOARDS, entry_id=entry.id, now=NOW)


def test_hours_count_once_the_other_has_signed(store: Store, cast: Cast, ledger: Ledger) -> None:
    ana, cora = as_viewer(store, cast.ana), as_viewer(store, cast.cora)

    entry = hours.enter_practice(store, ana, ledger, PRACTICE, now=NOW)
    assert counting(lines(store, cast.ana)) == []
    signed = hours.sign(store, cora, BOARDS, entry_id=entry.id, now=NOW)

    assert counting(lines(store, cast.ana)) == [signed]
    assert signed.supervisor is not None
    assert (signed.supervisor.name, signed.supervisor_id) == ("Cora Lindqvist", cast.cora.id)


def test_a_supervisor_enters_and_the_staff_member_signs(
    store: Store, cast: Cast, ledger: Ledger
) -> None:
    ana, cora = as_viewer(store, cast.ana), as_viewer(store, cast.cora)

    entry = hours.enter_meeting(store, cora, ledger, a_meeting(cast), now=NOW)
    signed = hours.sign(store, ana, BOARDS, entry_id=entry.id, now=NOW)

    assert entry.state is EntryState.WAITS_FOR_STAFF
    assert signed.state is EntryState.SIGNED
    assert signed.meeting is not None
    assert signed.meeting.started_at == datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
    assert signed.minutes == 60


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"end": time(9, 0)}, "end-before-start"),
        ({"start": time(11, 0)}, "end-before-start"),
        ({"day": date(2026, 11, 24)}, "end-ahead"),
        ({"day": date(2026, 3, 8), "start": time(2, 30), "end": time(4, 0)}, "time-skipped"),
        ({"zone": "Mars/Olympus"}, "zone-unknown"),
        ({"functions": ("CF-99",)}, "function-unknown"),
        ({"supervisor_id": "dov"}, "supervisor-unknown"),
        ({"note": "n" * 301}, "note-long"),
    ],
)
def test_an_impossible_meeting_is_refused_and_nothing_is_kept(
    store: Store, cast: Cast, ledger: Ledger, changes: dict[str, object], code: str
) -> None:
    ana = as_viewer(store, cast.ana)

    with pytest.raises(DomainError) as refused:
        hours.enter_meeting(store, ana, ledger, a_meeting(cast, **changes), now=NOW)

    assert refused.value.code == code
    assert lines(store, cast.ana) == []


def test_overlapping_meetings_of_one_person_are_refused(
    store: Store, cast: Cast, ledger: Ledger
) -> None:
    ana = as_viewer(store, cast.ana)
    hours.enter_meeting(store, ana, ledger, a_meeting(cast), now=NOW)
    same_moment = a_meeting(cast, start=time(8, 30), end=time(9, 30), zone="America/Chicago")

    with pytest.raises(Conflict) as refused:
        hours.enter_meeting(store, ana, ledger, same_moment, now=NOW)

    assert refused.value.code == "meetings-overlap"
    assert len(lines(store, cast.ana)) == 1
    luis = Ledger(cast.luis.id, BOARDS, "UTC")
    hours.enter_meeting(store, as_viewer(store, cast.luis), luis, a_meeting(cast), now=NOW)


def test_a_form_sent_twice_enters_once(store: Store, cast: Cast, ledger: Ledger) -> None:
    ana = as_viewer(store, cast.ana)
    hours.enter_practice(store, ana, ledger, PRACTICE, now=NOW)

    with pytest.raises(Conflict):
        hours.enter_practice(store, ana, ledger, PRACTICE, now=NOW)

    assert len(lines(store, cast.ana)) == 1


def test_today_is_the_day_of_the_site(store: Store, cast: Cast, ledger: Ledger) -> None:
    ana, late = as_viewer(store, cast.ana), datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
    tomorrow = replace(PRACTICE, day=date(2026, 11, 24))

    with pytest.raises(InvalidInput) as refused:
        hours.enter_practice(store, ana, ledger, tomorrow, now=late)
    hours.enter_practice(store, ana, replace(ledger, zone="UTC"), tomorrow, now=late)

    assert refused.value.code == "day-ahead"


def test_nobody_else_reaches_a_ledger(store: Store, cast: Cast, ledger: Ledger) -> None:
    entry = hours.enter_practice(store, as_viewer(store, cast.ana), ledger, PRACTICE, now=NOW)

    for person in (cast.dov, cast.luis, cast.ben, cast.eli):
        viewer = as_viewer(store, person)
        with pytest.raises(NotFound):
            hours.enter_practice(store, viewer, ledger, replace(PRACTICE, minutes=5), now=NOW)
        with pytest.raises(NotFound):
            hours.sign(store, viewer, BOARDS, entry_id=entry.id, now=NOW)
        with pytest.raises(NotFound):
            hours.take_back(store, viewer, entry_id=entry.id, now=NOW)
        start = PhaseStart("later", DAY)
        with pytest.raises(NotFound):
            hours.start_phase(store, viewer, ledger, start, now=NOW)
    assert len(lines(store, cast.ana)) == 1


def test_a_correction_of_somebody_elses_line_is_refused(
    store: Store, cast: Cast, ledger: Ledger
) -> None:
    entry = both_signed(store, cast, ledger)
    luis = as_viewer(store, cast.luis)
    own = Ledger(cast.luis.id, BOARDS, "UTC")

    with pytest.raises(NotFound):
        hours.take_out(store, luis, own, Correction(entry.id, "x", is_void=True), now=NOW)
    with pytest.raises(NotFound):
        hours.enter_practice(
            store, luis, own, PRACTICE, now=NOW, correction=Correction(entry.id, "x")
        )


def test_a_supervisor_who_leaves_the_team_loses_the_ledger_at_once(
    store: Store, cast: Cast, ledger: Ledger
) -> None:
    entry = hours.enter_practice(store, as_viewer(store, cast.ana), ledger, PRACTICE, now=NOW)
    with store.writing():
        store.people.revoke(cast.cora.id, RoleGrant(Role.SUPERVISOR, cast.eastside.id))

    with pytest.raises(NotFound):
        hours.sign(store, as_viewer(store, cast.cora), BOARDS, entry_id=entry.id, now=NOW)


def test_in_a_phase_only_a_supervisor_with_its_credential_signs(
    store: Store, cast: Cast, ledger: Ledger
) -> None:
    in_practicum(store, cast, ledger)
    entry = hours.enter_practice(store, as_viewer(store, cast.ana), ledger, PRACTICE, now=NOW)
    cora = as_viewer(store, cast.cora)
    licensed(store, cast, "LCAS")
    with pytest.raises(Conflict) as refused:
        hours.sign(store, cora, BOARDS, entry_id=entry.id, now=NOW)
    assert refused.value.code == "no-credential"
    assert "CCS or CSI" in refused.value.user_message

    licensed_as = a_credential(id="ccs", person_id=cast.cora.id, issued_on=DAY)
    with store.writing():
        store.credentials.add(licensed_as, by=cast.cora.id, now=NOW)
    signed = hours.sign(store, cora, BOARDS, entry_id=entry.id, now=NOW)

    assert signed.supervisor is not None
    assert signed.supervisor.credential.startswith("CCS 4711 (NCASPPB, valid until 2028-06-30)")


def test_a_credential_of_another_day_does_not_sign(
    store: Store, cast: Cast, ledger: Ledger
) -> None:
    in_practicum(store, cast, ledger)
    with store.writing():
        later = a_credential(person_id=cast.cora.id, issued_on=DAY + timedelta(days=1))
        store.credentials.add(later, by=cast.cora.id, now=NOW)
    entry = hours.enter_practice(store, as_viewer(store, cast.ana), ledger, PRACTICE, now=NOW)

    with pytest.raises(Conflict):
        hours.sign(store, as_viewer(store, cast.cora), BOARDS, entry_id=entry.id, now=NOW)


def test_nobody_signs_twice(store: Store, cast: Cast, ledger: Ledger) -> None:
    entry = both_signed(store, cast, ledger)

    for person in (cast.ana, cast.cora):
        with pytest.raises(Conflict):
            hours.sign(store, as_viewer(store, person), BOARDS, entry_id=entry.id, now=NOW)


def test_what_both_signed_stays_and_a_correction_needs_both(
    store: Store, cast: Cast, ledger: Ledger
) -> None:
    ana, cora = as_viewer(store, cast.ana), as_viewer(store, cast.cora)
    entry = both_signed(store, cast, ledger)
    with pytest.raises(Conflict):
        hours.take_back(store, ana, entry_id=entry.id, now=NOW)

    less = hours.enter_practice(
        store,
        ana,
        ledger,
        replace(PRACTICE, minutes=60),
        now=NOW,
        correction=Correction(entry.id, "I left early."),
    )
    assert [one.minutes for one in counting(lines(store, cast.ana))] == [90]
    hours.sign(store, cora, BOARDS, entry_id=less.id, now=NOW)

    assert [one.minutes for one in counting(lines(store, cast.ana))] == [60]
    assert {one.id for one in lines(store, cast.ana)} == {entry.id, less.id}


@pytest.mark.parametrize(("reason", "code"), [("", "reason-missing"), ("  ", "reason-missing")])
def test_a_correction_needs_a_reason(
    store: Store, cast: Cast, ledger: Ledger, reason: str, code: str
) -> None:
    entry = both_signed(store, cast, ledger)

    with pytest.raises(InvalidInput) as refused:
        hours.take_out(
            store, as_viewer(store, cast.ana), ledger, Correction(entry.id, reason, True), now=NOW
        )

    assert refused.value.code == code


def test_one_correction_at_a_time(store: Store, cast: Cast, ledger: Ledger) -> None:
    ana, entry = as_viewer(store, cast.ana), both_signed(store, cast, ledger)
    out = Correction(entry.id, "It was another day.", is_void=True)
    first = hours.take_out(store, ana, ledger, out, now=NOW)

    with pytest.raises(Conflict) as refused:
        hours.take_out(store, ana, ledger, out, now=NOW)
    assert refused.value.code == "corrected-already"

    hours.take_back(store, ana, entry_id=first.id, now=NOW)
    again = hours.take_out(store, ana, ledger, out, now=NOW)
    hours.sign(store, as_viewer(store, cast.cora), BOARDS, entry_id=again.id, now=NOW)
    assert counting(lines(store, cast.ana)) == []


def test_a_line_that_waits_is_not_corrected_but_taken_back_by_its_writer(
    store: Store, cast: Cast, ledger: Ledger
) -> None:
    ana, cora = as_viewer(store, cast.ana), as_viewer(store, cast.cora)
    entry = hours.enter_practice(store, ana, ledger, PRACTICE, now=NOW)
    with pytest.raises(Conflict):
        hours.take_out(store, ana, ledger, Correction(entry.id, "no", True), now=NOW)
    with pytest.raises(NotFound):
        hours.take_back(store, cora, entry_id=entry.id, now=NOW)

    hours.take_back(store, ana, entry_id=entry.id, now=NOW)

    assert lines(store, cast.ana) == []


def test_practice_stays_practice(store: Store, cast: Cast, ledger: Ledger) -> None:
    entry = both_signed(store, cast, ledger)

    with pytest.raises(InvalidInput) as refused:
        hours.enter_meeting(
            store,
            as_viewer(store, cast.ana),
            ledger,
            a_meeting(cast),
            now=NOW,
            correction=Correction(entry.id, "It was a meeting."),
        )

    assert refused.value.code == "other-kind"


def a_contract(cast: Cast, starts_on: date) -> Contract:
    words = ("words",) * 8
    terms = ContractTerms(*words, starts_on=starts_on, ends_on=date(2027, 6, 30))
    return Contract("contract-1", cast.ana.id, cast.cora.id, 1, terms)


@pytest.mark.parametrize(
    ("starts_on", "accepted", "is_refused"),
    [
        (DAY + timedelta(days=1), ("ana", "cora"), True),
        (DAY, ("ana", "cora"), False),
        (DAY + timedelta(days=1), ("cora",), False),
    ],
)
def test_hours_lie_in_the_dates_of_a_contract_both_accepted(
    store: Store,
    cast: Cast,
    ledger: Ledger,
    starts_on: date,
    accepted: tuple[str, ...],
    is_refused: bool,
) -> None:
    with store.writing():
        store.contracts.add(a_contract(cast, starts_on), now=NOW)
        for name in accepted:
            store.contracts.accept("contract-1", by=getattr(cast, name).id, now=NOW)
    ana = as_viewer(store, cast.ana)

    refusal = pytest.raises(InvalidInput, match="outside") if is_refused else nullcontext()
    with refusal:
        hours.enter_meeting(store, ana, ledger, a_meeting(cast), now=NOW)

    assert (lines(store, cast.ana) == []) is is_refused


@pytest.mark.parametrize(
    ("start", "code"),
    [
        (PhaseStart("none-such", DAY), "phase-unknown"),
        (PhaseStart("later", date(2028, 1, 1)), "phase-day-far"),
    ],
)
def test_a_phase_that_cannot_be_is_refused(
    store: Store, cast: Cast, ledger: Ledger, start: PhaseStart, code: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        hours.start_phase(store, as_viewer(store, cast.ana), ledger, start, now=NOW)

    assert refused.value.code == code
    assert store.hours.phase_starts([cast.ana.id]) == {}
