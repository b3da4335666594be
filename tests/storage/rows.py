"""Rows for tests of the shelves, kept as the shelves keep them: no service, no hashing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.domain.attempt import Attempt
from app.domain.item import Item
from app.domain.person import Person, Role, RoleGrant
from app.storage.case_drafts import StoredDraft
from app.storage.cohorts import Cohort
from app.storage.runs import StoredRun, StoredStep
from app.storage.store import Store
from app.storage.tables.learning import SectionReadRow
from tests.builders import an_item
from tests.learning_builders import A_MOMENT, an_attempt


def add_person(store: Store, full_name: str = "Ana Reyes", **changes: Any) -> Person:
    """Adds somebody to the store's organisation; the address is made of the first name."""
    person = Person(
        id=store.new_id(A_MOMENT),
        organisation_id=store.organisation_id,
        email=changes.pop("email", f"{full_name.split()[0].lower()}@{store.organisation_id}"),
        full_name=full_name,
        **changes,
    )
    with store.writing():
        store.people.add(person, password_hash="no hash", now=A_MOMENT)
    return person


def add_cohort(store: Store, name: str = "Eastside") -> Cohort:
    """Adds a team."""
    cohort = Cohort(store.new_id(A_MOMENT), name)
    with store.writing():
        store.cohorts.add(cohort, now=A_MOMENT)
    return cohort


def grant(store: Store, person: Person, role: Role, cohort: Cohort | None = None) -> RoleGrant:
    """Gives somebody a role."""
    given = RoleGrant(role, cohort.id if cohort else None)
    with store.writing():
        store.people.grant(store.new_id(A_MOMENT), person.id, given, now=A_MOMENT)
    return given


def add_attempt(
    store: Store, person: Person, *items: Item, request_key: str = "start", **changes: Any
) -> Attempt:
    """Keeps an open quiz on the given items, or on one, with their wordings frozen."""
    asked = items or (an_item(),)
    fields = {"id": store.new_id(A_MOMENT), "person_id": person.id, **changes}
    attempt = an_attempt(*asked, **fields)
    with store.writing():
        store.attempts.freeze(asked, now=A_MOMENT)
        store.attempts.add(attempt, request_key=request_key)
    return attempt


def add_run(
    store: Store, person: Person, *, request_key: str = "start", **changes: Any
) -> StoredRun:
    """Keeps a run that has just begun."""
    fields: dict[str, Any] = {
        "id": store.new_id(A_MOMENT),
        "person_id": person.id,
        "scenario_id": "lena-and-ruth",
        "revision": "1",
        "seed": 7,
        "started_at": A_MOMENT,
    }
    run = StoredRun(**{**fields, **changes})
    with store.writing():
        store.runs.add(run, request_key=request_key)
    return run


def a_step(position: int = 1, move: Mapping[str, Any] | None = None, **changes: Any) -> StoredStep:
    """A choice taken in the first scene."""
    fields: dict[str, Any] = {
        "position": position,
        "move": move or {"scene": "first", "kind": "choice", "choice_id": "listen"},
        "request_key": f"key-{position}",
        "taken_at": A_MOMENT,
    }
    return StoredStep(**{**fields, **changes})


def a_draft(draft_id: str, *, by: str, case_id: str = "the-ride-home") -> StoredDraft:
    """A draft nobody has changed yet."""
    return StoredDraft(
        id=draft_id,
        case_id=case_id,
        files={"case.md": "---\n---\n"},
        started_from={},
        base_revision="",
        change=0,
        made_by=by,
        made_at=A_MOMENT,
        changed_by=by,
        changed_at=A_MOMENT,
    )


def last_read_at(store: Store, person_id: str) -> dict[tuple[str, str], datetime]:
    """When a person last marked a section of each lesson."""
    rows = store.session.execute(
        select(SectionReadRow.person_id, SectionReadRow.lesson_id, SectionReadRow.read_at)
        .where(SectionReadRow.person_id == person_id)
        .order_by(SectionReadRow.read_at)
    ).all()
    store.end_reading()
    return {(row[0], row[1]): row[2] for row in rows}
