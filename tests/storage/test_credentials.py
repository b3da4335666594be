from __future__ import annotations

from datetime import date

from app.storage.store import Store
from tests.learning_builders import A_MOMENT
from tests.storage.rows import add_person
from tests.supervision_builders import a_credential


def test_credentials_come_back_by_kind_the_latest_first(store: Store) -> None:
    cora = add_person(store, "Cora L")
    old = a_credential(
        id="old", person_id=cora.id, issued_on=date(2024, 7, 1), expires_on=date(2026, 6, 30)
    )
    new = a_credential(id="new", person_id=cora.id)
    licence = a_credential(id="licence", person_id=cora.id, kind="LCAS", expires_on=None)

    with store.writing():
        for one in (old, licence, new):
            store.credentials.add(one, by=cora.id, now=A_MOMENT)

    assert store.credentials.of_person(cora.id) == [new, old, licence]
    assert store.credentials.of_person("another") == []


def test_an_entry_taken_back_is_gone_and_is_taken_back_once(store: Store) -> None:
    cora = add_person(store, "Cora L")
    wrong = a_credential(person_id=cora.id)

    with store.writing():
        store.credentials.add(wrong, by=cora.id, now=A_MOMENT)
        of_another = store.credentials.take_back(wrong.id, person_id="another", now=A_MOMENT)
        first = store.credentials.take_back(wrong.id, person_id=cora.id, now=A_MOMENT)
        again = store.credentials.take_back(wrong.id, person_id=cora.id, now=A_MOMENT)

    assert (of_another, first, again) == (False, True, False)
    assert store.credentials.of_person(cora.id) == []
