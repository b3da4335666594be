from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Literal

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text

from app.domain.errors import InvalidInput, NotAllowed
from app.domain.person import Person
from app.services import passwords, sign_in
from app.storage.store import Store
from tests.cast import NOW, PASSWORD, a_person
from tests.services.signing_in import refusal, try_to, viewer_of

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def ana(store: Store) -> Person:
    return a_person(store, "Ana Reyes")


@pytest.fixture
def door(store: Store) -> Store:
    """The store as it is before anybody has signed in: of no organisation."""
    return Store(store.session)


def keep_failures(
    store: Store, count: int, *, account: str = "", address: str = "", at: datetime = NOW
) -> None:
    """Tries that failed before, as they are kept: no address in clear."""
    keys = [hashlib.sha256(text.encode()).hexdigest() for text in (account, address)]
    with store.writing():
        for _ in range(count):
            store.sign_ins.add_failure(store.new_id(at), account=keys[0], address=keys[1], now=at)


@pytest.mark.parametrize("typed", ["ana@harbor.example", "  ANA@Harbor.Example\n"])
def test_the_right_password_opens_a_sign_in(door: Store, ana: Person, typed: str) -> None:
    token = try_to(door, typed)

    assert viewer_of(door, token).person == ana


def test_wrong_unknown_and_deactivated_are_refused_in_the_same_words(
    door: Store, store: Store, ana: Person
) -> None:
    left = a_person(store, "Luis Ferro")
    with store.writing():
        store.people.set_active(left.id, active=False)

    told = {
        refusal(door, ana.email, "not the password"),
        refusal(door, "nobody@harbor.example", PASSWORD),
        refusal(door, left.email, PASSWORD),
        refusal(door, "", ""),
    }

    assert len(told) == 1
    assert told.pop()[:2] == (InvalidInput, "sign-in-failed")


def test_wrong_and_unknown_both_cost_one_hash(
    door: Store, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[tuple[str, str]] = []

    class Counting(PasswordHasher):
        def verify(self, stored: str | bytes, password: str | bytes) -> Literal[True]:
            hashed.append((str(stored)[:9], str(password)))  # a broken hash costs nothing
            return super().verify(stored, password)

    monkeypatch.setattr(passwords, "HASHER", Counting())

    refusal(door, ana.email, "wrong")
    refusal(door, "nobody@harbor.example", "unknown")

    assert hashed == [("$argon2id", "wrong"), ("$argon2id", "unknown")]


@pytest.mark.parametrize("typed", ["a" * 5000, "'; DROP TABLE people", "ana@harbor.example'--"])
def test_odd_addresses_are_refused_like_any_other(door: Store, ana: Person, typed: str) -> None:
    assert refusal(door, typed)[1] == "sign-in-failed"


def test_a_null_character_is_refused_and_no_failure_of_ours(door: Store, ana: Person) -> None:
    assert refusal(door, "ana\0@harbor.example")[0] is InvalidInput


def test_after_too_many_tries_even_the_right_password_waits(
    door: Store, store: Store, ana: Person
) -> None:
    keep_failures(store, sign_in.TRIES_PER_ACCOUNT - 1, account=ana.email)
    still_allowed = refusal(door, ana.email, "wrong")  # the tenth

    refused = refusal(door, ana.email, PASSWORD, now=NOW + sign_in.WINDOW - MINUTE)
    token = try_to(door, now=NOW + sign_in.WINDOW)

    assert still_allowed[1] == "sign-in-failed"
    assert refused[:2] == (NotAllowed, "too-many-tries")
    assert viewer_of(door, token).id == ana.id


def test_tries_while_waiting_do_not_prolong_the_wait(
    door: Store, store: Store, ana: Person
) -> None:
    keep_failures(store, sign_in.TRIES_PER_ACCOUNT, account=ana.email)

    for minutes in range(1, 15):
        refusal(door, ana.email, "guess", now=NOW + minutes * MINUTE)

    assert try_to(door, now=NOW + sign_in.WINDOW)


def test_many_accounts_tried_from_one_address_close_it_for_a_while(
    door: Store, store: Store, ana: Person
) -> None:
    keep_failures(store, sign_in.TRIES_PER_ADDRESS, address="192.0.2.1")

    refused = refusal(door)
    elsewhere = try_to(door, address="198.51.100.7")

    assert refused[1] == "too-many-tries"
    assert viewer_of(door, elsewhere).id == ana.id
    assert try_to(door, now=NOW + sign_in.WINDOW)


def test_slow_guessing_is_stopped_by_the_day(door: Store, store: Store, ana: Person) -> None:
    keep_failures(store, sign_in.TRIES_PER_ACCOUNT_A_DAY, account=ana.email)

    refused = refusal(door, now=NOW + DAY - MINUTE)

    assert refused[1] == "too-many-tries"
    assert try_to(door, now=NOW + DAY)


def test_a_sign_in_forgets_the_tries_before_it(door: Store, store: Store, ana: Person) -> None:
    keep_failures(store, sign_in.TRIES_PER_ACCOUNT - 1, account=ana.email)

    try_to(door)

    assert refusal(door, ana.email, "wrong")[1] == "sign-in-failed"
    assert try_to(door)


def test_what_is_stored_opens_nothing(door: Store, store: Store, ana: Person) -> None:
    token = try_to(door)
    refusal(door, ana.email, "wrong")

    tables = ("sign_ins", "sign_in_failures", "audit")
    stored = str([store.session.execute(text(f"SELECT * FROM {t}")).all() for t in tables])
    (digest,) = store.session.execute(text("SELECT token_digest FROM sign_ins")).one()
    assert token not in stored
    assert "192.0.2.1" not in stored
    assert PASSWORD not in stored
    assert sign_in.find_viewer(door, digest, now=NOW) is None


def test_every_sign_in_has_a_token_of_its_own_and_an_entry_in_the_trail(
    door: Store, store: Store, ana: Person
) -> None:
    first, second = try_to(door), try_to(door, device="x" * 500)

    assert first != second
    assert [entry.action for entry in store.audit.about(ana.id)].count("signed in") == 2
    assert len(store.sign_ins.open_of(ana.id, now=NOW)) == 2


def test_a_hash_of_weaker_settings_is_made_anew(door: Store, store: Store, ana: Person) -> None:
    weaker = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(PASSWORD)
    with store.writing():
        store.people.set_password_hash(ana.id, weaker)

    try_to(door)

    stored = store.sign_ins.stored_password(ana.email)
    assert stored is not None
    assert stored.password_hash != weaker
    assert passwords.password_matches(stored.password_hash, PASSWORD)
