from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.errors import InvalidInput, NotFound
from app.domain.person import Person
from app.services import sign_in
from app.storage.store import Store
from tests.cast import NOW, PASSWORD, a_person
from tests.services.signing_in import refusal, try_to, viewer_of

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
NEW_PASSWORD = "harvest-lantern-quilt"


@pytest.fixture
def ana(store: Store) -> Person:
    return a_person(store, "Ana Reyes")


@pytest.fixture
def door(store: Store) -> Store:
    """The store as it is before anybody has signed in: of no organisation."""
    return Store(store.session)


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
