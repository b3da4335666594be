"""Being forgotten: asked by the person, done by an administrator once there was time to think."""

from __future__ import annotations

from datetime import datetime

from app.domain.errors import Conflict, NotAllowed, NotFound
from app.domain.person import Role, Viewer
from app.domain.person_data import WAITING, ErasureRequest
from app.storage.audit import AuditEntry
from app.storage.store import Store


def ask_to_be_erased(store: Store, viewer: Viewer, *, now: datetime) -> ErasureRequest:
    """Keeps that a person wants to be forgotten. Asking again finds the first wish."""
    with store.writing():
        asked = store.erasures.open_of(viewer.id)
        if asked is None:
            asked = ErasureRequest(store.new_id(now), viewer.id, now, store.day_of(now + WAITING))
            store.erasures.add(asked)
            _note(store, "asked to be erased", viewer.id, viewer.id, now)
    return asked


def take_back_erasure(store: Store, viewer: Viewer, *, now: datetime) -> None:
    """Takes one's own wish back. Raises: NotFound if there is none."""
    with store.writing():
        if not store.erasures.take_back(viewer.id, by=viewer.id, now=now):
            raise _no_wish()
        _note(store, "erasure taken back", viewer.id, viewer.id, now)


def erase_person(store: Store, viewer: Viewer, *, person_id: str, now: datetime) -> None:
    """Does what a person asked for, for good.

    Raises: NotAllowed unless an administrator does it for somebody else; NotFound without a
    wish; Conflict while the time to think lasts.
    """
    if not viewer.holds(Role.ADMINISTRATOR):
        raise NotAllowed("administrators-only", "Only an administrator can do this.")
    if viewer.id == person_id:
        raise NotAllowed("not-yourself", "Another administrator has to do this for you.")
    with store.writing():
        store.people.hold(person_id)
        asked = store.erasures.open_of(person_id)
        if asked is None:
            raise _no_wish()
        if not asked.may_be_done(store.day_of(now)):
            raise Conflict(
                "erasure-waits",
                "There is still time to think again.",
                f"It may be done from {asked.from_day:%B} {asked.from_day.day} on.",
            )
        store.person_data.erase(person_id)
        # Packets of whole teams hold the name; they can be made again without it.
        grants = store.people.grants_of(person_id)
        store.audit_packets.remove_of_teams([one.cohort_id for one in grants if one.cohort_id])
        store.erasures.done(person_id, by=viewer.id, now=now)
        _note(store, "erased", viewer.id, person_id, now)


def _no_wish() -> NotFound:
    return NotFound(
        "erasure-not-asked",
        "Nobody waits to be forgotten here.",
        "The wish may have been taken back, or done.",
    )


def _note(store: Store, action: str, actor_id: str, subject_id: str, now: datetime) -> None:
    store.audit.add(
        store.new_id(now), AuditEntry(now, action, actor_id=actor_id, subject_id=subject_id)
    )
