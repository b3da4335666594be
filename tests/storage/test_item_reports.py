from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain.item_report import ItemReport, ReportState
from app.domain.person import Person
from app.storage.store import Store
from tests.builders import an_item
from tests.learning_builders import A_MOMENT
from tests.report_builders import a_report
from tests.storage.rows import add_attempt, add_person

LATER = A_MOMENT + timedelta(hours=1)
ITEMS = (an_item(), an_item(id="consent-02"), an_item(id="consent-03"))


@pytest.fixture
def ana(store: Store) -> Person:
    return add_person(store)


def add(store: Store, person: Person, position: int = 1, **changes: Any) -> ItemReport:
    """Keeps a report about a place of a quiz of three questions."""
    quiz = store.attempts.find_by_request(person.id, "start") or add_attempt(store, person, *ITEMS)
    item = ITEMS[position - 1]
    report = a_report(
        **{
            "id": store.new_id(A_MOMENT),
            "person_id": person.id,
            "attempt_id": quiz.id,
            "position": position,
            "item_id": item.id,
            "item_version": item.version,
            **changes,
        }
    )
    with store.writing():
        store.item_reports.add(report)
    return report


def test_a_report_comes_back_as_it_was_sent(store: Store, ana: Person) -> None:
    report = add(store, ana, words="Zeile 1\nLine 2 — “c”?")

    assert store.item_reports.find(report.id) == report
    assert store.item_reports.find_at(report.attempt_id, 1) == report
    assert store.item_reports.find_at(report.attempt_id, 2) is None


def test_a_second_report_about_a_place_leaves_the_first_one(store: Store, ana: Person) -> None:
    first = add(store, ana)

    second = add(store, ana, words="Something else.")

    assert store.item_reports.find_at(first.attempt_id, 1) == first
    assert store.item_reports.find(second.id) is None


def test_a_settled_report_comes_back_with_its_answer(store: Store, ana: Person) -> None:
    ben = add_person(store, "Ben Okafor")
    report = add(store, ana)
    settled = replace(
        report,
        state=ReportState.KEPT,
        answer="It stays.",
        answered_by=ben.id,
        answered_at=LATER,
    )

    with store.writing():
        store.item_reports.settle(settled)

    found = store.item_reports.find(report.id, lock=True)
    assert found == settled
    assert found.stamp == settled.stamp


def test_the_queue_holds_one_state_and_the_longest_waiting_first(store: Store, ana: Person) -> None:
    young = add(store, ana, 1, sent_at=LATER)
    old = add(store, ana, 2)
    add(store, ana, 3, state=ReportState.MENDED)

    assert store.item_reports.queue(ReportState.OPEN, limit=9) == [old, young]
    assert store.item_reports.queue(ReportState.OPEN, limit=1, skip=1) == [young]
    assert store.item_reports.counts() == {ReportState.OPEN: 2, ReportState.MENDED: 1}


def test_reports_are_found_by_person_and_by_item_newest_first(store: Store, ana: Person) -> None:
    luis = add_person(store, "Luis Ferro")
    hers = add(store, ana)
    another = add(store, ana, 2, sent_at=LATER)
    his = add(store, luis, sent_at=LATER)

    assert store.item_reports.of_person(ana.id, limit=9) == [another, hers]
    assert store.item_reports.of_person(ana.id, limit=1) == [another]
    assert store.item_reports.of_item(ITEMS[0].id, limit=9) == [his, hers]
