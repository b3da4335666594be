from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.errors import Conflict
from app.domain.hours import Group, HourEntry, Mode, Signature
from app.domain.person import Person
from app.domain.supervision_ratio import PhaseStart
from app.storage.store import Store
from tests.learning_builders import A_MOMENT
from tests.storage.rows import add_person
from tests.supervision_builders import A_WORKDAY, a_course, meeting_of, practice_of


@pytest.fixture
def ana(store: Store) -> Person:
    return add_person(store, "Ana Reyes")


@pytest.fixture
def cora(store: Store) -> Person:
    return add_person(store, "Cora Lindqvist")


def keep(store: Store, *entries: HourEntry, by: Person) -> None:
    with store.writing():
        for entry in entries:
            store.hours.add(entry, by=by.id, now=A_MOMENT)


def signed(entry: HourEntry, ana: Person, cora: Person) -> HourEntry:
    return replace(
        entry,
        person_id=ana.id,
        supervisor_id=cora.id,
        staff=Signature(ana.id, "Ana Reyes", "LCAS-A", A_MOMENT),
        supervisor=Signature(cora.id, "Cora Lindqvist", "CCS 4711", A_MOMENT),
    )


def found(store: Store, ana: Person) -> list[HourEntry]:
    return [one.entry for one in store.hours.of_people([ana.id])]


def test_every_field_of_a_line_comes_back(store: Store, ana: Person, cora: Person) -> None:
    practice = signed(practice_of(60, id="a", note="two intakes"), ana, cora)
    meeting = signed(
        meeting_of(45, A_WORKDAY + timedelta(days=1), group=Group.GROUP, mode=Mode.VIDEO), ana, cora
    )
    correction = replace(practice, id="b", amends="a", reason="It was less.", is_void=True)

    keep(store, practice, meeting, correction, by=ana)

    assert found(store, ana) == [practice, correction, meeting]
    stored = store.hours.find("a")
    assert stored is not None
    assert (stored.entered_by, stored.entered_at) == (ana.id, A_MOMENT)


def test_lines_come_by_day_between_two_days(store: Store, ana: Person) -> None:
    lines = [
        replace(
            practice_of(60, day), person_id=ana.id, supervisor_id="", staff=None, supervisor=None
        )
        for day in (date(2026, 9, 3), date(2026, 9, 1), date(2026, 9, 2))
    ]
    keep(store, *lines, by=ana)

    some = store.hours.of_people([ana.id], since=date(2026, 9, 2), until=date(2026, 9, 2))

    assert [one.entry.day.day for one in store.hours.of_people([ana.id])] == [1, 2, 3]
    assert [one.entry.day.day for one in some] == [2]


def test_each_signs_once_and_what_both_signed_stays(
    store: Store, ana: Person, cora: Person
) -> None:
    line = replace(
        practice_of(60, id="a"), person_id=ana.id, supervisor_id="", staff=None, supervisor=None
    )
    keep(store, line, by=ana)
    of_ana = Signature(ana.id, "Ana Reyes", "LCAS-A", A_MOMENT)
    of_cora = Signature(cora.id, "Cora Lindqvist", "CCS 4711", A_MOMENT)

    with store.writing():
        done = [
            store.hours.sign_as_staff("a", of_ana),
            store.hours.sign_as_staff("a", of_ana),
            store.hours.sign_as_supervisor("a", of_cora),
            store.hours.sign_as_supervisor("a", of_cora),
            store.hours.take_back("a", now=A_MOMENT),
        ]

    assert done == [True, False, True, False, False]
    assert found(store, ana) == [
        replace(line, supervisor_id=cora.id, staff=of_ana, supervisor=of_cora)
    ]


def test_for_whom_a_line_was_signed_and_why_comes_back(
    store: Store, ana: Person, cora: Person
) -> None:
    instead = Signature(cora.id, "Cora Lindqvist", "CCS 4711", A_MOMENT, "Fay Osei", "She left.")
    line = replace(practice_of(60, id="a"), person_id=ana.id, supervisor_id="", supervisor=None)
    entered = replace(line, id="b", supervisor_id=cora.id, supervisor=instead)
    keep(store, line, entered, by=ana)

    with store.writing():
        store.hours.sign_as_supervisor("a", instead)

    assert [one.supervisor for one in found(store, ana)] == [instead, instead]


def test_a_line_that_one_has_signed_can_be_taken_back(store: Store, ana: Person) -> None:
    line = replace(practice_of(60, id="a"), person_id=ana.id, supervisor_id="", supervisor=None)
    keep(store, line, by=ana)

    with store.writing():
        taken = [store.hours.take_back("a", now=A_MOMENT) for _ in range(2)]

    assert taken == [True, False]
    assert (found(store, ana), store.hours.find("a")) == ([], None)


def test_a_line_has_one_correction_at_a_time(store: Store, ana: Person, cora: Person) -> None:
    first = signed(practice_of(60, id="a"), ana, cora)
    waits = replace(first, id="b", amends="a", supervisor=None)
    keep(store, first, waits, by=ana)

    with pytest.raises(Conflict):
        keep(store, replace(waits, id="c"), by=ana)

    with store.writing():
        store.hours.take_back("b", now=A_MOMENT)
    keep(store, replace(waits, id="c"), by=ana)
    assert [one.id for one in found(store, ana)] == ["a", "c"]


def test_phases_come_back_in_the_order_they_were_kept(store: Store, ana: Person) -> None:
    later = PhaseStart("later", date(2026, 9, 1))
    first = PhaseStart("practicum", date(2026, 1, 5))

    with store.writing():
        for number, start in enumerate((later, first)):
            store.hours.start_phase(str(number), ana.id, start, by=ana.id, now=A_MOMENT)

    assert store.hours.phase_starts([ana.id]) == {ana.id: [later, first]}
    assert store.hours.phase_starts(["another"]) == {}


def test_training_comes_back_the_latest_first_and_can_be_taken_back(
    store: Store, ana: Person
) -> None:
    old = a_course(id="old", person_id=ana.id, done_on=date(2026, 3, 1))
    new = a_course(90, id="new", person_id=ana.id, topic="ethics", is_specific=True)
    with store.writing():
        for one in (old, new):
            store.education.add(one, now=A_MOMENT)

    assert store.education.of_people([ana.id]) == [new, old]
    with store.writing():
        assert not store.education.take_back("old", person_id="another", now=A_MOMENT)
        assert store.education.take_back("old", person_id=ana.id, now=A_MOMENT)
    assert store.education.of_people([ana.id]) == [new]
