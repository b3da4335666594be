"""Signing in and out. Sign-ins are rows, so that one or all can be ended at once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from app.domain.errors import InvalidInput, NotAllowed, NotFound
from app.domain.person import Viewer
from app.services.passwords import (
    hash_password,
    needs_rehash,
    password_matches,
    refuse_weak,
)
from app.services.tokens import digest, new_token
from app.storage.audit import AuditEntry
from app.storage.sign_ins import OpenSignIn, StoredPassword
from app.storage.store import Store

STAYS_OPEN = timedelta(days=14)  # after the last use
PROLONGED_EVERY = timedelta(hours=1)
WINDOW = timedelta(minutes=15)
DAY = timedelta(hours=24)
TRIES_PER_ACCOUNT = 10  # in one window
TRIES_PER_ACCOUNT_A_DAY = 100
TRIES_PER_ADDRESS = 50  # in one window: a whole classroom may share an address


@dataclass(frozen=True, slots=True)
class SignInRequest:
    """What the sign-in page sent, and from where."""

    email: str
    password: str
    address: str
    device: str


def sign_in(store: Store, request: SignInRequest, *, now: datetime) -> str:
    """Checks a password and opens a sign-in. Gives the token for the cookie.

    Known and unknown addresses take the same time and get the same words.
    Raises: NotAllowed after too many wrong tries; InvalidInput when the pair does not match.
    """
    email = request.email.strip().lower()
    account, address = _key(email), _key(request.address)
    _refuse_too_many(store, account=account, address=address, now=now)
    stored = store.sign_ins.stored_password(email)
    store.end_reading()  # hashing is slow; nobody should wait for it
    matches = password_matches(
        stored.password_hash if stored else _nobodys_hash(), request.password
    )
    if stored is None or not matches or not stored.is_active:
        _keep_failure(store, account=account, address=address, now=now)
        raise InvalidInput(
            "sign-in-failed",
            "This address and password do not go together.",
            "Check both, or ask your administrator for a new invitation.",
        )
    token = new_token()
    scoped = store.for_organisation(stored.organisation_id)
    with store.writing():
        _open(scoped, stored, device=request.device, token=token, now=now)
        store.sign_ins.forget_failures(account=account, before=now - DAY)
        if needs_rehash(stored.password_hash):
            scoped.people.set_password_hash(stored.person_id, hash_password(request.password))
    return token


def open_sign_in(store: Store, person_id: str, *, device: str, now: datetime) -> str:
    """Opens a sign-in for somebody who has just proven who they are by a one-time link."""
    token = new_token()
    with store.writing():
        owner = StoredPassword(person_id, store.organisation_id, "", True)
        _open(store, owner, device=device, token=token, now=now)
    return token


def find_viewer(store: Store, token: str, *, now: datetime) -> Viewer | None:
    """Finds who a cookie's token belongs to. None: nobody, any more."""
    return store.sign_ins.viewer(digest(token), now=now)


def prolong(store: Store, viewer: Viewer, *, now: datetime) -> None:
    """Keeps a used sign-in open, at most once an hour and only beside another write."""
    if viewer.seen_at is not None and now - viewer.seen_at > PROLONGED_EVERY:
        with store.writing():
            store.sign_ins.seen(viewer.sign_in_id, now=now, until=now + STAYS_OPEN)


def sign_out(store: Store, viewer: Viewer, *, now: datetime) -> None:
    """Ends the sign-in of this browser."""
    end_sign_in(store, viewer, sign_in_id=viewer.sign_in_id, now=now)


def end_sign_in(store: Store, viewer: Viewer, *, sign_in_id: str, now: datetime) -> None:
    """Ends one of a person's own sign-ins. Raises: NotFound if it is not theirs or has ended."""
    with store.writing():
        if not store.sign_ins.end(sign_in_id, person_id=viewer.id, now=now):
            raise NotFound("sign-in-not-found", "That browser is signed out already.")
        _note(store, "signed out", viewer.id, now)


def end_other_sign_ins(store: Store, viewer: Viewer, *, now: datetime) -> None:
    """Ends all of a person's sign-ins but this one."""
    with store.writing():
        store.sign_ins.end_all(viewer.id, now=now, keep=viewer.sign_in_id)
        _note(store, "signed out elsewhere", viewer.id, now)


def change_password(
    store: Store, viewer: Viewer, *, current: str, wanted: str, now: datetime
) -> None:
    """Replaces a password after checking the current one; other browsers are signed out.

    Raises: InvalidInput if the current one is wrong or the new one weak.
    """
    stored = store.sign_ins.stored_password(viewer.person.email)
    store.end_reading()
    if stored is None or not password_matches(stored.password_hash, current):
        raise InvalidInput("password-wrong", "Your current password is not right.")
    refuse_weak(wanted, about=(viewer.person.email, viewer.person.full_name, "waymark"))
    hashed = hash_password(wanted)
    with store.writing():
        store.people.set_password_hash(viewer.id, hashed)
        store.sign_ins.end_all(viewer.id, now=now, keep=viewer.sign_in_id)
        _note(store, "changed password", viewer.id, now)


def confirm_identity(
    store: Store, viewer: Viewer, *, password: str, address: str, now: datetime
) -> None:
    """Asks somebody who is signed in for their password once more, before they sign.

    Wrong tries count as wrong sign-ins do, so that an open browser gives nobody free guesses.
    Raises: NotAllowed after too many; InvalidInput if the password is not theirs.
    """
    account, place = _key(viewer.person.email), _key(address)
    _refuse_too_many(store, account=account, address=place, now=now)
    stored = store.sign_ins.stored_password(viewer.person.email)
    store.end_reading()  # hashing is slow; nobody should wait for it
    if stored is None or not password_matches(stored.password_hash, password):
        _keep_failure(store, account=account, address=place, now=now)
        raise InvalidInput(
            "password-wrong", "This is not your password.", "Nothing was signed; try again."
        )


def _open(store: Store, owner: StoredPassword, *, device: str, token: str, now: datetime) -> None:
    opened = OpenSignIn(store.new_id(now), device[:200], started_at=now, seen_at=now)
    store.sign_ins.open(opened, owner=owner, digest=digest(token), until=now + STAYS_OPEN)
    _note(store, "signed in", owner.person_id, now)


def _refuse_too_many(store: Store, *, account: str, address: str, now: datetime) -> None:
    for_account, from_address = store.sign_ins.failures(
        account=account, address=address, since=now - WINDOW
    )
    today, _ = store.sign_ins.failures(account=account, address=address, since=now - DAY)
    if (
        for_account >= TRIES_PER_ACCOUNT
        or from_address >= TRIES_PER_ADDRESS
        or today >= TRIES_PER_ACCOUNT_A_DAY
    ):
        raise NotAllowed(
            "too-many-tries",
            "There were too many tries. Sign-in is closed for a while.",
            "Wait 15 minutes, then try again. Browsers that are signed in stay signed in.",
        )


def _keep_failure(store: Store, *, account: str, address: str, now: datetime) -> None:
    with store.writing():
        store.sign_ins.add_failure(store.new_id(now), account=account, address=address, now=now)


def _note(store: Store, action: str, person_id: str, now: datetime) -> None:
    store.audit.add(
        store.new_id(now), AuditEntry(now, action, actor_id=person_id, subject_id=person_id)
    )


@cache
def _nobodys_hash() -> str:
    """What an unknown address is checked against, so that it takes as long as a known one."""
    return hash_password("nobody has this password")


def _key(text: str) -> str:
    """A stand-in for an address, so that the table of failures names nobody."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
