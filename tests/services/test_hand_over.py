"""A line that waits for a former supervisor is signed for them, and says so for good."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from app.domain.errors import Conflict, DomainError, InvalidInput, NotFound
from app.domain.hours import Group, HourEntry, Mode, counting
from app.domain.hours_list import list_rows
from app.domain.person import Role, RoleGrant, Viewer
from app.services import account, hours, roles
from app.services.hours import Correction, Ledger, NewMeeting, NewPractice
from app.services.supervisors import former_supervisors_of, supervisors_of
from app.storage.store import Store
from tests.cast import NOW, Cast, as_viewer
from tests.supervision_builders import a_board, a_credential

BOARDS = {"board": a_board()}
DAY = date(2026, 11, 20)
WHY = "She has left; her notes of the meeting lie before me."


@pytest.fixture
def ledger(cast: Cast) -> Ledger:
    return Ledger(cast.ana.id, BOARDS, "America/New_York")


def a_meeting(supervisor_id: str, start: int = 9) -> NewMeeting:
    return NewMeeting(
        day=DAY,
        start=time(start, 0),
        end=time(start + 1, 0),
        zone="America/New_York",
        group=Group.INDIVIDUAL,
        mode=Mode.VIDEO,
        functions=("CF-1",),
        supervisor_id=supervisor_id,
    )


def enter(store: Store, cast: Cast, ledger: Ledger, **changes: int) -> HourEntry:
    meeting = a_meeting(cast.cora.id, **changes)
    return hours.enter_meeting(store, as_viewer(store, cast.ana), ledger, meeting, now=NOW)


def hand_over(store: Store, cast: Cast) -> Viewer:
    """Dov takes Eastside over from Cora, and is given as he is then."""
    eli = as_viewer(store, cast.eli)
    grant = RoleGrant(Role.SUPERVISOR, cast.eastside.id)
    roles.give_role(store, eli, person_id=cast.dov.id, grant=grant, now=NOW)
    roles.end_role(store, eli, person_id=cast.cora.id, grant=grant, now=NOW)
    return as_viewer(store, cast.dov)


def lines(store: Store, cast: Cast) -> list[HourEntry]:
    found = [one.entry for one in store.hours.of_people([cast.ana.id])]
    store.end_reading()
    return found


def test_a_supervisor_of_now_signs_for_the_former_one_and_the_line_says_so(
    store: Store, cast: Cast, ledger: Ledger
) -> None:
    entry = enter(store, cast, ledger)
    dov = hand_over(store, cast)
    with store.writing():
        licence = a_credential(person_id=cast.dov.id, issued_on=date(2026, 1, 1))
        store.credentials.add(licence, by=cast.dov.id, now=NOW)

    signed = hours.sign(store, dov, BOARDS, entry_id=entry.id, why=f" {WHY} ", now=NOW)

    assert counting(lines(store, cast)) == [signed]
    signature = signed.supervisor
    assert signature is not None
    assert (signature.person_id, signature.name) == (cast.dov.id, "Dov Katz")
    assert "CCS 4711" in signature.credential
    assert (signature.signed_for, signature.why) == ("Cora Lindqvist", WHY)
    ((*_, supervisor, _co, _note, _state, _staff, by, _correction),) = list_rows(
        [signed], [signed], names={}, people={}
    )
    assert supervisor == "Cora Lindqvist"
    assert by.startswith("Dov Katz, CCS 4711")
    assert by.endswith(f", for Cora Lindqvist: {WHY}")


@pytest.mark.parametrize("why", ["", "  ", "w" * 501])
def test_without_a_reason_nothing_is_signed(
    store: Store, cast: Cast, ledger: Ledger, why: str
) -> None:
    entry = enter(store, cast, ledger)
    dov = hand_over(store, cast)

    with pytest.raises(InvalidInput) as refused:
        hours.sign(store, dov, BOARDS, entry_id=entry.id, why=why, now=NOW)

    assert refused.value.code == "sign-for-reason"
    assert lines(store, cast) == [entry]


def test_nobody_signs_for_a_supervisor_who_still_is_one(
    store: Store, cast: Cast, ledger: Ledger
) -> None:
    entry = enter(store, cast, ledger)
    grant = RoleGrant(Role.SUPERVISOR, cast.eastside.id)
    eli = as_viewer(store, cast.eli)
    roles.give_role(store, eli, person_id=cast.dov.id, grant=grant, now=NOW)

    with pytest.raises(NotFound) as refused:
        hours.sign(store, as_viewer(store, cast.dov), BOARDS, entry_id=entry.id, why=WHY, now=NOW)

    assert refused.value.code == "other-supervisor"
    signed = hours.sign(store, as_viewer(store, cast.cora), BOARDS, entry_id=entry.id, now=NOW)
    assert signed.supervisor is not None
    assert signed.supervisor.signed_for == ""


def test_the_former_supervisor_and_strangers_sign_nothing(
    store: Store, cast: Cast, ledger: Ledger
) -> None:
    entry = enter(store, cast, ledger)
    hand_over(store, cast)

    for somebody in (cast.cora, cast.luis, cast.eli):
        viewer = as_viewer(store, somebody)
        with pytest.raises(NotFound):
            hours.sign(store, viewer, BOARDS, entry_id=entry.id, why=WHY, now=NOW)

    assert lines(store, cast) == [entry]


def test_a_closed_account_is_signed_for_as_well(store: Store, cast: Cast, ledger: Ledger) -> None:
    entry = enter(store, cast, ledger)
    eli = as_viewer(store, cast.eli)
    grant = RoleGrant(Role.SUPERVISOR, cast.eastside.id)
    roles.give_role(store, eli, person_id=cast.dov.id, grant=grant, now=NOW)
    account.set_active(store, eli, person_id=cast.cora.id, active=False, now=NOW)

    dov = as_viewer(store, cast.dov)
    signed = hours.sign(store, dov, BOARDS, entry_id=entry.id, why=WHY, now=NOW)

    assert signed.supervisor is not None
    assert signed.supervisor.signed_for == "Cora Lindqvist"


def test_signed_once_it_is_signed_for_good(store: Store, cast: Cast, ledger: Ledger) -> None:
    entry = enter(store, cast, ledger)
    dov = hand_over(store, cast)
    signed = hours.sign(store, dov, BOARDS, entry_id=entry.id, why=WHY, now=NOW)

    with pytest.raises(Conflict):
        hours.sign(store, dov, BOARDS, entry_id=entry.id, why="Something else.", now=NOW)

    assert lines(store, cast) == [signed]


def test_a_meeting_of_a_former_supervisor_on_record_can_still_be_entered(
    store: Store, cast: Cast, ledger: Ledger
) -> None:
    enter(store, cast, ledger)
    dov = hand_over(store, cast)

    later = enter(store, cast, ledger, start=11)
    signed = hours.sign(store, dov, BOARDS, entry_id=later.id, why=WHY, now=NOW)

    assert former_supervisors_of(store, cast.ana.id) == {cast.cora.id: "Cora Lindqvist"}
    assert supervisors_of(store, cast.ana.id) == {cast.dov.id: "Dov Katz"}
    assert signed.state == "signed by both"


def test_somebody_who_never_supervised_cannot_be_named(
    store: Store, cast: Cast, ledger: Ledger
) -> None:
    with pytest.raises(DomainError) as refused:
        hours.enter_meeting(
            store, as_viewer(store, cast.ana), ledger, a_meeting(cast.dov.id), now=NOW
        )

    assert refused.value.code == "supervisor-unknown"


def test_a_signed_meeting_of_a_former_supervisor_is_corrected_and_left_out(
    store: Store, cast: Cast, ledger: Ledger
) -> None:
    first, second = enter(store, cast, ledger), enter(store, cast, ledger, start=11)
    cora = as_viewer(store, cast.cora)
    for entry in (first, second):
        hours.sign(store, cora, BOARDS, entry_id=entry.id, now=NOW)
    dov, ana = hand_over(store, cast), as_viewer(store, cast.ana)

    meeting = replace(a_meeting(cast.cora.id), end=time(10, 30))
    corrected = hours.enter_meeting(
        store, ana, ledger, meeting, now=NOW, correction=Correction(first.id, "It took longer.")
    )
    left_out = hours.take_out(
        store, ana, ledger, Correction(second.id, "It was another week.", is_void=True), now=NOW
    )
    for entry in (corrected, left_out):
        hours.sign(store, dov, BOARDS, entry_id=entry.id, why=WHY, now=NOW)

    assert [one.minutes for one in counting(lines(store, cast))] == [90]


def test_practice_waits_for_any_supervisor_and_needs_no_reason(
    store: Store, cast: Cast, ledger: Ledger
) -> None:
    new = NewPractice(DAY, 90, "CF-1")
    entry = hours.enter_practice(store, as_viewer(store, cast.ana), ledger, new, now=NOW)
    dov = hand_over(store, cast)

    signed = hours.sign(store, dov, BOARDS, entry_id=entry.id, why="not asked for", now=NOW)

    assert signed.supervisor is not None
    assert (signed.supervisor.signed_for, signed.supervisor.why) == ("", "")
