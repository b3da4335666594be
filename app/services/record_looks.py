"""Keeping and telling who opened somebody's record."""

from __future__ import annotations

from datetime import date, timedelta

from app.domain.errors import NotFound
from app.domain.person import Role, Viewer
from app.domain.record_look import Look, is_kept
from app.storage.store import Store

SHOWN = timedelta(days=400)  # a year and what somebody may have been away


def keep_look(store: Store, viewer: Viewer, *, person_id: str, kind: str, today: date) -> None:
    """Keeps that somebody opened another person's page. Writes once for each day and kind.

    Raises: StorageTrouble when the database cannot keep it.
    """
    look = Look(person_id, viewer.id, kind, today)
    if not is_kept(viewer_id=viewer.id, person_id=person_id) or store.record_looks.has(look):
        return
    with store.writing():
        store.record_looks.add(look)


def looks_at(store: Store, viewer: Viewer, *, person_id: str, today: date) -> list[Look]:
    """Who opened a person's record, for that person and for administrators.

    Raises: NotFound for everybody else, and for somebody who is not here.
    """
    is_allowed = viewer.id == person_id or viewer.holds(Role.ADMINISTRATOR)
    if not is_allowed or store.people.find(person_id) is None:
        raise NotFound("person-not-found", "There is no such person here.")
    return store.record_looks.of_person(person_id, since=today - SHOWN)
