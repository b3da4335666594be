from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text

from app.domain.errors import DomainError, InvalidInput, NotAllowed, NotFound
from app.domain.person import Person, Viewer
from app.services import passwords, sign_in
from app.storage.store import Store
from tests.cast import NOW, PASSWORD, a_person

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
NEW_PASSWORD = "harvest-lantern-quilt"


@pytest.fixture
def ana(store: Store) -> Person:
    return a_person(store, "Ana Reyes")


@pytest.fixture
def door(store: Store) -> Store:
    """The store as it is before anybody has signed in: of no organisation."""
    return Store(store.session)


def try_to(
    door: Store,
    email: str = "ana@harbor.example",
    password: str = PASSWORD,
    *,
    now: datetime = NOW,
    address: str = "192.0.2.1",
    device: str = "a browser",
) -> str:
    return sign_in.sign_in(door, sign_in.SignInRequest(email, password, address, device), now=now)


def viewer_of(door: Store, token: str, *, now: datetime = NOW) -> Viewer:
    viewer = sign_in.find_viewer(door, token, now=now)
    assert viewer is not None
    return viewer


def refusal(door: Store, *given: str, now: datetime = NOW) -> tuple[type, str, str, str]:
    with pytest.raises(DomainError) as refused:
        try_to(door, *given, now=now)
    error = refused.value
    return type(error), error.code, error.user_message, error.advice


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
    hashed: list[str] = []

    class Counting(PasswordHasher):
        def verify(self, stored: str | bytes, password: str | bytes) -> bool:
            hashed.append(str(password))
            return super().verify(stored, password)

    monkeypatch.setattr(passwords, "HASHER", Counting())

    refusal(door, ana.email, "wrong")
    refusal(door, "nobody@harbor.example", "unknown")

    assert hashed == ["wrong", "unknown"]


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


def test_a_sign_in_ends_after_fourteen_days_without_use(door: Store, ana: Person) -> None:
    token = try_to(door)

    last_moment = NOW + 14 * DAY - MINUTE
    assert sign_in.find_viewer(door, token, now=last_moment) is not None
    assert sign_in.find_viewer(door, token, now=NOW + 14 * DAY) is None


@pytest.mark.parametrize(
    ("used_after", "open_after", "is_open"),
    [
        (59 * MINUTE, 14 * DAY, False),  # too soon to be worth a write
        (61 * MINUTE, 14 * DAY, True),
        (10 * DAY, 24 * DAY - MINUTE, True),
        (10 * DAY, 24 * DAY, False),
    ],
)
def test_use_keeps_a_sign_in_open(
    door: Store, ana: Person, used_after: timedelta, open_after: timedelta, is_open: bool
) -> None:
    token = try_to(door)

    used_at = NOW + used_after
    sign_in.prolong(door, viewer_of(door, token, now=used_at), now=used_at)

    found = sign_in.find_viewer(door, token, now=NOW + open_after)
    assert (found is not None) is is_open


def test_signing_out_ends_this_browser_only(door: Store, store: Store, ana: Person) -> None:
    here, there = try_to(door), try_to(door)

    sign_in.sign_out(store, viewer_of(door, here), now=NOW)

    assert sign_in.find_viewer(door, here, now=NOW) is None
    assert sign_in.find_viewer(door, there, now=NOW) is not None


def test_one_of_ones_own_browsers_is_signed_out_from_another(
    door: Store, store: Store, ana: Person
) -> None:
    here, there = try_to(door), try_to(door)
    lost = viewer_of(door, there).sign_in_id

    sign_in.end_sign_in(store, viewer_of(door, here), sign_in_id=lost, now=NOW)

    assert sign_in.find_viewer(door, there, now=NOW) is None
    with pytest.raises(NotFound):
        sign_in.end_sign_in(store, viewer_of(door, here), sign_in_id=lost, now=NOW)


def test_nobody_signs_out_somebody_else(door: Store, store: Store, ana: Person) -> None:
    a_person(store, "Luis Ferro")
    anas, luis = try_to(door), viewer_of(door, try_to(door, "luis@harbor.example"))

    with pytest.raises(NotFound):
        sign_in.end_sign_in(store, luis, sign_in_id=viewer_of(door, anas).sign_in_id, now=NOW)

    assert sign_in.find_viewer(door, anas, now=NOW) is not None


def test_all_other_browsers_are_signed_out_at_once(door: Store, store: Store, ana: Person) -> None:
    here, *others = [try_to(door) for _ in range(3)]

    sign_in.end_other_sign_ins(store, viewer_of(door, here), now=NOW)

    assert sign_in.find_viewer(door, here, now=NOW) is not None
    assert [sign_in.find_viewer(door, token, now=NOW) for token in others] == [None, None]


def test_a_changed_password_signs_out_the_other_browsers(
    door: Store, store: Store, ana: Person
) -> None:
    here, there = try_to(door), try_to(door)
    viewer = viewer_of(door, here)

    sign_in.change_password(store, viewer, current=PASSWORD, wanted=NEW_PASSWORD, now=NOW)

    assert sign_in.find_viewer(door, here, now=NOW) is not None
    assert sign_in.find_viewer(door, there, now=NOW) is None
    assert refusal(door, ana.email, PASSWORD)[1] == "sign-in-failed"
    assert try_to(door, ana.email, NEW_PASSWORD)
    assert "changed password" in [entry.action for entry in store.audit.about(ana.id)]


@pytest.mark.parametrize(
    ("current", "wanted", "code"),
    [
        ("not the password", NEW_PASSWORD, "password-wrong"),
        (PASSWORD, "short", "password-short"),
        (PASSWORD, "password123", "password-common"),
        (PASSWORD, "anareyes", "password-common"),
    ],
)
def test_a_password_is_not_changed_without_the_old_one_or_to_a_weak_one(
    door: Store, store: Store, ana: Person, current: str, wanted: str, code: str
) -> None:
    here, there = try_to(door), try_to(door)

    with pytest.raises(InvalidInput) as refused:
        sign_in.change_password(
            store, viewer_of(door, here), current=current, wanted=wanted, now=NOW
        )

    assert refused.value.code == code
    assert sign_in.find_viewer(door, there, now=NOW) is not None
    assert try_to(door)


def test_a_one_time_link_opens_a_sign_in_without_a_password(
    door: Store, store: Store, ana: Person
) -> None:
    token = sign_in.open_sign_in(store, ana.id, device="a browser", now=NOW)

    assert viewer_of(door, token).person == ana
