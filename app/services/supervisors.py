"""Who supervises somebody now, and who did before: what a hand-over of a team leaves open."""

from __future__ import annotations

from app.domain.person import Role
from app.storage.store import Store


def supervisors_of(store: Store, person_id: str) -> dict[str, str]:
    """Who supervises a person's teams now: names by id."""
    found: dict[str, str] = {}
    for grant in store.people.grants_of(person_id):
        if grant.role is Role.CANDIDATE and grant.cohort_id is not None:
            for one in store.cohorts.members(grant.cohort_id, Role.SUPERVISOR):
                found[one.id] = one.full_name
    found.pop(person_id, None)
    return _by_name(found)


def former_supervisors_of(store: Store, person_id: str) -> dict[str, str]:
    """Who supervised a person and no longer does: names by id.

    Teams have no history, so these are whom the person's contracts and lines of hours name.
    """
    named = {one.entry.supervisor_id for one in store.hours.of_people([person_id])}
    named |= {one.contract.supervisor_id for one in store.contracts.of_person(person_id)}
    named -= {"", person_id, *supervisors_of(store, person_id)}
    people = (store.people.find(one) for one in named)
    return _by_name({one.id: one.full_name for one in people if one is not None})


def _by_name(found: dict[str, str]) -> dict[str, str]:
    return dict(sorted(found.items(), key=lambda pair: pair[1]))
