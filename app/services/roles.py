"""What somebody is here, as administrators change it: roles, teams, the working credential.

All of it holds from the next request on, because roles are read anew each time. Nothing that was
written goes: records stay with the person, and what is asked in a team waits there.
"""

from __future__ import annotations

from datetime import datetime

from app.domain.errors import NotAllowed, NotFound
from app.domain.person import Person, Role, RoleGrant, Viewer
from app.services.account import (
    clean_credential,
    refuse_misfit,
    refuse_unless_administrator,
    refuse_without_administrator,
)
from app.storage.audit import AuditEntry
from app.storage.store import Store


def give_role(
    store: Store, administrator: Viewer, *, person_id: str, grant: RoleGrant, now: datetime
) -> bool:
    """Gives somebody a role. Says whether they did not hold it yet; sent again, nothing changes.

    Raises: NotAllowed unless an administrator asks; NotFound for anybody or any team of another
    organisation; InvalidInput without the team that the role needs.
    """
    refuse_unless_administrator(administrator)
    refuse_misfit(store, grant)
    with store.writing():
        _found(store, person_id)
        if grant in store.people.grants_of(person_id):
            return False
        store.people.grant(store.new_id(now), person_id, grant, now=now)
        _note(store, "role given", administrator, person_id, now, _told(store, grant))
    return True


def end_role(
    store: Store, administrator: Viewer, *, person_id: str, grant: RoleGrant, now: datetime
) -> bool:
    """Takes a role away. Says whether they held it; sent again, nothing changes.

    Raises: NotAllowed unless an administrator asks, or for one's own administration; NotFound as
    `give_role`; Conflict if nobody would be left to administer the organisation.
    """
    refuse_unless_administrator(administrator)
    refuse_misfit(store, grant)
    refuse_own_administration(administrator, person_id, grant)
    with store.writing():
        if grant.role is Role.ADMINISTRATOR:
            store.people.hold_organisation()  # two must not end each other's
        _found(store, person_id)
        if grant not in store.people.grants_of(person_id):
            return False
        store.people.revoke(person_id, grant)
        if grant.role is Role.ADMINISTRATOR:
            refuse_without_administrator(store)
        _note(store, "role ended", administrator, person_id, now, _told(store, grant))
    return True


def refuse_own_administration(administrator: Viewer, person_id: str, grant: RoleGrant) -> None:
    """Refuses to lock oneself out. Raises: NotAllowed."""
    if grant.role is Role.ADMINISTRATOR and person_id == administrator.id:
        raise NotAllowed(
            "not-yourself",
            "You cannot end your own administration.",
            "Another administrator can do it for you.",
        )


def set_credential(
    store: Store, administrator: Viewer, *, person_id: str, credential: str, now: datetime
) -> bool:
    """Keeps under which credential somebody works; empty means none. Says whether it is new.

    What is asked by credential follows it. Signatures keep the words of their day.
    Raises: NotAllowed unless an administrator asks; NotFound if unknown here; InvalidInput for
    unusable words.
    """
    refuse_unless_administrator(administrator)
    cleaned = clean_credential(credential)
    with store.writing():
        before = _found(store, person_id).credential
        if before == cleaned:
            return False
        store.people.set_credential(person_id, cleaned)
        told = {"now": cleaned or "none", "before": before or "none"}
        _note(store, "credential set", administrator, person_id, now, told)
    return True


def _found(store: Store, person_id: str) -> Person:
    """Finds somebody, and lets nobody else change them meanwhile."""
    store.people.hold(person_id)
    person = store.people.find(person_id)
    if person is None:
        raise NotFound(
            "person-not-found", "There is no such person here.", "Choose one from the list."
        )
    return person


def _told(store: Store, grant: RoleGrant) -> dict[str, str]:
    team = None if grant.cohort_id is None else store.cohorts.find(grant.cohort_id)
    return {"role": str(grant.role)} | ({} if team is None else {"team": team.name})


def _note(
    store: Store,
    action: str,
    by: Viewer,
    person_id: str,
    now: datetime,
    details: dict[str, str],
) -> None:
    entry = AuditEntry(now, action, actor_id=by.id, subject_id=person_id, details=details)
    store.audit.add(store.new_id(now), entry)
