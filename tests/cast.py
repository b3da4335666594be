"""The cast: the people of the demo, made through services, for tests that need somebody.

Eastside has Cora as its supervisor, Westside has Dov. Ben trains, Eli administers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from app.domain.person import Person, Role, RoleGrant, Viewer
from app.services.account import NewPerson, add_cohort, add_person
from app.storage.cohorts import Cohort
from app.storage.store import Store

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday morning, for tests that need no clock
PASSWORD = "trail-amber-diamond"


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody, by first name, and the two teams. Ana, Luis and Noor are with Cora."""

    eastside: Cohort
    westside: Cohort
    ana: Person
    luis: Person
    noor: Person
    mika: Person
    jonas: Person
    cora: Person
    dov: Person
    ben: Person
    eli: Person

    @property
    def everyone(self) -> tuple[Person, ...]:
        candidates = (self.ana, self.luis, self.noor, self.mika, self.jonas)
        return (*candidates, self.cora, self.dov, self.ben, self.eli)


def make_cast(store: Store, *, now: datetime = NOW) -> Cast:
    """Makes the cast in the store's organisation.

    Shape: web tests pass the real time, because sign-ins run out by the real clock.
    """
    eastside = add_cohort(store, name="Eastside", now=now)
    westside = add_cohort(store, name="Westside", now=now)

    def add(full_name: str, credential: str, role: Role, team: Cohort | None = None) -> Person:
        return a_person(store, full_name, credential=credential, role=role, team=team, now=now)

    return Cast(
        eastside=eastside,
        westside=westside,
        ana=add("Ana Reyes", "LCAS-A", Role.CANDIDATE, eastside),
        luis=add("Luis Ferro", "CADC", Role.CANDIDATE, eastside),
        noor=add("Noor Haddad", "LCAS-A", Role.CANDIDATE, eastside),
        mika=add("Mika Sato", "LCAS-A", Role.CANDIDATE, westside),
        jonas=add("Jonas Weber", "CADC", Role.CANDIDATE, westside),
        cora=add("Cora Lindqvist", "CCS", Role.SUPERVISOR, eastside),
        dov=add("Dov Katz", "CCS", Role.SUPERVISOR, westside),
        ben=add("Ben Okafor", "LCAS", Role.TRAINER),
        eli=add("Eli Moreau", "", Role.ADMINISTRATOR),
    )


def a_person(
    store: Store,
    full_name: str = "Wendell Price",
    *,
    credential: str = "",
    role: Role = Role.CANDIDATE,
    team: Cohort | None = None,
    now: datetime = NOW,
) -> Person:
    """Adds one person; the address is made of the first name, the password is `PASSWORD`."""
    email = f"{full_name.split()[0].lower()}@harbor.example"
    grant = RoleGrant(role, None if team is None else team.id)
    return add_person(
        store,
        NewPerson(full_name, email, PASSWORD, credential),
        grants=frozenset({grant}),
        now=now,
    )


def as_viewer(store: Store, person: Person) -> Viewer:
    """The person as services meet them: signed in, with the roles they hold now."""
    return Viewer(person, store.people.grants_of(person.id))
