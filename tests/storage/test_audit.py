from __future__ import annotations

import inspect
from datetime import timedelta

from app.storage.audit import AuditEntry, AuditShelf
from app.storage.store import Store
from tests.learning_builders import A_MOMENT
from tests.storage.rows import add_person


def note(store: Store, *entries: AuditEntry) -> None:
    with store.writing():
        for entry in entries:
            store.audit.add(store.new_id(entry.at), entry)


def test_entries_come_newest_first_with_the_name_of_who_did_it(store: Store) -> None:
    cora, ana = add_person(store, "Cora Lindqvist"), add_person(store, "Ana Reyes")
    opened = AuditEntry(A_MOMENT, "opened record", cora.id, ana.id, {"from": "team"})
    later = AuditEntry(A_MOMENT + timedelta(hours=1), "signed in", ana.id, ana.id)

    note(store, opened, later)

    newest = store.audit.newest()
    assert [(e.action, e.actor_name) for e in newest] == [
        ("signed in", "Ana Reyes"),
        ("opened record", "Cora Lindqvist"),
    ]
    assert newest[1].details == {"from": "team"}
    assert newest[1].at == A_MOMENT


def test_an_entry_may_name_nobody(store: Store) -> None:
    note(store, AuditEntry(A_MOMENT, "started"))

    (entry,) = store.audit.newest()

    assert (entry.actor_id, entry.subject_id, entry.actor_name) == (None, None, "")


def test_people_find_what_was_done_with_their_record(store: Store) -> None:
    cora, ana = add_person(store, "Cora Lindqvist"), add_person(store, "Ana Reyes")
    note(
        store,
        AuditEntry(A_MOMENT, "opened record", cora.id, ana.id),
        AuditEntry(A_MOMENT, "changed password", cora.id, cora.id),
    )

    assert [entry.action for entry in store.audit.about(ana.id)] == ["opened record"]


def test_long_trails_are_cut_at_the_newest(store: Store) -> None:
    ana = add_person(store)
    note(
        store,
        *(
            AuditEntry(A_MOMENT + timedelta(minutes=n), f"did {n}", ana.id, ana.id)
            for n in range(5)
        ),
    )

    assert [entry.action for entry in store.audit.newest(2)] == ["did 4", "did 3"]
    assert [entry.action for entry in store.audit.about(ana.id, limit=1)] == ["did 4"]


def test_the_trail_offers_no_way_to_change_it() -> None:
    methods = {
        name for name, _ in inspect.getmembers(AuditShelf, inspect.isfunction) if name[0] != "_"
    }

    assert methods == {"add", "newest", "about"}
