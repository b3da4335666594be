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
ORGANISATION = "Harbor Counseling"


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
    with store.writing():  # one commit instead of eleven
        _add_everyone(store, now)
    return find_cast(store)


def _add_everyone(store: Store, now: datetime) -> None:
    eastside = add_cohort(store, name="Eastside", now=now)
    westside = add_cohort(store, name="Westside", now=now)
    for full_name, credential, role, team in (
        ("Ana Reyes", "LCAS-A", Role.CANDIDATE, eastside),
        ("Luis Ferro", "CADC", Role.CANDIDATE, eastside),
        ("Noor Haddad", "LCAS-A", Role.CANDIDATE, eastside),
        ("Mika Sato", "LCAS-A", Role.CANDIDATE, westside),
        ("Jonas Weber", "CADC", Role.CANDIDATE, westside),
        ("Cora Lindqvist", "CCS", Role.SUPERVISOR, eastside),
        ("Dov Katz", "CCS", Role.SUPERVISOR, westside),
        ("Ben Okafor", "LCAS", Role.TRAINER, None),
        ("Eli Moreau", "", Role.ADMINISTRATOR, None),
    ):
        a_person(store, full_name, credential=credential, role=role, team=team, now=now)


def find_cast(store: Store) -> Cast:
    """Finds the cast that was made in the store's organisation."""
    teams = {cohort.name.lower(): cohort for cohort in store.cohorts.all()}
    people = {person.first_name.lower(): person for person in store.people.everyone()}
    store.end_reading()
    names = ("ana", "luis", "noor", "mika", "jonas", "cora", "dov", "ben", "eli")
    return Cast(teams["eastside"], teams["westside"], *(people[name] for name in names))


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
