from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import StatementError

from app.domain.person import Person, Role
from app.storage.sign_ins import OpenSignIn, StoredPassword
from app.storage.store import Store
from tests.learning_builders import A_MOMENT
from tests.storage.rows import add_cohort, add_person, grant

HOUR = timedelta(hours=1)
UNTIL = A_MOMENT + timedelta(days=14)


@pytest.fixture
def ana(store: Store) -> Person:
    return add_person(store)


def sign_in(
    store: Store, person: Person, digest: str = "digest", *, at: datetime = A_MOMENT
) -> str:
    opened = OpenSignIn(store.new_id(at), f"browser {digest}", started_at=at, seen_at=at)
    owner = StoredPassword(person.id, person.organisation_id, "", True)
    with store.writing():
        store.sign_ins.open(opened, owner=owner, digest=digest, until=UNTIL)
    return opened.id


def test_a_token_finds_its_person_with_their_roles(store: Store, ana: Person) -> None:
    team = add_cohort(store)
    roles = {grant(store, ana, Role.CANDIDATE, team), grant(store, ana, Role.TRAINER)}
    sign_in_id = sign_in(store, ana)

    viewer = store.sign_ins.viewer("digest", now=A_MOMENT)

    assert viewer is not None
    assert viewer.person == ana
    assert viewer.grants == roles
    assert (viewer.sign_in_id, viewer.seen_at) == (sign_in_id, A_MOMENT)


def test_somebody_without_a_role_is_found_too(store: Store, ana: Person) -> None:
    sign_in(store, ana)

    viewer = store.sign_ins.viewer("digest", now=A_MOMENT)

    assert viewer is not None
    assert viewer.grants == frozenset()


def test_an_unknown_token_is_nobodys(store: Store, ana: Person) -> None:
    sign_in(store, ana)

    assert store.sign_ins.viewer("", now=A_MOMENT) is None
    assert store.sign_ins.viewer("another digest", now=A_MOMENT) is None


@pytest.mark.parametrize(
    ("now", "is_open"),
    [(UNTIL - timedelta(microseconds=1), True), (UNTIL, False), (UNTIL + HOUR, False)],
)
def test_a_sign_in_runs_out_to_the_moment(
    store: Store, ana: Person, now: datetime, is_open: bool
) -> None:
    sign_in(store, ana)

    assert (store.sign_ins.viewer("digest", now=now) is not None) is is_open
    assert bool(store.sign_ins.open_of(ana.id, now=now)) is is_open


def test_a_moment_is_the_same_in_every_time_zone(store: Store, ana: Person) -> None:
    in_carolina = timezone(timedelta(hours=-5))
    sign_in(store, ana, at=A_MOMENT.astimezone(in_carolina))

    (opened,) = store.sign_ins.open_of(ana.id, now=A_MOMENT)

    assert opened.started_at == A_MOMENT
    assert opened.started_at.utcoffset() == timedelta(0)


def test_a_moment_without_a_zone_is_never_taken(store: Store) -> None:
    with pytest.raises(StatementError, match="time zone"):
        store.sign_ins.viewer("digest", now=A_MOMENT.replace(tzinfo=None))


def test_use_prolongs_a_sign_in(store: Store, ana: Person) -> None:
    sign_in_id = sign_in(store, ana)

    with store.writing():
        store.sign_ins.seen(sign_in_id, now=UNTIL - HOUR, until=UNTIL + 5 * HOUR)

    viewer = store.sign_ins.viewer("digest", now=UNTIL + HOUR)
    assert viewer is not None
    assert viewer.seen_at == UNTIL - HOUR


def test_use_does_not_revive_what_has_been_ended(store: Store, ana: Person) -> None:
    sign_in_id = sign_in(store, ana)

    with store.writing():
        store.sign_ins.end(sign_in_id, person_id=ana.id, now=A_MOMENT)
        store.sign_ins.seen(sign_in_id, now=A_MOMENT + HOUR, until=UNTIL)

    assert store.sign_ins.viewer("digest", now=A_MOMENT + HOUR) is None


def test_one_sign_in_is_ended_and_the_others_stay(store: Store, ana: Person) -> None:
    first, _ = sign_in(store, ana, "first"), sign_in(store, ana, "second", at=A_MOMENT + HOUR)
    before = [one.device for one in store.sign_ins.open_of(ana.id, now=A_MOMENT)]

    with store.writing():
        ended = store.sign_ins.end(first, person_id=ana.id, now=A_MOMENT)
        again = store.sign_ins.end(first, person_id=ana.id, now=A_MOMENT)

    assert before == ["browser second", "browser first"]
    assert (ended, again) == (True, False)
    assert [one.device for one in store.sign_ins.open_of(ana.id, now=A_MOMENT)] == [
        "browser second"
    ]
    assert store.sign_ins.viewer("first", now=A_MOMENT) is None


def test_nobody_ends_the_sign_in_of_another(store: Store, ana: Person) -> None:
    luis = add_person(store, "Luis Ferro")
    sign_in_id = sign_in(store, ana)

    with store.writing():
        ended = store.sign_ins.end(sign_in_id, person_id=luis.id, now=A_MOMENT)

    assert not ended
    assert store.sign_ins.viewer("digest", now=A_MOMENT) is not None


def test_all_but_one_are_ended(store: Store, ana: Person) -> None:
    luis = add_person(store, "Luis Ferro")
    kept = sign_in(store, ana, "kept")
    sign_in(store, ana, "ended")
    sign_in(store, luis, "of luis")

    with store.writing():
        store.sign_ins.end_all(ana.id, now=A_MOMENT, keep=kept)
    found = {d: store.sign_ins.viewer(d, now=A_MOMENT) for d in ("kept", "ended", "of luis")}
    with store.writing():
        store.sign_ins.end_all(ana.id, now=A_MOMENT)

    assert [digest for digest, viewer in found.items() if viewer] == ["kept", "of luis"]
    assert store.sign_ins.viewer("kept", now=A_MOMENT) is None


def test_somebody_kept_out_is_nobody_from_the_next_request_on(store: Store, ana: Person) -> None:
    sign_in(store, ana)

    with store.writing():
        store.people.set_active(ana.id, active=False)

    assert store.sign_ins.viewer("digest", now=A_MOMENT) is None
    stored = store.sign_ins.stored_password(ana.email)
    assert stored is not None
    assert not stored.is_active


def test_failures_are_counted_by_account_and_by_address_since_a_moment(store: Store) -> None:
    with store.writing():
        for number, (account, address) in enumerate([("ana", "1"), ("ana", "2"), ("luis", "1")]):
            at = A_MOMENT + number * HOUR
            store.sign_ins.add_failure(f"f-{number}", account=account, address=address, now=at)

    def count(since: datetime) -> tuple[int, int]:
        return store.sign_ins.failures(account="ana", address="1", since=since)

    assert count(A_MOMENT - HOUR) == (2, 2)
    assert count(A_MOMENT) == (1, 1)  # a try exactly at the edge is over
    assert count(A_MOMENT + 3 * HOUR) == (0, 0)


def test_an_account_that_signed_in_and_old_tries_are_forgotten(store: Store) -> None:
    with store.writing():
        for number, account in enumerate(("ana", "luis", "noor")):
            at = A_MOMENT + number * HOUR
            store.sign_ins.add_failure(f"f-{number}", account=account, address="1", now=at)
        store.sign_ins.forget_failures(account="noor", before=A_MOMENT + HOUR)

    left = {
        account: store.sign_ins.failures(account=account, address="", since=A_MOMENT - HOUR)[0]
        for account in ("ana", "luis", "noor")
    }
    assert left == {"ana": 0, "luis": 1, "noor": 0}
