"""People, the roles they hold, and the person looking at the screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Role(StrEnum):
    """What a person does here. One person may hold several."""

    CANDIDATE = "candidate"
    TRAINER = "trainer"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


TEAM_ROLES = frozenset({Role.CANDIDATE, Role.SUPERVISOR})  # held for one team


@dataclass(frozen=True, slots=True)
class RoleGrant:
    """A role held for a team. None: `cohort_id` is None for the whole organisation."""

    role: Role
    cohort_id: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A person who can sign in.

    Units: `minutes_a_day` of study planned. None: no exam date or plan has been set.
    """

    id: str
    organisation_id: str
    email: str
    full_name: str
    credential: str = ""
    is_active: bool = True
    exam_on: date | None = None
    minutes_a_day: int | None = None

    @property
    def first_name(self) -> str:
        """The name to greet with."""
        return self.full_name.split(" ", 1)[0]


@dataclass(frozen=True, slots=True)
class Viewer:
    """The signed-in person, with what they may do. Services receive it; none look for it.

    None: `seen_at`, when this sign-in was last prolonged, is None outside a browser.
    """

    person: Person
    grants: frozenset[RoleGrant]
    sign_in_id: str = ""
    seen_at: datetime | None = None

    @property
    def id(self) -> str:
        """The person's id."""
        return self.person.id

    @property
    def organisation_id(self) -> str:
        """The organisation everything they see belongs to."""
        return self.person.organisation_id

    @property
    def roles(self) -> frozenset[Role]:
        """Every role they hold anywhere."""
        return frozenset(grant.role for grant in self.grants)

    def holds(self, role: Role) -> bool:
        """Says whether they hold this role anywhere."""
        return role in self.roles

    def cohorts_as(self, role: Role) -> frozenset[str]:
        """The teams for which they hold this role."""
        return frozenset(
            grant.cohort_id
            for grant in self.grants
            if grant.role is role and grant.cohort_id is not None
        )
